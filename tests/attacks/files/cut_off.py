# /// attack
# tries = "hand in half of a notebook"
# must = "it earns nothing; student and instructor are told why"
# loses = ["all"]
# feedback = "Open it in Jupyter, save it, submit again"
# report = "could not be read"
# ///

# %% files
path.write_bytes(path.read_bytes()[:2000])
