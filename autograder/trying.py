"""Grading plain functions in a text file, through the same sandbox and referee."""

from __future__ import annotations

import ast
from pathlib import Path

from autograder.exercises import load
from autograder.given import PRELUDE
from autograder.questions import variant_of, varied
from autograder.referee import Limits, Referee, StudentNotebook
from autograder.sandbox import Sandbox
from autograder.syllabus import Week
from helpers.checking.judging import Verdict


class TryError(Exception):
    """The file cannot be graded; the message says why."""


def try_source(
    notebook: str,
    source: str,
    sandbox: Sandbox,
    seed: str,
    limits: Limits | None = None,
    given: str = PRELUDE,
) -> list[Verdict]:
    """Grade the functions in a piece of Python text.

    Parameters
    ----------
    notebook : str
        The notebook whose exercises are put, as in ``"w01_numpy_basics"``.
    source : str
        Python text that defines functions.
    sandbox : Sandbox
    seed : str
        The seed of the hidden tests.
    limits : Limits, optional
    given : str
        What the notebook gives to its students: see `given.given_code`.

    Returns
    -------
    list of Verdict
        One for each exercise of the notebook, in order.

    Raises
    ------
    TryError
        If the text does not run to its end.
    """
    student = StudentNotebook(sandbox, limits or Limits())
    for cell in (given, source):
        run = student.run(cell)
        if not run.ok:
            raise TryError(_what_went_wrong(run.outputs))
    referee = Referee(student, varied(seed, variant_of(seed, [source])))
    return [referee.verdict(notebook, name) for name in load(notebook)]


def defined_functions(source: str) -> set[str]:
    """List the functions that a piece of Python text defines.

    Raises
    ------
    TryError
        If the text is no Python.

    Examples
    --------
    >>> defined_functions("def sigmoid(z): ...")
    {'sigmoid'}
    """
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise TryError(f"Line {error.lineno} is no Python: {error.msg}") from None
    assigned = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return assigned | {n.name for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef)}


def notebooks_meant(week: Week, source: str) -> list[str]:
    """Guess which of a week's notebooks a file answers: those it answers most of.

    Parameters
    ----------
    week : Week
    source : str

    Returns
    -------
    list of str
        Notebook names; the best one when none is answered by half.
    """
    defined = defined_functions(source)
    shares = {notebook.id: _share(notebook.id, defined) for notebook in week.notebooks}
    half = [name for name, share in shares.items() if share >= 0.5]
    return half or [max(shares, key=lambda name: shares[name])]


def read_source(path: Path) -> str:
    """Read the file, with a clear word when that is not possible.

    Raises
    ------
    TryError
        If the file is missing or is not UTF-8 text.
    """
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise TryError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise TryError(f"{path} is not UTF-8 text") from None


def _share(notebook: str, defined: set[str]) -> float:
    exercises = load(notebook).values()
    answered = [e for e in exercises if defined & {e.function, *e.aliases}]
    return len(answered) / len(exercises)


def _what_went_wrong(outputs: list[dict[str, object]]) -> str:
    errors = [output for output in outputs if output.get("output_type") == "error"]
    if not errors:
        return "The file did not run to its end."
    return f"The file did not run to its end: {errors[-1].get('ename')}: {errors[-1].get('evalue')}"
