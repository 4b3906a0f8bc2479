# /// attack
# tries = "read the environment, Python's and C's"
# must = "it holds nothing of the instructor's"
# feedback = "bait-found"
# report = "reads_the_environment"
# ///

# %%
import ctypes
import os

os.environ["BAIT"] = "bait-" + "found"  # so that finding nothing means something
print(dict(os.environ))
environ = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
place = 0
while environ[place]:
    print(environ[place])
    place += 1
print(os.environ.get("DLCOURSE_SEED"), os.getenv("SECRET"))
