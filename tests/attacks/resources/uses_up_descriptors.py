# /// attack
# tries = "open files until there are no more"
# must = "the exercises count: a test begins with a new process"
# feedback = "Too many open files"
# report = "uses_up_descriptors"
# ///

# %%
kept = []
try:
    while True:
        kept.append(open("/dev/null"))
except OSError as error:
    print(error)
    del kept[:50]
