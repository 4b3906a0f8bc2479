# /// attack
# tries = "nothing: an exercise is left as it was"
# must = "it earns nothing, the others all; both are told that it was not started"
# loses = ["L1"]
# feedback = "L1: not started yet"
# report = "L1"
# ///

# %% L1
def L1(yhat, y):
    ### START CODE HERE ### (≈ 1 line)
    loss = None
    ### END CODE HERE ###
    return loss
