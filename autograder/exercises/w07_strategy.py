"""Week 7: machine-learning strategy, what to do next."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.specification import Exercise, Mistake
from helpers import data_quality, evaluation, strategy
from helpers.checking.checks import LeavesInputsAlone, Matches
from helpers.checking.outcomes import Arguments, arguments

Generator = np.random.Generator


def _fraction(rng: Generator, low: int = 0, high: int = 64) -> float:
    """Draw a number of 64ths: sums, differences and comparisons of such are exact."""
    return int(rng.integers(low, high + 1)) / 64


# --- what to measure --------------------------------------------------------------------------


def _labels(rng: Generator, m: int) -> tuple[np.ndarray, np.ndarray]:
    """Predictions and labels in which no two of the four counts are likely to be equal."""
    Y = (rng.random((1, m)) < 0.35).astype(int)
    wrong = rng.random((1, m)) < np.where(Y == 1, 0.45, 0.2)
    return np.where(wrong, 1 - Y, Y), Y


def _predicted(rng: Generator) -> Arguments:
    return arguments(*_labels(rng, int(rng.integers(12, 40))))


def _predicted_edges(rng: Generator) -> list[Arguments]:
    """One example of each kind; nothing called positive; nothing positive; all right."""
    one, zero = np.array([[1]]), np.array([[0]])
    _, Y = _labels(rng, 9)
    alone = [arguments(p, y) for p in (one, zero) for y in (one, zero)]
    return [*alone, arguments(0 * Y, Y), arguments(Y, 0 * Y), arguments(Y, Y)]


CONFUSION_COUNTS = Exercise(
    function="confusion_counts",
    reference=evaluation.confusion_counts,
    inputs=_predicted,
    edge_inputs=_predicted_edges,
    checks=[
        Matches("TP", points=1, label="true positives"),
        Matches("FP", points=1, label="false positives"),
        Matches("FN", points=1, label="false negatives"),
        Matches("TN", points=1, label="true negatives"),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "false positives and false negatives swapped",
            {
                "'TP': int(np.sum(predicted & actual)), 'FP'": "'TP': int(np.sum(predicted & actual)), 'FN'",
                "'FN': int(np.sum(~predicted & actual))": "'FP': int(np.sum(~predicted & actual))",
            },
            "The second word is what the model said: a false *positive* was called positive, wrongly.",
        ),
        Mistake(
            "all that is right counted as true positive",
            {"np.sum(predicted & actual)": "np.sum(predicted == actual)"},
            "Your TP counts everything that is right. A true positive is called positive as well; what is rightly called negative is a true negative.",
        ),
        Mistake(
            "all that is called positive counted as false positive",
            {"np.sum(predicted & ~actual)": "np.sum(predicted)"},
            "FP counts only those among the called ones that are not positive.",
        ),
        Mistake(
            "shares for counts",
            {
                "int(np.sum(predicted & actual))": "float(np.mean(predicted & actual))",
                "int(np.sum(predicted & ~actual))": "float(np.mean(predicted & ~actual))",
                "int(np.sum(~predicted & actual))": "float(np.mean(~predicted & actual))",
                "int(np.sum(~predicted & ~actual))": "float(np.mean(~predicted & ~actual))",
            },
            "These are shares of all examples. Count them: a sum, not a mean.",
        ),
        Mistake(
            "all positives counted as missed",
            {"np.sum(~predicted & actual)": "np.sum(actual)"},
            "FN counts only those positive examples that the model did not find.",
        ),
        Mistake(
            "roles of the arguments swapped",
            {
                "predicted, actual = (predictions == 1, Y == 1)": "predicted, actual = (predictions == 0, Y == 0)"
            },
            "You count the zeros as positive. Here 1 is positive.",
        ),
        Mistake(
            "false and true negatives swapped",
            {
                "'FN': int(np.sum(~predicted & actual))": "'TN': int(np.sum(~predicted & actual))",
                "'TN': int(np.sum(~predicted & ~actual))": "'FN': int(np.sum(~predicted & ~actual))",
            },
            "Your FN and TN are exchanged: a *false* negative was called negative, wrongly; it is positive.",
        ),
        Mistake(
            "all positives and all negatives counted as true",
            {
                "np.sum(predicted & actual)": "np.sum(actual)",
                "np.sum(~predicted & ~actual)": "np.sum(~actual)",
            },
            "Your TP and TN count what *is* positive or negative. True ones are also called so.",
        ),
        Mistake(
            "all that is called negative counted as true negative",
            {"np.sum(~predicted & ~actual)": "np.sum(~predicted)"},
            "TN counts only those among the ones called negative that are negative.",
        ),
    ],
)


def _counts(rng: Generator) -> Arguments:
    names = rng.permutation(["TP", "FP", "FN", "TN"])
    values = rng.permutation(np.arange(1, 30))[:4]
    return arguments({str(n): int(v) for n, v in zip(names, values, strict=True)})


def _counts_edges(rng: Generator) -> list[Arguments]:
    """No call at all; nothing to find; neither; all calls wrong; all right."""
    names = ("TP", "FP", "FN", "TN")
    rows = [(0, 0, 4, 9), (0, 5, 0, 7), (0, 0, 0, 6), (0, 3, 2, 8), (4, 0, 0, 3)]
    return [arguments(dict(zip(names, row, strict=True))) for row in rows]


PRECISION = Exercise(
    function="precision",
    reference=evaluation.precision,
    inputs=_counts,
    edge_inputs=_counts_edges,
    checks=[Matches(points=3, label="the precision"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "accuracy called precision",
            "def precision(counts):\n    return (counts['TP'] + counts['TN']) / sum(counts.values())",
            "This is the accuracy: what is right among all examples. Precision looks only at those that are called positive.",
        ),
        Mistake(
            "recall called precision",
            {"counts['TP'] + counts['FP']": "counts['TP'] + counts['FN']"},
            "This is the recall. Precision asks: of those that I *called* positive, how many are?",
        ),
        Mistake(
            "no word on zero",
            {"counts['TP'] / called if called else 0.0": "counts['TP'] / called"},
            "If nothing is called positive you divide by zero. The precision is then defined as 0.",
        ),
        Mistake(
            "perfect where nothing is called",
            {"if called else 0.0": "if called else 1.0"},
            "A model that never calls anything positive gets a precision of 0 here, not of 1.",
        ),
        Mistake(
            "the share of false alarms",
            {"counts['TP'] / called": "counts['FP'] / called"},
            "This is the share of false alarms among the calls. Precision is the share of the right ones.",
        ),
        Mistake(
            "right ones against wrong ones",
            {"called = counts['TP'] + counts['FP']": "called = counts['FP']"},
            "Divide by everything that is called positive, the right calls and the wrong ones.",
        ),
        Mistake(
            "divided by all examples",
            {"called = counts['TP'] + counts['FP']": "called = sum(counts.values())"},
            "You divide by the number of all examples. Precision is a share of those that are called positive.",
        ),
        Mistake(
            "divided by all that is right",
            {"counts['TP'] + counts['FP']": "counts['TP'] + counts['TN']"},
            "TP + TN are all the right answers. Those that are called positive are TP + FP.",
        ),
        Mistake(
            "divided without remainder",
            {"counts['TP'] / called": "counts['TP'] // called"},
            "`//` rounds down, so a share is 0 or 1. Divide with `/`.",
        ),
    ],
)

RECALL = Exercise(
    function="recall",
    reference=evaluation.recall,
    inputs=_counts,
    edge_inputs=_counts_edges,
    checks=[Matches(points=3, label="the recall"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "precision called recall",
            {"counts['TP'] + counts['FN']": "counts['TP'] + counts['FP']"},
            "This is the precision. Recall asks: of those that *are* positive, how many did I find?",
        ),
        Mistake(
            "accuracy called recall",
            "def recall(counts):\n    return (counts['TP'] + counts['TN']) / sum(counts.values())",
            "This is the accuracy. Recall looks only at the examples that are positive.",
        ),
        Mistake(
            "no word on zero",
            {"counts['TP'] / positive if positive else 0.0": "counts['TP'] / positive"},
            "If there is no positive example you divide by zero. The recall is then defined as 0.",
        ),
        Mistake(
            "perfect where there is nothing to find",
            {"if positive else 0.0": "if positive else 1.0"},
            "Where there is nothing to find, the recall is 0 here, not 1.",
        ),
        Mistake(
            "the share that is missed",
            {"counts['TP'] / positive": "counts['FN'] / positive"},
            "This is the share of positive examples that the model missed. Recall is the share that it found.",
        ),
        Mistake(
            "found among the negative ones",
            {"counts['TP'] + counts['FN']": "counts['TN'] + counts['FN']"},
            "TN + FN are those that the model *called* negative. Those that are positive are TP + FN.",
        ),
        Mistake(
            "divided by all examples",
            {"positive = counts['TP'] + counts['FN']": "positive = sum(counts.values())"},
            "You divide by the number of all examples. Recall is a share of those that are positive.",
        ),
        Mistake(
            "divided by all that is right",
            {"counts['TP'] + counts['FN']": "counts['TP'] + counts['TN']"},
            "TP + TN are all the right answers. Those that are positive are TP + FN.",
        ),
    ],
)


def _rates(rng: Generator) -> Arguments:
    return arguments(float(rng.uniform(0.05, 1)), float(rng.uniform(0.05, 1)))


def _rates_edges(rng: Generator) -> list[Arguments]:
    """Both 0; one of them 0; two alike; perfect."""
    pairs = [(0.0, 0.0), (0.0, 0.625), (0.75, 0.0), (0.375, 0.375), (1.0, 1.0), (0.02, 1.0)]
    return [arguments(*pair) for pair in pairs]


F1_SCORE = Exercise(
    function="f1_score",
    reference=evaluation.f1_score,
    inputs=_rates,
    edge_inputs=_rates_edges,
    checks=[Matches(points=3, label="the F1 score")],
    mistakes=[
        Mistake(
            "arithmetic mean",
            "def f1_score(p, r):\n    return (p + r) / 2",
            "This is the ordinary mean. It would praise a model that calls everything positive; the harmonic mean stays near the smaller of the two.",
        ),
        Mistake(
            "geometric mean",
            "def f1_score(p, r):\n    return np.sqrt(p * r)",
            "This is the geometric mean. The F1 score is the harmonic one.",
        ),
        Mistake(
            "factor 2 left out",
            {"2 * p * r": "p * r"},
            "Half of what it should be: with p = r the score must be p itself, so there is a factor 2.",
        ),
        Mistake(
            "no word on zero",
            {"2 * p * r / (p + r) if p + r else 0.0": "2 * p * r / (p + r)"},
            "If precision and recall are both 0 you divide by zero. The score is then 0.",
        ),
        Mistake(
            "the smaller of the two",
            "def f1_score(p, r):\n    return min(p, r)",
            "The harmonic mean lies near the smaller one, but it is not the smaller one: both count.",
        ),
        Mistake(
            "zero as soon as one is tiny",
            "def f1_score(p, r):\n    return 2 * p * r / (p + r) if min(p, r) > 0.1 else 0.0",
            "Only where both are 0 the formula fails. Everywhere else use it.",
        ),
        Mistake(
            "half of the inverses' sum",
            "def f1_score(p, r):\n    return (1 / p + 1 / r) / 2 if p and r else 0.0",
            "This is the mean of the inverses. Take its inverse: then you have the harmonic mean.",
        ),
        Mistake(
            "brackets forgotten",
            {"2 * p * r / (p + r)": "2 * p * r / p + r"},
            "Python divides before it adds: `x / p + r` is x/p, plus r. Put the sum in brackets.",
        ),
        Mistake(
            "the inverse of zero",
            "def f1_score(p, r):\n    return 1 / ((1 / p + 1 / r) / 2)",
            "This divides by 0 as soon as one of the two is 0. The other form, 2pr/(p + r), does so only where both are; ask for that first.",
        ),
    ],
)


def _scored(rng: Generator, m: int, k: int) -> Arguments:
    """Scores in 16ths, and thresholds that some of them meet exactly."""
    Y = (rng.random((1, m)) < 0.4).astype(int)
    scores = np.clip(rng.integers(0, 12, (1, m)) + 4 * Y, 0, 16) / 16
    return arguments(scores, Y, [float(t) for t in rng.permutation(np.arange(1, 16))[:k] / 16])


def _scored_any(rng: Generator) -> Arguments:
    return _scored(rng, int(rng.integers(10, 25)), int(rng.integers(3, 6)))


def _scored_edges(rng: Generator) -> list[Arguments]:
    """Take a threshold above all scores; a single one that all meet; no positive; one example."""
    scores, Y, _ = _scored(rng, 12, 3).positional
    return [
        arguments(scores, Y, [0.5, 2.0, 0.25]),
        arguments(np.full((1, 4), 0.5), np.array([[1, 0, 0, 1]]), [0.5]),
        arguments(scores, 0 * Y, [0.75, 0.25]),
        arguments(np.array([[0.5]]), np.array([[1]]), [0.25, 0.75]),
    ]


PRECISION_RECALL_CURVE = Exercise(
    function="precision_recall_curve",
    reference=evaluation.precision_recall_curve,
    returns=("precisions", "recalls"),
    inputs=_scored_any,
    edge_inputs=_scored_edges,
    checks=[Matches("precisions", points=3), Matches("recalls", points=3), LeavesInputsAlone()],
    uses=("confusion_counts", "precision", "recall"),
    mistakes=[
        Mistake(
            "above the threshold only",
            {"scores >= threshold": "scores > threshold"},
            "A score that just meets the threshold counts as positive: at least, not above.",
        ),
        Mistake(
            "comparison inverted",
            {"scores >= threshold": "scores < threshold"},
            "A high score speaks for positive. You call those positive that stay below the threshold.",
        ),
        Mistake(
            "precision and recall swapped",
            {
                "[precision(each) for each in counts], [recall(each) for each in counts]": "[recall(each) for each in counts], [precision(each) for each in counts]"
            },
            "Precisions come first, then recalls.",
        ),
        Mistake(
            "threshold written in",
            {"scores >= threshold": "scores >= 0.5"},
            "You use 0.5 each time. The point of the curve is to try each of the thresholds.",
        ),
        Mistake(
            "sorted thresholds",
            {"for threshold in thresholds": "for threshold in sorted(thresholds)"},
            "The values are to be in the order of the thresholds as they were given.",
        ),
        Mistake(
            "last threshold only",
            {
                "[confusion_counts(scores >= threshold, Y) for threshold in thresholds]": "[confusion_counts(scores >= thresholds[-1], Y) for threshold in thresholds]"
            },
            "All your entries belong to the last threshold. Each must belong to its own.",
        ),
        Mistake(
            "at most the threshold",
            {"scores >= threshold": "scores <= threshold"},
            "You call those positive whose scores are at most the threshold. A high score speaks for positive: at least.",
        ),
        Mistake(
            "pairs for two lists",
            {
                "[precision(each) for each in counts], [recall(each) for each in counts]": "[(precision(each), recall(each)) for each in counts]"
            },
            "This is one list of pairs. Wanted are two lists: all precisions, and all recalls.",
        ),
        Mistake(
            "first threshold only",
            {"for threshold in thresholds]": "for threshold in thresholds[:1]]"},
            "There is an entry for the first threshold only. Does your function return inside the loop? That line belongs behind it.",
        ),
    ],
)


def _model(rng: Generator) -> dict[str, float]:
    return {
        "accuracy": int(rng.integers(500, 1000)) / 1024,
        "milliseconds": int(rng.integers(1, 9)) * 20,
        "megabytes": int(rng.integers(1, 9)) * 50,
    }


def _choice(rng: Generator, metrics: int = 2) -> Arguments:
    """Several models, of which an acceptable one is not the best: all accuracies differ."""
    names = [f"net{n}" for n in rng.permutation(20)[: rng.integers(5, 9)]]
    models = {name: _model(rng) for name in names}
    for name, accuracy in zip(names, rng.permutation(400)[: len(names)], strict=True):
        models[name]["accuracy"] = (500 + int(accuracy)) / 1024
    limits = {
        "milliseconds": int(rng.integers(3, 8)) * 20,
        "megabytes": int(rng.integers(3, 8)) * 50,
    }
    kept = dict(list(limits.items())[:metrics])
    return arguments(models, "accuracy", kept)


def _choice_edges(rng: Generator) -> list[Arguments]:
    """No limits; a limit just met; another metric to optimise; no acceptable model."""
    models = _choice(rng).positional[0]
    just = {
        "slow": {"f1": 0.875, "seconds": 3.0, "cost": 1.0},
        "met": {"f1": 0.75, "seconds": 2.0, "cost": 4.0},
        "fast": {"f1": 0.5, "seconds": 1.0, "cost": 5.0},
        "worst": {"f1": 0.25, "seconds": 0.5, "cost": 1.0},
    }
    return [
        arguments(models, "accuracy", {}),
        arguments(just, "f1", {"seconds": 2.0}),
        arguments(just, "cost", {"seconds": 1.5, "f1": 0.625}),
        arguments(just, "f1", {"seconds": 0.25}),
        arguments({}, "f1", {"seconds": 0.25}),
    ]


CHOOSE_MODEL = Exercise(
    function="choose_model",
    reference=evaluation.choose_model,
    inputs=_choice,
    edge_inputs=_choice_edges,
    checks=[Matches(points=6, label="the chosen model"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "limits ignored",
            "def choose_model(models, optimizing, limits):\n    return max(models, key=lambda name: models[name][optimizing], default=None)",
            "This is the model with the best optimising metric of all. First drop those that break a limit.",
        ),
        Mistake(
            "the best or none",
            "def choose_model(models, optimizing, limits):\n    best = max(models, key=lambda name: models[name][optimizing], default=None)\n    good = best and all(models[best][metric] <= limit for metric, limit in limits.items())\n    return best if good else None",
            "You take the best model and give up if it breaks a limit. First drop those that break a limit, then take the best of the rest.",
        ),
        Mistake(
            "one limit is enough",
            {
                "all((measured[metric] <= limit for metric, limit in limits.items()))": "any(measured[metric] <= limit for metric, limit in limits.items()) or not limits"
            },
            "A model must keep all the limits, not only one of them.",
        ),
        Mistake(
            "first limit only",
            {
                "all((measured[metric] <= limit for metric, limit in limits.items()))": "all(measured[metric] <= limit for metric, limit in list(limits.items())[:1])"
            },
            "You look at the first limit only. A model must keep all of them.",
        ),
        Mistake(
            "limits must be undercut",
            {"measured[metric] <= limit": "measured[metric] < limit"},
            "A model that just meets a limit is acceptable.",
        ),
        Mistake(
            "the worst of the acceptable ones",
            {"max(acceptable": "min(acceptable"},
            "Of the acceptable models take the one whose optimising metric is the largest.",
        ),
        Mistake(
            "the first acceptable one",
            {
                "max(acceptable, key=lambda name: models[name][optimizing], default=None)": "next(iter(acceptable), None)"
            },
            "Being acceptable is not enough: compare the optimising metric of all acceptable models.",
        ),
        Mistake(
            "limits as lower bounds",
            {"measured[metric] <= limit": "measured[metric] >= limit"},
            "The limits are the largest values that are acceptable. You keep the models above them.",
        ),
        Mistake(
            "its value, not its name",
            {
                "max(acceptable, key=lambda name: models[name][optimizing], default=None)": "max((models[name][optimizing] for name in acceptable), default=None)"
            },
            "Return the model's name, not the value of its metric.",
        ),
        Mistake(
            "each limit taken for itself",
            {
                "all((measured[metric] <= limit for metric, limit in limits.items()))": "any(measured[metric] <= limit for metric, limit in limits.items())"
            },
            "You look at the limits one by one, and take a model as soon as it keeps any of them. It must keep all, and where there is no limit every model is acceptable.",
        ),
        Mistake(
            "no word on an empty choice",
            {", default=None)": ")"},
            "Where no model keeps the limits there is no largest one, and `max` stops. The answer is then None.",
        ),
        Mistake(
            "the last acceptable one",
            {
                "max(acceptable, key=lambda name: models[name][optimizing], default=None)": "acceptable[-1] if acceptable else None"
            },
            "You take the last acceptable model. Replace the best so far only by one whose optimising metric is larger.",
        ),
        Mistake(
            "the last name of the alphabet",
            {"key=lambda name: models[name][optimizing], ": ""},
            "`max` of a dictionary, or of names, compares the names. Compare the values: with `key=`, or in a loop.",
        ),
        Mistake(
            "metric written in",
            {"models[name][optimizing]": "models[name]['accuracy']"},
            "The metric to optimise is not always the accuracy: use the argument `optimizing`.",
        ),
        Mistake(
            "all acceptable ones",
            {
                "max(acceptable, key=lambda name: models[name][optimizing], default=None)": "acceptable"
            },
            "This is the list of the acceptable models. Return one name: that of the best of them.",
        ),
    ],
)


def _weighted(rng: Generator) -> Arguments:
    predictions, Y = _labels(rng, int(rng.integers(8, 20)))
    predictions[0, :2] = 1 - Y[0, :2]
    weights = rng.choice([1.0, 2.0, 5.0, 10.0], Y.shape)
    weights[0, :3] = 10.0, 2.0, 5.0
    return arguments(predictions, Y, weights)


def _weighted_edges(rng: Generator) -> list[Arguments]:
    """One example; all right; a weight of 0; weights that are whole numbers; all alike."""
    predictions, Y, weights = _weighted(rng).positional
    zero = np.where(np.arange(Y.shape[1]) == 0, 0.0, weights)
    return [
        arguments(np.array([[1]]), np.array([[0]]), np.array([[3.0]])),
        arguments(Y, Y, weights),
        arguments(predictions, Y, zero),
        arguments(predictions, Y, weights.astype(int)),
        arguments(predictions, Y, np.full(Y.shape, 4.0)),
    ]


WEIGHTED_ERROR = Exercise(
    function="weighted_error",
    reference=evaluation.weighted_error,
    inputs=_weighted,
    edge_inputs=_weighted_edges,
    checks=[Matches(points=4, label="the weighted error"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "divided by the number of examples",
            {"/ np.sum(weights)": "/ Y.shape[1]"},
            "Divided by m the error can exceed 1. Divide by the sum of the weights: then 1 means that all is wrong.",
        ),
        Mistake(
            "weights ignored",
            "def weighted_error(predictions, Y, weights):\n    return float(np.mean(predictions != Y))",
            "This is the plain error. Each wrong example counts with its weight.",
        ),
        Mistake(
            "weights in the denominator only",
            {"np.sum(weights * (predictions != Y))": "np.sum(predictions != Y)"},
            "The wrong examples must count with their weights too, not only the sum below.",
        ),
        Mistake(
            "weighted accuracy",
            {"predictions != Y": "predictions == Y"},
            "This is the weight of what is right. The error is the weight of what is wrong.",
        ),
        Mistake(
            "not divided",
            {" / np.sum(weights)": ""},
            "This is the weight of the errors. Divide it by the weight of all examples.",
        ),
        Mistake(
            "false alarms only",
            {"predictions != Y": "predictions > Y"},
            "You count only examples called positive that are not. Those that were missed are wrong too.",
        ),
        Mistake(
            "false alarms set off against misses",
            {"predictions != Y": "predictions - Y"},
            "A difference is +1 for a false alarm and −1 for a miss, and the two cancel. Both are errors: use `!=`.",
        ),
    ],
)


# --- how much to hold back --------------------------------------------------------------------


def _amount(rng: Generator) -> Arguments:
    """Amounts on both sides of the limit; never a multiple of 5, so that rounding shows."""
    m = 5 * int(10 ** rng.uniform(1.5, 6)) + int(rng.integers(1, 5))
    return arguments(m, enough=int(rng.integers(20, 2000)))


def _amount_edges(rng: Generator) -> list[Arguments]:
    """Take the default on both sides of its limit; a limit just met; hardly any examples."""
    return [
        arguments(1009),
        arguments(1_000_003),
        arguments(60_004),
        arguments(500, enough=100),
        arguments(9, enough=50),
        arguments(4, enough=50),
    ]


SPLIT_SIZES = Exercise(
    function="split_sizes",
    reference=evaluation.split_sizes,
    returns=("train", "dev", "test"),
    inputs=_amount,
    edge_inputs=_amount_edges,
    checks=[Matches("train", points=2), Matches("dev", points=1), Matches("test", points=1)],
    mistakes=[
        Mistake(
            "60, 20, 20 whatever the size",
            {"min(m // 5, enough)": "m // 5"},
            "A fifth of a million is far more than it takes to measure an error. Never hold back more than `enough`.",
        ),
        Mistake(
            "98, 1, 1 whatever the size",
            {"min(m // 5, enough)": "m // 100"},
            "One per cent of a small set measures nothing: with few examples, hold back a fifth.",
        ),
        Mistake(
            "as many as enough, even of few",
            {"min(m // 5, enough)": "enough"},
            "With few examples, `enough` may be more than there are. Take a fifth if that is less.",
        ),
        Mistake(
            "the larger of the two",
            {"min(m // 5, enough)": "max(m // 5, enough)"},
            "You take the larger of the two numbers. Never more than a fifth, and never more than `enough`.",
        ),
        Mistake(
            "limit written in",
            {"min(m // 5, enough)": "min(m // 5, 10000)"},
            "Use the argument `enough`, not a number of your own.",
        ),
        Mistake(
            "training set always of 60 per cent",
            {
                "return (m - 2 * held_back, held_back, held_back)": "return (3 * m // 5, held_back, held_back)"
            },
            "Some examples are in none of the sets. Whatever is not held back belongs into the training set.",
        ),
        Mistake(
            "a tenth each",
            {"m // 5": "m // 10"},
            "You hold back a tenth for each of the two sets. It should be a fifth for each.",
        ),
        Mistake(
            "not rounded",
            {"m // 5": "m / 5"},
            "There are no parts of examples: round the fifth down, with `//`.",
        ),
        Mistake(
            "only one set taken out",
            {"m - 2 * held_back": "m - held_back"},
            "The three sets hold more than m examples together: dev *and* test set leave the training set.",
        ),
        Mistake(
            "test set of what is left",
            {
                "return (m - 2 * held_back, held_back, held_back)": "test = min((m - held_back) // 5, enough)\n    return (m - held_back - test, held_back, test)"
            },
            "Your test set is a fifth of what the dev set has left. Both are a fifth of all m examples.",
        ),
    ],
)


def _two_amounts(rng: Generator) -> Arguments:
    m = 4 * int(10 ** rng.uniform(1.5, 5)) + int(rng.integers(1, 4))
    other = 4 * int(10 ** rng.uniform(2, 5)) + int(rng.integers(1, 4))
    return arguments(m, other, enough=int(rng.integers(20, 2000)))


def _two_amounts_edges(rng: Generator) -> list[Arguments]:
    return [
        arguments(10_003, 200_001),
        arguments(600_001, 50_002),
        arguments(403, 0, enough=77),
        arguments(3, 1001, enough=50),
    ]


SPLIT_TWO_SOURCES = Exercise(
    function="split_two_sources",
    reference=evaluation.split_two_sources,
    inputs=_two_amounts,
    edge_inputs=_two_amounts_edges,
    checks=[Matches("train", points=2), Matches("dev", points=1), Matches("test", points=1)],
    mistakes=[
        Mistake(
            "everything shuffled together",
            "def split_two_sources(m_target, m_other, enough=10000):\n    t, o = min(m_target // 4, enough), min(m_other // 4, enough)\n    return {'train': (m_target - 2 * t, m_other - 2 * o), 'dev': (t, o), 'test': (t, o)}",
            "Shuffled together, the dev set is mostly of the other kind: you would aim at the wrong target. Dev and test set are of the target alone.",
        ),
        Mistake(
            "dev set of the other kind",
            {
                "'dev': (held_back, 0)": "'dev': (0, held_back)",
                "(m_target - 2 * held_back, m_other)": "(m_target - held_back, m_other - held_back)",
            },
            "Dev and test set must come from the same distribution: the one that the finished system will meet.",
        ),
        Mistake(
            "all of the target held back",
            {"min(m_target // 4, enough)": "m_target // 2"},
            "Half of the target examples belong into the training set: the model should learn from them too. And more than `enough` measures no better.",
        ),
        Mistake(
            "order of the pairs swapped",
            {
                "(m_target - 2 * held_back, m_other)": "(m_other, m_target - 2 * held_back)",
                "'dev': (held_back, 0)": "'dev': (0, held_back)",
                "'test': (held_back, 0)": "'test': (0, held_back)",
            },
            "In each pair the target examples come first, then the others.",
        ),
        Mistake(
            "never mind enough",
            {"min(m_target // 4, enough)": "m_target // 4"},
            "Never hold back more than `enough`: what measures no better should be learned from.",
        ),
        Mistake(
            "target left out of the training set",
            {"(m_target - 2 * held_back, m_other)": "(0, m_other)"},
            "The rest of the target examples is missing. It belongs into the training set.",
        ),
        Mistake(
            "limit written in",
            {"min(m_target // 4, enough)": "min(m_target // 4, 2500)"},
            "Use the argument `enough`, not a number of your own.",
        ),
        Mistake(
            "one set's examples trained on too",
            {"m_target - 2 * held_back": "m_target - held_back"},
            "Some target examples are in two sets: dev *and* test set leave the training set.",
        ),
        Mistake(
            "not rounded",
            {"m_target // 4": "m_target / 4"},
            "There are no parts of examples: round the quarter down, with `//`.",
        ),
        Mistake(
            "a fifth for each",
            {"m_target // 4": "m_target // 5"},
            "You hold back a fifth of the target examples for each set. Here it is a quarter for each.",
        ),
        Mistake(
            "a half for each",
            {"m_target // 4": "m_target // 2"},
            "Half of the target examples for each of the two sets leaves none to learn from. It is a quarter for each.",
        ),
    ],
)


def _measured(rng: Generator) -> Arguments:
    return arguments(
        float(rng.uniform(0.02, 0.6)), int(rng.integers(20, 5000)), z=float(rng.uniform(1, 3))
    )


def _measured_edges(rng: Generator) -> list[Arguments]:
    """Take the default; nothing wrong, and so nothing to be off; everything wrong; one example."""
    return [
        arguments(0.08, 450),
        arguments(0.0, 100, z=2.576),
        arguments(1.0, 100),
        arguments(0.3, 1, z=1.645),
    ]


MARGIN_OF_ERROR = Exercise(
    function="margin_of_error",
    reference=evaluation.margin_of_error,
    inputs=_measured,
    edge_inputs=_measured_edges,
    checks=[Matches(points=4, label="the margin")],
    mistakes=[
        Mistake(
            "variance for standard deviation",
            {"z * math.sqrt(error * (1 - error) / m)": "z * (error * (1 - error) / m)"},
            "This is the variance of a share. Its standard deviation is the square root.",
        ),
        Mistake(
            "root of m forgotten",
            {"math.sqrt(error * (1 - error) / m)": "math.sqrt(error * (1 - error)) / m"},
            "The margin shrinks with the root of m: four times the examples for half the margin.",
        ),
        Mistake(
            "number of examples ignored",
            {"error * (1 - error) / m": "error * (1 - error)"},
            "This is the spread of a single example. That of an average over m examples is smaller by the root of m.",
        ),
        Mistake(
            "z written in",
            {"z * math.sqrt": "1.96 * math.sqrt"},
            "Use the argument z: other confidences need other numbers than 1.96.",
        ),
        Mistake(
            "counted like accidents",
            {"error * (1 - error) / m": "error / m"},
            "The variance of a yes-or-no is e(1 − e). For rare errors e alone is near to it, but not in general.",
        ),
        Mistake(
            "z under the root",
            {"z * math.sqrt(error * (1 - error) / m)": "math.sqrt(z * error * (1 - error) / m)"},
            "z counts standard errors, so it stands in front of the root.",
        ),
        Mistake(
            "the worst case",
            {"error * (1 - error)": "0.25"},
            "0.25 is the variance for an error of one half, the worst case. Use that of this error.",
        ),
        Mistake(
            "z forgotten",
            {"z * math.sqrt": "math.sqrt"},
            "This is the standard error. The margin is z of them.",
        ),
    ],
)


def _wanted(rng: Generator) -> Arguments:
    """Draw a margin for which the size lies well between two whole numbers."""
    error, z = float(rng.uniform(0.03, 0.4)), float(rng.uniform(1.2, 3))
    size = int(rng.integers(30, 900)) + float(rng.uniform(0.1, 0.45))
    return arguments(error, float(z * np.sqrt(error * (1 - error) / size)), z=z)


def _wanted_edges(rng: Generator) -> list[Arguments]:
    """Take the default; nearly a whole number more; one example will do; a whole number."""
    return [
        arguments(0.1, 0.01),
        arguments(0.2, 0.0333, z=1.645),
        arguments(0.5, 0.75, z=1.0),
        arguments(0.5, 0.125, z=2.0),
    ]


DEV_SET_SIZE = Exercise(
    function="dev_set_size",
    reference=evaluation.dev_set_size,
    inputs=_wanted,
    edge_inputs=_wanted_edges,
    checks=[Matches(points=5, label="the number of examples")],
    mistakes=[
        Mistake(
            "rounded down",
            {
                "math.ceil(z ** 2 * error * (1 - error) / margin ** 2)": "int(z ** 2 * error * (1 - error) / margin ** 2)"
            },
            "Rounded down, the margin is missed by a hair. Round up.",
        ),
        Mistake(
            "not rounded",
            {
                "math.ceil(z ** 2 * error * (1 - error) / margin ** 2)": "z ** 2 * error * (1 - error) / margin ** 2"
            },
            "There are no parts of examples: round up to a whole number.",
        ),
        Mistake(
            "margin not squared",
            {"margin ** 2": "margin"},
            "Solve the margin's formula for m: both sides are squared, the margin too.",
        ),
        Mistake(
            "z not squared",
            {"z ** 2": "z"},
            "Solve the margin's formula for m: both sides are squared, so z is squared too.",
        ),
        Mistake(
            "z written in",
            {"z ** 2": "1.96 ** 2"},
            "Use the argument z: other confidences need other numbers than 1.96.",
        ),
        Mistake(
            "the worst case",
            {"error * (1 - error)": "0.25"},
            "0.25 is the worst case, an error of one half. Small errors need fewer examples: use the one expected.",
        ),
        Mistake(
            "rounded to the nearest",
            {
                "math.ceil(z ** 2 * error * (1 - error) / margin ** 2)": "max(1, round(z ** 2 * error * (1 - error) / margin ** 2))"
            },
            "Rounding to the nearest number sometimes rounds down, and then the margin is missed. Round up.",
        ),
        Mistake(
            "always one more",
            {
                "math.ceil(z ** 2 * error * (1 - error) / margin ** 2)": "int(z ** 2 * error * (1 - error) / margin ** 2) + 1"
            },
            "Where the quotient is a whole number already, one more is one too many. `math.ceil` leaves it as it is.",
        ),
        Mistake(
            "z forgotten",
            {"z ** 2 * ": ""},
            "z is missing: the more confidence is wanted, the more examples it takes.",
        ),
        Mistake(
            "nothing squared",
            {
                "z ** 2 * error * (1 - error) / margin ** 2": "z * math.sqrt(error * (1 - error)) / margin"
            },
            "This is the root of m. Square both sides of the margin's formula before you solve for m.",
        ),
    ],
)


# --- what to do next --------------------------------------------------------------------------

_SETS = ("human", "train", "train-dev", "dev", "test")
_GAPS = ("avoidable bias", "variance", "data mismatch", "overfitting to dev")
_ADVICE = ("hire", "label", "wait", "simplify", "enlarge", "collect", "measure", "rest")


def _errors(rng: Generator, steps: np.ndarray) -> dict[str, float]:
    """Errors in 64ths, in any order, with these gaps between them."""
    values = np.cumsum([int(rng.integers(3, 12)), *steps.tolist()])
    values += max(0, 1 - int(values.min()))
    named = [(name, int(value) / 64) for name, value in zip(_SETS, values, strict=True)]
    return dict(named[place] for place in rng.permutation(5))


def _gaps(rng: Generator) -> np.ndarray:
    """Draw four gaps of different size, some of them negative; the largest may be any."""
    return rng.permutation(np.arange(-6, 10))[:4]


def _any_errors(rng: Generator) -> Arguments:
    return arguments(_errors(rng, _gaps(rng)))


def _any_errors_edges(rng: Generator) -> list[Arguments]:
    """Better than people; every gap negative; no gap at all."""
    better = np.array([-2, 3, 1, 2])
    rows = (better, np.array([-2, -1, -4, -3]), 0 * better)
    return [arguments(_errors(rng, row)) for row in rows]


ERROR_GAPS = Exercise(
    function="error_gaps",
    reference=strategy.error_gaps,
    inputs=_any_errors,
    edge_inputs=_any_errors_edges,
    checks=[*(Matches(name, points=1) for name in _GAPS), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "bias against zero",
            {"errors['train'] - errors['human']": "errors['train']"},
            "Some errors nobody can avoid: blurred images, wrong labels. Only what lies above the human error is avoidable bias.",
        ),
        Mistake(
            "variance from train to dev",
            {"errors['train-dev'] - errors['train']": "errors['dev'] - errors['train']"},
            "From training to dev set two things change: the examples are new, and they are of another kind. The train-dev set separates them: variance is the gap up to it.",
        ),
        Mistake(
            "signs ignored",
            "def error_gaps(errors):\n    s = ['human', 'train', 'train-dev', 'dev', 'test']\n    names = ['avoidable bias', 'variance', 'data mismatch', 'overfitting to dev']\n    return {n: abs(errors[b] - errors[a]) for n, a, b in zip(names, s, s[1:])}",
            "A gap may be negative: the dev set may simply be easier. Without its sign that would look like a problem.",
        ),
        Mistake(
            "the wrong way round",
            "def error_gaps(errors):\n    s = ['human', 'train', 'train-dev', 'dev', 'test']\n    names = ['avoidable bias', 'variance', 'data mismatch', 'overfitting to dev']\n    return {n: errors[a] - errors[b] for n, a, b in zip(names, s, s[1:])}",
            "The sign is wrong: what is lost is the later error minus the earlier one.",
        ),
        Mistake(
            "mismatch from train to dev",
            {"errors['dev'] - errors['train-dev']": "errors['dev'] - errors['train']"},
            "This gap holds the variance as well. Data mismatch is what is lost from train-dev to dev set.",
        ),
        Mistake(
            "overfitting from train to test",
            {"errors['test'] - errors['dev']": "errors['test'] - errors['train']"},
            "Overfitting to the dev set shows between dev and test set, which are of one kind.",
        ),
        Mistake(
            "ratios for differences",
            "def error_gaps(errors):\n    s = ['human', 'train', 'train-dev', 'dev', 'test']\n    names = ['avoidable bias', 'variance', 'data mismatch', 'overfitting to dev']\n    return {n: errors[b] / errors[a] for n, a, b in zip(names, s, s[1:])}",
            "A gap is a difference. From 0.1 % to 0.2 % the error doubles, and there is still hardly anything to gain.",
        ),
        Mistake(
            "no gap below zero",
            "def error_gaps(errors):\n    s = ['human', 'train', 'train-dev', 'dev', 'test']\n    names = ['avoidable bias', 'variance', 'data mismatch', 'overfitting to dev']\n    return {n: max(0, errors[b] - errors[a]) for n, a, b in zip(names, s, s[1:])}",
            "You replace negative gaps by 0. A gap may be negative: keep the sign.",
        ),
        Mistake(
            "everything against human",
            "def error_gaps(errors):\n    s = ['human', 'train', 'train-dev', 'dev', 'test']\n    names = ['avoidable bias', 'variance', 'data mismatch', 'overfitting to dev']\n    return {n: errors[b] - errors['human'] for n, b in zip(names, s[1:])}",
            "You measure every gap from the human error. Each starts at the error just before it.",
        ),
        Mistake(
            "errors taken by place",
            "def error_gaps(errors):\n    s = list(errors.values())\n    names = ['avoidable bias', 'variance', 'data mismatch', 'overfitting to dev']\n    return {n: b - a for n, a, b in zip(names, s, s[1:])}",
            "The dictionary may list the errors in any order. Look them up by their names.",
        ),
    ],
)


def _actions(rng: Generator) -> dict[str, str]:
    names = [*_GAPS, "none"]
    advice = rng.permutation(_ADVICE)[:5]
    return {names[place]: str(advice[place]) for place in rng.permutation(5)}


def _to_diagnose(rng: Generator) -> Arguments:
    steps = _gaps(rng)
    tolerance = max(0, int(steps.max()) + int(rng.choice([-7, -5, -2, -1, 1])))
    return arguments(_errors(rng, steps), _actions(rng), tolerance / 64)


def _to_diagnose_edges(rng: Generator) -> list[Arguments]:
    """Take a gap that just meets the tolerance; a large negative one; each gap once."""
    rows = [
        (4, 3, 2, 1),
        (-5, 3, 2, 1),
        (1, 8, -1, 0),
        (2, 1, 7, 3),
        (3, 2, 1, 6),
        (7, 2, 3, 1),
        (1, 2, -1, 0),
    ]
    tolerances = [4, 2, 3, 2, 2, 2, 6]
    return [
        arguments(_errors(rng, np.array(row)), _actions(rng), tolerance / 64)
        for row, tolerance in zip(rows, tolerances, strict=True)
    ]


DIAGNOSE = Exercise(
    function="diagnose",
    reference=strategy.diagnose,
    returns=("problem", "action"),
    inputs=_to_diagnose,
    edge_inputs=_to_diagnose_edges,
    checks=[Matches("problem", points=4), Matches("action", points=2), LeavesInputsAlone()],
    uses=("error_gaps",),
    mistakes=[
        Mistake(
            "tolerance ignored",
            {"if gaps[problem] <= tolerance:": "if False:"},
            "If even the largest gap is no larger than the tolerance, there is no problem: “none”.",
        ),
        Mistake(
            "the smallest gap",
            {"max(gaps": "min(gaps"},
            "This is the smallest gap. Work where most is to be gained.",
        ),
        Mistake(
            "the first gap above the tolerance",
            "def diagnose(errors, actions, tolerance):\n    gaps = error_gaps(errors)\n    above = [name for name in gaps if gaps[name] > tolerance]\n    problem = above[0] if above else 'none'\n    return problem, actions[problem]",
            "You stop at an early gap. Compare all four: the largest one is the problem.",
        ),
        Mistake(
            "the largest gap in size",
            {
                "max(gaps, key=lambda name: gaps[name])": "max(gaps, key=lambda name: abs(gaps[name]))"
            },
            "A negative gap is no loss, however large: compare the gaps with their signs.",
        ),
        Mistake(
            "the largest error",
            "def diagnose(errors, actions, tolerance):\n    steps = {'train': 'avoidable bias', 'train-dev': 'variance', 'dev': 'data mismatch', 'test': 'overfitting to dev'}\n    gaps = error_gaps(errors)\n    problem = steps[max(steps, key=lambda name: errors[name])]\n    if max(gaps.values()) <= tolerance:\n        problem = 'none'\n    return problem, actions[problem]",
            "The largest error is not the problem: it carries all gaps before it. Compare the gaps.",
        ),
        Mistake(
            "a gap that just meets the tolerance",
            {"gaps[problem] <= tolerance": "gaps[problem] < tolerance"},
            "A gap that just meets the tolerance is still within it.",
        ),
        Mistake(
            "action of the gap where there is no problem",
            "def diagnose(errors, actions, tolerance):\n    gaps = error_gaps(errors)\n    problem = max(gaps, key=lambda name: gaps[name])\n    return 'none' if gaps[problem] <= tolerance else problem, actions[problem]",
            "Where there is no problem, the action is that for “none”. Look it up after you have decided.",
        ),
        Mistake(
            "the last gap above the tolerance",
            "def diagnose(errors, actions, tolerance):\n    gaps = error_gaps(errors)\n    above = [name for name in gaps if gaps[name] > tolerance]\n    problem = above[-1] if above else 'none'\n    return problem, actions[problem]",
            "A later gap replaces an earlier one even where it is smaller. Compare each with the largest so far.",
        ),
        Mistake(
            "the last name of the alphabet",
            {"max(gaps, key=lambda name: gaps[name])": "max(gaps)"},
            "`max` of a dictionary compares its keys, the names. Compare the gaps: `max(gaps, key=gaps.get)`.",
        ),
        Mistake(
            "no action where there is no problem",
            "def diagnose(errors, actions, tolerance):\n    gaps = error_gaps(errors)\n    problem = max(gaps, key=lambda name: gaps[name])\n    if gaps[problem] <= tolerance:\n        return 'none', None\n    return problem, actions[problem]",
            "There is an action for “none” too: look it up like the others.",
        ),
    ],
)

_STAGES = ("train", "dev", "test", "real world")


def _chain(rng: Generator) -> Arguments:
    """Make some links hold, others not; errors and targets are listed in an order of their own."""
    stages = [_STAGES[place] for place in rng.permutation(4)]
    knobs = dict(zip(stages, map(str, rng.permutation(_ADVICE)[:4]), strict=True))
    targets = {stages[place]: _fraction(rng, 8, 30) for place in rng.permutation(4)}
    over = {stage: int(rng.permutation(6)[0]) - 2 for stage in _STAGES}
    errors = {stages[p]: targets[stages[p]] + over[stages[p]] / 64 for p in rng.permutation(4)}
    return arguments(errors, targets, knobs)


def _chain_edges(rng: Generator) -> list[Arguments]:
    """Nothing to do; targets just met; only the last link fails; two fail, the later one more; three fail."""
    knobs = dict(zip(_STAGES, ("enlarge", "collect", "measure", "redefine"), strict=True))
    targets = dict.fromkeys(reversed(_STAGES), 0.25)
    rows = [
        (0.125, 0.25, 0.0, 0.125),
        (0.25,) * 4,
        (0.0, 0.25, 0.125, 0.5),
        (0.125, 0.375, 0.75, 0.5),
    ]
    calls = [dict(zip(_STAGES, row, strict=True)) for row in rows]
    mixed = dict.fromkeys(("dev", "real world", "train", "test"), 0.25)
    other = {"test": 0.125, "real world": 0.5, "dev": 0.375, "train": 0.5}
    return [
        *(arguments(errors, targets, knobs) for errors in calls),
        arguments(other, mixed, knobs),
    ]


NEXT_KNOB = Exercise(
    function="next_knob",
    reference=strategy.next_knob,
    inputs=_chain,
    edge_inputs=_chain_edges,
    checks=[Matches(points=4, label="the knob"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "the last link that fails",
            "def next_knob(errors, targets, knobs):\n    found = 'done'\n    for stage, knob in knobs.items():\n        if errors[stage] > targets[stage]:\n            found = knob\n    return found",
            "You find the last link that fails. The chain is mended from its beginning: return at the first one.",
        ),
        Mistake(
            "the worst link",
            "def next_knob(errors, targets, knobs):\n    worst = max(knobs, key=lambda stage: errors[stage] - targets[stage])\n    return knobs[worst] if errors[worst] > targets[worst] else 'done'",
            "You take the link that misses its target by most. A later link cannot hold while an earlier one does not: take the first.",
        ),
        Mistake(
            "the stage for its knob",
            {"return knob": "return stage"},
            "Return what to turn, the knob, not the name of the stage.",
        ),
        Mistake(
            "targets that are just met",
            {"errors[stage] > targets[stage]": "errors[stage] >= targets[stage]"},
            "An error that just meets its target is good enough.",
        ),
        Mistake(
            "order of the errors",
            {
                "for stage, knob in knobs.items():": "for stage in errors:\n        knob = knobs[stage]"
            },
            "The order of the stages is that of `knobs`; that of the other dictionaries says nothing.",
        ),
        Mistake(
            "the first link that holds",
            {"errors[stage] > targets[stage]": "errors[stage] <= targets[stage]"},
            "These links hold. Look for the first whose error is above its target.",
        ),
        Mistake(
            "only the first link looked at",
            "def next_knob(errors, targets, knobs):\n    for stage, knob in knobs.items():\n        return knob if errors[stage] > targets[stage] else 'done'",
            "You give up after the first stage. Say “done” only after all of them: that return belongs behind the loop.",
        ),
        Mistake(
            "order of the targets",
            {
                "for stage, knob in knobs.items():": "for stage in targets:\n        knob = knobs[stage]"
            },
            "You go through the stages in the order of `targets`. The order that counts is that of `knobs`.",
        ),
        Mistake(
            "paired by place",
            "def next_knob(errors, targets, knobs):\n    for error, target, knob in zip(errors.values(), targets.values(), knobs.values()):\n        if error > target:\n            return knob\n    return 'done'",
            "The three dictionaries may be in different orders. Look errors and targets up by the name of the stage.",
        ),
        Mistake(
            "nothing where all is done",
            {"return 'done'": "return None"},
            'If every link holds, the answer is the text "done".',
        ),
        Mistake(
            "the last stage decides",
            "def next_knob(errors, targets, knobs):\n    choice = 'done'\n    for stage, knob in knobs.items():\n        choice = knob if errors[stage] > targets[stage] else 'done'\n    return choice",
            "Each stage overwrites what the one before has found, so the last one decides. Leave the loop at the first that fails.",
        ),
    ],
)

_CATEGORIES = ("dog", "blurred", "great cat", "dark", "filter", "drawing")


def _tagged(rng: Generator, m: int) -> Arguments:
    """Examples with no, one or several tags, some of them of no interest."""
    categories = [str(name) for name in rng.permutation(_CATEGORIES)]
    likely = rng.permutation([0.05, 0.2, 0.3, 0.45, 0.6, 0.7])
    tags = [
        [c for c, p in zip(categories, likely, strict=True) if rng.random() < p] for _ in range(m)
    ]
    tags[0] = []
    return arguments(tags, categories[: rng.integers(3, 6)], float(rng.uniform(0.05, 0.5)))


def _tagged_any(rng: Generator) -> Arguments:
    return _tagged(rng, int(rng.integers(6, 15)))


def _tagged_edges(rng: Generator) -> list[Arguments]:
    """Take a category that never occurs; a single example; every example with every tag."""
    return [
        arguments([["dog"], [], ["dark", "dog"], ["dark"]], ["dog", "lion", "dark"], 0.1),
        arguments([["dog", "dark"]], ["dark", "blurred"], 0.25),
        arguments([["dark", "dog"], ["dog", "dark"], ["dark", "dog"]], ["dog", "dark"], 0.08),
    ]


ERROR_ANALYSIS_TABLE = Exercise(
    function="error_analysis_table",
    reference=strategy.error_analysis_table,
    returns=("counts", "shares", "ceilings"),
    inputs=_tagged_any,
    edge_inputs=_tagged_edges,
    checks=[
        Matches("counts", points=2),
        Matches("shares", points=2),
        Matches("ceilings", points=3),
        LeavesInputsAlone(),
    ],
    mistakes=[
        Mistake(
            "shares of the tags",
            {"count / len(tags)": "count / max(1, sum(counts.values()))"},
            "You divide by the number of tags. An example may have several or none: divide by the number of examples. The shares need not add up to 1.",
        ),
        Mistake(
            "first tag only",
            {
                "sum((category in each for each in tags))": "sum((category in each[:1] for each in tags))"
            },
            "You count each example once, under its first tag. It belongs to each of its categories.",
        ),
        Mistake(
            "examples without a tag dropped",
            {"count / len(tags)": "count / len([each for each in tags if each])"},
            "Examples without a tag were looked at too. They count below the line.",
        ),
        Mistake(
            "what is left for what is gained",
            {"share * error": "error - share * error"},
            "This is the error that would be left. The ceiling is by how much it would fall.",
        ),
        Mistake(
            "shares for ceilings",
            {"{category: share * error for": "{category: share for"},
            "A share of the errors is no gain in error yet: half of the errors at an error of 10 % are 5 percentage points.",
        ),
        Mistake(
            "divided by the error",
            {"share * error": "share / error"},
            "Solving a category takes its share away from the error: a product, not a quotient.",
        ),
        Mistake(
            "categories that never occur left out",
            {
                "for category in categories}": "for category in categories if any((category in each for each in tags))}"
            },
            "Each of the categories is to be in the table, with 0 where none was found.",
        ),
        Mistake(
            "in per cent",
            {"count / len(tags)": "100 * count / len(tags)"},
            "These are per cent, a hundred times too much: a share lies between 0 and 1.",
        ),
        Mistake(
            "divided by the number of categories",
            {"count / len(tags)": "count / len(categories)"},
            "You divide by the number of categories. A share is one of the examples looked at.",
        ),
        Mistake(
            "counts for shares in the ceilings",
            {
                "share * error for category, share in shares.items()": "counts[category] * error for category in shares"
            },
            "The ceiling is the *share* times the error; you multiply the count.",
        ),
    ],
)


def _cleaning(rng: Generator) -> Arguments:
    """Put the labels' part on both sides of the difference, and never too near to it."""
    error, share = _fraction(rng, 4, 30), _fraction(rng, 3, 61)
    factor = float(rng.choice([0.25, 0.5, 0.75, 1.25, 1.5, 3.0]))
    return arguments(error, share, error * share * factor)


def _cleaning_edges(rng: Generator) -> list[Arguments]:
    """Just as much as the difference; no wrong label; nothing but wrong labels; share, error and rest apart."""
    rows = [(0.25, 0.5, 0.125), (0.125, 0.0, 0.0625), (0.125, 1.0, 0.0625), (0.5, 0.25, 0.1875)]
    return [arguments(*row) for row in [*rows, (0.25, 0.125, 0.03125), (0.5, 0.25, 0.0625)]]


CLEANING_PAYS = Exercise(
    function="cleaning_pays",
    reference=strategy.cleaning_pays,
    returns=("from_labels", "from_model", "pays"),
    inputs=_cleaning,
    edge_inputs=_cleaning_edges,
    checks=[
        Matches("from_labels", points=1),
        Matches("from_model", points=1),
        Matches("pays", points=3, label="whether it pays"),
    ],
    mistakes=[
        Mistake(
            "share for part",
            {"from_labels = error * mislabelled_share": "from_labels = mislabelled_share"},
            "The share is one of the errors. As a part of all examples it is the share times the error.",
        ),
        Mistake(
            "comparison inverted",
            {"from_labels >= difference": "from_labels <= difference"},
            "If wrong labels are a smaller part than the difference, they cannot decide the choice. It pays when their part is at least as large.",
        ),
        Mistake(
            "share compared with the difference",
            {"from_labels >= difference": "mislabelled_share >= difference"},
            "The difference is one of errors, so compare it with a part of the error, not with the share among the errors.",
        ),
        Mistake(
            "labels against the rest",
            {"from_labels >= difference": "from_labels >= error - from_labels"},
            "You compare the labels with the model. The question is whether the labels could hide which model is better: compare with the difference.",
        ),
        Mistake(
            "whole error compared",
            {"from_labels >= difference": "error >= difference"},
            "The whole error is nearly always larger than a difference. Compare the part that comes from labels.",
        ),
        Mistake(
            "just as much is not enough",
            {"from_labels >= difference": "from_labels > difference"},
            "A part as large as the difference could already decide the choice.",
        ),
        Mistake(
            "rest as a share",
            {"error - from_labels": "1 - mislabelled_share"},
            "The rest is to be a part of all examples too: the error minus the labels' part.",
        ),
        Mistake(
            "the model's part compared",
            {"from_labels >= difference": "error - from_labels >= difference"},
            "You compare the model's part with the difference. Wrong labels can decide the choice when *their* part is at least as large.",
        ),
    ],
)


def _answers(rng: Generator) -> Arguments:
    """Several questions about each example, a good part of them without an answer."""
    n_y, m = (int(n) for n in rng.permutation(np.arange(2, 7))[:2])
    Y = rng.integers(0, 2, (n_y, m)).astype(float)
    Y[rng.random((n_y, m)) < 0.35] = np.nan
    Y[0, 0], Y[1, 0], Y[0, 1] = 1.0, np.nan, 0.0
    return arguments(rng.uniform(0.05, 0.95, (n_y, m)), Y)


def _answers_edges(rng: Generator) -> list[Arguments]:
    """One example; all answered; a question nobody answered."""
    A, Y = rng.uniform(0.05, 0.95, (3, 4)), rng.integers(0, 2, (3, 4)).astype(float)
    silent = np.where(np.arange(3)[:, np.newaxis] == 1, np.nan, Y)
    return [
        arguments(A[:, :1], np.array([[1.0], [np.nan], [0.0]])),
        arguments(A, Y),
        arguments(A, silent),
    ]


MULTI_TASK_COST = Exercise(
    function="multi_task_cost",
    reference=strategy.multi_task_cost,
    inputs=_answers,
    edge_inputs=_answers_edges,
    checks=[Matches(points=6, label="the cost"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "missing answers counted",
            {"np.nansum(": "np.sum("},
            "The result is NaN: what nobody has labelled must be left out of the sum.",
        ),
        Mistake(
            "missing answers taken for no",
            "def multi_task_cost(A, Y):\n    Y = np.nan_to_num(Y)\n    return float(-np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / Y.shape[1])",
            "You count a missing answer as a no. Nobody knows it: leave it out of the sum.",
        ),
        Mistake(
            "divided by the number of answers",
            {"/ Y.shape[1]": "/ np.sum(~np.isnan(Y))"},
            "You average over the known answers. The answers of an example are added up, and only the examples are averaged: divide by m.",
        ),
        Mistake(
            "divided by the number of questions",
            {"/ Y.shape[1]": "/ Y.shape[0]"},
            "m is the number of examples, and these are the columns.",
        ),
        Mistake(
            "cross-entropy of a softmax",
            {"Y * np.log(A) + (1 - Y) * np.log(1 - A)": "Y * np.log(A)"},
            "This is the cost for one answer out of several. Here each question is a yes-no of its own: a no has a cost too.",
        ),
        Mistake(
            "incomplete examples dropped",
            "def multi_task_cost(A, Y):\n    known = ~np.isnan(Y).any(axis=0)\n    A, Z = A[:, known], Y[:, known]\n    return float(-np.sum(Z * np.log(A) + (1 - Z) * np.log(1 - A)) / Y.shape[1])",
            "You drop each example in which any answer is missing. Its other answers can still be learned from.",
        ),
        Mistake(
            "sign forgotten",
            {"float(-np.nansum": "float(np.nansum"},
            "Logarithms of probabilities are negative, and a cost is positive: there is a minus in front.",
        ),
        Mistake(
            "not divided",
            {" / Y.shape[1]": ""},
            "The answers are added up; the examples are averaged: divide by m.",
        ),
        Mistake(
            "divided by all places of the table",
            {"/ Y.shape[1]": "/ Y.size"},
            "You divide by the number of questions too. The answers of one example are added up; divide by m only.",
        ),
        Mistake(
            "average over the complete examples",
            "def multi_task_cost(A, Y):\n    known = ~np.isnan(Y).any(axis=0)\n    A, Y = A[:, known], Y[:, known]\n    return -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / Y.shape[1]",
            "You use only those examples of which everything is known. Drop the missing answers, not the examples.",
        ),
    ],
)

_KINDS = ("end-to-end", "pipeline", "transfer", "multi-task", "collect data")


def _below(rng: Generator, enough: int) -> int:
    return int(rng.integers(1, enough))


def _case(rng: Generator, kind: str) -> dict[str, Any]:
    """Draw a case for an approach; what comes later in the order may be possible as well."""
    enough = int(rng.integers(40, 400))
    own = _below(rng, enough // 2)
    steps = [
        _below(rng, enough),
        *(int(enough * rng.uniform(1, 3)) for _ in range(rng.integers(1, 3))),
    ]
    rich = [int(enough * rng.uniform(1, 3)) for _ in range(rng.integers(1, 4))]
    pretrained = _below(rng, enough) if rng.random() < 0.6 else 0
    poor = [_below(rng, max(2, (enough - own) // 3)) for _ in range(rng.integers(0, 3))]
    together = [*poor, enough - own - sum(poor) + int(rng.integers(0, 2 * own))]
    case = {
        "enough": enough,
        "examples": own,
        "steps": steps,
        "pretrained": pretrained,
        "siblings": poor,
    }
    if rng.random() < 0.4:
        case["steps"] = []
    later = _KINDS.index(kind) < 3 and rng.random() < 0.5
    changes: dict[str, dict[str, Any]] = {
        "end-to-end": {"examples": enough + int(rng.integers(0, 99))},
        "pipeline": {"steps": rich},
        "transfer": {"pretrained": enough + int(rng.integers(0, 999))},
        "multi-task": {"siblings": [together[place] for place in rng.permutation(len(together))]},
    }
    after = {"pretrained": 2 * enough, "siblings": [2 * enough, 5]} if later else {}
    return {**case, **after, **changes.get(kind, {})}


def _any_case(rng: Generator) -> Arguments:
    return arguments(_case(rng, _KINDS[int(rng.integers(0, 5))]))


def _any_case_edges(rng: Generator) -> list[Arguments]:
    """Each approach once; each with just enough, and with one less."""

    def case(examples: int, steps: list[int], pretrained: int, siblings: list[int]) -> Arguments:
        numbers = {"examples": examples, "steps": steps, "pretrained": pretrained}
        return arguments({"enough": 60, **numbers, "siblings": siblings})

    return [
        case(60, [70, 80], 90, [50]),
        case(59, [60, 80], 90, [50]),
        case(59, [70, 59], 60, [50]),
        case(20, [], 59, [30, 10]),
        case(20, [200, 10], 0, [29, 10]),
        case(20, [], 59, []),
        case(30, [40, 40], 0, [20]),
        case(20, [], 0, [40, 30]),
        case(80, [], 0, []),
        case(59, [70, 80], 0, []),
        case(59, [], 90, [1]),
        case(20, [], 0, [30, 10]),
        case(20, [], 50, [20]),
        case(40, [], 30, [10]),
        case(30, [], 20, [5]),
    ]


CHOOSE_APPROACH = Exercise(
    function="choose_approach",
    reference=strategy.choose_approach,
    inputs=_any_case,
    edge_inputs=_any_case_edges,
    checks=[Matches(points=6, label="the approach"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "any step will do",
            {"steps and min(steps) >= enough": "steps and max(steps) >= enough"},
            "A pipeline is as good as its weakest step: all of them need enough examples.",
        ),
        Mistake(
            "a pipeline without steps",
            {"steps and min(steps) >= enough": "all(step >= enough for step in steps)"},
            "“All of no steps” is true in Python. Where the task cannot be cut, there is no pipeline: ask for that first.",
        ),
        Mistake(
            "steps added up",
            {"min(steps) >= enough": "sum(steps) >= enough"},
            "The steps are learned separately, so their examples do not add up.",
        ),
        Mistake(
            "transfer before everything",
            "def choose_approach(case):\n    enough, steps = case['enough'], case['steps']\n    if case['pretrained'] >= enough:\n        return 'transfer'\n    if case['examples'] >= enough:\n        return 'end-to-end'\n    if steps and min(steps) >= enough:\n        return 'pipeline'\n    if case['examples'] + sum(case['siblings']) >= enough:\n        return 'multi-task'\n    return 'collect data'",
            "Transfer helps where your own examples are too few. If there are enough of them, or of every step, you need no other task.",
        ),
        Mistake(
            "siblings without the task itself",
            {"case['examples'] + sum(case['siblings'])": "sum(case['siblings'])"},
            "The task's own examples count too: together they must be enough.",
        ),
        Mistake(
            "more than enough asked for",
            {
                "case['examples'] >= enough": "case['examples'] > enough",
                "min(steps) >= enough": "min(steps) > enough",
                "case['pretrained'] >= enough": "case['pretrained'] > enough",
                "sum(case['siblings']) >= enough": "sum(case['siblings']) > enough",
            },
            "Just enough is enough.",
        ),
        Mistake(
            "the largest sibling only",
            {
                "case['examples'] + sum(case['siblings'])": "max([case['examples'], *case['siblings']])"
            },
            "Tasks that are learned together share their first layers, so their examples add up.",
        ),
        Mistake(
            "related tasks for granted",
            {"case['pretrained'] >= enough": "case['pretrained'] > case['examples']"},
            "It is not enough that the other network had more examples than you: it must have had enough to learn something.",
        ),
        Mistake(
            "the smallest of no steps",
            {"steps and min(steps) >= enough": "min(steps) >= enough"},
            "Where the task cannot be cut, the list of steps is empty, and `min` of it stops. Ask first whether there are any.",
        ),
        Mistake(
            "any network will do",
            {"case['pretrained'] >= enough": "case['pretrained'] > 0"},
            "A network that was trained with too few examples has learned nothing worth transferring: it must have had enough.",
        ),
        Mistake(
            "pretraining and own examples added up",
            {"case['pretrained'] >= enough": "case['pretrained'] + case['examples'] >= enough"},
            "For transfer, the other network's examples must be enough by themselves: they do not add up with yours.",
        ),
        Mistake(
            "multi-task before transfer",
            "def choose_approach(case):\n    enough, steps = case['enough'], case['steps']\n    if case['examples'] >= enough:\n        return 'end-to-end'\n    if steps and min(steps) >= enough:\n        return 'pipeline'\n    if case['examples'] + sum(case['siblings']) >= enough:\n        return 'multi-task'\n    return 'transfer' if case['pretrained'] >= enough else 'collect data'",
            "The order counts: ask about transfer before you ask about learning several tasks at once.",
        ),
        Mistake(
            "pipeline before end-to-end",
            "def choose_approach(case):\n    enough, steps = case['enough'], case['steps']\n    if steps and min(steps) >= enough:\n        return 'pipeline'\n    if case['examples'] >= enough:\n        return 'end-to-end'\n    if case['pretrained'] >= enough:\n        return 'transfer'\n    if case['examples'] + sum(case['siblings']) >= enough:\n        return 'multi-task'\n    return 'collect data'",
            "The order counts: with enough examples of the task itself, there is no need to cut it into steps.",
        ),
    ],
)


# --- flaws in the data ------------------------------------------------------------------------


def _pair_of_sets(rng: Generator, n: int, m: int, m_new: int) -> Arguments:
    """Two sets in whose examples single features, sums and places agree now and then."""
    X = rng.integers(0, 4, (n, m))
    X_new = rng.integers(0, 4, (n, m_new))
    copied = rng.permutation(m_new)[: max(1, m_new // 3)]
    X_new[:, copied] = X[:, rng.integers(0, m, len(copied))]
    turned = int(rng.integers(0, m_new))
    if turned not in copied:
        X_new[:, turned] = np.roll(X[:, 0], 1)
    return arguments(X, X_new)


def _any_sets(rng: Generator) -> Arguments:
    n, m, m_new = (int(k) for k in rng.permutation(np.arange(3, 10))[:3])
    return _pair_of_sets(rng, n, m, m_new)


def _any_sets_edges(rng: Generator) -> list[Arguments]:
    """No copies; nothing but copies, twice; one feature; another type; copies within `X`."""
    X, X_new = _pair_of_sets(rng, 4, 5, 6).positional
    return [
        arguments(X, X + 5),
        arguments(X, np.concatenate([X[:, ::-1], X[:, :2]], axis=1)),
        arguments(np.array([[3, 1]]), np.array([[1, 2, 3, 3]])),
        arguments(X / 4, X_new / 4),
        arguments(X, np.concatenate([X_new, X[:, :1]], axis=1).astype(float)),
        arguments(np.concatenate([X, X[:, 1:3]], axis=1), X[:, [2, 4]]),
    ]


FIND_DUPLICATES = Exercise(
    function="find_duplicates",
    reference=data_quality.find_duplicates,
    inputs=_any_sets,
    edge_inputs=_any_sets_edges,
    checks=[Matches(points=6, label="the copies"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "places in the wrong set",
            "def find_duplicates(X, X_new):\n    seen = {tuple(example) for example in X_new.T.tolist()}\n    return [place for place, example in enumerate(X.T.tolist()) if tuple(example) in seen]",
            "These are the columns of `X`. Wanted are those of `X_new`: they are to be taken out.",
        ),
        Mistake(
            "one feature in common",
            "def find_duplicates(X, X_new):\n    return [j for j in range(X_new.shape[1]) if (X == X_new[:, [j]]).any()]",
            "One pixel in common makes no copy: all features must be equal.",
        ),
        Mistake(
            "only the same places compared",
            "def find_duplicates(X, X_new):\n    m = min(X.shape[1], X_new.shape[1])\n    return [j for j in range(m) if (X[:, j] == X_new[:, j]).all()]",
            "You compare each example only with the one in the same place. A copy may stand anywhere.",
        ),
        Mistake(
            "sums compared",
            "def find_duplicates(X, X_new):\n    seen = set(np.sum(X, axis=0).tolist())\n    return [j for j, s in enumerate(np.sum(X_new, axis=0).tolist()) if s in seen]",
            "Two different images may have the same amount of ink. Compare all features, not their sum.",
        ),
        Mistake(
            "those that are no copies",
            {"if tuple(example) in seen": "if tuple(example) not in seen"},
            "These are the examples to keep. Wanted are the copies.",
        ),
        Mistake(
            "a mask for places",
            {
                "[place for place, example in enumerate(X_new.T.tolist()) if tuple(example) in seen]": "[tuple(example) in seen for example in X_new.T.tolist()]"
            },
            "This is True or False for each example. Wanted are the numbers of the columns for which it is True: `np.where` or `enumerate` help.",
        ),
        Mistake(
            "rows compared for columns",
            "def find_duplicates(X, X_new):\n    seen = {tuple(row) for row in X.tolist()}\n    return [i for i, row in enumerate(X_new.tolist()) if tuple(row) in seen]",
            "The examples are the columns. You compare rows, which are features.",
        ),
        Mistake(
            "listed once for each equal",
            "def find_duplicates(X, X_new):\n    return [j for j in range(X_new.shape[1]) for i in range(X.shape[1]) if (X[:, i] == X_new[:, j]).all()]",
            "A column that equals several of `X` stands in your list several times. Leave the inner loop at the first, or use `any`.",
        ),
        Mistake(
            "each example listed only once",
            "def find_duplicates(X, X_new):\n    seen = {tuple(example) for example in X.T.tolist()}\n    places = []\n    for place, example in enumerate(X_new.T.tolist()):\n        if tuple(example) in seen:\n            places.append(place)\n            seen.discard(tuple(example))\n    return places",
            "Where the same copy stands in `X_new` twice, you list it once. Every column that is a copy counts.",
        ),
        Mistake(
            "copies within the new set",
            "def find_duplicates(X, X_new):\n    seen, places = set(), []\n    for place, example in enumerate(X_new.T.tolist()):\n        if tuple(example) in seen:\n            places.append(place)\n        seen.add(tuple(example))\n    return places",
            "You compare the columns of `X_new` with each other. Compare them with those of `X`.",
        ),
    ],
)


def _shifted(rng: Generator, n: int, m: int, m_new: int) -> Arguments:
    X = rng.normal(size=(n, 1)) + rng.uniform(0.5, 3, (n, 1)) * rng.normal(size=(n, m))
    X_new = rng.normal(size=(n, 1)) + rng.uniform(0.5, 3, (n, 1)) * rng.normal(size=(n, m_new))
    return arguments(X, X_new)


def _shifted_any(rng: Generator) -> Arguments:
    n, m, m_new = (int(k) for k in rng.permutation(np.arange(3, 9))[:3])
    return _shifted(rng, n, m, m_new)


def _shifted_edges(rng: Generator) -> list[Arguments]:
    """Take a feature that does not vary; one feature; a single new example; whole numbers."""
    X, X_new = _shifted(rng, 3, 6, 5).positional
    X[1] = 2.0
    whole = rng.integers(0, 9, (2, 7))
    whole[0] = 0
    return [
        arguments(X, X_new),
        _shifted(rng, 1, 5, 4),
        _shifted(rng, 4, 5, 1),
        arguments(whole, rng.integers(0, 9, (2, 3))),
    ]


STANDARDIZED_SHIFT = Exercise(
    function="standardized_shift",
    reference=data_quality.standardized_shift,
    inputs=_shifted_any,
    edge_inputs=_shifted_edges,
    checks=[Matches(points=6, label="values and shape"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "divided by the variance",
            {"np.std(X, axis=1, keepdims=True)": "np.var(X, axis=1, keepdims=True)"},
            "You divide by the variance σ². Divide by the standard deviation σ, which has the unit of the feature.",
        ),
        Mistake(
            "no word on features that do not vary",
            {"np.where(spread > 0, spread, 1.0)": "spread"},
            "A pixel that is always white has the deviation 0, and you divide by it. Divide by 1 there.",
        ),
        Mistake(
            "deviations of the new set",
            {"np.std(X, axis=1, keepdims=True)": "np.std(X_new, axis=1, keepdims=True)"},
            "The yardstick is the set you know: take the deviations of `X`.",
        ),
        Mistake(
            "the wrong way round",
            {
                "np.mean(X_new, axis=1, keepdims=True) - np.mean(X, axis=1, keepdims=True)": "np.mean(X, axis=1, keepdims=True) - np.mean(X_new, axis=1, keepdims=True)"
            },
            "The sign is wrong: a feature that is larger in the new set has a positive shift.",
        ),
        Mistake(
            "not divided",
            {"difference / np.where(spread > 0, spread, 1.0)": "difference"},
            "Differences of features with different units cannot be compared. Divide by the standard deviations.",
        ),
        Mistake(
            "one mean for all features",
            {
                "np.mean(X_new, axis=1, keepdims=True) - np.mean(X, axis=1, keepdims=True)": "np.mean(X_new, axis=1, keepdims=True) - np.mean(X)"
            },
            "Each feature has a mean of its own: average along the examples, axis 1.",
        ),
        Mistake(
            "keepdims forgotten",
            "def standardized_shift(X, X_new):\n    spread = np.std(X, axis=1)\n    difference = np.mean(X_new, axis=1) - np.mean(X, axis=1)\n    return difference / np.where(spread > 0, spread, 1.0)",
            "The result should be a column, (n, 1): keep the axis with keepdims=True.",
        ),
        Mistake(
            "a little added to every deviation",
            {"np.where(spread > 0, spread, 1.0)": "(spread + 1e-8)"},
            "Where a feature does not vary, you divide by nearly 0, and the shift is huge. Divide by 1 there.",
        ),
        Mistake(
            "no shift where nothing varies",
            {
                "difference / np.where(spread > 0, spread, 1.0)": "np.where(spread > 0, difference / np.where(spread > 0, spread, 1.0), 0)"
            },
            "A feature that never varied and is different now has a shift, a telling one: divide it by 1, do not set it to 0.",
        ),
        Mistake(
            "deviation of a sample",
            {"np.std(X, axis=1, keepdims=True)": "np.std(X, axis=1, ddof=1, keepdims=True)"},
            "You divide by m − 1 inside the deviation. Use np.std as it is, as in the example by hand.",
        ),
        Mistake(
            "without its sign",
            {"return shift": "return np.abs(shift)"},
            "A shift has a sign: it tells whether a feature has become larger or smaller.",
        ),
        Mistake(
            "one deviation for all features",
            {
                "np.std(X, axis=1, keepdims=True)": "np.std(X) + 0 * np.mean(X, axis=1, keepdims=True)"
            },
            "Each feature has a deviation of its own: take it along the examples, axis 1.",
        ),
        Mistake(
            "along the wrong axis",
            "def standardized_shift(X, X_new):\n    spread = np.std(X, axis=0, keepdims=True)\n    difference = np.mean(X_new, axis=0, keepdims=True) - np.mean(X, axis=0, keepdims=True)\n    return difference / np.where(spread > 0, spread, 1.0)",
            "You average over the features of each example. Average over the examples: axis 1.",
        ),
    ],
)


def _believed(rng: Generator, n_y: int, m: int, count: int) -> Arguments:
    """Probabilities and labels; the classes are about equally likely, and no two beliefs alike."""
    A = rng.dirichlet(np.ones(n_y), m).T
    return arguments(A, rng.integers(0, n_y, (1, m)), count)


def _believed_any(rng: Generator) -> Arguments:
    n_y, m = int(rng.integers(2, 5)), int(rng.integers(7, 12))
    return _believed(rng, n_y, m, int(rng.integers(2, 6)))


def _believed_edges(rng: Generator) -> list[Arguments]:
    """One example; all of them; a single one out of many."""
    return [_believed(rng, 3, 1, 1), _believed(rng, 3, 6, 6), _believed(rng, 4, 8, 1)]


SUSPICIOUS_LABELS = Exercise(
    function="suspicious_labels",
    reference=data_quality.suspicious_labels,
    inputs=_believed_any,
    edge_inputs=_believed_edges,
    checks=[Matches(points=6, label="the suspicious examples"), LeavesInputsAlone()],
    mistakes=[
        Mistake(
            "the most believed ones",
            {"np.argsort(own)": "np.argsort(-own)"},
            "These are the labels that the model believes most. Suspicious are those with the smallest probability.",
        ),
        Mistake(
            "where the model is least sure",
            {"A[labels[0], np.arange(A.shape[1])]": "np.max(A, axis=0)"},
            "Here the model is unsure, whatever the label. Look at the probability of the label that the example *has*.",
        ),
        Mistake(
            "where the model is surest",
            {"A[labels[0], np.arange(A.shape[1])]": "-np.max(A, axis=0)"},
            "Here the model is sure, but perhaps it agrees with the label. Look at the probability of the label that the example *has*.",
        ),
        Mistake(
            "in the order of the columns",
            {"return order[:count]": "return sorted(order[:count])"},
            "Put the most suspicious one first: who reads the images again may stop early.",
        ),
        Mistake(
            "probabilities for places",
            "def suspicious_labels(A, labels, count):\n    return np.sort(A[labels[0], np.arange(A.shape[1])])[:count].tolist()",
            "These are the probabilities. Wanted are the columns where they stand: `np.argsort`.",
        ),
        Mistake(
            "the first ones that the model would label otherwise",
            "def suspicious_labels(A, labels, count):\n    return np.where(np.argmax(A, axis=0) != labels[0])[0][:count].tolist()",
            "These are the first examples on which model and label disagree, however slightly. Sort by how little the label is believed.",
        ),
        Mistake(
            "count ignored",
            {"return order[:count]": "return order"},
            "Return only as many examples as `count` says.",
        ),
        Mistake(
            "taken from the end",
            {"return order[:count]": "return order[-count:]"},
            "`argsort` puts the smallest first, so the last `count` are the labels that the model believes most.",
        ),
        Mistake(
            "furthest behind the most probable digit",
            {
                "A[labels[0], np.arange(A.shape[1])]": "A[labels[0], np.arange(A.shape[1])] - np.max(A, axis=0)"
            },
            "You compare the label's probability with the largest one. Here its own probability alone counts.",
        ),
    ],
)

EXERCISES = [
    *(CONFUSION_COUNTS, PRECISION, RECALL, F1_SCORE, PRECISION_RECALL_CURVE),
    *(CHOOSE_MODEL, WEIGHTED_ERROR),
    *(MARGIN_OF_ERROR, DEV_SET_SIZE, SPLIT_SIZES, SPLIT_TWO_SOURCES),
    *(NEXT_KNOB, ERROR_GAPS, DIAGNOSE, ERROR_ANALYSIS_TABLE, CLEANING_PAYS),
    *(MULTI_TASK_COST, CHOOSE_APPROACH),
    *(FIND_DUPLICATES, STANDARDIZED_SHIFT, SUSPICIOUS_LABELS),
]
