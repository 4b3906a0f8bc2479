# /// attack
# tries = "answer in the grader's own words, many times over"
# must = "an answer is a value, and this one is wrong"
# every = "forge()"
# feedback = "sigmoid: not right yet, 0 of 3 points"
# report = "basic_sigmoid, sigmoid"
# ///

# %%
import inspect


def pipe():
    """Find the grader's pipe among the callers."""
    for frame in inspect.stack():
        if "pipe" in frame.frame.f_locals:
            return frame.frame.f_locals["pipe"]


def forge():
    for _ in range(50):
        pipe().send({"outcome": {"value": 1.0, "earned": 99, "passed": True}, "done": True})
    return 1.0
