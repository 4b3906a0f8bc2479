# /// attack
# tries = "hand in a time stamp that is a pipe"
# must = "it is not waited for; the notebook counts"
# feedback = "L1: all correct"
# report = "waiting_time_stamp"
# ///

# %% files
os.mkfifo(folder / "timestamp.txt")
