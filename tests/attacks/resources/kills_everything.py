# /// attack
# tries = "kill all processes in sight, the worker included"
# must = "a new sandbox starts, the exercises count"
# feedback = "A cell ended the Python process"
# report = "A cell ended the Python process"
# ///

# %%
import os
import signal

os.kill(os.getppid(), signal.SIGKILL)
os.kill(-1, signal.SIGKILL)
