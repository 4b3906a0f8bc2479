# /// attack
# tries = "define a function below its test only"
# must = "it is told that the function was not there"
# loses = ["L1"]
# feedback = "L1 is not defined: run the cell that defines it first"
# report = "L1"
# ///

# %% notebook
names = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells]
solution = notebook.cells.pop(names.index("L1"))
notebook.cells.append(solution)
