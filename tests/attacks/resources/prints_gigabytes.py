# /// attack
# tries = "print without an end"
# must = "output is cut off"
# slow = true
# feedback = "the rest of this output was cut off"
# report = "ran longer than the time limit"
# ///

# %%
while True:
    print("x" * 100_000)
