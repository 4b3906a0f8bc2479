# /// attack
# tries = "code that needs a little longer than expected"
# must = "it is waited for"
# slow = true
# feedback = "L1: all correct"
# report = "takes_its_time"
# ///

# %%
import time

time.sleep(1.5)

# %% L1
def L1(yhat, y):
    time.sleep(0.6)
    return np.sum(np.abs(yhat - y))
