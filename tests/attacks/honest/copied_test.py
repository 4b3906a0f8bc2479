# /// attack
# tries = "a test cell is copied"
# must = "it counts once"
# feedback = "L1: all correct"
# report = "A second cell “test-L1” counts as an ordinary cell"
# ///

# %% notebook
from copy import deepcopy

test = next(cell for cell in notebook.cells if cell.source == "check(L1)")
notebook.cells.insert(notebook.cells.index(test), deepcopy(test))
