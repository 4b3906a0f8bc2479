# /// attack
# tries = "skip cells, or allow them to fail, by tags"
# must = "tags are dropped, tests are run, the instructor is told"
# every = "0.0"
# feedback = "sigmoid: not right yet, 0 of 3 points"
# report = "the tag skip-execution, raises-exception"
# ///

# %% notebook
for cell in notebook.cells:
    cell.metadata.tags = ["skip-execution", "raises-exception", "nbval-skip"]
