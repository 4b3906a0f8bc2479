# /// attack
# tries = "write nonsense to every open file, the grader's pipe among them"
# must = "nonsense is no answer"
# every = "flood()"
# feedback = "sigmoid: "
# report = "sigmoid"
# ///

# %%
import os


def flood():
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, b"\x00" * 8 + b"\xff" * 64)
        except OSError:
            pass
