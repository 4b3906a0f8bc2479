# /// attack
# tries = "hand in a folder of the notebook's name"
# must = "it earns nothing; student and instructor are told why"
# loses = ["all"]
# feedback = "is not an ordinary file"
# report = "could not be read"
# ///

# %% files
path.unlink()
path.mkdir()
(path / "inside.ipynb").write_text("{}")
