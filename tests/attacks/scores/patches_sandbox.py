# /// attack
# tries = "change the code that serves the tests inside the sandbox"
# must = "it can send values only, and they are wrong"
# every = "0.0"
# feedback = "sigmoid: not right yet, 0 of 3 points"
# report = "basic_sigmoid, sigmoid"
# ///

# %%
import sys

frame = sys._getframe()
while "_serve_notebook" not in frame.f_globals:
    frame = frame.f_back
serving = frame.f_globals
serving["_as_dict"] = lambda outcome: {"value": 0.0, "earned": 99, "passed": True, "state": "passed"}
serving["invoke"] = lambda *args, **named: {"value": True}
serving["_call"] = lambda shell, message: None
