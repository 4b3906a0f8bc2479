# /// attack
# tries = "hand in a time stamp that is a link to bytes without an end"
# must = "it says nothing; the notebook counts"
# feedback = "L1: all correct"
# report = "odd_time_stamp"
# ///

# %% files
(folder / "timestamp.txt").symlink_to("/dev/zero")
