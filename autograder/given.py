"""The code that a notebook gives to its students: imports, and functions they need not write."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import jupytext

from autograder.building import read_master
from autograder.stubs import has_regions

PRELUDE = "import copy\nimport math\n\nimport matplotlib.pyplot as plt\nimport numpy as np\n"
_KEPT = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)


@cache
def given_code(root: Path, notebook: str) -> str:
    """Collect the imports and the definitions of a notebook's given cells.

    Parameters
    ----------
    root : Path
        The course.
    notebook : str
        The notebook's name, as in ``"w01_numpy_basics"``.

    Returns
    -------
    str
        Python source; `np`, `plt`, `math` and `copy` are in it always.
    """
    cells = jupytext.reads(read_master(root, notebook), fmt="py:percent").cells
    given = [c.source for c in cells if c.cell_type == "code" and not has_regions(c.source)]
    return "\n\n".join([PRELUDE, *(part for source in given for part in _definitions(source))])


def _definitions(source: str) -> list[str]:
    r"""Give the statements of a cell that define something and do nothing else.

    Examples
    --------
    >>> _definitions("import os\nos.listdir()")
    ['import os']
    """
    try:
        body = ast.parse(source).body
    except SyntaxError:  # a line for IPython
        return []
    return [ast.unparse(node) for node in body if isinstance(node, _KEPT)]
