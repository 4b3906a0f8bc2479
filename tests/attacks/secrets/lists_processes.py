# /// attack
# tries = "list processes with the system's own programs"
# must = "none but its own are in sight"
# feedback = "bait-found"
# report = "lists_processes"
# ///

# %%
import subprocess

bait = subprocess.Popen(["sleep", "60"], env={"BAIT": "bait-" + "found"})
!ps auxwwe 2>&1 | head -50
!cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>&1 | tr "\\0" " "
