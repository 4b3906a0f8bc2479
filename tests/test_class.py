"""A made-up class of each week, graded from its notebooks to its feedback."""

from __future__ import annotations

import shutil
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from nbgrader.api import Gradebook

from autograder.classroom import database_url, grade_class, write_class_feedback
from autograder.exercises import load
from autograder.pupils import hand_in, reference_answers
from autograder.questions import varied
from autograder.syllabus import load_syllabus
from tests.conftest import ROOT, RUN_WHOLE, SEED, new_course

WEEKS = load_syllabus(ROOT).weeks
# The first weeks hold all that is special about a class; the others take their time.
CLASSES = [
    *WEEKS[:2],
    *(pytest.param(week, marks=pytest.mark.slow) for week in WEEKS[2:]),
]
# Networks train for long in these: the class is graded in a quick run, some of it in a whole one.
TRAIN_LONG = {week.id for week in WEEKS[8:]}
SAMPLE = 8

# Mistakes that call an exercise which a right answer does not: with that one wrong, too, their
# outputs are nobody's.
FRAMEWORK = "w06_framework"
LEANS_ON = {
    (FRAMEWORK, "train_softmax"): {"Adam for gradient descent": (FRAMEWORK, "adam_step")},
}
# Answers in words: graded by hand, unless they are blank. An emptied cell is for a person to see.
WRITTEN = {"w07_strategy": {"memo"}}


@pytest.fixture(scope="module", params=CLASSES, ids=lambda week: week.id)
def graded(request, released, tmp_path_factory):
    week, folder = request.param, tmp_path_factory.mktemp("class") / "course"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DLCOURSE_SEED", SEED)
        course = new_course(released, folder)
        pupils = hand_in(course, week, 30)
        quick = week.id in TRAIN_LONG
        result = grade_class(course, week.id, quick=quick)
        write_class_feedback(course, week)
        records = {record.student: record for record in result.records}
        yield SimpleNamespace(
            course=course, week=week, pupils=pupils, result=result, records=records, quick=quick
        )


def earned(record):
    return {
        (notebook.notebook, cell.grade_id.removeprefix("test-")): cell.earned
        for notebook in record.notebooks
        for cell in notebook.cells
    }


def seeds(record):
    """Give the seed of the hidden cases that each notebook was put."""
    return {n.notebook: varied(SEED, n.variant) for n in record.notebooks}


def test_every_pupil_gets_what_the_construction_implies(graded):
    wrong = []
    for pupil in graded.pupils:
        got, seed = earned(graded.records[pupil.name]), seeds(graded.records[pupil.name])
        for place in reference_answers(graded.week):
            if got[place] != pupil.expected(place, seed[place[0]]):
                wrong.append((pupil.name, pupil.story, place, got[place]))
    assert not wrong
    assert not graded.result.failures


def test_every_mistake_is_named_and_its_hint_shown(graded):
    for pupil in graded.pupils:
        exercises = {
            (notebook.notebook, exercise.function): exercise
            for notebook in graded.records[pupil.name].notebooks
            for cell in notebook.cells
            for exercise in cell.exercises
        }
        seed = seeds(graded.records[pupil.name])
        for place, mistake in pupil.wrong.items():
            own = seed[place[0]]
            if pupil.expected(place, own) > pupil.among_references(place, own):
                continue  # judged beside another mistake that partly makes up for it
            lost = [f for f in exercises[place].findings if f.earned < f.points]
            assert lost, (pupil.story, place)
            if (
                mistake.name in LEANS_ON.get(place, {})
                and LEANS_ON[place][mistake.name] in pupil.wrong
            ):
                continue
            assert {(f.mistake, f.hint) for f in lost} == {(mistake.name, mistake.hint)}


def test_every_mistake_of_the_week_is_in_the_class(graded):
    made = {(place, mistake.name) for p in graded.pupils for place, mistake in p.wrong.items()}
    known = {
        ((notebook.id, name), mistake.name)
        for notebook in graded.week.notebooks
        for name, exercise in load(notebook.id).items()
        for mistake in exercise.mistakes
    }
    assert made == known


def test_the_gradebook_says_the_same(graded):
    with Gradebook(database_url(graded.course)) as gradebook:
        for name, record in graded.records.items():
            submission = gradebook.find_submission(graded.week.id, name)
            assert submission.score == pytest.approx(record.earned)
            waiting = [
                notebook
                for notebook in record.notebooks
                if WRITTEN.get(notebook.notebook, set()) - set(notebook.blank)
                and not notebook.problem
            ]
            assert submission.needs_manual_grade == bool(waiting)


def test_unreadable_notebooks_are_named_and_cost_no_one_else(graded):
    unread = {name for name, record in graded.records.items() if record.problems}
    assert unread == {pupil.name for pupil in graded.pupils if pupil.raw}


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.text = [], ""

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


def feedback_page(graded, pupil, notebook):
    folder = graded.course / "feedback" / pupil.name / graded.week.id
    page = Page()
    page.feed((folder / f"{notebook}.html").read_text("utf-8"))
    return page


def test_feedback_names_mistakes_and_hides_the_tests(graded):
    pupil = next(pupil for pupil in graded.pupils if pupil.wrong)
    (notebook, _), mistake = next(iter(pupil.wrong.items()))
    text = feedback_page(graded, pupil, notebook).text
    assert mistake.hint.split("`")[0][:40] in text
    assert "HIDDEN TESTS" not in text
    assert "from autograder" not in text


def test_every_readable_submission_has_feedback(graded):
    for pupil in graded.pupils:
        for notebook in graded.week.notebooks:
            if notebook.id not in pupil.raw:
                assert feedback_page(graded, pupil, notebook.id).text


def test_no_link_of_a_feedback_page_leads_to_a_missing_file(graded):
    notebook = graded.week.notebooks[0].id
    pupil = next(pupil for pupil in graded.pupils if notebook not in pupil.raw)
    links = [
        attrs.get("href")
        for tag, attrs in feedback_page(graded, pupil, notebook).tags
        if tag == "a"
    ]
    elsewhere = ("#", "https://", "http://", "mailto:")
    assert links
    assert not [link for link in links if link and not link.startswith(elsewhere)]


def test_a_second_run_grades_nothing_again(graded):
    assert grade_class(graded.course, graded.week.id, quick=graded.quick).graded == []


def told(records):
    """Give all that records say, but for times, and what is said of cells that may not have run."""
    aside = {"seconds": True, "not_run": True, "remarks": True, "cells": {"__all__": {"seconds"}}}
    return {r.student: [n.model_dump(exclude=aside) for n in r.notebooks] for r in records}


def test_a_quick_run_comes_to_the_same_and_leaves_most_notebooks_half_unrun(graded):
    quick, whole = graded.result, graded.result
    if graded.quick:
        keep_only(graded.course, [pupil.name for pupil in graded.pupils[::SAMPLE]])
        whole = grade_class(graded.course, graded.week.id, force=True)
    else:
        quick = grade_class(graded.course, graded.week.id, quick=True, force=True)
    assert not quick.failures
    assert not whole.failures
    in_quick, in_whole = told(quick.records), told(whole.records)
    assert {name: in_quick[name] for name in in_whole} == in_whole
    read = [n for record in quick.records for n in record.notebooks if not n.problem]
    notebooks = [n for n in read if n.notebook not in RUN_WHOLE]
    assert sum(bool(n.not_run) for n in notebooks) > 0.6 * len(notebooks)


def keep_only(course, students):
    """Take back what all others have handed in."""
    for folder in (course / "submitted").iterdir():
        if folder.name not in students:
            shutil.rmtree(folder)
