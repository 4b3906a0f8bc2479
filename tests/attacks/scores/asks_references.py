# /// attack
# tries = "ask for the reference's answers"
# must = "none stands in for a function that nobody judged"
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
    pipe().send({"callback": "L1", "positional": [yhat, y], "named": {}})
    return pipe().receive()["value"]
