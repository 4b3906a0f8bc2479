# /// attack
# tries = "send the answers of later calls beforehand"
# must = "answers out of order are wrong answers"
# loses = ["L1"]
# feedback = "L1: not right yet"
# report = "L1"
# ///

# %%
import inspect


def pipe():
    """Find the grader's pipe among the callers."""
    for frame in inspect.stack():
        if "pipe" in frame.frame.f_locals:
            return frame.frame.f_locals["pipe"]


# %% L1
def L1(yhat, y):
    for value in (0.0, 1.0, 2.0):
        pipe().send({"outcome": {"value": value}})
    return np.sum(np.abs(yhat - y))
