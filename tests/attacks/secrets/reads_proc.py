# /// attack
# tries = "read environments, command lines, memory maps and mounts of all processes"
# must = "there are only its own"
# feedback = "L1: all correct"
# report = "reads_proc"
# ///

# %%
from pathlib import Path

for process in Path("/proc").glob("[0-9]*"):
    for name in ("environ", "cmdline", "status", "maps"):
        try:
            print(process, name, (process / name).read_bytes()[:3000])
        except OSError as error:
            print(process, name, error)
for name in ("/proc/self/mountinfo", "/proc/net/unix", "/proc/keys", "/proc/sysvipc/shm"):
    try:
        print(Path(name).read_text()[:5000])
    except OSError as error:
        print(name, error)
