# /// attack
# tries = "announce more bytes than there are in the world"
# must = "nobody waits for them or makes room"
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
    pipe()._end.sendall((1 << 60).to_bytes(8, "big"))
    return 0.0
