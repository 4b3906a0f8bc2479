# /// attack
# tries = "warnings and much output, in cells and in functions"
# must = "they cost nothing"
# feedback = "careful"
# report = "warns"
# ///

# %%
import warnings

warnings.warn("careful")
np.log(np.zeros(1))
print("hello " * 10_000)

# %% L1
def L1(yhat, y):
    print("called with", yhat)
    warnings.warn("careful")
    np.seterr(all="warn")
    np.random.seed(1)
    return np.sum(np.abs(yhat - y))
