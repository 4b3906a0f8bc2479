# /// attack
# tries = "be called by a name that looks like a path, an option and markup"
# must = "it is a name"
# student = "--force <b> 100% $HOME `id` {x} ‮ 王小明"
# feedback = "L1: all correct"
# report = "--force"
# ///

# %%
print("my name is odd")
