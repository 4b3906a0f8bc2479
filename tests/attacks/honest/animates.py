# /// attack
# tries = "a matplotlib animation"
# must = "it costs nothing"
# feedback = "L1: all correct"
# report = "animates"
# ///

# %%
from matplotlib.animation import FuncAnimation

figure, ax = plt.subplots(figsize=(1, 1))
(line,) = ax.plot([], [])
animation = FuncAnimation(figure, lambda i: line.set_data([0, i], [0, i]), frames=3)
animation
