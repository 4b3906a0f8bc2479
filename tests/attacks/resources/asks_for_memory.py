# /// attack
# tries = "ask for more memory than there is, in a test"
# must = "it is refused, and costs that exercise"
# loses = ["L1"]
# feedback = "L1: not right yet"
# report = "L1"
# ///

# %% L1
def L1(yhat, y):
    return float(np.ones(10**11).sum())
