# /// attack
# tries = "leave by os._exit and SystemExit in a test"
# must = "it costs that exercise, and is told"
# loses = ["L1"]
# feedback = "L1: ended Python"
# report = "ended the Python process"
# ///

# %% L1
import os
def L1(yhat, y):
    os._exit(0)
