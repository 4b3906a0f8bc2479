# /// attack
# tries = "show a million small outputs"
# must = "the first few hundred are kept"
# feedback = "L1: all correct"
# report = "shows_a_million_times"
# ///

# %%
from IPython.display import display

for number in range(10_000):
    display({"text/plain": str(number)}, raw=True)
