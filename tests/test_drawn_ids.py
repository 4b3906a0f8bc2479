"""The check of drawn ids accepts every honest generator, and nothing else."""

import numpy as np
import pytest

from helpers.checking.checks import Case
from helpers.checking.drawn_ids import DrawnIds
from helpers.checking.judging import Question, judge_function
from helpers.checking.outcomes import Outcome, arguments
from helpers.checking.sheets import from_data, to_data

NOISE = np.array([0.4, 0.0, 0.35, 0.25])
ASPECTS = ("ids", "shares", "independent", "seed")


def draw(noise, m, k, seed=0):
    return np.random.default_rng(seed).choice(len(noise), size=(m, k), p=noise)


def failed(function, seed=3):
    """Name the aspects that a function fails."""
    args = arguments(NOISE, 500, 4, seed)
    checks = [DrawnIds(aspect=aspect, points=1, label=aspect) for aspect in ASPECTS]
    question = Question("draw", (), [Case(args, Outcome(draw(NOISE, 500, 4, seed)))], checks, {})
    return {f.title for f in judge_function(question, function).findings if not f.ok}


def old_generator(noise, m, k, seed=0):
    np.random.seed(seed)
    return np.random.choice(len(noise), (m, k), p=noise)


def inverted(noise, m, k, seed=0):
    u = np.random.default_rng(seed).random((m, k))
    return (u[..., np.newaxis] > np.cumsum(noise)).sum(axis=-1)


@pytest.mark.parametrize("function", [draw, old_generator, inverted])
@pytest.mark.parametrize("seed", range(20))
def test_any_honest_draw_passes(function, seed):
    assert failed(function, seed) == set()


@pytest.mark.parametrize(
    "function, aspects",
    [
        (lambda noise, m, k, seed: draw(noise, k, m, seed), set(ASPECTS)),
        (lambda noise, m, k, seed: draw(noise, m, k, seed) + 0.5, set(ASPECTS)),
        (lambda noise, m, k, seed: draw(noise, m, k, seed) + 1, set(ASPECTS)),
        (lambda noise, m, k, seed: draw(noise[[0, 2, 3]], m, k, seed), set(ASPECTS)),
        (lambda noise, m, k, seed: draw(np.array([0.6, 0, 0.2, 0.2]), m, k, seed), {"shares"}),
        (
            lambda noise, m, k, seed: np.repeat(draw(noise, m, 1, seed), k, axis=1),
            {"shares", "independent"},
        ),
        (
            lambda noise, m, k, seed: np.sort(draw(noise, m, k, seed), axis=0),
            {"shares", "independent"},
        ),
        (lambda noise, m, k, seed: draw(noise, m, k, 0), {"seed"}),
        (lambda noise, m, k, seed: draw(noise, m, k, np.random.randint(99999)), {"seed"}),
    ],
)
def test_what_is_wrong_is_found(function, aspects):
    assert failed(function) == aspects


def test_it_can_be_stored():
    check = DrawnIds(aspect="seed", points=2)
    assert from_data(to_data(check)) == check
