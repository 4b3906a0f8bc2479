# /// attack
# tries = "hand in the verdicts, and metadata of every odd kind"
# must = "none of it is read"
# every = "1.0"
# feedback = "sigmoid: not right yet, 0 of 3 points"
# report = "had been changed"
# ///

# %% notebook
for cell in notebook.cells:
    claims = cell.metadata.get("nbgrader", {"grade_id": "mine"})
    claims |= {"schema_version": 99, "grade": "yes", "task": [1], "points": "NaN", "locked": None}
    cell.metadata.nbgrader = claims
    cell.metadata.dlcourse = {"grade_id": claims["grade_id"], "points": 1, "earned": 99.0}
notebook.metadata.nbgrader = {"score": 29}
