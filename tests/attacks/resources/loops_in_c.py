# /// attack
# tries = "loop without an end where Python cannot interrupt"
# must = "it costs that exercise, and a few seconds"
# loses = ["L1"]
# slow = true
# feedback = "L1: took too long"
# report = "ran out of time"
# ///

# %% L1
def L1(yhat, y):
    return sum(1 for _ in iter(int, 1)) + 10 ** 10**9
