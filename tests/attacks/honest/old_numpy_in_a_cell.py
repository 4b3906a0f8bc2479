# /// attack
# tries = "a scratch cell uses np.bool8 and np.int"
# must = "numpy's own words are shown; it costs nothing"
# feedback = "use `int` by itself"
# report = "old_numpy_in_a_cell"
# ///

# %%
np.zeros(3, dtype=np.int)
