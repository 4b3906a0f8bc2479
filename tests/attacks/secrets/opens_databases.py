# /// attack
# tries = "open the gradebook wherever it may be"
# must = "it is nowhere"
# feedback = "L1: all correct"
# report = "opens_databases"
# ///

# %%
import sqlite3
from pathlib import Path

for name in ("gradebook.db", "/course/gradebook.db", "/tmp/gradebook.db", "../../gradebook.db"):
    try:
        with sqlite3.connect(f"file:{name}?mode=rw", uri=True) as database:
            print(database.execute("SELECT * FROM student").fetchall())
            database.execute("UPDATE grade SET auto_score = 99")
    except sqlite3.Error as error:
        print(name, error)
