# /// attack
# tries = "read from every file that was left open"
# must = "none is but its own"
# feedback = "L1: all correct"
# report = "inherits_descriptors"
# ///

# %%
import os

for descriptor in range(256):
    for name in (f"/proc/self/fd/{descriptor}", f"/dev/fd/{descriptor}"):
        try:
            print(descriptor, os.readlink(name), os.fstat(descriptor))
            with open(os.open(name, os.O_RDONLY | os.O_NONBLOCK), "rb") as stream:
                print(stream.read(2000))
        except OSError:
            pass
