# /// attack
# tries = "return NaN, which equals nothing and fails no comparison"
# must = "NaN is wrong"
# every = "np.full(np.shape(args[0]), np.nan)"
# feedback = "sigmoid: not right yet, 0 of 3 points"
# report = "basic_sigmoid, sigmoid"
# ///

# %%
np.seterr(all="ignore")
