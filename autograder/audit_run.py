"""Auditing whole weeks, in parallel, and keeping the figures that the course prints."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, as_completed
from contextlib import ExitStack
from pathlib import Path

import autograder
from autograder.audit_cards import (
    FIGURES,
    Bar,
    ExerciseCard,
    NotebookFigures,
    figures,
    read_figures,
)
from autograder.auditing import AuditError, Bench, audit_exercise
from autograder.classroom import marker_for, open_pool
from autograder.exercises import load
from autograder.given import given_code
from autograder.marking import ignore_interrupts
from autograder.records import write_whole
from autograder.sandbox import Sandbox, SandboxSpec
from autograder.syllabus import Week

_SECONDS = 3600
_MAKERS = ("mutating", "rewriting")


def audit_weeks(
    root: Path,
    weeks: Sequence[Week],
    bar: Bar,
    only: str | None = None,
    jobs: int | None = None,
    started: Callable[[int], None] = lambda total: None,
    progressed: Callable[[ExerciseCard], None] = lambda card: None,
) -> list[ExerciseCard]:
    """Audit the exercises of some weeks.

    Parameters
    ----------
    root : Path
        The course.
    weeks : sequence of Week
    bar : Bar
    only : str, optional
        The one exercise to look at.
    jobs : int, optional
        How many processes; by default one a core.
    started, progressed : callable
        Told the number of exercises, and each one's card.

    Returns
    -------
    list of ExerciseCard
        In the order of the course.

    Raises
    ------
    AuditError
        If there is nothing to audit, or an exercise's audit does not come to its end.
    SandboxError
        If there is no sandbox to be had.
    """
    places = [
        (week.id, notebook.id, name)
        for week in weeks
        for notebook in week.notebooks
        for name in load(notebook.id)
        if only in (None, name)
    ]
    if not places:
        raise AuditError(f"There is no exercise {only!r} in these weeks.")
    cards: dict[tuple[str, str, str], ExerciseCard] = {}
    with ExitStack() as stack:
        markers = {week.id: stack.enter_context(marker_for(root, week, {})) for week in weeks}
        specs = {week: marker.sandbox for week, marker in markers.items()}
        processes = min(jobs or os.cpu_count() or 1, len(places))
        pool = stack.enter_context(open_pool(processes, _start_process, root, specs, bar))
        started(len(places))
        futures = {pool.schedule(_audit, args=p, timeout=_SECONDS): p for p in places}
        for future in as_completed(futures):
            cards[futures[future]] = card = _finished(future, futures[future][-1])
            progressed(card)
    return [cards[place] for place in places]


def _finished(future: Future[ExerciseCard], name: str) -> ExerciseCard:
    try:
        return future.result()
    except TimeoutError as error:
        raise AuditError(f"The audit of {name} took longer than {_SECONDS} seconds.") from error


class _Process:
    """What an auditing process keeps between exercises."""

    root: Path
    specs: dict[str, SandboxSpec]
    bar: Bar
    week = ""
    sandbox: Sandbox


def _start_process(root: Path, specs: dict[str, SandboxSpec], bar: Bar) -> None:
    ignore_interrupts()
    _Process.root, _Process.specs, _Process.bar = root, specs, bar


def _audit(week: str, notebook: str, name: str) -> ExerciseCard:
    if week != _Process.week:
        if _Process.week:
            _Process.sandbox.close()
        _Process.sandbox, _Process.week = Sandbox(_Process.specs[week]), week
    given = given_code(_Process.root, notebook)
    return audit_exercise(Bench(_Process.sandbox, notebook, given, _Process.bar), name)


def write_figures(root: Path, cards: Iterable[ExerciseCard]) -> None:
    """Keep the figures of the notebooks that were audited whole, beside those of the others."""
    kept = read_figures(root)
    by_notebook: dict[str, list[ExerciseCard]] = {}
    for card in cards:
        by_notebook.setdefault(card.notebook, []).append(card)
    for notebook, own in by_notebook.items():
        if [card.function for card in own] == list(load(notebook)):
            measured = {card.function: figures(card) for card in own}
            on = measured_on(notebook)
            kept[notebook] = NotebookFigures(measured_on=on, exercises=measured)
    data = {name: kept[name].model_dump() for name in sorted(kept)}
    write_whole(root / FIGURES, json.dumps(data, indent=1) + "\n")


def measured_on(notebook: str) -> str:
    """Sum up what a notebook's figures depend on: exercises, strangers, and the audit itself."""
    package = Path(autograder.__file__).parent
    paths = [
        package / "exercises" / f"{notebook}.py",
        *sorted((package / "strangers" / notebook).glob("*.py")),
        *(package / f"{name}.py" for name in _MAKERS),
    ]
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    for exercise in load(notebook).values():
        digest.update(exercise.source.encode())
    return digest.hexdigest()[:16]
