# /// attack
# tries = "return text that looks like a score"
# must = "text is no number"
# every = "'3.0'"
# feedback = "sigmoid: not right yet, 0 of 3 points"
# report = "basic_sigmoid, sigmoid"
# ///


