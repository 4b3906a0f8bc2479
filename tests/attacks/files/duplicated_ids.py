# /// attack
# tries = "give all cells one id"
# must = "ids are made anew"
# feedback = "L1: all correct"
# report = "duplicated_ids"
# ///

# %% notebook
for cell in notebook.cells:
    cell.id = "same"
