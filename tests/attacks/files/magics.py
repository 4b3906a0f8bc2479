# /// attack
# tries = "use every kind of magic, install packages, and ask for input"
# must = "what cannot work says so; the exercises count"
# feedback = "Error"
# report = "magics"
# ///

# %%
%%bash
echo hello; exit 3

# %%
%run missing.py

# %%
!pip install --quiet definitely-not-there 2>&1 | tail -1

# %%
%matplotlib inline
%timeit -n 1 -r 1 sum(range(10))

# %%
name = input("Who are you? ")
