"""A check that accepts what some editions of an exercise call right, and nothing else."""

from dataclasses import replace

import numpy as np
import pytest

from autograder.questions import make_question
from autograder.specification import Exercise, Mistake
from helpers.checking.judging import judge_function
from helpers.checking.outcomes import arguments
from helpers.checking.sheets import from_data, read_sheet, to_data, write_sheet
from helpers.checking.variants import MatchesVariant


def reference(x):
    """Double a number."""
    return 2 * x


CHECK = MatchesVariant(points=3, variants=("tripled", "squared"))
EXERCISE = Exercise(
    function="reference",
    reference=reference,
    inputs=lambda rng: arguments(rng.uniform(3.5, 9)),
    checks=[CHECK],
    variants={
        "tripled": "def reference(x):\n    return 3 * x",
        "squared": "def reference(x):\n    return x * x",
    },
    mistakes=[Mistake("one more", "def reference(x):\n    return 2 * x + 1", "No more.")],
)
QUESTION = make_question(EXERCISE, "seed", 4)


@pytest.mark.parametrize("right", [lambda x: x + x, lambda x: 3 * x, lambda x: np.square(x)])
def test_the_reference_and_the_variants_pass(right):
    assert judge_function(QUESTION, right).passed


def test_what_is_between_the_variants_fails():
    assert judge_function(QUESTION, lambda x: 2.5 * x).earned == 0
    assert judge_function(QUESTION, lambda x: 2 * x if x < 6 else 4 * x).earned == 0


def test_a_variant_is_no_known_mistake_and_mistakes_keep_their_hints():
    (finding,) = judge_function(QUESTION, lambda x: 2 * x + 1).findings
    assert (finding.mistake, finding.hint) == ("one more", "No more.")
    assert list(QUESTION.hints) == ["one more"]


def test_a_variant_that_is_not_named_is_wrong():
    question = replace(QUESTION, checks=[replace(CHECK, variants=("tripled",))])
    assert not judge_function(question, lambda x: x * x).passed


def test_an_answer_sheet_keeps_the_variants(tmp_path):
    assert from_data(to_data(CHECK)) == CHECK
    write_sheet([QUESTION], tmp_path / "sheet.h5")
    read = read_sheet(tmp_path / "sheet.h5")["reference"]
    assert judge_function(read, lambda x: 3 * x).passed
    assert not judge_function(read, lambda x: 4 * x).passed
