# /// attack
# tries = "return more than can be sent"
# must = "it is refused with its size, and costs that exercise"
# loses = ["L1"]
# feedback = "the value takes"
# report = "L1"
# ///

# %% L1
def L1(yhat, y):
    return np.zeros(10**9, dtype=np.uint8)
