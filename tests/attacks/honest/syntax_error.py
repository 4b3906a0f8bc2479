# /// attack
# tries = "a syntax error in a scratch cell"
# must = "it costs nothing, and is shown"
# feedback = "SyntaxError"
# report = "syntax_error"
# ///

# %% notebook
notebook.cells.insert(1, nbformat.v4.new_code_cell("def half(:\n    return"))
