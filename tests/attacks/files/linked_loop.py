# /// attack
# tries = "hand in a link that leads to itself"
# must = "it earns nothing; student and instructor are told why"
# loses = ["all"]
# feedback = ""
# report = "linked_loop"
# ///

# %% files
path.unlink()
path.symlink_to(path.name)
