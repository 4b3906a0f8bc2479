# /// attack
# tries = "hand in notebooks that nobody asked for"
# must = "they are not graded"
# feedback = "L1: all correct"
# report = "more_notebooks"
# ///

# %% files
shutil.copy(path, folder / "w99_bonus.ipynb")
(folder / "deeper" / folder.name).mkdir(parents=True)
shutil.copy(path, folder / "deeper" / folder.name / path.name)
(folder / ".ipynb_checkpoints").mkdir()
