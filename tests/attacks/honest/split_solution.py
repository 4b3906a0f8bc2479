# /// attack
# tries = "a solution is split in two cells"
# must = "both are run"
# feedback = "L1: all correct"
# report = "split_solution"
# ///

# %%
def absolute(values):
    return np.abs(values)

# %% L1
loss_of = lambda errors: np.sum(absolute(errors))

# %%
def L1(yhat, y):
    return loss_of(yhat - y)

# %% notebook
second = notebook.cells.pop()
place = [cell.source for cell in notebook.cells].index("check(L1)")
notebook.cells.insert(place, second)
