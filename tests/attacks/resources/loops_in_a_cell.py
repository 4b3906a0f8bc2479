# /// attack
# tries = "loop for ever in a scratch cell"
# must = "the cell is stopped, the exercises count"
# slow = true
# feedback = "OutOfTime"
# report = "ran longer than the time limit"
# ///

# %%
while True:
    pass
