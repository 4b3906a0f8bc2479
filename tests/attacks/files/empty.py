# /// attack
# tries = "hand in an empty file"
# must = "it earns nothing; student and instructor are told why"
# loses = ["all"]
# feedback = "is not a notebook"
# report = "could not be read"
# ///

# %% files
path.write_bytes(b"")
