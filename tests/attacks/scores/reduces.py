# /// attack
# tries = "run code in the grader through pickle's hooks"
# must = "nothing is ever unpickled"
# every = "Bomb()"
# feedback = "sigmoid: not right yet, 0 of 3 points"
# report = "basic_sigmoid, sigmoid"
# ///

# %%
class Bomb:
    def __reduce__(self):
        return (exec, ("import os; os.system('touch /tmp/owned')",))

    __reduce_ex__ = lambda self, protocol: self.__reduce__()
    __deepcopy__ = lambda self, memo: self
    __getstate__ = lambda self: {"earned": 3}
