# /// attack
# tries = "draw a figure larger than any screen"
# must = "it is not drawn, and says so"
# feedback = "L1: all correct"
# report = "plots_enormously"
# ///

# %%
plt.figure(figsize=(10_000, 10_000))
plt.plot([1, 2])
plt.show()
