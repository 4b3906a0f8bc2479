# /// attack
# tries = "read every file that could hold a secret"
# must = "none of them is there"
# feedback = "bait-found"
# report = "walks_the_files"
# ///

# %%
import os
import re
from pathlib import Path

Path("/tmp/bait").write_text("bait-" "found")  # so that finding nothing means something
seen = []
for top in ("/tmp", "/root", "/home", "/course", "/data", "/sandbox", "/etc", "/srv", "/var"):
    for folder, _, names in os.walk(top):
        for path in (Path(folder, name) for name in names):
            try:
                if path.stat().st_size > 1 << 20:
                    continue
                seen += re.findall(rb"canary-[0-9a-f]{16}|bait-found|_special" rb"_scalars", path.read_bytes())
            except OSError:
                pass
print(seen)
print([name for name in os.listdir("/")], os.path.exists("/tmp/gradebook.db"))
