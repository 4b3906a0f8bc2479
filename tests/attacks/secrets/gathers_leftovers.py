# /// attack
# tries = "find what earlier submissions left: files, processes, variables, shared memory"
# must = "all is gone"
# feedback = "bait-found"
# report = "gathers_leftovers"
# ///

# %%
import os
import subprocess
import sys
from pathlib import Path

Path("/tmp/bait").write_text("bait-" "found")  # so that finding nothing means something
print(getattr(np, "left", None), getattr(sys.modules["__main__"], "left", None), os.environ.get("LEFT"))
for folder in ("/tmp", "/dev/shm", "/var/tmp", "/tmp/matplotlib", "/dev/mqueue"):
    for path in Path(folder).glob("*"):
        print(path, path.read_bytes()[:200] if path.suffix == "" and path.is_file() else "")
print(subprocess.run(["ipcs", "-a"], capture_output=True, text=True).stdout)
print(Path("/proc/sysvipc/shm").read_text())
for line in Path("/proc/net/unix").read_text().splitlines():
    print(line)
