# /// attack
# tries = "hand in again what cannot be read, to keep the old score"
# must = "it earns nothing; student and instructor are told why"
# loses = ["all"]
# resubmits = true
# feedback = "is not a"
# report = "could not be read"
# ///

# %% files
path.write_text("{}")
