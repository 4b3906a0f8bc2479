# /// attack
# tries = "go past the recorder, and send huge outputs in every cell"
# must = "outputs of a notebook are bounded where they arrive"
# feedback = "The outputs of a cell are too large"
# report = "The outputs of a cell are too large"
# ///

# %%
import sys

frame = sys._getframe()
while "_serve_notebook" not in frame.f_globals:
    frame = frame.f_back
serving = frame.f_globals
text = "x" * 15_000_000
huge = {"outputs": [{"output_type": "stream", "name": "stdout", "text": text}], "ok": True}
serving["_send_run"] = lambda pipe, run: pipe.send(huge)

# %%
1

# %%
2

# %%
3
