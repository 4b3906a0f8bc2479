# /// attack
# tries = "hand in 200 MiB"
# must = "it earns nothing; student and instructor are told why"
# loses = ["all"]
# feedback = "clear its outputs and submit again"
# report = "could not be read"
# ///

# %% files
with path.open("r+b") as stream:
    stream.truncate(200 << 20)
