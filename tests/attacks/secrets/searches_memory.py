# /// attack
# tries = "search all objects, and all readable memory, for secrets"
# must = "the worker that is forked holds none"
# feedback = "bait-found"
# report = "searches_memory"
# ///

# %%
import gc
import re

bait = ["bait-" + "found"]  # so that finding nothing means something
gc.collect()
texts = [thing for thing in gc.get_objects() if isinstance(thing, (list, dict, tuple, set))]
print(re.findall(r"canary-[0-9a-f]{16}|bait-f[o]und", " ".join(repr(t)[:500] for t in texts if len(t) < 50)))
with open("/proc/self/mem", "rb") as memory:
    for line in open("/proc/self/maps"):
        low, high = (int(end, 16) for end in line.split()[0].split("-"))
        if "rw" in line and high - low < 1 << 26:
            try:
                memory.seek(low)
                print(re.findall(rb"canary-[0-9a-f]{16}|_special" rb"_scalars", memory.read(high - low)))
            except (OSError, ValueError):
                pass
