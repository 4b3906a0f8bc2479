# /// attack
# tries = "put modules of known names beside the notebook, and into the scratch folder"
# must = "the real ones are used"
# feedback = "L1: all correct"
# report = "shadowing_modules"
# ///

# %%
open("numpy.py", "w").write("raise SystemExit")
open("helpers.py", "w").write("raise SystemExit")

# %%
import importlib
import sys

sys.path.insert(0, "")
print(np.__version__ > "2")

# %% files
(folder / "numpy.py").write_text("raise SystemExit")
(folder / "helpers").mkdir()
(folder / "helpers" / "__init__.py").write_text("raise SystemExit")
(folder / "sitecustomize.py").write_text("raise SystemExit")
