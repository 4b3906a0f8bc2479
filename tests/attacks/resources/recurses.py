# /// attack
# tries = "recurse without an end"
# must = "Python's own limit ends it"
# loses = ["L1"]
# feedback = "RecursionError"
# report = "L1"
# ///

# %% L1
def L1(yhat, y):
    return L1(yhat, y)
