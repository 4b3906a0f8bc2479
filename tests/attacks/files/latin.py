# /// attack
# tries = "hand in a text that is not UTF-8"
# must = "it earns nothing; student and instructor are told why"
# loses = ["all"]
# feedback = "is not UTF-8 text"
# report = "could not be read"
# ///

# %% files
path.write_bytes(path.read_text().replace("NumPy", "caf\u00e9", 9).replace("import copy", "caf\u00e9").encode("latin-1", "replace"))
