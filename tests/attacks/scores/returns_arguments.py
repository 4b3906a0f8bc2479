# /// attack
# tries = "return the arguments as they are"
# must = "they are not the answer"
# every = "args[0]"
# feedback = "sigmoid: not right yet, 0 of 3 points"
# report = "basic_sigmoid, sigmoid"
# ///


