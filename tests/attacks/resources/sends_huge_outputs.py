# /// attack
# tries = "go past the recorder, and send huge outputs in every cell"
# must = "outputs of a notebook are bounded where they arrive"
# feedback = "The outputs of a cell are too large"
# report = "The outputs of a cell are too large"
# ///

# %%
import gc

gc.unfreeze()
serving = next(d for d in gc.get_objects() if isinstance(d, dict) and "_serve_notebook" in d)
text = "x" * 15_000_000
huge = {"outputs": [{"output_type": "stream", "name": "stdout", "text": text}], "ok": True}
serving["_send_run"] = lambda pipe, run: pipe.send(huge)

# %%
1

# %%
2

# %%
3
