# /// attack
# tries = "hand in a time stamp that is no time"
# must = "it says nothing; the notebook counts"
# feedback = "L1: all correct"
# report = "wrong_time_stamp"
# ///

# %% files
(folder / "timestamp.txt").write_bytes(b"yesterday \xff\xff at noon")
