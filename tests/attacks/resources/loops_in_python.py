# /// attack
# tries = "loop without an end in one exercise"
# must = "it costs that exercise, and a few seconds"
# loses = ["L1"]
# slow = true
# feedback = "L1: took too long"
# report = "ran out of time"
# ///

# %% L1
def L1(yhat, y):
    while True:
        pass
