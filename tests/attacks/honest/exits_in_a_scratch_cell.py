# /// attack
# tries = "a scratch cell ends Python"
# must = "the other cells count"
# feedback = "A cell ended the Python process"
# report = "A cell ended the Python process"
# ///

# %%
import os

os._exit(1)
