# /// attack
# tries = "send a reply so slowly that it never ends"
# must = "the time of a call counts until its last byte"
# loses = ["L1"]
# slow = true
# feedback = "L1: took too long"
# report = "ran out of time"
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
    end = pipe()._end
    end.send((1 << 20).to_bytes(8, "big"))
    while True:
        end.send(b"\xc0")
        time.sleep(0.2)
