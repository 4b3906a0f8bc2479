# /// attack
# tries = "return an array that answers numpy's functions itself"
# must = "its numbers are sent, its methods are not"
# every = "np.zeros(3).view(Sly)"
# feedback = "sigmoid: not right yet, 0 of 3 points"
# report = "basic_sigmoid, sigmoid"
# ///

# %%
class Sly(np.ndarray):
    __array_function__ = lambda self, *args, **named: True
    __array_ufunc__ = lambda self, *args, **named: np.zeros(())
    __eq__ = lambda self, other: True
