# /// attack
# tries = "make the course's own comparing say yes"
# must = "the hidden tests compare in another process"
# every = "0.0"
# feedback = "sigmoid: not right yet, 0 of 3 points"
# report = "basic_sigmoid, sigmoid"
# ///

# %%
import helpers.checking as checking
import helpers.checking.comparison as comparison
import helpers.checking.judging as judging

comparison.difference = lambda *args: None
comparison.agrees = lambda *args: True
judging.judge = lambda *args: None
checking.mark_passed(*dir(np), "sigmoid", "softmax", "L1")
check = lambda function: print("all correct")
