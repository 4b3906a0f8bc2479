# /// attack
# tries = "start threads without an end"
# must = "their number is limited"
# feedback = "can't start new thread"
# report = "bombs_with_threads"
# ///

# %%
import threading
import time

for _ in range(10_000):
    threading.Thread(target=time.sleep, args=(3600,), daemon=True).start()
