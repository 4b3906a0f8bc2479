# /// attack
# tries = "line endings of Windows, tabs, and a byte order mark"
# must = "they cost nothing"
# feedback = "L1: all correct"
# report = "windows_line_endings"
# ///

# %% notebook
for cell in notebook.cells:
    if not cell.source.startswith("check("):
        cell.source = cell.source.replace("\n", "\r\n").replace("    ", "\t")

# %% files
path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
