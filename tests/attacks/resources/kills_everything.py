# /// attack
# tries = "kill all processes in sight, the worker included"
# must = "a new sandbox starts, the exercises count"
# feedback = "L1: all correct"
# report = "kills_everything"
# ///

# %%
import os
import signal

os.kill(os.getppid(), signal.SIGKILL)
os.kill(-1, signal.SIGKILL)
