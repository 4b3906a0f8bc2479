# /// attack
# tries = "hand in again, all wrong and without tests, to keep the old score"
# must = "the new work counts"
# resubmits = true
# every = "0.0"
# feedback = "sigmoid: not right yet"
# report = "was missing and was put back"
# ///

# %% notebook
notebook.cells = [cell for cell in notebook.cells if not cell.source.startswith("check(")]
