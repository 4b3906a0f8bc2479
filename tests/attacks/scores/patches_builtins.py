# /// attack
# tries = "make Python's own words lie"
# must = "they lie in the student's process only"
# every = "1.0"
# feedback = "not right yet, 0 of 3 points"
# report = "basic_sigmoid, sigmoid"
# ///

# %%
import builtins

builtins.abs = builtins.max = builtins.len = lambda *args, **named: 0
builtins.all = builtins.any = builtins.isinstance = lambda *args: True
