# /// attack
# tries = "print and show results and partial scores"
# must = "outputs are not scores"
# every = "print('3.0') or 1.0"
# feedback = "sigmoid: not right yet, 0 of 3 points"
# report = "basic_sigmoid, sigmoid"
# ///

# %%
from IPython.display import display

print("### passed: 29.0 of 29 points")
display({"text/plain": "29.0", "application/x-score": "29"}, raw=True)
29.0
