# /// attack
# tries = "write Markdown and formulas that run, load or send"
# must = "what could run is dropped"
# feedback = "L1: all correct"
# report = "active_markdown"
# ///

# %% [markdown]
# <script>steal()</script> <img src=x onerror="steal()"> <iframe srcdoc="<script>steal()</script>">
# [x](javascript:steal()) ![x](https://x/pixel.png) $\\href{javascript:steal()}{x}$
#
# <details open ontoggle=steal()>x</details> <object data="data:text/html,<script>steal()</script>">

# %% notebook
for cell in notebook.cells:
    if cell.cell_type == "markdown":
        cell.attachments = {"x.html": {"text/html": "<script>steal()</script>"}}
