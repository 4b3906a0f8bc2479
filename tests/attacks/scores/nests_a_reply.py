# /// attack
# tries = "send a value nested more deeply than anybody can read"
# must = "it is no plain value, and costs this exercise alone"
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
    data = b"\x91" * 3_000_000 + b"\xc0"
    pipe()._end.sendall(len(data).to_bytes(8, "big") + data)
    return 0.0
