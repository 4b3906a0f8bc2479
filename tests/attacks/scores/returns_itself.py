# /// attack
# tries = "return a list that holds itself"
# must = "it cannot be sent, and says so"
# every = "endless"
# feedback = "sigmoid: not right yet, 0 of 3 points"
# report = "basic_sigmoid, sigmoid"
# ///

# %%
endless = []
endless.append(endless)
