# /// attack
# tries = "hand in what is no JSON"
# must = "it earns nothing; student and instructor are told why"
# loses = ["all"]
# feedback = "is not a notebook"
# report = "could not be read"
# ///

# %% files
path.write_text("this is not a notebook")
