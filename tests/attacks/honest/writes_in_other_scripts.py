# /// attack
# tries = "text in other scripts, in code and in output"
# must = "it stays as it is"
# feedback = "Größe 大小 размер حجم 🙂"
# report = "writes_in_other_scripts"
# ///

# %% [markdown]
# Größe 大小 размер حجم 🙂

# %%
大小 = "Größe 大小 размер حجم 🙂"
print(大小)
