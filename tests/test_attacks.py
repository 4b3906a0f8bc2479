"""A class of attacks, graded once by each path; then one look at what became of each."""

from __future__ import annotations

import sqlite3

import pytest

from tests.attacking import (
    BYSTANDERS,
    COMMANDS,
    POINTS,
    active,
    attacks,
    everything,
    grade_by,
    shown,
)

pytestmark = pytest.mark.slow  # two classes of attacks, each of which uses up what it can
ATTACKS = attacks()
QUICK = [attack for attack in ATTACKS if not attack.slow]
SLOW = [attack for attack in ATTACKS if attack.slow]


@pytest.fixture(scope="module", params=COMMANDS)
def quick(request, tmp_path_factory):
    return grade_by(request.param, QUICK, tmp_path_factory.mktemp("attacked"))


@pytest.fixture(scope="module", params=COMMANDS)
def slow(request, tmp_path_factory):
    return grade_by(request.param, SLOW, tmp_path_factory.mktemp("attacked"))


def comes_to_what_it_must(attack, graded):
    said = graded.said[-3000:]
    assert graded.earned(attack.student) == attack.earned, said
    assert graded.score(attack.student) == sum(attack.earned.values())
    assert attack.feedback in shown(graded.page(attack.student))
    assert attack.report in graded.lines_on(attack.student)
    assert active(graded.page(attack.student)) <= active(graded.page(BYSTANDERS[0]))
    harmless = active(graded.formgrader_page(BYSTANDERS[0]))
    assert active(graded.formgrader_page(attack.student)) <= harmless
    for place, text in graded.outputs_of(attack.student).items():
        assert not graded.canaries.seen_in(text), place


@pytest.mark.parametrize("attack", QUICK, ids=lambda attack: attack.name)
def test_attack(attack, quick):
    comes_to_what_it_must(attack, quick)


@pytest.mark.slow
@pytest.mark.parametrize("attack", SLOW, ids=lambda attack: attack.name)
def test_slow_attack(attack, slow):
    comes_to_what_it_must(attack, slow)


def nobody_else_is_touched(graded):
    for name in BYSTANDERS:
        assert graded.earned(name) == POINTS, name
        assert graded.score(name) == sum(POINTS.values())
        assert "all correct" in shown(graded.page(name))
    assert all(found.startswith("meta ") for found in active(graded.report))
    assert everything(graded.course) == graded.before
    assert not graded.canaries.seen_in(graded.said + graded.report)
    with sqlite3.connect(graded.course / "gradebook.db") as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_nobody_else_is_touched(quick):
    nobody_else_is_touched(quick)


@pytest.mark.slow
def test_nobody_else_is_touched_by_slow_attacks(slow):
    nobody_else_is_touched(slow)
