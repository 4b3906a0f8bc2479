# /// attack
# tries = "look through the frames of all callers, also during a test"
# must = "no caller knows a secret"
# feedback = "L1: all correct"
# report = "climbs_frames"
# ///

# %%
import re
import sys


def climb():
    frame, found = sys._getframe(), []
    while frame:
        found += [repr(value)[:2000] for value in (*frame.f_locals.values(), *frame.f_globals.values())]
        frame = frame.f_back
    return re.findall("canary-[0-9a-f]{16}|_special" "_scalars", " ".join(found))


print(climb())

# %% L1
def L1(yhat, y):
    found = climb()
    if found:
        raise ValueError(found)
    return np.sum(np.abs(yhat - y))
