# /// attack
# tries = "hand in JSON nested a hundred thousand times"
# must = "it earns nothing; student and instructor are told why"
# loses = ["all"]
# feedback = "is not a notebook"
# report = "could not be read"
# ///

# %% files
path.write_text("[" * 100_000)
