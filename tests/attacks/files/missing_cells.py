# /// attack
# tries = "leave out every test, and an exercise's cell"
# must = "tests are put back, the instructor is told"
# loses = ["L2"]
# feedback = "L1: all correct"
# report = "“L2” was missing and was put back"
# ///

# %% notebook
notebook.cells = [
    cell for cell in notebook.cells
    if not cell.source.startswith("check(") and "def L2" not in cell.source
]
