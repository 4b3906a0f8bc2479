# /// attack
# tries = "fork processes without an end in a cell"
# must = "the number of processes is limited; they are ended"
# feedback = "L1: all correct"
# report = "bombs_with_forks"
# ///

# %%
import os
import time

for _ in range(10_000):
    if os.fork() == 0:
        time.sleep(3600)
