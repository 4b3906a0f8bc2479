# /// attack
# tries = "hand in a link to the folder of the solved notebooks"
# must = "it earns nothing; student and instructor are told why"
# loses = ["all"]
# feedback = "lies behind a link"
# report = "could not be read"
# ///

# %% files
shutil.rmtree(folder)
folder.symlink_to(course / "source" / folder.name)
