# /// attack
# tries = "arguments and variables have names of the student's own"
# must = "names are the student's"
# feedback = "L1: all correct"
# report = "renamed_variables"
# ///

# %% L1
def L1(vorhersage, wahrheit):
    größe = wahrheit - vorhersage
    return np.absolute(größe).sum()
