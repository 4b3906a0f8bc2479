# /// attack
# tries = "spell half a character in JSON"
# must = "it earns nothing; student and instructor are told why"
# loses = ["all"]
# feedback = "is not a notebook"
# report = "could not be read"
# ///

# %% files
path.write_text(path.read_text().replace("import copy", "\\ud800", 1))
