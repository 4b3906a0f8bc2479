# /// attack
# tries = "read and trace the memory of the worker, which outlives the notebook"
# must = "the worker cannot be looked into"
# feedback = "L1: all correct"
# report = "reads_its_parent"
# ///

# %%
import ctypes
import os
import re

parent = os.getppid()
for process in (1, parent):
    try:
        for line in open(f"/proc/{process}/maps"):
            print(line[:80])
        print(os.listdir(f"/proc/{process}/fd"), open(f"/proc/{process}/environ").read())
    except OSError as error:
        print(error)
    print("traced", ctypes.CDLL(None).ptrace(16, process, 0, 0))
