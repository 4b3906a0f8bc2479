# /// attack
# tries = "raise what is no Exception"
# must = "it costs that exercise and no other"
# loses = ["L1"]
# feedback = "L1: "
# report = "L1"
# ///

# %% L1
class Odd(BaseException):
    pass
def L1(yhat, y):
    raise Odd
