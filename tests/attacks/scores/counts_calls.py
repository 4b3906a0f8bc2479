# /// attack
# tries = "know the calls by their number, from the answer sheet"
# must = "the hidden cases are others"
# loses = ["L1", "L2"]
# feedback = "L1: not right yet"
# report = "L1, L2"
# ///

# %%
from helpers.checking.sheets import read_sheet, sheet_path

sheet = read_sheet(sheet_path("w01_numpy_basics"))
answers = {name: iter([case.expected.value for case in sheet[name].cases] * 9) for name in sheet}

# %% L1
def L1(yhat, y):
    return next(answers["L1"])

# %% L2
def L2(yhat, y):
    for case in sheet["L2"].cases:
        if np.array_equal(case.args.positional[0], yhat):
            return case.expected.value
    return next(answers["L2"])
