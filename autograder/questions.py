"""From an exercise and a seed to the question that is put to a function."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from autograder.conditioning import slack
from autograder.exercises import load
from autograder.specification import Exercise, compiled
from helpers.checking.checks import Case
from helpers.checking.judging import Question
from helpers.checking.outcomes import Arguments, Outcome, invoke, quiet

HIDDEN_CASES = 12
VARIANTS = 16
SEED_FILE = ".hidden_seed"


def hidden_seed(root: Path) -> str:
    """Give the course's secret seed; make one the first time.

    Parameters
    ----------
    root : Path
        The course. `$DLCOURSE_SEED` counts first, then the file `.hidden_seed` in it.

    Returns
    -------
    str
    """
    if seed := os.environ.get("DLCOURSE_SEED"):
        return seed
    path = root / SEED_FILE
    if not path.exists():
        temporary = path.with_suffix(f".{os.getpid()}")
        temporary.touch(mode=0o600)
        temporary.write_text(secrets.token_hex(16))
        temporary.replace(path)
    return path.read_text().strip()


def variant_of(seed: str, sources: Iterable[str]) -> int:
    """Choose which of the hidden variants a submission gets, by what the student wrote.

    The same work gets the same cases, however often it is handed in. Who wants the cases that
    somebody else had, as to answer from a table, cannot work out what to write to get them.

    Parameters
    ----------
    seed : str
        The secret seed.
    sources : iterable of str
        What the student wrote.

    Returns
    -------
    int
        Below `VARIANTS`, few enough for a class to share their questions.

    Examples
    --------
    >>> variant_of("secret", ["x = 1"]) == variant_of("secret", ["x = 1"]) < VARIANTS
    True
    """
    digest = hashlib.sha256(seed.encode())
    for source in sources:
        digest.update(b"\0" + source.encode())
    return int.from_bytes(digest.digest()) % VARIANTS


def varied(seed: str, variant: int) -> str:
    """Give the seed of a variant.

    Examples
    --------
    >>> varied("secret", 3)
    'secret/3'
    """
    return f"{seed}/{variant}"


@cache
def hidden_question(notebook: str, function: str, seed: str) -> Question:
    """Make the hidden question of one exercise; kept, since a class shares them."""
    return make_question(load(notebook)[function], seed, HIDDEN_CASES)


def make_question(exercise: Exercise, seed: str, count: int) -> Question:
    """Draw the cases of an exercise and run the reference and every mistake on them.

    Parameters
    ----------
    exercise : Exercise
    seed : str
    count : int
        How many random cases, beside the edge cases.

    Returns
    -------
    Question
    """
    known = {mistake.name: mistake.function(exercise) for mistake in exercise.mistakes}
    known |= {name: compiled(source, exercise) for name, source in exercise.variants.items()}
    drawn = draw(exercise, seed, count)
    with quiet():
        cases = [_case(exercise, args, known) for args in drawn]
    return Question(
        function=exercise.function,
        returns=exercise.returns,
        cases=cases,
        checks=exercise.checks,
        hints={mistake.name: mistake.hint for mistake in exercise.mistakes},
        aliases=exercise.aliases,
    )


def _case(exercise: Exercise, args: Arguments, known: Mapping[str, Callable[..., Any]]) -> Case:
    expected = _outcome(exercise.reference, args)
    mistakes = {name: _known(_outcome(f, args)) for name, f in known.items()}
    return Case(args, expected, mistakes, slack(exercise.reference, args, expected))


def _outcome(function: Callable[..., Any], args: Arguments) -> Outcome:
    """Call one of ours; what it comes to on a machine out of memory is no outcome to expect."""
    outcome = invoke(function, args, isolated=False)
    if outcome.error == "MemoryError":
        raise MemoryError(outcome.message)
    return outcome


def draw(exercise: Exercise, seed: str, count: int) -> list[Arguments]:
    """Draw the arguments of an exercise's cases: the edge cases first, then random ones."""
    digest = hashlib.sha256(f"{seed}/{exercise.function}".encode()).digest()
    rng = np.random.default_rng(int.from_bytes(digest[:8]))
    drawn = [*exercise.edge_inputs(rng), *(exercise.inputs(rng) for _ in range(count))]
    return [replace(args, seed=number) for number, args in enumerate(drawn)]


def _known(outcome: Outcome) -> Outcome:
    """Keep of a mistake's error only its type: messages and lines differ between writers."""
    return Outcome(error=outcome.error) if outcome.error else replace(outcome, lines=0)
