# /// attack
# tries = "put fakes among the imported modules, the grader's names included"
# must = "nothing of the grader's is imported there"
# every = "Fake()"
# feedback = "sigmoid: not right yet, 0 of 3 points"
# report = "basic_sigmoid, sigmoid"
# ///

# %%
import sys


class Fake(float):
    __getattr__ = lambda self, name: self
    __call__ = lambda self, *args, **named: self


for name in ("autograder", "autograder.referee", "nbgrader", "pytest", "numpy.testing", "msgpack"):
    sys.modules[name] = Fake()
