# /// attack
# tries = "put links to the gradebook, to all files, and to no end of bytes beside the notebook"
# must = "nothing of it is copied; the notebook counts"
# feedback = "L1: all correct"
# report = "linked_beside"
# ///

# %% files
(folder / "figure.png").symlink_to(course / "secret.txt")
(folder / "zeros").symlink_to("/dev/zero")
(folder / "all").symlink_to(course)
(folder / "loop").symlink_to(folder)
os.mkfifo(folder / "waits")
