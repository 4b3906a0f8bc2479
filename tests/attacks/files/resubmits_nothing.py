# /// attack
# tries = "hand in again, without the notebook, to keep the old score"
# must = "what was not handed in earns nothing; the instructor is told"
# loses = ["all"]
# resubmits = true
# feedback = ""
# report = "could not be read"
# ///

# %% files
path.unlink()
