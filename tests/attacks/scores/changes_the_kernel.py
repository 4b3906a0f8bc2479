# /// attack
# tries = "ask to be run by another kernel"
# must = "it is run by ours, and loses nothing"
# feedback = "L1: all correct"
# report = "changes_the_kernel"
# ///

# %% notebook
notebook.metadata.kernelspec = {"name": "evil", "display_name": "Evil", "language": "bash"}
notebook.metadata.language_info = {"name": "R", "file_extension": ".R"}
