# /// attack
# tries = "announce a reply and leave in the middle of it"
# must = "it counts as a crash, and costs this exercise alone"
# loses = ["L1"]
# feedback = "L1: ended Python"
# report = "ended the Python process"
# ///

# %%
import inspect
import os


def pipe():
    """Find the grader's pipe among the callers."""
    for frame in inspect.stack():
        if "pipe" in frame.frame.f_locals:
            return frame.frame.f_locals["pipe"]


# %% L1
def L1(yhat, y):
    pipe()._end.send((1000).to_bytes(8, "big") + b"half")
    os._exit(0)
