"""A course of two weeks, small enough to build in a test."""

import shutil
import textwrap
from pathlib import Path

import h5py
import numpy as np

from autograder.syllabus import load_syllabus

CHECKOUT = Path(__file__).resolve().parents[1]

FILES = {
    "course/syllabus.toml": """
        [course]
        title = "Tiny"

        [[weeks]]
        id = "w01_tiny"
        title = "One"
        teaches = ["doubling"]
        due = 2026-09-14T23:59:00
        [[weeks.notebooks]]
        id = "w01_tiny"
        title = "One"
        minutes = 1
        cell_seconds = 20

        [[weeks]]
        id = "w02_next"
        title = "Two"
        teaches = ["halving"]
        due = 2026-09-21T23:59:00
        [[weeks.notebooks]]
        id = "w02_next"
        title = "Two"
        minutes = 1
        cell_seconds = 20
        [[weeks.notebooks]]
        id = "w02_extra"
        title = "More"
        minutes = 1
        cell_seconds = 20
    """,
    "course/notebooks/w01_tiny.py": """
        # ---
        # jupyter:
        #   jupytext:
        #     text_representation:
        #       extension: .py
        #       format_name: percent
        #   kernelspec:
        #     display_name: Python 3
        #     language: python
        #     name: python3
        # ---

        # %% [markdown]
        # # Tiny

        # %%
        import matplotlib.pyplot as plt
        import numpy as np

        from helpers.checking import checks_for

        check = checks_for("w01_tiny")

        # %%
        def double(x):
            \"\"\"Double a number.\"\"\"
            ### START CODE HERE ### (≈ 2 lines)
            # twice as much
            factor = np.sqrt(4.0)
            y = factor * x + 0 * np.abs(x)
            ### END CODE HERE ###
            return y


        # %%
        check(double)

        # %% tags=["nbval-ignore-output"]
        figure, axes = plt.subplots(figsize=(1, 1))
        axes.plot([0, 1], [0, 1])
        print("plotted")
        plt.show()

        # %% [markdown] nbgrader={"grade_id": "why-question"}
        # Why is it so?
        #
        # ### BEGIN MARK SCHEME
        # One point for two, and one point for one and one.
        # ### END MARK SCHEME

        # %% [markdown] nbgrader={"grade_id": "why", "points": 2}
        # Because two is one and one.
    """,
    "course/notebooks/w02_next.py": """
        # %%
        from helpers.checking import checks_for
        from helpers.doubling import double

        check = checks_for("w02_next")

        # %%
        def halve(x):
            ### START CODE HERE ###
            y = (x - 0.25 * x * 2) * 1
            ### END CODE HERE ###
            return y

        # %%
        check(halve)
    """,
    "course/notebooks/w02_extra.py": """
        # %%
        print("more")
    """,
    "course/helpers/__init__.py": '"""Helpers."""\n',
    "course/helpers/datasets.py": '''
        """Data."""


        def numbers():
            """Give numbers."""
            return [1, 2, 3]
    ''',
    "course/helpers/plotting.py": '"""Figures."""\n',
    "course/helpers/checking/__init__.py": '''
        """Checks."""
        from pathlib import Path

        import h5py


        class CheckFailed(AssertionError):
            """Shown as one line."""

            def _render_traceback_(self):
                return [str(self)]


        def checks_for(notebook):
            """Read an answer sheet."""
            sheet = h5py.File(Path(__file__).parents[1] / "answers" / f"{notebook}.h5", "r")

            def check(function):
                """Check a function."""
                if function(2.0) != sheet[function.__name__].attrs["expected"]:
                    raise CheckFailed(f"{function.__name__} is not started yet.")
                print(f"{function.__name__}: passed")

            return check
    ''',
    "course/helpers/doubling.py": '''
        """The reference of week 1."""
        import numpy as np


        def double(x):
            """Double."""
            return np.add(x, x) * np.ones(1)[0]
    ''',
    "course/helpers/halving.py": '''
        """The reference of week 2."""


        def halve(x):
            """Halve."""
            return x / (1 + 1) - 0 * x
    ''',
    "autograder/__init__.py": '''
        """Grading."""


        def grade(notebook, function):
            """Grade."""
            return 3.0
    ''',
    "pyproject.toml": """
        [project]
        requires-python = ">=3.11"
        dependencies = ["numpy>=2", "h5py"]
    """,
    "data/README.md": "# Data\n",
    "data/make.py": "print('made')\n",
}

POINTS = {"w01_tiny": {"double": 3.0}, "w02_next": {"halve": 1.0}, "w02_extra": {}}
EXPECTED = {"double": 4.0, "halve": 1.0}


class TinyExercises:
    """Stands in for the specifications."""

    def __init__(self, points=POINTS):
        self._points = points

    def points(self, notebook_id):
        return self._points[notebook_id]

    def write_sheet(self, notebook_id, path):
        with h5py.File(path, "w") as sheet:
            for name in self._points[notebook_id]:
                sheet.create_dataset(name, data=np.frombuffer(b"hint: think", dtype=np.uint8))
                sheet[name].attrs["expected"] = EXPECTED.get(name, 0.0)

    def mistakes(self, notebook_id):
        if notebook_id != "w01_tiny":
            return {}
        return {"double, adds too often": "def double(x):\n    return x + x + np.array(x)\n"}


def make_course(root: Path) -> Path:
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")
    shutil.copy(CHECKOUT / "nbgrader_config.py", root)
    with h5py.File(root / "data" / "numbers.h5", "w") as data:
        data["x"] = [1, 2, 3]
    return root


def week(root: Path, text: str = "1"):
    return load_syllabus(root).find_week(text)
