# /// attack
# tries = "send few bytes that become gigabytes of objects"
# must = "the parts of a value are counted while it is read"
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
    count = 4_000_000
    data = b"\xdd" + count.to_bytes(4, "big") + b"\x80" * count
    pipe()._end.sendall(len(data).to_bytes(8, "big") + data)
    return 0.0
