# /// attack
# tries = "fill the disk"
# must = "the scratch folder is small, and a file smaller"
# feedback = "No space left on device"
# report = "fills_the_disk"
# ///

# %%
import os

for number in range(100):
    try:
        with open(f"/tmp/{number}", "wb") as stream:
            os.posix_fallocate(stream.fileno(), 0, 60 << 20)
    except OSError as error:
        print(number, error)
        break
