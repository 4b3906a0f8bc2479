# /// attack
# tries = "guess where the course lies, from the paths of what is installed"
# must = "only packages are there"
# feedback = "L1: all correct"
# report = "asks_for_paths"
# ///

# %%
import glob
import sys
from pathlib import Path

for start in {Path(sys.executable), Path(np.__file__), Path.cwd(), Path(sys.prefix)}:
    for folder in start.parents:
        for pattern in ("gradebook.db", ".hidden_seed", "secret.txt", "*/exercises/*.py", "source/*/*"):
            for name in glob.glob(str(folder / pattern)) + glob.glob(str(folder / "*" / pattern)):
                print(name, open(name, "rb").read())

# %%
%%bash
cat ../../../secret.txt ../../source/*/* ~/.hidden_seed submitted/*/*/notes.txt 2>&1
find / -xdev -name "gradebook.db" -o -xdev -name "*.ipynb" -o -name ".hidden_seed" 2>/dev/null | head
