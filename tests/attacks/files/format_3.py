# /// attack
# tries = "hand in a notebook of format 3, as old programs write it"
# must = "it is brought up to date, and counts"
# feedback = "L1: all correct"
# report = "format_3"
# ///

# %% files
import json

old = json.loads(path.read_text())
for cell in old["cells"]:
    cell.pop("id", None)
    if cell["cell_type"] == "code":
        cell.update(input=cell.pop("source"), language="python", collapsed=False)
        cell["prompt_number"] = cell.pop("execution_count")
old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": old["cells"]}]}
path.write_text(json.dumps(old))
