# /// attack
# tries = "hand in a link to the solved notebook"
# must = "it earns nothing; student and instructor are told why"
# loses = ["all"]
# feedback = "is not an ordinary file"
# report = "could not be read"
# ///

# %% files
path.unlink()
path.symlink_to(course / "source" / folder.name / path.name)
