# /// attack
# tries = "fill the memory piece by piece"
# must = "the process may map 4 GiB, no more"
# feedback = "MemoryError"
# report = "fills_memory"
# ///

# %%
pieces = []
while True:
    pieces.append(np.empty(1 << 28, dtype=np.uint8))
