"""What to do next: decisions computed from errors, counts and costs."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np


def error_gaps(errors: Mapping[str, float]) -> dict[str, float]:
    """Compute what is lost at each step from the best possible error to the error in use.

    Parameters
    ----------
    errors : dict of str to float
        The errors of "human" (or the best known), and of the model on the "train", "train-dev",
        "dev" and "test" set.

    Returns
    -------
    dict of str to float
        "avoidable bias", "variance", "data mismatch" and "overfitting to dev": each error minus
        the one before it. A gap may be negative.

    References
    ----------
    A. Ng: Machine Learning Yearning, 2018, chapters 22 to 42.

    Examples
    --------
    >>> errors = {"human": 0.25, "train": 0.5, "train-dev": 0.5, "dev": 0.75, "test": 0.875}
    >>> error_gaps(errors)
    {'avoidable bias': 0.25, 'variance': 0.0, 'data mismatch': 0.25, 'overfitting to dev': 0.125}
    """
    return {
        "avoidable bias": errors["train"] - errors["human"],
        "variance": errors["train-dev"] - errors["train"],
        "data mismatch": errors["dev"] - errors["train-dev"],
        "overfitting to dev": errors["test"] - errors["dev"],
    }


def diagnose(
    errors: Mapping[str, float], actions: Mapping[str, str], tolerance: float
) -> tuple[str, str]:
    """Name the largest problem, and what helps against it.

    Parameters
    ----------
    errors : dict of str to float
        As for `error_gaps`.
    actions : dict of str to str
        What to do, by problem: the names of the four gaps, and "none".
    tolerance : float
        A gap up to this size is no problem.

    Returns
    -------
    problem : str
        The name of the largest gap; "none" if it is no larger than the tolerance.
    action : str
        What helps against it.

    Examples
    --------
    >>> errors = {"human": 0.0, "train": 0.1, "train-dev": 0.11, "dev": 0.12, "test": 0.12}
    >>> actions = {"avoidable bias": "a larger network", "none": "ship it"}
    >>> diagnose(errors, actions, 0.02)
    ('avoidable bias', 'a larger network')
    """
    gaps = error_gaps(errors)
    problem = max(gaps, key=lambda name: gaps[name])
    if gaps[problem] <= tolerance:
        problem = "none"
    return problem, actions[problem]


def next_knob(
    errors: Mapping[str, float], targets: Mapping[str, float], knobs: Mapping[str, str]
) -> str:
    """Find the first link of the chain that does not hold, and the knob that acts on it.

    Parameters
    ----------
    errors : dict of str to float
        The error that was measured at each stage.
    targets : dict of str to float
        The largest error that will do at each stage.
    knobs : dict of str to str
        What acts on each stage and on no other; the stages in their order.

    Returns
    -------
    str
        The knob of the first stage whose error is above its target; "done" if there is none.

    Examples
    --------
    >>> knobs = {"train": "a larger network", "dev": "more data", "test": "a larger dev set"}
    >>> targets = {"train": 0.02, "dev": 0.05, "test": 0.06}
    >>> next_knob({"train": 0.01, "dev": 0.09, "test": 0.12}, targets, knobs)
    'more data'
    """
    for stage, knob in knobs.items():
        if errors[stage] > targets[stage]:
            return knob
    return "done"


def error_analysis_table(
    tags: Sequence[Collection[str]], categories: Sequence[str], error: float
) -> tuple[dict[str, int], dict[str, float], dict[str, float]]:
    """Count what is behind a model's errors, and what solving each category could gain.

    Parameters
    ----------
    tags : sequence of collections of str
        For each wrongly classified example that was looked at, the categories it belongs to:
        none, one or several.
    categories : sequence of str
        The categories to count.
    error : float
        The error on the dev set from which the examples come.

    Returns
    -------
    counts : dict of str to int
        How many of the examples belong to each category.
    shares : dict of str to float
        These as shares of the examples looked at. They need not add up to 1.
    ceilings : dict of str to float
        By how much the error would fall, at most, if the category were solved.

    References
    ----------
    A. Ng: Machine Learning Yearning, 2018, chapters 13 to 19.

    Examples
    --------
    >>> tags = [["dog"], ["blurry", "dog"], ["blurry"], []]
    >>> error_analysis_table(tags, ["dog", "blurry", "lion"], 0.25)[2]
    {'dog': 0.125, 'blurry': 0.125, 'lion': 0.0}
    """
    counts = {category: sum(category in each for each in tags) for category in categories}
    shares = {category: count / len(tags) for category, count in counts.items()}
    return counts, shares, {category: share * error for category, share in shares.items()}


def cleaning_pays(
    error: float, mislabelled_share: float, difference: float
) -> tuple[float, float, bool]:
    """Decide whether to correct the labels of the dev set before choosing a model with it.

    Parameters
    ----------
    error : float
        The error on the dev set.
    mislabelled_share : float
        Which share of these errors is none: the label was wrong, not the model.
    difference : float
        By how much the two models to choose from differ in error.

    Returns
    -------
    from_labels : float
        The part of the error that comes from wrong labels.
    from_model : float
        The rest.
    pays : bool
        Whether wrong labels could decide the choice: their part is at least the difference.

    Examples
    --------
    >>> cleaning_pays(0.5, 0.25, 0.25)
    (0.125, 0.375, False)
    """
    from_labels = error * mislabelled_share
    return from_labels, error - from_labels, from_labels >= difference


def multi_task_cost(A: np.ndarray, Y: np.ndarray) -> float:
    """Compute the cost of several yes-no questions about each example, not all answered.

    Parameters
    ----------
    A : ndarray of float, shape (n_y, m)
        The probability of yes, one row for each question, between 0 and 1.
    Y : ndarray of float, shape (n_y, m)
        1 for yes, 0 for no, NaN where nobody has labelled.

    Returns
    -------
    float
        The cross-entropy of all known answers, added up and divided by m.

    References
    ----------
    R. Caruana: Multitask learning, Machine Learning 28, 1997.

    Examples
    --------
    >>> A, Y = np.array([[0.5, 0.5], [0.5, 0.9]]), np.array([[1.0, 0.0], [0.0, np.nan]])
    >>> round(multi_task_cost(A, Y), 4)
    1.0397
    """
    return float(-np.nansum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / Y.shape[1])


def choose_approach(case: Mapping[str, Any]) -> str:
    """Decide how to learn a task, by where there are enough examples.

    Parameters
    ----------
    case : dict
        "enough": so many examples a network needs to learn such a task from scratch;
        "examples": so many there are from the input to the answer; "steps": a list, for each
        step into which the task can be cut, how many examples there are of it (empty if it
        cannot be cut); "pretrained": with how many examples a network was trained on the same
        kind of input (0 if there is none); "siblings": a list, for each other task that is to be
        learned on the same kind of input, how many examples there are (empty if there is none).

    Returns
    -------
    str
        The first that applies: "end-to-end" if there are enough examples of the task itself,
        "pipeline" if there are enough of every step, "transfer" if the other network had enough,
        "multi-task" if the task and its siblings have enough together, else "collect data".

    Examples
    --------
    >>> case = {"enough": 900, "examples": 50, "steps": [], "pretrained": 5000, "siblings": []}
    >>> choose_approach(case)
    'transfer'
    """
    enough, steps = case["enough"], case["steps"]
    if case["examples"] >= enough:
        return "end-to-end"
    if steps and min(steps) >= enough:
        return "pipeline"
    if case["pretrained"] >= enough:
        return "transfer"
    if case["examples"] + sum(case["siblings"]) >= enough:
        return "multi-task"
    return "collect data"
