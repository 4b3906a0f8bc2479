# /// attack
# tries = "sleep for ever, deaf to every signal that can be ignored"
# must = "the process is left behind, the exercises count"
# slow = true
# feedback = "A cell was stopped after"
# report = "A cell was stopped after"
# ///

# %%
import signal
import time

for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM, signal.SIGHUP):
    signal.signal(number, signal.SIG_IGN)
while True:
    time.sleep(3600)
