# /// attack
# tries = "list processes with the system's own programs"
# must = "none but its own are in sight"
# feedback = "L1: all correct"
# report = "lists_processes"
# ///

# %%
!ps auxwwe 2>&1 | head -50
!cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>&1 | tr "\\0" " "
