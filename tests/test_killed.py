"""Grading a class killed at random moments, without memory, beside other programs: end to end."""

from __future__ import annotations

import multiprocessing
import random
import resource
import time

import psutil
import pytest

from autograder.classroom import grade_class
from autograder.records import load_records
from tests import tiny_class
from tests.test_nothing_lost import (
    assert_records_say_what_is_there,
    by_hand,
    grade_by_hand,
    integrity,
    locked,
    scores,
)
from tests.tiny_class import ANSWERS, WEEK

SPAWN = multiprocessing.get_context("spawn")  # what the tests started stays out of it
KILLS = 50
SIZE = 8


@pytest.fixture
def course(tmp_path):
    (tmp_path / "course").mkdir()
    return tiny_class.make_course(tmp_path / "course")


def started(course, **options):
    """Start grading in a process of its own."""
    process = SPAWN.Process(target=grade_class, args=(course, WEEK), kwargs=options)
    process.start()
    return process


def completed(course, **options):
    process = started(course, **options)
    process.join(600)
    assert process.exitcode == 0


def kill(process, after):
    """Kill a grading, and see that what it had started ends by itself."""
    process.join(after)
    family = psutil.Process(process.pid).children(recursive=True) if process.is_alive() else []
    process.kill()
    process.join()
    _, left = psutil.wait_procs(family, timeout=120)
    assert not left


def hand_in_some(course, want, chance):
    """Have some students hand in something else."""
    for student in chance.sample(sorted(want), 3):
        answer = chance.choice(list(ANSWERS))
        tiny_class.hand_in(course, student, answer)
        want[student] = ANSWERS[answer]


@pytest.mark.slow
def test_grading_killed_fifty_times_loses_nothing(course):
    chance = random.Random(5)
    want = tiny_class.hand_in_class(course, SIZE)
    begun = time.monotonic()
    completed(course)
    duration = time.monotonic() - begun
    entered = grade_by_hand(course)
    for number in range(KILLS):
        hand_in_some(course, want, chance)
        kill(started(course, force=number % 3 == 0), chance.uniform(0, duration))
        assert integrity(course) == "ok"
        assert by_hand(course) == entered
        assert_records_say_what_is_there(course)
    completed(course)
    assert scores(course) == want
    assert {record.student: record.earned for record in load_records(course, WEEK)} == want
    assert by_hand(course) == entered
    records = load_records(course, WEEK)
    completed(course)
    assert load_records(course, WEEK) == records  # also the seconds: nothing was graded again


def _grade_with_memory(course, megabytes):
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, -1))
    grade_class(course, WEEK, jobs=1)


@pytest.mark.slow
@pytest.mark.parametrize("megabytes", [200, 400, 600, 800])
def test_grading_with_too_little_memory_ends_and_is_completed_by_a_second_run(course, megabytes):
    want = tiny_class.hand_in_class(course, 3)
    process = SPAWN.Process(target=_grade_with_memory, args=(course, megabytes))
    process.start()
    process.join(300)
    assert process.exitcode is not None
    for record in load_records(course, WEEK):
        assert record.earned == want[record.student]
    assert integrity(course) == "ok"
    completed(course)
    assert scores(course) == want


@pytest.mark.slow
def test_a_gradebook_locked_from_the_start_is_waited_for(course):
    want = tiny_class.hand_in_class(course, 3)
    with locked(course, 15):
        completed(course)
    assert scores(course) == want
