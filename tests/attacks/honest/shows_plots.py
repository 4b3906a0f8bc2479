# /// attack
# tries = "plots are shown in every manner, on backends that need a screen"
# must = "they cost nothing"
# feedback = "L1: all correct"
# report = "shows_plots"
# ///

# %%
import matplotlib

matplotlib.use("TkAgg", force=False)
plt.plot([1, 2])
plt.show(block=True)
plt.pause(0.01)

# %%
%matplotlib notebook
plt.ion()
plt.figure().canvas.draw()
