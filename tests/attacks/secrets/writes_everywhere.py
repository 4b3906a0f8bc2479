# /// attack
# tries = "change the course: its helpers, data, packages and programs"
# must = "all but the scratch folder is read-only"
# feedback = "L1: all correct"
# report = "writes_everywhere"
# ///

# %%
import sys
from pathlib import Path

places = ["/course/helpers/numpy_basics.py", "/course/helpers/checking/judging.py", "/data/x.h5"]
places += ["/sandbox/inside/serving.py", sys.executable, np.__file__, "/usr/bin/env", "/etc/passwd"]
for place in places:
    for mode in ("a", "w"):
        try:
            with open(place, mode) as stream:
                stream.write("canary")
            print("WRITTEN", place)
        except OSError as error:
            print(error)
!mount -o remount,rw / 2>&1; chmod -R 777 /course /data 2>&1 | tail -1; unshare -Ur id 2>&1
