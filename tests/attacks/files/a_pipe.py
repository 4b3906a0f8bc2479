# /// attack
# tries = "hand in a pipe, which is waited for"
# must = "it earns nothing; student and instructor are told why"
# loses = ["all"]
# feedback = "is not an ordinary file"
# report = "could not be read"
# ///

# %% files
path.unlink()
os.mkfifo(path)
