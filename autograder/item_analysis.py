"""What a class's results say about the exercises: how hard, how telling, where people are stuck."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np

from autograder.records import (
    CellRecord,
    ExerciseRecord,
    FindingRecord,
    NotebookRecord,
    SubmissionRecord,
)

UNREAD, UNTESTED = "unread", "untested"
NOT_DONE_STATES = ("blank", "missing")
STOPPED_STATES = ("timeout", "crash", UNTESTED)

_TOO_EASY, _TOO_HARD, _WEAK = 0.95, 0.30, 0.1
_FEWEST = 3  # two points always lie on a line
_RARE = 0.1
_FEWEST_TO_REMARK = 10


class Place(NamedTuple):
    """Where an exercise stands: two notebooks may ask for the same function."""

    notebook: str
    name: str


@dataclass(frozen=True)
class Attempt:
    """What one student's work on one exercise came to.

    Attributes
    ----------
    student : str
    place : Place
    state : str
        As in `ExerciseRecord`; or "unread" (its notebook could not be read) or "untested" (the
        test itself failed).
    points, earned : float
    findings : tuple of FindingRecord
    """

    student: str
    place: Place
    state: str
    points: float
    earned: float
    findings: tuple[FindingRecord, ...] = ()


@dataclass(frozen=True)
class Item:
    """One exercise as the class did it. Unread notebooks do not count.

    Attributes
    ----------
    place : Place
    points : float
    passed, failed, blank, missing, stopped : int
        How many; "missing" is a function that is not there, "stopped" is out of time, crashed
        or untested.
    difficulty : float or None
        The mean share of the points that was earned.
    discrimination : float or None
        The correlation with the rest of the score.
    partial : float or None
        The share of the attempts that earned some of the points, but not all.
    """

    place: Place
    points: float
    passed: int
    failed: int
    blank: int
    missing: int
    stopped: int
    difficulty: float | None
    discrimination: float | None
    partial: float | None

    @property
    def count(self) -> int:
        """How many attempts there were."""
        return self.passed + self.failed + self.blank + self.missing + self.stopped


@dataclass(frozen=True)
class Stumble:
    """Something that went wrong with several students in one exercise.

    Attributes
    ----------
    place : Place
    what : str
        A known mistake's name, or a check's message.
    hint : str
        What the students were told to do about it.
    count : int
        How many students.
    """

    place: Place
    what: str
    hint: str
    count: int


def attempts_of(records: Sequence[SubmissionRecord]) -> list[Attempt]:
    """List every student's attempt at every exercise.

    Parameters
    ----------
    records : sequence of SubmissionRecord
        A week's.

    Returns
    -------
    list of Attempt
        By student; a student's in the order of the notebooks and cells.
    """
    exercises = _exercises_by_cell(records)
    return [
        attempt
        for record in records
        for notebook in record.notebooks
        for cell in notebook.cells
        for attempt in _attempts(record.student, notebook, cell, exercises)
    ]


_Cell = tuple[str, str]  # notebook and grade id


def _exercises_by_cell(records: Iterable[SubmissionRecord]) -> dict[_Cell, dict[str, float]]:
    """Tell what each test cell grades, and for how much: a record that is in trouble may not."""
    known: dict[_Cell, dict[str, float]] = defaultdict(dict)
    for record in records:
        for notebook in record.notebooks:
            for cell in notebook.cells:
                found = {exercise.function: exercise.points for exercise in cell.exercises}
                known[notebook.notebook, cell.grade_id].update(found)
    return known


def _attempts(
    student: str,
    notebook: NotebookRecord,
    cell: CellRecord,
    exercises: dict[_Cell, dict[str, float]],
) -> Iterator[Attempt]:
    known = exercises[notebook.notebook, cell.grade_id]
    found = {exercise.function: exercise for exercise in cell.exercises}
    if not known:
        place = Place(notebook.notebook, cell.grade_id.removeprefix("test-"))
        yield Attempt(student, place, _plain_state(notebook, cell), cell.points, cell.earned)
    for name, points in known.items():
        place = Place(notebook.notebook, name)
        if name in found:
            yield _attempt(student, place, found[name])
        else:
            state = UNREAD if notebook.problem else UNTESTED
            yield Attempt(student, place, state, points, 0)


def _attempt(student: str, place: Place, found: ExerciseRecord) -> Attempt:
    return Attempt(student, place, found.state, found.points, found.earned, found.findings)


def _plain_state(notebook: NotebookRecord, cell: CellRecord) -> str:
    """Give the state of a test cell that names no exercise: one of plain assertions."""
    if notebook.problem:
        return UNREAD
    return "passed" if cell.earned >= cell.points else "failed"


def places_in_order(records: Sequence[SubmissionRecord]) -> list[Place]:
    """List the exercises in the order in which most students have them.

    Parameters
    ----------
    records : sequence of SubmissionRecord

    Returns
    -------
    list of Place
        A student who moved cells about does not change the order.
    """
    own: dict[str, dict[Place, None]] = {record.student: {} for record in records}
    for attempt in attempts_of(records):
        own[attempt.student][attempt.place] = None
    orders = Counter(tuple(places) for places in own.values()).most_common()
    return list(dict.fromkeys(place for order, _ in orders for place in order))


def analyse(records: Sequence[SubmissionRecord]) -> list[Item]:
    """Analyse every exercise of a week.

    Parameters
    ----------
    records : sequence of SubmissionRecord

    Returns
    -------
    list of Item
        In the order of `places_in_order`.
    """
    places = places_in_order(records)
    attempts = attempts_of(records)
    matrix = _score_matrix(attempts, [record.student for record in records], places)
    by_place = defaultdict(list)
    for attempt in attempts:
        by_place[attempt.place].append(attempt)
    return [
        _item(by_place[place], discrimination(matrix, column))
        for column, place in enumerate(places)
    ]


def _score_matrix(
    attempts: Iterable[Attempt], students: Sequence[str], places: Sequence[Place]
) -> np.ndarray:
    """Lay out what was earned, shape (students, exercises); NaN where nothing could be read."""
    matrix = np.full((len(students), len(places)), np.nan)
    rows = {student: row for row, student in enumerate(students)}
    columns = {place: column for column, place in enumerate(places)}
    for attempt in attempts:
        if attempt.state != UNREAD:
            matrix[rows[attempt.student], columns[attempt.place]] = attempt.earned
    return matrix


def _item(attempts: Sequence[Attempt], discrimination: float | None) -> Item:
    read = [attempt for attempt in attempts if attempt.state != UNREAD]
    states = [attempt.state for attempt in read]
    passed, blank, missing = map(states.count, ("passed", "blank", "missing"))
    stopped = sum(map(states.count, STOPPED_STATES))
    shares = np.array([a.earned / a.points for a in read if a.points])
    return Item(
        place=attempts[0].place,
        points=attempts[0].points,
        passed=passed,
        failed=len(read) - passed - blank - missing - stopped,
        blank=blank,
        missing=missing,
        stopped=stopped,
        difficulty=float(shares.mean()) if shares.size else None,
        discrimination=discrimination,
        partial=float(np.mean((shares > 0) & (shares < 1))) if shares.size else None,
    )


def discrimination(earned: np.ndarray, column: int) -> float | None:
    """Correlate an exercise's score with the rest of the score (corrected item-total).

    Parameters
    ----------
    earned : ndarray of float, shape (k, n)
        What k students earned in n exercises; NaN where that is not known. Exercises known for
        fewer than a tenth of the students do not count: a few results of an older version of
        the week must not rule out everybody else. Then students with a NaN are left out.
    column : int
        The exercise.

    Returns
    -------
    float or None
        In [-1, 1]; None where it is undefined: either score is constant, or fewer than three
        students are left.

    Examples
    --------
    >>> discrimination(np.array([[0.0, 1.0], [1.0, 3.0], [2.0, 5.0]]), 0)
    1.0
    """
    known = ~np.isnan(earned)
    others = known.sum(axis=0) >= _RARE * len(earned)
    others[column] = False
    whole = known[:, column] & known[:, others].all(axis=1)
    own, rest = earned[whole, column], earned[whole][:, others].sum(axis=1)
    if len(own) < _FEWEST or _is_constant(own) or _is_constant(rest):
        return None
    return round(float(np.corrcoef(own, rest)[0, 1]), 6)


def _is_constant(values: np.ndarray) -> bool:
    """Tell whether all values are equal but for rounding."""
    return bool(np.ptp(values) <= 1e-9 * max(1.0, float(np.abs(values).max())))


def remarks_on(item: Item) -> list[str]:
    """Say in words why an exercise needs a look.

    Parameters
    ----------
    item : Item

    Returns
    -------
    list of str
        Nothing for an exercise that is as it should be, or that too few students did.
    """
    if item.count < _FEWEST_TO_REMARK:
        return []
    remarks = []
    if item.difficulty is not None and item.difficulty > _TOO_EASY:
        remarks.append("too easy to tell anything")
    if item.difficulty is not None and item.difficulty < _TOO_HARD:
        remarks.append("too hard, or not reached")
    if item.discrimination is not None and item.discrimination < 0:
        remarks.append("negative discrimination: check the exercise and its tests")
    elif item.discrimination is not None and item.discrimination < _WEAK:
        remarks.append("hardly tells strong work from weak")
    return remarks


def known_mistakes(attempts: Iterable[Attempt]) -> list[Stumble]:
    """Count the students who made each known mistake.

    Parameters
    ----------
    attempts : iterable of Attempt

    Returns
    -------
    list of Stumble
        The commonest first.
    """
    found = [
        (Stumble(attempt.place, finding.mistake, finding.hint, 0), attempt.student)
        for attempt in attempts
        for finding in attempt.findings
        if finding.mistake
    ]
    return _counted(found)


def unexplained_failures(attempts: Iterable[Attempt]) -> list[Stumble]:
    """Count the students who saw each message that no known mistake explains.

    Parameters
    ----------
    attempts : iterable of Attempt

    Returns
    -------
    list of Stumble
        The commonest first. Blank and stopped exercises do not count.
    """
    found = [
        (Stumble(attempt.place, _without_line(finding.message), "", 0), attempt.student)
        for attempt in attempts
        if attempt.state == "failed"
        for finding in attempt.findings
        if finding.message and finding.points and not finding.mistake
    ]
    return _counted(found)


def _without_line(message: str) -> str:
    """Take out the student's own line of code, so that equal errors count together."""
    head, middle, tail = message.partition(" in the line `")
    _, end, error = tail.rpartition("` with ")
    return f"{head} with {error}" if middle and end else message


def _counted(found: Iterable[tuple[Stumble, str]]) -> list[Stumble]:
    """Count each student once, whatever hint came along first."""
    hints: dict[tuple[Place, str], str] = {}
    pairs = []
    for stumble, student in found:
        key = (stumble.place, stumble.what)
        hints[key] = hints.get(key) or stumble.hint
        pairs.append((key, student))
    return [
        Stumble(place, what, hints[place, what], len(students))
        for (place, what), students in grouped(pairs)
    ]


K = TypeVar("K", bound=Hashable)


def grouped(pairs: Iterable[tuple[K, str]]) -> list[tuple[K, list[str]]]:
    """Gather who belongs to each key, each of them once.

    Parameters
    ----------
    pairs : iterable of (key, str)

    Returns
    -------
    list of (key, list of str)
        The largest group first, equal ones as they came; names sorted.

    Examples
    --------
    >>> grouped([("a", "Ada"), ("b", "Ivan"), ("b", "Ada"), ("b", "Ivan")])
    [('b', ['Ada', 'Ivan']), ('a', ['Ada'])]
    """
    groups: dict[K, set[str]] = defaultdict(set)
    for key, name in pairs:
        groups[key].add(name)
    by_size = sorted(groups.items(), key=lambda group: -len(group[1]))
    return [(key, sorted(names)) for key, names in by_size]
