# /// attack
# tries = "claim to be of format 2, and hold nothing of it"
# must = "it earns nothing; student and instructor are told why"
# loses = ["all"]
# feedback = "is not a"
# report = "could not be read"
# ///

# %% files
path.write_text(path.read_text().replace('"nbformat": 4', '"nbformat": 2'))
