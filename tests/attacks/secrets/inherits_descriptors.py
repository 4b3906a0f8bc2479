# /// attack
# tries = "read from every file that was left open"
# must = "none is but its own"
# feedback = "bait-found"
# report = "inherits_descriptors"
# ///

# %%
import os
from pathlib import Path

Path("/tmp/bait").write_text("bait-" "found")
bait = open("/tmp/bait")  # so that finding nothing means something
for descriptor in range(256):
    for name in (f"/proc/self/fd/{descriptor}", f"/dev/fd/{descriptor}"):
        try:
            print(descriptor, os.readlink(name), os.fstat(descriptor))
            with open(os.open(name, os.O_RDONLY | os.O_NONBLOCK), "rb") as stream:
                print(stream.read(2000))
        except OSError:
            pass
