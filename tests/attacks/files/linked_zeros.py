# /// attack
# tries = "hand in a link to bytes without an end"
# must = "it earns nothing; student and instructor are told why"
# loses = ["all"]
# feedback = "is not an ordinary file"
# report = "could not be read"
# ///

# %% files
path.unlink()
path.symlink_to("/dev/zero")
