# /// attack
# tries = "catch whatever shall stop an endless loop"
# must = "it is killed, which nobody catches"
# loses = ["L1"]
# slow = true
# feedback = "L1: took too long"
# report = "ran out of time"
# ///

# %% L1
def L1(yhat, y):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
