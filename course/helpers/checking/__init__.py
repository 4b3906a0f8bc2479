"""Checking exercises in a notebook: at once, offline, with the reason why.

A notebook starts with ``check = checks_for("w01_logistic_regression")``; then
``check(propagate)`` says what is right in `propagate` and why the rest is wrong.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from helpers.checking.display import Card, Progress
from helpers.checking.judging import Question, judge_function, without_points
from helpers.checking.sheets import SheetError, read_sheet, sheet_path

__all__ = ["CheckFailed", "Checks", "SheetError", "checks_for", "ready"]

_passed: set[str] = set()


class CheckFailed(AssertionError):
    """A check found something to mend. Shown as one line, without a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]


class Checks:
    """The checks of one notebook.

    Parameters
    ----------
    notebook : str
        The notebook's name, as in ``"w01_logistic_regression"``.

    Raises
    ------
    SheetError
        If the notebook's answer sheet is missing or damaged.
    """

    def __init__(self, notebook: str) -> None:
        self.notebook = notebook
        self._questions = read_sheet(sheet_path(notebook))
        self._earned: dict[str, float] = {}

    def __call__(self, function: Callable[..., Any]) -> None:
        """Check a function, show what was found, and raise if anything is wrong.

        Parameters
        ----------
        function : callable
            A function with the name that the exercise asks for.

        Raises
        ------
        CheckFailed
            If points are missing. The card above the message says why.
        """
        question = self._question(_names(function, sys._getframe(1).f_globals))
        if callable(function):
            verdict = judge_function(question, function)
        else:
            verdict = without_points(question, "missing", "It is not a function.")
        self._earned[question.function] = verdict.earned
        _show(Card(verdict, question, self.progress))
        if not verdict.passed:
            raise CheckFailed(_last_line(question.function, verdict.state))
        mark_passed(question.function)

    @property
    def progress(self) -> Progress:
        """The points earned so far, of all there are."""
        points = sum(question.points for question in self._questions.values())
        return Progress(sum(self._earned.values()), points)

    def _question(self, names: set[str]) -> Question:
        for question in self._questions.values():
            if names & {question.function, *question.aliases}:
                return question
        known = ", ".join(self._questions)
        raise CheckFailed(f"There is no such exercise in this notebook. There are: {known}.")


def checks_for(notebook: str) -> Checks:
    """Get the checks of a notebook."""
    return Checks(notebook)


def mark_passed(*names: str) -> None:
    """Note that functions passed, so that cells which wait for them run."""
    _passed.update(names)


def ready(*functions: Callable[..., Any]) -> bool:
    """Tell whether all these functions have passed their checks; if not, say which are missing.

    Examples
    --------
    >>> def not_checked(x): ...
    >>> ready(not_checked)
    This cell waits for: not_checked
    False
    """
    namespace = sys._getframe(1).f_globals
    names = [_names(function, namespace) for function in functions]
    waiting = [min(known, key=len) for known in names if not known & _passed]
    if waiting:
        print(f"This cell waits for: {', '.join(waiting)}")
    return not waiting


def _names(function: object, namespace: dict[str, Any]) -> set[str]:
    """Give a function's names: its own, and those it goes by in a notebook.

    A lambda, a decorated function or an instance with ``__call__`` has no telling name of its own.
    """
    own = {getattr(function, "__name__", "")} - {"", "<lambda>"}
    given = {name for name, value in namespace.items() if value is function}
    return own | {name for name in given if not name.startswith("_")} or {"a function"}


def _last_line(function: str, state: str) -> str:
    return f"{function} is not started yet." if state == "blank" else f"{function}: see above."


def _show(card: Card) -> None:
    """Display a card in a notebook, print it elsewhere."""
    if "IPython" in sys.modules:
        from IPython import get_ipython
        from IPython.display import display

        if get_ipython() is not None:
            display(card)
            return
    print(card)
