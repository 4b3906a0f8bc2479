"""The instructor's report on a graded week: one page that needs nothing else, and tables."""

from __future__ import annotations

import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from markupsafe import Markup, escape
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from rich.table import Table
from rich.text import Text

from autograder.item_analysis import (
    NOT_DONE_STATES,
    UNREAD,
    Attempt,
    Item,
    Place,
    Stumble,
    analyse,
    attempts_of,
    grouped,
    known_mistakes,
    remarks_on,
    unexplained_failures,
)
from autograder.pages import fill
from autograder.records import GRADES, SubmissionRecord, load_records, write_whole
from autograder.syllabus import Week
from helpers.checking.display import stressed

REPORTS = "reports"

_STEPS = MaxNLocator(nbins=14, steps=[1, 2, 5, 10])
_SHOWN_STUMBLES = 12
_SLOWEST = 5
_NONE = "–"
_STATE_WORDS = {
    "timeout": "ran out of time",
    "crash": "ended the Python process",
    "missing": "there is no such function",
}
# No creator and no date: the same records give the same bytes.
_NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))
_STYLE: dict[Any, Any] = {
    "svg.hashsalt": "report",
    "svg.fonttype": "none",
    "font.size": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


class ReportError(Exception):
    """There is nothing to report on; the message says what to do."""


@dataclass(frozen=True)
class Scores:
    """The scores of a class in a few numbers."""

    count: int
    points: float
    mean: float
    quartiles: tuple[float, float, float]


@dataclass(frozen=True)
class Concern:
    """Something that a person should look at, and whose submissions show it."""

    kind: str
    place: Place
    text: str
    students: list[str]


@dataclass(frozen=True)
class Mended:
    """What had to be put right in one student's notebook before it could be graded."""

    student: str
    notebook: str
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class StudentRow:
    """One student in a line."""

    student: str
    earned: float
    share: float
    failed: list[str]
    blank: list[str]
    exercises: int
    unread: list[str]
    seconds: float


@dataclass(frozen=True)
class Names:
    """How notebooks and exercises are called on the page.

    Attributes
    ----------
    notebooks : dict of str to str
        The titles, by id.
    twice : frozenset of str
        Functions that more than one notebook asks for.
    """

    notebooks: dict[str, str]
    twice: frozenset[str]

    def title(self, notebook: str) -> str:
        """Give a notebook's title."""
        return self.notebooks.get(notebook, notebook)

    def exercise(self, place: Place) -> str:
        """Give an exercise's name, with its notebook where the name alone is not enough."""
        where = f" ({self.title(place.notebook)})" if self.is_twice(place) else ""
        return place.name + where

    def is_twice(self, place: Place) -> bool:
        """Tell whether another notebook asks for a function of this name."""
        return place.name in self.twice


def make_report(root: Path, week: Week, *, anonymous: bool = False) -> Path:
    """Write the report on a graded week as one HTML page that loads nothing.

    Parameters
    ----------
    root : Path
        The course.
    week : Week
    anonymous : bool
        Put numbers in place of the students' ids. Texts that students wrote, such as the line
        in which a call failed, stay.

    Returns
    -------
    Path
        The page, ``reports/<week id>.html``; ``<week id>-anonymous.html`` without names.

    Raises
    ------
    ReportError
        If nothing of the week has been graded.
    """
    records = load_records(root, week.id)
    if not records:
        raise ReportError(
            f"No graded submissions of {week.id}. Grade them first: dlcourse grade {week.number}"
        )
    files = list((root / GRADES / week.id).glob("*.json"))
    unusable = len(files) - len(records)
    graded = datetime.fromtimestamp(max(file.stat().st_mtime for file in files)).astimezone()
    shown = anonymised(records) if anonymous else sorted(records, key=_by_student)
    contents = {**_contents(shown, week), "graded": graded, "unusable": unusable}
    page = render("report.html.j2", contents)
    path = root / REPORTS / f"{week.id}{'-anonymous' if anonymous else ''}.html"
    write_whole(path, page)
    return path


def _by_student(record: SubmissionRecord) -> tuple[str, str]:
    """Sort as people do: capitals make no difference, unless nothing else does."""
    return record.student.casefold(), record.student


def anonymised(records: Iterable[SubmissionRecord]) -> list[SubmissionRecord]:
    """Put numbers in place of the students' ids, in an order that tells nothing about them.

    Parameters
    ----------
    records : iterable of SubmissionRecord

    Returns
    -------
    list of SubmissionRecord
        By number; the same records get the same numbers.
    """

    # The key depends on the secret seed: who knows the ids alone cannot redo this.
    def mixed(record: SubmissionRecord) -> str:
        return hashlib.sha256(f"{record.key}\0{record.student}".encode()).hexdigest()

    ordered = sorted(records, key=mixed)
    width = len(str(len(ordered)))
    return [
        record.model_copy(update={"student": f"{number:0{width}}"})
        for number, record in enumerate(ordered, start=1)
    ]


def _contents(records: Sequence[SubmissionRecord], week: Week) -> dict[str, Any]:
    """Work out all that the page shows."""
    attempts, items = attempts_of(records), analyse(records)
    names = _names(items, week)
    scores = summarise(records)
    return {
        "week": week,
        "names": names,
        "records": records,
        "scores": scores,
        "shown": _SHOWN_STUMBLES,
        "histogram": _histogram_svg([record.earned for record in records], scores),
        "items": _by_notebook(items, week),
        "unread": Counter(n.notebook for record in records for n in record.notebooks if n.problem),
        "mistakes": known_mistakes(attempts),
        "unexplained": unexplained_failures(attempts),
        "concerns": concerns(records, attempts),
        "mended": _mended(records),
        "students": _student_rows(records, attempts, names),
        "seconds": [record.seconds for record in records],
        "slowest": sorted(records, key=lambda record: -record.seconds)[:_SLOWEST],
    }


def _names(items: Iterable[Item], week: Week) -> Names:
    counts = Counter(item.place.name for item in items)
    titles = {notebook.id: notebook.title for notebook in week.notebooks}
    return Names(titles, frozenset(name for name, count in counts.items() if count > 1))


def _by_notebook(items: Iterable[Item], week: Week) -> list[tuple[str, list[Item]]]:
    """Group the exercises by notebook, in the syllabus's order; unknown notebooks come last."""
    ids = [notebook.id for notebook in week.notebooks]
    order = {name: position for position, name in enumerate(ids)}
    by_order = sorted(items, key=lambda item: order.get(item.place.notebook, len(ids)))
    groups = groupby(by_order, key=lambda item: item.place.notebook)
    return [(notebook, list(group)) for notebook, group in groups]


def summarise(records: Sequence[SubmissionRecord]) -> Scores:
    """Sum the scores of a class up.

    Parameters
    ----------
    records : sequence of SubmissionRecord
        At least one.

    Returns
    -------
    Scores
    """
    earned = [record.earned for record in records]
    low, median, high = (float(q) for q in np.quantile(earned, [0.25, 0.5, 0.75]))
    points = max(record.points for record in records)
    return Scores(len(records), points, float(np.mean(earned)), (low, median, high))


def concerns(records: Iterable[SubmissionRecord], attempts: Iterable[Attempt]) -> list[Concern]:
    """Gather what a person should look at.

    Parameters
    ----------
    records : iterable of SubmissionRecord
    attempts : iterable of Attempt
        The same records'.

    Returns
    -------
    list of Concern
        Unread notebooks first, then tests that failed, then stopped and missing functions.
    """
    found = [*_unread(records), *_failed_tests(records), *_stopped(attempts)]
    groups = grouped(found)
    kinds = list(dict.fromkeys(key[0] for key, _ in found))
    groups.sort(key=lambda group: kinds.index(group[0][0]))
    return [Concern(*key, students) for key, students in groups]


_Found = tuple[tuple[str, Place, str], str]


def _unread(records: Iterable[SubmissionRecord]) -> Iterator[_Found]:
    for record in records:
        for notebook in record.notebooks:
            if notebook.problem:
                place = Place(notebook.notebook, "")
                yield ("could not be read", place, notebook.problem), record.student


def _failed_tests(records: Iterable[SubmissionRecord]) -> Iterator[_Found]:
    for record in records:
        for notebook in record.notebooks:
            for cell in notebook.cells:
                if cell.problem:
                    place = Place(notebook.notebook, cell.grade_id)
                    yield ("the test failed", place, cell.problem), record.student


def _stopped(attempts: Iterable[Attempt]) -> Iterator[_Found]:
    for state, kind in _STATE_WORDS.items():
        for attempt in attempts:
            if attempt.state == state:
                yield (kind, attempt.place, ""), attempt.student


def _mended(records: Iterable[SubmissionRecord]) -> list[Mended]:
    return [
        Mended(record.student, notebook.notebook, notebook.remarks)
        for record in records
        for notebook in record.notebooks
        if notebook.remarks
    ]


def _student_rows(
    records: Sequence[SubmissionRecord], attempts: Iterable[Attempt], names: Names
) -> list[StudentRow]:
    own: dict[str, list[Attempt]] = {record.student: [] for record in records}
    for attempt in attempts:
        own[attempt.student].append(attempt)
    return [_student_row(record, own[record.student], names) for record in records]


def _student_row(record: SubmissionRecord, attempts: Sequence[Attempt], names: Names) -> StudentRow:
    settled = ("passed", UNREAD, *NOT_DONE_STATES)
    return StudentRow(
        student=record.student,
        earned=record.earned,
        share=record.earned / record.points if record.points else 0,
        failed=[_failed_label(a, names) for a in attempts if a.state not in settled],
        blank=[names.exercise(a.place) for a in attempts if a.state in NOT_DONE_STATES],
        exercises=len(attempts),
        unread=[names.title(n.notebook) for n in record.notebooks if n.problem],
        seconds=record.seconds,
    )


def _failed_label(attempt: Attempt, names: Names) -> str:
    name = names.exercise(attempt.place)
    return name if attempt.state == "failed" else f"{name}: {attempt.state}"


def histogram(scores: Sequence[float], points: float) -> tuple[np.ndarray, np.ndarray]:
    """Count scores in equal steps of a round size.

    Parameters
    ----------
    scores : sequence of float
    points : float
        What can be earned, more than 0.

    Returns
    -------
    counts : ndarray of int, shape (k,)
        A score on the edge of two steps counts in the upper one, full marks in the last.
    edges : ndarray of float, shape (k + 1,)
        The first is 0, the last one not below `points`.
    """
    edges = np.asarray(_STEPS.tick_values(0, points))
    # Points are sums of fractions: a score a rounding error below an edge belongs above it.
    inside = np.clip(np.asarray(scores, float) + 1e-9 * points, 0, edges[-1])
    return np.histogram(inside, edges)[0], edges


def _histogram_svg(scores: Sequence[float], summary: Scores) -> Markup:
    """Draw the distribution of scores; nothing when there is nothing to earn."""
    if not summary.points:
        return Markup("")
    counts, edges = histogram(scores, summary.points)
    with mpl.rc_context(_STYLE):
        figure = _histogram_figure(counts, edges, summary)
        return _inline_svg(figure, _histogram_alt(counts, edges))


def _histogram_figure(counts: np.ndarray, edges: np.ndarray, summary: Scores) -> Figure:
    figure = Figure(figsize=(6.4, 2.9), layout="constrained")
    ax = figure.add_subplot()
    bars = ax.bar(edges[:-1], counts, np.diff(edges), align="edge", color="#9ec5e8", ec="#1b4965")
    told = [str(count) if count else "" for count in counts]
    # A white ground keeps the numbers readable where a line runs through them.
    ax.bar_label(bars, told, padding=4, zorder=5, bbox={"fc": "white", "ec": "none", "pad": 1.5})
    ax.axvline(summary.mean, color="black", ls="--", label=f"mean {number(summary.mean)}")
    middle = summary.quartiles[1]
    ax.axvline(middle, color="#a4161a", ls=":", lw=2.5, label=f"median {number(middle)}")
    ax.set(xlabel=f"score (of {summary.points:g} points)", ylabel="submissions")
    ax.set_xticks(edges, [f"{edge:g}" for edge in edges])
    ax.set_ylim(0, 1.15 * counts.max())
    ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    figure.legend(loc="outside upper right", ncols=2, frameon=False)
    return figure


def _histogram_alt(counts: np.ndarray, edges: np.ndarray) -> str:
    steps = zip(edges[:-1], edges[1:], counts, strict=True)
    told = [f"{low:g} to {high:g} points: {count}" for low, high, count in steps]
    return f"Histogram of the scores of {counts.sum()} submissions. {'; '.join(told)}."


def _inline_svg(figure: Figure, alt: str) -> Markup:
    """Turn a figure into an SVG element with a text alternative and without addresses."""
    stream = io.StringIO()
    figure.savefig(stream, format="svg", transparent=True, metadata=_NO_METADATA)
    text = stream.getvalue()
    text = re.sub(r'\s+xmlns(:\w+)?="[^"]*"', "", text[text.index("<svg") :])
    label = f'<svg role="img" aria-label="{escape(alt)}"'
    return Markup(text.replace("<svg", label, 1))


def render(template: str, contents: dict[str, Any]) -> str:
    """Fill a page's template in; what is not markup is escaped."""
    filters = (number, percent, correlation, duration, prose, remarks_on, median)
    return fill(template, contents, *filters)


def median(values: Sequence[float]) -> float:
    """Give the value in the middle.

    Examples
    --------
    >>> median([1, 7, 3])
    3.0
    """
    return float(np.median(values))


def number(value: float) -> str:
    """Write points with at most one decimal.

    Examples
    --------
    >>> number(7.25), number(7.0)
    ('7.2', '7')
    """
    return f"{value:.1f}".removesuffix(".0")


def percent(share: float | None) -> str:
    r"""Write a share in per cent; only all is 100 %, only nothing is 0 %.

    Examples
    --------
    >>> percent(0.5), percent(0.999), percent(None)
    ('50\xa0%', '99\xa0%', '–')
    """
    if share is None:
        return _NONE
    rounded = round(100 * share)
    if 0 < share < 1:
        rounded = min(max(rounded, 1), 99)
    return f"{rounded}\xa0%"


def correlation(value: float | None) -> str:
    """Write a correlation with two decimals and a proper minus.

    Examples
    --------
    >>> correlation(0.5), correlation(-0.254), correlation(-0.001), correlation(None)
    ('0.50', '−0.25', '0.00', '–')
    """
    if value is None:
        return _NONE
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "−")


def duration(seconds: float) -> str:
    r"""Write a time so that it is read at a glance.

    Examples
    --------
    >>> duration(1.26), duration(75.2), duration(3700)
    ('1.3\xa0s', '1\xa0min\xa015\xa0s', '1\xa0h\xa001\xa0min')
    """
    if seconds < 59.95:
        return f"{seconds:.1f}\xa0s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes}\xa0min\xa0{rest:02}\xa0s"
    return f"{minutes // 60}\xa0h\xa0{minutes % 60:02}\xa0min"


def prose(text: str, limit: int = 400) -> Markup:
    """Escape a message; set what stands in backticks as code, and words in stars stressed.

    Examples
    --------
    >>> prose("`w` is <b>, *not* `*b*`")
    Markup('<code>w</code> is &lt;b&gt;, <em>not</em> <code>*b*</code>')
    """
    short = text if len(text) <= limit else text[: limit - 1] + "…"
    pieces = re.split(r"`([^`\n]+)`", str(escape(short)))
    return Markup(
        "".join(f"<code>{p}</code>" if i % 2 else stressed(p) for i, p in enumerate(pieces))
    )


def summary_table(records: Sequence[SubmissionRecord]) -> Table:
    """Make the table that grading ends with: a line for each exercise.

    Parameters
    ----------
    records : sequence of SubmissionRecord
        A week's; may be empty.

    Returns
    -------
    rich.table.Table
        Missing functions count as blank here: a terminal is narrow.
    """
    table = Table(title=_summary_title(records), title_justify="left")
    table.add_column("exercise")
    for name in ("points", "mean", "passed", "failed", "blank", "stopped"):
        table.add_column(name, justify="right")
    table.add_column("commonest mistake", max_width=44)
    commonest: dict[Place, Stumble] = {}
    for stumble in known_mistakes(attempts_of(records)):
        commonest.setdefault(stumble.place, stumble)
    for notebook, items in groupby(analyse(records), key=lambda item: item.place.notebook):
        table.add_section()
        table.add_row(Text(notebook, style="bold"))
        for item in items:
            table.add_row(*_summary_row(item, commonest.get(item.place)))
    return table


def _summary_title(records: Sequence[SubmissionRecord]) -> str:
    if not records:
        return "No submissions"
    scores = summarise(records)
    points, mean, middle = (number(n) for n in (scores.points, scores.mean, scores.quartiles[1]))
    return f"{scores.count} submissions, mean {mean} and median {middle} of {points} points"


def _summary_row(item: Item, mistake: Stumble | None) -> list[Text]:
    states = (item.passed, item.failed, item.blank + item.missing, item.stopped)
    commonest = f"{mistake.what} ({mistake.count})" if mistake else ""
    cells = [
        item.place.name,
        number(item.points),
        percent(item.difficulty),
        *map(str, states),
        commonest,
    ]
    return [Text(cell) for cell in cells]
