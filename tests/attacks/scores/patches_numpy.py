# /// attack
# tries = "make numpy find everything equal"
# must = "comparing happens elsewhere"
# every = "np.zeros(1)"
# feedback = "sigmoid: not right yet, 0 of 3 points"
# report = "basic_sigmoid, sigmoid"
# ///

# %%
np.allclose = np.array_equal = np.isclose = lambda *args, **named: True
np.testing.assert_allclose = np.testing.assert_array_equal = lambda *args, **named: None
np.ndarray.__module__
np.abs = np.max = np.sum = lambda *args, **named: np.zeros(())
