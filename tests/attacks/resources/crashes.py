# /// attack
# tries = "end Python by a crash of the interpreter"
# must = "the fork crashes, and nothing else"
# loses = ["L1"]
# feedback = "L1: ended Python"
# report = "ended the Python process"
# ///

# %% L1
import ctypes
def L1(yhat, y):
    ctypes.string_at(0)
