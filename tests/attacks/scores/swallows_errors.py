# /// attack
# tries = "have IPython swallow every error, and rewrite each cell before it runs"
# must = "nothing is earned: verdicts are not the shell's to give"
# every = "1.0"
# feedback = "sigmoid: not right yet, 0 of 3 points"
# report = "basic_sigmoid, sigmoid"
# ///

# %%
shell = get_ipython()
shell.set_custom_exc((BaseException,), lambda *args, **named: None)
shell.input_transformers_cleanup.append(lambda lines: ["pass\n"])
shell.events.register("pre_run_cell", lambda *args: None)
