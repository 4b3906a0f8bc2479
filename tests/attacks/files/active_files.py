# /// attack
# tries = "put pages with scripts beside the notebook"
# must = "they do not come back among the feedback"
# feedback = "L1: all correct"
# report = "active_files"
# ///

# %% files
(folder / "index.html").write_text("<script>steal()</script>")
(folder / "style.css").write_text("body { background: url(https://x) }")
