"""The report on a class: the numbers are right, and the page is safe and complete."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from rich.console import Console

from autograder.item_analysis import (
    Item,
    Place,
    analyse,
    attempts_of,
    discrimination,
    known_mistakes,
    places_in_order,
    remarks_on,
    unexplained_failures,
)
from autograder.records import (
    CellRecord,
    ExerciseRecord,
    FindingRecord,
    NotebookRecord,
    SubmissionRecord,
    save_record,
)
from autograder.reporting import (
    ReportError,
    anonymised,
    histogram,
    make_report,
    summarise,
    summary_table,
)
from autograder.syllabus import Notebook, Week

HOSTILE = "<script>alert('x')</script>"
FIRST, SECOND = "w09_warm_up", "w09_main"
FUNCTIONS = {FIRST: ("sigmoid", "softmax"), SECOND: ("sigmoid", "propagate", "optimize")}
POINTS = 4
STATES = ("passed", "failed", "blank", "missing", "timeout", "crash")
WEEK = Week(
    id="w09_testing",
    title="A week & its tests",
    due=datetime(2026, 1, 5),
    notebooks=(
        Notebook(id=FIRST, title="Warming up", minutes=10, cell_seconds=5),
        Notebook(id=SECOND, title="The main thing", minutes=10, cell_seconds=5),
    ),
)
SUMS = ("sums over the examples", "Average over the `m` examples.")


def exercise(name: str, state: str, first: str = "", mistake: tuple[str, str] = ("", "")):
    """An exercise with two checks; the second one earns its point in every failed attempt."""
    earned = {"passed": (3, 1), "failed": (0, 1)}.get(state, (0, 0))
    named, hint = mistake
    message = "" if state == "passed" else first or f"Your {name} is off."
    findings = (
        FindingRecord(
            title="`dw`", points=3, earned=earned[0], message=message, hint=hint, mistake=named
        ),
        FindingRecord(
            title="form", points=1, earned=earned[1], message="" if earned[1] else message
        ),
    )
    return ExerciseRecord(
        function=name, state=state, points=POINTS, earned=sum(earned), findings=findings
    )


def notebook(name: str, states: dict[str, str], **kwargs) -> NotebookRecord:
    found = [exercise(f, states.get(f, "passed"), **kwargs.get(f, {})) for f in FUNCTIONS[name]]
    cells = [
        CellRecord(grade_id=f"test-{e.function}", points=POINTS, earned=e.earned, exercises=(e,))
        for e in found
    ]
    return NotebookRecord(notebook=name, cells=tuple(cells))


def unread(name: str) -> NotebookRecord:
    cells = [CellRecord(grade_id=f"test-{f}", points=POINTS, earned=0) for f in FUNCTIONS[name]]
    return NotebookRecord(notebook=name, cells=tuple(cells), problem=f"{name}.ipynb: {HOSTILE}")


def submission(student: str, *notebooks: NotebookRecord, seconds: float = 1) -> SubmissionRecord:
    return SubmissionRecord(
        student=student,
        week=WEEK.id,
        key=f"key-{len(student)}",
        notebooks=notebooks,
        seconds=seconds,
    )


def perfect(student: str) -> SubmissionRecord:
    return submission(student, notebook(FIRST, {}), notebook(SECOND, {}))


def hostile_one() -> SubmissionRecord:
    """A student whose every text is an attack."""
    link = '<img src="https://evil.example/x.png" onerror="alert(1)">'
    second = notebook(SECOND, {"propagate": "failed"}, propagate={"first": f"It said {link}"})
    test = second.cells[0].model_copy(
        update={"problem": f"{HOSTILE}{{{{ 7 * 7 }}}}", "exercises": ()}
    )
    remarks = (f"unknown id {link}", "x\u202ereversed")
    second = second.model_copy(update={"cells": (test, *second.cells[1:]), "remarks": remarks})
    return submission(HOSTILE, notebook(FIRST, {}), second)


def random_record(number: int, rng: np.random.Generator) -> SubmissionRecord:
    chances = [0.6, 0.25, 0.1, 0.0, 0.025, 0.025]
    states = {f: str(rng.choice(STATES, p=chances)) for names in FUNCTIONS.values() for f in names}
    known = {"propagate": {"mistake": SUMS}} if states["propagate"] == "failed" else {}
    notebooks = notebook(FIRST, states), notebook(SECOND, states, **known)
    return submission(f"student{number:02}", *notebooks, seconds=round(float(rng.gamma(2, 3)), 3))


def make_class() -> list[SubmissionRecord]:
    rng = np.random.default_rng(5)
    odd = [hostile_one(), submission("王小明", notebook(FIRST, {}), unread(SECOND))]
    return [*odd, *(random_record(number, rng) for number in range(38))]


class Page(HTMLParser):
    """What stands in a page: its elements, their attributes and the text."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data):
        self.text += data


@pytest.fixture
def report(tmp_path) -> Callable[..., Page]:
    def make(records: list[SubmissionRecord], **options: bool) -> Page:
        for number, record in enumerate(records):
            path = tmp_path / "grades" / WEEK.id / f"{number}.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(record.model_dump_json(), "utf-8")
        return Page(make_report(tmp_path, WEEK, **options))

    return make


def printed(table) -> str:
    console = Console(width=140, file=StringIO())
    console.print(table)
    return console.file.getvalue()


# --- the numbers

scores = arrays(
    float,
    st.tuples(st.integers(0, 12), st.integers(1, 5)),
    elements=st.one_of(st.just(np.nan), st.integers(0, 10), st.floats(0, 10)),
)


@given(scores)
def test_discrimination_is_a_correlation_or_undefined(earned):
    for column in range(earned.shape[1]):
        value = discrimination(earned, column)
        assert value is None or -1 <= value <= 1


@given(scores, st.randoms(use_true_random=False))
def test_discrimination_does_not_depend_on_the_order_of_students(earned, random):
    order = random.sample(range(len(earned)), len(earned))
    one, other = discrimination(earned, 0), discrimination(earned[order], 0)
    assert (one is None) == (other is None)
    assert one is None or one == pytest.approx(other, abs=1e-5)


def test_discrimination_of_known_classes():
    strong_first = np.array([[4, 4, 4], [4, 3, 3], [0, 1, 2], [0, 0, 0]], float)
    assert discrimination(strong_first, 0) > 0.8
    upside_down = np.array([[0, 4, 4], [1, 3, 3], [2, 2, 2], [4, 0, 0]], float)
    assert discrimination(upside_down, 0) < -0.9
    assert discrimination(np.array([[4, 1], [4, 2], [4, 3]], float), 0) is None
    assert discrimination(np.array([[1.0], [2.0], [3.0]]), 0) is None


def test_discrimination_leaves_out_the_exercise_itself():
    """With itself in the total, an exercise would correlate even with pure noise."""
    earned = np.random.default_rng(0).integers(0, 2, size=(4000, 2)).astype(float)
    assert abs(discrimination(earned, 0)) < 0.05


class_of_states = st.lists(
    st.fixed_dictionaries({f: st.sampled_from(STATES) for f in FUNCTIONS[SECOND]}),
    min_size=1,
    max_size=8,
)


@given(class_of_states, st.integers(0, 3))
def test_counts_of_an_exercise_add_up_to_the_class(class_states, unreadable):
    records = [submission(f"s{n}", notebook(SECOND, s)) for n, s in enumerate(class_states)]
    records += [submission(f"u{n}", unread(SECOND)) for n in range(unreadable)]
    for item in analyse(records):
        counts = np.array([item.passed, item.failed, item.blank, item.missing, item.stopped])
        assert item.count == len(class_states) and (counts >= 0).all()
        assert (counts / item.count).sum() == pytest.approx(1)
        assert 0 <= item.partial <= 1 - item.passed / item.count + 1e-12
        assert item.passed / item.count <= item.difficulty + 1e-12 <= 1 + 1e-9


@given(st.lists(st.integers(0, 60), min_size=1), st.sampled_from([1, 3, 30, 100]))
def test_every_score_stands_in_one_step_of_the_histogram(sixtieths, points):
    counts, edges = histogram([points * n / 60 for n in sixtieths], points)
    assert counts.sum() == len(sixtieths)
    assert edges[0] == 0 and edges[-2] < points <= edges[-1] and 4 < len(counts) < 15
    assert counts[-1] == sum(points * n / 60 >= edges[-2] - 1e-6 for n in sixtieths)


@given(st.lists(st.sampled_from(STATES), min_size=1, max_size=9))
def test_scores_are_summed_up_in_order(states):
    scores = summarise(
        [submission(f"s{n}", notebook(FIRST, {"softmax": s})) for n, s in enumerate(states)]
    )
    low, median, high = scores.quartiles
    assert 0 <= low <= median <= high <= scores.points == 2 * POINTS
    assert 0 <= scores.mean <= scores.points


def test_a_result_of_an_older_version_leaves_the_others_their_discrimination():
    records = [random_record(number, np.random.default_rng(number)) for number in range(30)]
    cell = CellRecord(grade_id="test-dropped", points=1, earned=0)
    older = submission("older", NotebookRecord(notebook=FIRST, cells=(cell,)))
    found = {item.place: item.discrimination for item in analyse([*records, older])}
    assert found.pop((FIRST, "dropped")) is None
    assert found == {item.place: item.discrimination for item in analyse(records)}


def test_exercises_that_nobody_could_be_graded_in_go_by_their_names():
    items = analyse([submission("a", unread(SECOND))])
    assert [item.place.name for item in items] == list(FUNCTIONS[SECOND])
    assert all(item.count == 0 and item.difficulty is None for item in items)


def test_difficulty_and_partial_credit():
    states = ["passed", "failed", "blank", "missing", "timeout"]
    records = [submission(s, notebook(FIRST, {"softmax": s})) for s in states]
    item = analyse(records)[1]
    assert item.difficulty == pytest.approx((4 + 1) / 20)
    assert item.partial == 0.2
    assert (item.passed, item.failed, item.blank, item.missing, item.stopped) == (1,) * 5


def test_one_function_name_in_two_notebooks_is_two_exercises():
    records = [submission("a", notebook(FIRST, {"sigmoid": "failed"}), notebook(SECOND, {}))]
    first, *_ = analyse(records)
    again = next(item for item in analyse(records) if item.place == Place(SECOND, "sigmoid"))
    assert (first.passed, first.failed) == (0, 1)
    assert (again.passed, again.failed) == (1, 0)


def test_unread_notebooks_say_nothing_about_exercises():
    records = [perfect("a"), submission("b", notebook(FIRST, {}), unread(SECOND))]
    counts = {item.place: item.count for item in analyse(records)}
    assert counts[FIRST, "sigmoid"] == 2
    assert counts[SECOND, "propagate"] == 1
    assert all(item.difficulty == 1 for item in analyse(records))


def test_a_moved_cell_does_not_change_the_order_of_exercises():
    usual = perfect("b")
    moved = usual.notebooks[1].model_copy(update={"cells": usual.notebooks[1].cells[::-1]})
    records = [submission("a", usual.notebooks[0], moved), usual, perfect("c")]
    assert places_in_order(records) == [
        Place(n, f) for n, names in FUNCTIONS.items() for f in names
    ]


def test_a_test_that_failed_itself_counts_as_stopped():
    broken = perfect("a").notebooks[0]
    cell = broken.cells[1].model_copy(update={"exercises": (), "earned": 0, "problem": "oh"})
    record = submission("a", broken.model_copy(update={"cells": (broken.cells[0], cell)}))
    item = analyse([record, perfect("b")])[1]
    assert (item.place.name, item.stopped, item.passed) == ("softmax", 1, 1)


def test_cells_of_plain_assertions_are_items_too():
    cells = (
        CellRecord(grade_id="q1", points=2, earned=2),
        CellRecord(grade_id="q2", points=2, earned=0, problem="AssertionError: no"),
    )
    items = analyse([submission("a", NotebookRecord(notebook=FIRST, cells=cells))])
    assert [(i.place.name, i.passed, i.failed) for i in items] == [("q1", 1, 0), ("q2", 0, 1)]


def item(**changes) -> Item:
    usual = Item(
        Place(FIRST, "f"), 4, 12, 8, 0, 0, 0, difficulty=0.6, discrimination=0.5, partial=0
    )
    return replace(usual, **changes)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"difficulty": 0.96}, "too easy"),
        ({"difficulty": 0.29}, "too hard"),
        ({"discrimination": 0.09}, "hardly tells"),
        ({"discrimination": -0.01}, "negative"),
    ],
)
def test_an_exercise_that_needs_a_look_gets_a_remark(changes, word):
    (remark,) = remarks_on(item(**changes))
    assert word in remark


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"difficulty": 0.95},
        {"difficulty": 0.30, "discrimination": 0.1},
        {"difficulty": None, "discrimination": None},
        {"passed": 9, "failed": 0, "difficulty": 1, "discrimination": -1},
    ],
)
def test_a_good_exercise_or_a_handful_of_attempts_gets_none(changes):
    assert remarks_on(item(**changes)) == []


# --- where the class is stuck


def test_a_mistake_counts_students_not_findings():
    found = exercise("softmax", "failed", mistake=SUMS)
    twice = found.model_copy(update={"findings": found.findings[:1] * 2})
    cell = CellRecord(grade_id="test-softmax", points=POINTS, earned=1, exercises=(twice,))
    records = [submission(s, NotebookRecord(notebook=FIRST, cells=(cell,))) for s in "ab"]
    (stumble,) = known_mistakes(attempts_of(records))
    assert (stumble.what, stumble.hint, stumble.count) == (*SUMS, 2)
    assert unexplained_failures(attempts_of(records)) == []


def test_equal_errors_in_different_lines_count_together():
    def record(student: str, line: str) -> SubmissionRecord:
        message = f"The call stopped in the line `{line}` with NameError: name 'q' is not defined."
        return submission(
            student, notebook(FIRST, {"softmax": "failed"}, softmax={"first": message})
        )

    records = [record("a", "x = q"), record("b", "y = q + `1` with"), record("c", "return q")]
    (stumble,) = unexplained_failures(attempts_of(records))
    assert stumble.what == "The call stopped with NameError: name 'q' is not defined."
    assert stumble.count == 3


@pytest.mark.parametrize("state", ["blank", "missing", "timeout", "crash"])
def test_blank_and_stopped_exercises_are_no_unexplained_failures(state):
    records = [submission("a", notebook(FIRST, {"softmax": state}))]
    assert unexplained_failures(attempts_of(records)) == []


# --- the page


def test_a_hostile_class_gets_a_page_that_runs_and_loads_nothing(report):
    page = report(make_class())
    assert not {"script", "img", "iframe", "link", "object", "embed", "form", "a"} & set(page.tags)
    for name, value in page.attributes:
        assert not name.startswith("on")
        assert "//" not in value and "javascript:" not in value.lower()
        if name in ("href", "xlink:href", "src"):
            assert value.startswith("#")
    assert "url(" not in page.text and "@import" not in page.text
    assert HOSTILE in page.text and "{{ 7 * 7 }}" in page.text


def test_the_page_tells_all_there_is_to_tell(report):
    records = make_class()
    page = report(records)
    for text in (
        WEEK.title,
        "Warming up",
        "The main thing",
        "王小明",
        *SUMS[:1],
        "ran out of time",
    ):
        assert text in page.text
    assert all(record.student in page.text for record in records)
    students = sum(
        1 for record in records if any(f.mistake for e in record.exercises for f in e.findings)
    )
    assert known_mistakes(attempts_of(records))[0].count == students > 2


def test_the_page_counts_notebooks_that_could_not_be_read(report):
    assert "The main thing: 1 could not be read" in report(make_class()).text


def test_figures_have_a_text_alternative(report):
    page = report(make_class())
    labels = [value for name, value in page.attributes if name == "aria-label"]
    assert page.tags.count("svg") == 1 and ("role", "img") in page.attributes
    assert any(label.startswith("Histogram of the scores of 40 submissions") for label in labels)


def test_every_id_on_the_page_is_there_once(report):
    ids = [value for name, value in report(make_class()).attributes if name == "id"]
    assert len(ids) == len(set(ids))


def test_the_same_records_give_the_same_page(tmp_path):
    for record in make_class()[1:]:
        save_record(tmp_path, record)
    for path in (tmp_path / "grades" / WEEK.id).iterdir():
        os.utime(path, (1e9, 1e9))
    first = make_report(tmp_path, WEEK).read_bytes()
    assert make_report(tmp_path, WEEK).read_bytes() == first
    assert make_report(tmp_path, WEEK) == tmp_path / "reports" / f"{WEEK.id}.html"
    assert b"2001-09-0" in first


def test_an_anonymous_page_names_nobody(report):
    page = report(make_class(), anonymous=True)
    assert "student0" not in page.text and "王小明" not in page.text
    assert "01" in page.text and "40" in page.text


def test_an_anonymous_page_stands_beside_the_named_one(tmp_path):
    save_record(tmp_path, perfect("ada"))
    named, anonymous = make_report(tmp_path, WEEK), make_report(tmp_path, WEEK, anonymous=True)
    assert "ada" in named.read_text("utf-8")
    assert anonymous.name == f"{WEEK.id}-anonymous.html"


def test_numbers_in_place_of_ids_are_stable_and_do_not_follow_the_alphabet():
    records = make_class()
    one, other = anonymised(records), anonymised(records[::-1])
    assert one == other
    assert [record.student for record in one] == [f"{n:02}" for n in range(1, 41)]
    by_id = [r.seconds for r in sorted(records, key=lambda r: r.student)]
    assert [record.seconds for record in one] != by_id


def test_without_records_the_error_says_what_to_do(tmp_path):
    with pytest.raises(
        ReportError, match=r"No graded submissions of w09_testing.*dlcourse grade 9"
    ):
        make_report(tmp_path, WEEK)


def test_a_result_file_that_cannot_be_read_is_told(report, tmp_path):
    save_record(tmp_path, perfect("ada"))
    (tmp_path / "grades" / WEEK.id / "torn.json").write_text('{"stud')
    assert "1 result file could not be read" in report([]).text


@pytest.mark.parametrize(
    "records",
    [
        [perfect("ada")],
        [perfect(f"s{n}") for n in range(12)],
        [submission("ada", unread(FIRST), unread(SECOND))],
        [submission("ada", NotebookRecord(notebook=FIRST))],
        [submission("ada")],
        [submission("ada", NotebookRecord(notebook="w08_gone", cells=perfect("a").cells[:1]))],
    ],
    ids=[
        "one student",
        "all alike",
        "none read",
        "no exercises",
        "no notebooks",
        "unknown notebook",
    ],
)
def test_the_page_copes_with_odd_classes(report, records):
    page = report(records)
    assert "nan" not in page.text.lower().split()
    assert records[0].student in page.text
    printed(summary_table(records))


# --- the tables of the terminal


def test_the_summary_has_a_line_for_each_exercise():
    text = printed(summary_table(make_class()))
    lines = [line for line in text.splitlines() if any(f in line for f in FUNCTIONS[SECOND])]
    assert len(lines) == 4
    assert SUMS[0] in next(line for line in lines if "propagate" in line)
    assert "40 submissions" in text


def test_the_summary_of_nothing_is_a_table_without_lines():
    assert summary_table([]).row_count == 0
