# /// attack
# tries = "leave double-forked daemons and a zombie behind"
# must = "they are ended with the notebook"
# feedback = "L1: all correct"
# report = "leaves_daemons"
# ///

# %%
import os
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while True:
            time.sleep(1)
    os._exit(0)
if os.fork() == 0:
    os._exit(0)
