# /// attack
# tries = "names that numpy no longer has"
# must = "it is said what to write instead"
# loses = ["L1", "L2"]
# feedback = "use float by itself"
# report = "L1, L2"
# ///

# %% L1
def L1(yhat, y):
    return np.sum(np.abs(yhat - y), dtype=np.float)

# %% L2
def L2(yhat, y):
    return np.dot(yhat - y, yhat - y).astype(np.float_)
