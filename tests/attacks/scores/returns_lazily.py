# /// attack
# tries = "return generators and ranges in place of numbers"
# must = "they are no numbers"
# every = "(number for number in range(10))"
# feedback = "sigmoid: not right yet, 0 of 3 points"
# report = "basic_sigmoid, sigmoid"
# ///


