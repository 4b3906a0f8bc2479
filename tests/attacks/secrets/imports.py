# /// attack
# tries = "import the exercises, the references and the grader"
# must = "there is nothing to import"
# feedback = "L1: all correct"
# report = "imports"
# ///

# %%
import importlib

names = ["autograder", "autograder.exercises", "autograder.referee", "helpers.numpy_basics"]
names += ["helpers.logistic", "inside.referee", "autograder.exercises.w01_numpy_basics"]
for name in names:
    try:
        module = importlib.import_module(name)
        print(name, module.__file__, open(module.__file__).read())
    except Exception as error:
        print(name, repr(error))
