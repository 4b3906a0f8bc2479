# /// attack
# tries = "let the test of a function that is right stand in for all others"
# must = "each test has its own source, whatever its cell"
# loses = ["sigmoid"]
# feedback = "sigmoid: not right yet, 0 of 3"
# report = "sigmoid"
# ///

# %% sigmoid
def sigmoid(x):
    return x

# %% notebook
for cell in notebook.cells:
    if cell.source.startswith("check("):
        cell.source = "check(L1)"
        cell.metadata.nbgrader.checksum = "0" * 32
