"""The exercise specifications, one module a notebook, each with a list `EXERCISES`."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from autograder.specification import Exercise, SpecificationError


@cache
def load(notebook: str) -> dict[str, Exercise]:
    """Load the exercises of a notebook.

    Parameters
    ----------
    notebook : str
        The notebook's name, as in ``"w01_numpy_basics"``.

    Returns
    -------
    dict of str to Exercise
        By function name, in the order of the notebook.

    Raises
    ------
    SpecificationError
        If there is no such module, or two exercises ask for the same function.
    """
    if not notebook.isidentifier() or find_spec(f"{__name__}.{notebook}") is None:
        raise SpecificationError(
            f"There are no exercises for a notebook “{notebook}”: "
            f"autograder/exercises/{notebook}.py, with a list EXERCISES, is missing."
        )
    exercises: list[Exercise] = import_module(f"{__name__}.{notebook}").EXERCISES
    by_name = {exercise.function: exercise for exercise in exercises}
    if len(by_name) < len(exercises):
        raise SpecificationError(f"In {notebook}, two exercises ask for the same function.")
    return by_name


def known_aliases(notebook: str, name: str) -> tuple[str, ...]:
    """Give the other names that a function may have; none where no exercise asks for it."""
    try:
        return load(notebook)[name].aliases
    except (SpecificationError, KeyError):
        return ()
