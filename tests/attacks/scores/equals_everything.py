# /// attack
# tries = "return an object that equals everything"
# must = "an object is no number"
# every = "Yes()"
# feedback = "sigmoid: not right yet, 0 of 3 points"
# report = "basic_sigmoid, sigmoid"
# ///

# %%
class Yes:
    __eq__ = __le__ = __ge__ = __lt__ = lambda self, other: True
    __sub__ = __rsub__ = __abs__ = lambda self, *args: self
    __array__ = lambda self, *args, **named: np.zeros(1)
    __float__ = lambda self: 0.0
    __hash__ = lambda self: 0
    shape = property(lambda self: self)
