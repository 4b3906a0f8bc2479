"""What week 8's notebook says of its three models holds for other random numbers, too."""

from __future__ import annotations

import ast

import jupytext
import numpy as np
import pytest

from tests.conftest import ROOT

MASTER = ROOT / "course" / "notebooks" / "w08_convolution.py"
DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef)


@pytest.fixture(scope="module")
def notebook():
    """Give the names that the solved notebook defines; of its data, only the digits."""
    names = {"__name__": "__main__"}
    for cell in jupytext.read(MASTER, fmt="py:percent").cells:
        if cell.cell_type == "code":
            whole = "def canvases" in cell.source
            body = [n for n in ast.parse(cell.source).body if whole or isinstance(n, DEFINITIONS)]
            exec(compile(ast.Module(body, []), str(MASTER), "exec"), names)
    return names


def draw_canvases(names, seed):
    digits, rng = names["digits"], np.random.default_rng(100 + seed)
    names["X_train"] = names["canvases"](digits.train_x, 2, rng)
    names["X_test"] = names["canvases"](digits.test_x, 1, rng)


def start_dense(seed, n_x):
    rng = np.random.default_rng(seed)
    return {
        "W1": rng.normal(size=(128, n_x)) * np.sqrt(2 / n_x),
        "b1": np.zeros((128, 1)),
        "W2": rng.normal(size=(10, 128)) * np.sqrt(1 / 128),
        "b2": np.zeros((10, 1)),
    }


def final_accuracies(names, seed):
    """Train the three models as the notebook does; return their accuracies on the test canvases."""
    draw_canvases(names, seed)
    n_x = names["HEIGHT"] * names["WIDTH"]
    starts = {
        "regression": {"W1": np.zeros((10, n_x)), "b1": np.zeros((10, 1))},
        "dense": start_dense(seed, n_x),
        "convnet": names["start_convnet"](seed),
    }
    return [
        names["train"](names[f"{name}_forward"], names[f"{name}_backward"], p, 8, seed=seed)[1][-1]
        for name, p in starts.items()
    ]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_the_convolutional_network_reads_what_the_others_cannot(notebook, seed):
    regression, dense, convnet = final_accuracies(notebook, seed)
    print(f"\nseed {seed}: regression {regression}, dense {dense}, convolutional {convnet}")
    assert convnet >= dense + 45
    assert regression <= 25
    assert dense <= 40
    assert convnet >= 80
