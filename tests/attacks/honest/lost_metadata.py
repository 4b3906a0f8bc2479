# /// attack
# tries = "another notebook service drops the metadata of all cells"
# must = "the functions are found and tested"
# feedback = "L1: all correct"
# report = "was missing and was put back"
# ///

# %% notebook
for cell in notebook.cells:
    cell.metadata = {}
