"""The audit sees weak tests: specifications made worse on purpose fall below the bar."""

from __future__ import annotations

from dataclasses import replace

import pytest

from autograder import audit_run
from autograder.audit_cards import (
    Bar,
    ExerciseCard,
    MutantCard,
    StyleCard,
    figures,
    read_figures,
    shortcomings,
)
from autograder.audit_pages import audit_table, write_audit
from autograder.audit_run import audit_weeks, measured_on, write_figures
from autograder.auditing import AuditError, Bench, audit_exercise
from autograder.exercises import load
from autograder.given import given_code
from autograder.specification import Mistake
from autograder.syllabus import load_syllabus
from tests.conftest import ROOT

QUICK = Bar(seeds=5, further_inputs=500)
NOTEBOOK = "w02_shallow_network"


@pytest.fixture
def bench(sandbox):
    return Bench(sandbox, NOTEBOOK, given_code(ROOT, NOTEBOOK), QUICK)


@pytest.fixture
def planted(bench, monkeypatch):
    """Audit an exercise whose specification is changed first."""

    def audit(name, **changes):
        weak = replace(load(NOTEBOOK)[name], **changes)
        monkeypatch.setitem(load(NOTEBOOK), name, weak)
        card = audit_exercise(bench, name)
        return card, " ".join(shortcomings(card, QUICK))

    return audit


def test_good_tests_meet_the_bar(bench):
    card = audit_exercise(bench, "predict")
    assert shortcomings(card, QUICK) == []
    assert card.mutation_score == 1
    assert len(card.strangers) >= 5
    assert len(card.rewrites) >= 10
    assert card.carried == 3
    assert card.rounding < 0.1 < 10 < card.nearest


def test_a_removed_check_lets_mutants_survive(planted):
    checks = [c for c in load(NOTEBOOK)["backward_propagation"].checks if c.part != "db1"]
    card, found = planted("backward_propagation", checks=checks)
    assert "wrong versions survive" in found
    assert any("db1" in mutant.change for mutant in card.survivors)
    assert "loses points" not in found


def test_inputs_of_one_kind_only_let_a_mistake_pass(planted):
    only = load(NOTEBOOK)["leaky_relu_derivative"].inputs

    def default_slope(rng):
        drawn = only(rng)
        return replace(drawn, named={"slope": 0.01})

    _, found = planted("leaky_relu_derivative", inputs=default_slope, edge_inputs=lambda rng: [])
    assert "was told: no points lost" in found


def test_a_hint_shown_for_another_mistake_is_off_the_diagonal(planted):
    right = load(NOTEBOOK)["tanh"]
    twin = Mistake("the same in other words", right.mistakes[0].source(right), "Look again.")
    card, found = planted("tanh", mistakes=[*right.mistakes, twin])
    assert "The mistake “the same in other words” was told" in found
    assert twin.name not in card.named


def test_a_mistake_that_is_right_now_and_then_depends_on_the_seed(planted):
    right = load(NOTEBOOK)["relu"]
    wrong = {"0.0, z": "0.0, np.where(np.greater(z, 3.96), 0.0, z)"}
    seldom = Mistake("wrong for the largest numbers", wrong, "Look again.")
    _, found = planted("relu", mistakes=[*right.mistakes, seldom], edge_inputs=lambda rng: [])
    assert "The verdict depends on the hidden seed: the mistake “wrong for the largest" in found


def test_a_justification_for_nothing_is_found(planted):
    _, found = planted("tanh", equivalent={"no such line": "because"})
    assert "Justifies a mutant that is not there" in found


def card(**changes):
    mutant = MutantCard(operator="number", change="- 1\n+ <b>2</b>", fate="survived", visible=False)
    made = ExerciseCard(
        notebook=NOTEBOOK,
        function="tanh",
        points=1,
        mutants=(mutant,),
        mistakes={"one": ("one",), "two": ("one", "")},
        strangers=(StyleCard(name="loops", problem="it is wrong"),),
        rewrites=(),
    )
    return made.model_copy(update=changes)


def test_an_audit_without_end_is_stopped_and_said(monkeypatch):
    monkeypatch.setattr(audit_run, "_SECONDS", 0.01)
    (week,) = [w for w in load_syllabus(ROOT).weeks if w.id == NOTEBOOK]
    with pytest.raises(AuditError, match="The audit of predict took longer than"):
        audit_weeks(ROOT, [week], QUICK, only="predict")


def test_every_shortcoming_is_said():
    found = " ".join(shortcomings(card(unstable=("x",), rounding=0.8, nearest=1.5), Bar()))
    for words in (
        "1 of 1 wrong versions survive",
        "catches only 0%",
        "Only 2 known mistakes",
        "“two” was told",
        "Only 1 strangers' solutions",
        "“loops” loses points",
        "depends on the hidden seed: x",
        "off by 0.8",
        "off by 1.5 times",
    ):
        assert words in found


def test_the_page_shows_survivors_and_escapes_them(tmp_path):
    page = write_audit(tmp_path, [card()], Bar())
    text = page.read_text("utf-8")
    assert "+ &lt;b&gt;2&lt;/b&gt;" in text
    assert "Wrong versions that nothing caught" in text
    assert (page.parent / "audit.json").exists()
    assert audit_table([card()], Bar()).row_count == 1


def test_figures_are_kept_for_whole_notebooks_only(tmp_path):
    (tmp_path / "course").mkdir()
    write_figures(tmp_path, [card()])
    assert read_figures(tmp_path) == {}
    cards = [card(function=name) for name in load(NOTEBOOK)]
    write_figures(tmp_path, cards)
    kept = read_figures(tmp_path)[NOTEBOOK]
    assert kept.measured_on == measured_on(NOTEBOOK)
    assert kept.exercises["relu"] == figures(cards[0])


FINISHED = [n.id for w in load_syllabus(ROOT).weeks if not w.draft for n in w.notebooks]


@pytest.mark.parametrize("notebook", FINISHED)
def test_the_printed_figures_are_of_these_exercises_and_meet_the_bar(notebook):
    kept = read_figures(ROOT).get(notebook)
    assert kept is not None, "run `dlcourse audit`, then `dlcourse build`"
    assert kept.measured_on == measured_on(notebook), "run `dlcourse audit`, then `dlcourse build`"
    bar = load_syllabus(ROOT).audit
    for measured in kept.exercises.values():
        assert measured.caught == measured.wrong
        assert measured.accepted == measured.right
        assert measured.visible >= bar.visible_score * measured.wrong
