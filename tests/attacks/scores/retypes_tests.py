# /// attack
# tries = "make text of the tests, so that nothing runs"
# must = "they become tests again"
# every = "1.0"
# feedback = "sigmoid: not right yet, 0 of 3 points"
# report = "“test-L1” had become a markdown cell"
# ///

# %% notebook
for cell in notebook.cells:
    if cell.source.startswith("check("):
        cell.cell_type = "markdown"
        cell.pop("outputs"), cell.pop("execution_count")
