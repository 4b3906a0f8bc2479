"""The kinds of checks that an exercise is made of.

A check looks at the outcomes of a function under test on a number of cases and says what is
wrong, or None. The kinds here are data: they can be stored in an answer sheet and run on the
student's machine. Each one carries the points it is worth; a check worth nothing gives advice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, ClassVar

import numpy as np

from helpers.checking.comparison import agrees, difference, form_difference
from helpers.checking.outcomes import Arguments, Outcome


@dataclass(frozen=True)
class Case:
    """One call, what the reference makes of it, and what each known mistake makes of it.

    `slack` says how far rounded inputs move what the reference makes of it.
    """

    args: Arguments
    expected: Outcome
    mistakes: dict[str, Outcome] = field(default_factory=dict)
    slack: Any = None


@dataclass(frozen=True)
class Trial:
    """A function under test: how to call it, and its outcomes on the cases."""

    returns: tuple[str, ...]
    cases: Sequence[Case]
    outcomes: Sequence[Outcome]
    call: Callable[[Arguments, bool], Outcome]

    def on_cases(self, about: str) -> Trial:
        """Keep the cases about one thing only."""
        pairs = zip(self.cases, self.outcomes, strict=True)
        kept = [(case, outcome) for case, outcome in pairs if case.args.about == about]
        cases, outcomes = [case for case, _ in kept], [outcome for _, outcome in kept]
        return Trial(self.returns, cases, outcomes, self.call)


@dataclass(frozen=True)
class Problem:
    """What is wrong, in words that give no expected value away, and in which case."""

    message: str
    case: int = 0


class WrongForm(ValueError):
    """A value lacks the part that is looked for."""


def part_of(value: Any, part: str, returns: tuple[str, ...]) -> Any:
    """Take the part of a result that a check is about.

    Parameters
    ----------
    value : object
        What the function returned.
    part : str
        "" for all of it; else names joined by dots: the first may be one of `returns`, the
        rest are dictionary keys. A last key with a star, as in ``"W*"``, takes all entries
        whose key begins so, as a dictionary.
    returns : tuple of str
        The names of the values in the tuple that the function returns; empty when it returns
        a single value. If the first is a dictionary it may come alone: not all editions of an
        exercise return what follows it. A value that is a tuple itself may name its own values
        in brackets: ``("A", "cache(Z, W)")`` has the part "cache.Z".

    Raises
    ------
    WrongForm
        If there is no such part.

    Examples
    --------
    >>> part_of(({"dw": 1}, 0.5), "grads.dw", ("grads", "cost"))
    1
    >>> part_of({"dW1": 1, "db1": 2, "dW2": 3}, "dW*", ())
    {'dW1': 1, 'dW2': 3}
    """
    keys = part.split(".") if part else []
    while keys and returns:
        names, key = [name.partition("(")[0] for name in returns], keys.pop(0)
        if key.endswith("*"):
            elements = {n: _element(value, i, returns) for i, n in enumerate(names)}
            return _entry(elements, key)
        index = names.index(key)
        value, returns = _element(value, index, returns), inner_names(returns[index])
    for key in keys:
        value = _entry(value, key)
    return value


def inner_names(name: str) -> tuple[str, ...]:
    """Read the names in brackets: "cache(Z, W)" holds Z and W."""
    _, _, inside = name.rstrip(")").partition("(")
    return tuple(inside.split(", ")) if inside else ()


def _element(value: Any, index: int, returns: tuple[str, ...]) -> Any:
    if isinstance(value, np.ndarray) and value.shape == (len(returns),):
        return value[index]
    if isinstance(value, tuple | list) and len(value) >= len(returns):
        return value[index]
    if index == 0 and isinstance(value, dict):
        return value
    got = f"{len(value)} values" if isinstance(value, tuple | list) else type(value).__name__
    raise WrongForm(f"The function should return ({', '.join(returns)}); yours returned {got}.")


def _entry(value: Any, key: str) -> Any:
    if not isinstance(value, dict):
        raise WrongForm(f'There should be a dictionary with the key "{key}".')
    if key.endswith("*"):
        return {name: part for name, part in value.items() if str(name).startswith(key[:-1])}
    if key not in value:
        raise WrongForm(f'The dictionary has no key "{key}".')
    return value[key]


def _single_parts(part: str, expected: Any, returns: tuple[str, ...]) -> list[str]:
    """Write a part with a star as the parts that it stands for."""
    if not part.endswith("*"):
        return [part]
    stem = part[: part.rfind(".") + 1]
    return [f"{stem}{key}" for key in part_of(expected, part, returns)]


def _surplus(actual: Any, expected: Any, part: str, returns: tuple[str, ...]) -> str | None:
    """Say which entry there is that should not be, for a part with a star."""
    if not part.endswith("*"):
        return None
    known = part_of(expected, part, returns)
    more = [name for name in part_of(actual, part, returns) if name not in known]
    return f'There should be no entry "{more[0]}" in the dictionary.' if more else None


@dataclass(frozen=True)
class Check:
    """What all checks share.

    Attributes
    ----------
    part : str
        The part of the result it looks at (see `part_of`).
    points : float
        What it is worth; 0 makes it advice.
    label : str
        How a report calls it.
    hint : str
        Shown when it fails and no known mistake explains the failure.
    about : str
        Look only at the cases about this; "" for the ordinary ones.
    """

    part: str = ""
    points: float = 0
    label: str = ""
    hint: str = ""
    about: str = ""
    kind: ClassVar[str] = ""

    @property
    def title(self) -> str:
        """The label, or one made from the part."""
        return self.label or (f"`{self.part}`" if self.part else "the result")

    def problem(self, trial: Trial) -> Problem | None:
        """Look at the trial and say what is wrong."""
        for index, (case, outcome) in enumerate(zip(trial.cases, trial.outcomes, strict=True)):
            if case.args.about != self.about:
                continue
            if outcome.error:
                return Problem(describe_error(outcome), index)
            message = self._message(case, outcome, trial)
            if message:
                return Problem(message, index)
        return None

    def _message(self, case: Case, outcome: Outcome, trial: Trial) -> str | None:
        expected = case.expected.value
        try:
            problems = [
                self._compare(
                    part_of(outcome.value, part, trial.returns),
                    part_of(expected, part, trial.returns),
                    part.split(".")[-1] or "The result",
                    None if case.slack is None else part_of(case.slack, part, trial.returns),
                )
                for part in _single_parts(self.part, expected, trial.returns)
            ]
            problems.append(_surplus(outcome.value, expected, self.part, trial.returns))
        except WrongForm as error:
            return str(error)
        return next(filter(None, problems), None)

    def _compare(self, actual: Any, expected: Any, name: str, slack: Any) -> str | None:
        raise NotImplementedError


@dataclass(frozen=True)
class Matches(Check):
    """A part of the result agrees with the reference's, in every case."""

    kind: ClassVar[str] = "matches"

    def _compare(self, actual: Any, expected: Any, name: str, slack: Any) -> str | None:
        return difference(actual, expected, name, slack)


@dataclass(frozen=True)
class Recorded(Check):
    """A list of numbers noted on the way begins as the reference's does.

    Editions of an exercise differ: some note the last number too, some return no list at all.
    What is there must be right.

    Attributes
    ----------
    asked : str
        The list is looked at in calls where the argument of this name is true; elsewhere it
        may be empty.
    """

    asked: str = ""
    kind: ClassVar[str] = "recorded"

    def _message(self, case: Case, outcome: Outcome, trial: Trial) -> str | None:
        if not case.args.named.get(self.asked) or isinstance(outcome.value, dict):
            return None
        return super()._message(case, outcome, trial)

    def _compare(self, actual: Any, expected: Any, name: str, slack: Any) -> str | None:
        if not isinstance(actual, list | tuple) and np.ndim(actual) == 0:
            return f"{name} should be a list of numbers."
        if len(actual) < len(expected):
            return f"{name} should hold {len(expected)} numbers here; yours holds {len(actual)}."
        return difference(list(actual[: len(expected)]), expected, name, slack)


@dataclass(frozen=True)
class Drawn(Check):
    """A part of the result is drawn from a normal distribution of mean zero.

    No particular random stream is asked for. Arrays of a thousand entries and more are tested
    for mean and standard deviation at six standard errors, and for the share of entries within
    one standard deviation, which tells normal from uniform.

    Attributes
    ----------
    std : float
        The wanted standard deviation; 0 takes that of the reference's draw.
    """

    std: float = 0
    kind: ClassVar[str] = "drawn"

    def _compare(self, actual: Any, expected: Any, name: str, slack: Any) -> str | None:
        expected = np.asarray(expected)
        problem = form_difference(actual, expected, name)
        if problem:
            return problem
        # The standard deviation of a draw is uncertain itself: two draws differ by more.
        std, spread = (self.std, 6.0) if self.std else (float(np.std(expected)), 6 * np.sqrt(2))
        return _normal_problem(np.asarray(actual, float).ravel(), std, name, spread)


def _normal_problem(draw: np.ndarray, std: float, name: str, spread: float) -> str | None:
    if not np.isfinite(draw).all():
        return f"{name} contains NaN or infinity."
    if draw.size > 1 and np.ptp(draw) == 0:
        return f"Every entry of {name} is the same: units that start equal stay equal."
    if draw.size < 1000:
        return None
    error = max(std, float(draw.std())) / np.sqrt(draw.size)
    if abs(draw.mean()) > 6 * error:
        return f"The mean of {name} is {draw.mean():.2g}; it should be 0. Draw from a normal."
    if abs(draw.std() - std) > spread * std / np.sqrt(2 * draw.size):
        return f"The standard deviation of {name} is {draw.std():.2g}; it should be {std:.2g}."
    within = np.mean(np.abs(draw) < std)
    if abs(within - 0.6827) > spread * np.sqrt(0.6827 * 0.3173 / draw.size):
        return f"{name} is not drawn from a normal distribution (a uniform one, perhaps?)."
    return None


@dataclass(frozen=True)
class InOrder(Check):
    """The result lists the names that the reference lists, in any order that can be computed.

    The call's first argument is a graph: a dictionary from each name to a tuple of something
    and the names on which it depends. Each name must come once, and after those.
    """

    kind: ClassVar[str] = "in_order"

    def _message(self, case: Case, outcome: Outcome, trial: Trial) -> str | None:
        graph = case.args.positional[0]
        return _order_problem(outcome.value, case.expected.value, graph)


def _order_problem(
    order: Any, wanted: Sequence[str], graph: Mapping[str, Sequence[str]]
) -> str | None:
    listed = order if isinstance(order, list | tuple) else [None]
    if not all(isinstance(name, str) for name in listed):
        return "The result should be a list of names."
    if missing := [name for name in wanted if name not in listed]:
        return f'"{missing[0]}" is needed, but missing.'
    if extra := [name for name in listed if name not in wanted]:
        return f'"{extra[0]}" is not needed.'
    for place, name in enumerate(listed):
        if name in listed[:place]:
            return f'"{name}" stands in the list twice.'
        if early := [source for source in graph[name][1:] if source not in listed[:place]]:
            return f'"{name}" stands before "{early[0]}", on which it depends.'
    return None


@dataclass(frozen=True)
class Mask(Check):
    """A part of the result is a random mask: 0 and 1, with the share of ones that is wanted.

    No particular random stream is asked for. The share may differ from the reference's by six
    standard errors; where the reference keeps everything, everything must be kept.
    """

    kind: ClassVar[str] = "mask"

    def _compare(self, actual: Any, expected: Any, name: str, slack: Any) -> str | None:
        expected = np.asarray(expected)
        problem = form_difference(actual, expected, name)
        if problem:
            return problem
        mask, share = np.asarray(actual, float), float(expected.mean())
        if not np.isin(mask, (0, 1)).all():
            return f"{name} should hold 0 and 1 only (or False and True)."
        if abs(mask.mean() - share) > 6 * np.sqrt(2 * share * (1 - share) / mask.size):
            return f"{name} keeps {mask.mean():.0%} of its entries: not the share asked for."
        return None


@dataclass(frozen=True)
class MatchesUnderMasks(Check):
    """A part of a random result agrees in every example in which chance fell alike.

    Examples are columns. Where the function's own masks are those of the reference, all units
    of an example together, the part must be the reference's; whatever random stream was used.

    Attributes
    ----------
    masks : tuple of str
        The parts of the result that are masks, each (units, examples).
    """

    masks: tuple[str, ...] = ()
    kind: ClassVar[str] = "matches_under_masks"

    def _message(self, case: Case, outcome: Outcome, trial: Trial) -> str | None:
        try:
            mine, *own = self._parts(outcome.value, trial.returns)
        except WrongForm as error:
            return str(error)
        theirs, *masks = self._parts(case.expected.value, trial.returns)
        names = [part.split(".")[-1] for part in (self.part, *self.masks)]
        for name, array, expected in zip(names, (mine, *own), (theirs, *masks), strict=True):
            problem = form_difference(array, expected, name)
            if problem:
                return problem
        alike = np.logical_and.reduce([(a == b).all(0) for a, b in zip(own, masks, strict=True)])
        slack = None if case.slack is None else part_of(case.slack, self.part, trial.returns)
        return difference(mine[..., alike], theirs[..., alike], names[0], slack)

    def _parts(self, value: Any, returns: tuple[str, ...]) -> list[Any]:
        return [part_of(value, part, returns) for part in (self.part, *self.masks)]


@dataclass(frozen=True)
class LeavesInputsAlone(Check):
    """The function does not change its arguments in place."""

    kind: ClassVar[str] = "leaves_inputs_alone"

    @property
    def title(self) -> str:
        """What a report calls it."""
        return self.label or "leaves its inputs alone"

    def _message(self, case: Case, outcome: Outcome, trial: Trial) -> str | None:
        if not outcome.changed:
            return None
        return "The function changes its arguments in place; the caller may still need them."


@dataclass(frozen=True)
class Vectorised(Check):
    """The number of executed lines does not grow with the number of examples.

    Attributes
    ----------
    small, large : Arguments
        The same call with few and with many examples.
    """

    small: Arguments = field(default_factory=Arguments)
    large: Arguments = field(default_factory=Arguments)
    kind: ClassVar[str] = "vectorised"

    @property
    def title(self) -> str:
        """What a report calls it."""
        return self.label or "works on all examples at once"

    def problem(self, trial: Trial) -> Problem | None:
        """Count the lines of two calls."""
        few, many = trial.call(self.small, True), trial.call(self.large, True)
        if few.error or many.error or many.lines <= 2 * few.lines + 20:
            return None
        return Problem(
            f"It ran {few.lines} lines of Python for few examples and {many.lines} for many: "
            "there is a loop over them. Array operations do the same much faster."
        )


@dataclass(frozen=True)
class MiniBatches(Check):
    """The columns of X and Y, the first two arguments, are dealt out as a list of pairs.

    Any correct shuffle will do; no particular random stream is asked for.

    Attributes
    ----------
    aspect : str
        What to look at. "sizes": number and shapes of the batches, compared with the
        reference's. "examples": each column of X comes exactly once. "labels": each comes with
        its own column of Y. "order": it is a shuffle, in cases with 50 examples and more.
        "seed": the argument `seed`, the last one, and nothing else decides on the order.
    """

    aspect: str = "sizes"
    kind: ClassVar[str] = "mini_batches"

    def problem(self, trial: Trial) -> Problem | None:
        """Look at the batches, or try other seeds."""
        return super().problem(trial) or (
            self._seed_problem(trial) if self.aspect == "seed" else None
        )

    def _message(self, case: Case, outcome: Outcome, trial: Trial) -> str | None:
        X, Y = (np.asarray(array) for array in case.args.positional[:2])
        dealt = _dealt(outcome.value, X, Y)
        if isinstance(dealt, str):
            return dealt
        if self.aspect == "sizes":
            return _sizes_problem(dealt[0], case.expected.value)
        return _DEALING[self.aspect](np.hstack(dealt[0]), np.hstack(dealt[1]), X, Y)

    def _seed_problem(self, trial: Trial) -> Problem | None:
        """Call again with the same seed and with another one, numpy's own seed changed too."""
        index = max(range(len(trial.cases)), key=lambda i: _examples(trial.cases[i]))
        args = trial.cases[index].args
        *others, seed = args.positional
        again, other = (
            trial.call(replace(args, positional=(*others, s), seed=args.seed + 1), False).value
            for s in (seed, seed + 1)
        )
        mine = trial.outcomes[index].value
        if not agrees(again, mine):
            return Problem("The same seed gave another order the second time.", index)
        if agrees(other, mine):
            return Problem("Another seed gives the same order: use the argument `seed`.", index)
        return None


Batches = list[np.ndarray]


def _examples(case: Case) -> int:
    """Count the examples of a call with a seed; other calls count less than any."""
    with_seed = len(case.args.positional) == 4
    return int(np.shape(case.args.positional[0])[1]) if with_seed else -1


def _dealt(value: Any, X: np.ndarray, Y: np.ndarray) -> tuple[Batches, Batches] | str:
    """Take the batches apart into those of X and those of Y, or say why it cannot be done."""
    if not isinstance(value, list | tuple) or not value:
        return "The result should be a list of mini-batches, with at least one in it."
    for number, pair in enumerate(value):
        if not isinstance(pair, list | tuple) or len(pair) != 2:
            return f"Mini-batch {number} should be a pair (X_batch, Y_batch)."
        shapes = [np.shape(part) for part in pair]
        if any(len(shape) != 2 for shape in shapes):
            return f"Mini-batch {number} has the shapes {shapes}; both parts need two axes."
        if shapes[0][0] != len(X) or shapes[1][0] != len(Y) or shapes[0][1] != shapes[1][1]:
            return (
                f"Mini-batch {number} has the shapes {shapes[0]} and {shapes[1]}: it should have "
                f"the {len(X)} rows of X, the {len(Y)} of Y, and as many columns in both."
            )
    columns = sum(np.shape(x)[1] for x, _ in value)
    if columns > 2 * X.shape[1]:
        return f"The mini-batches hold {columns} columns; X has only {X.shape[1]}."
    return [np.asarray(x) for x, _ in value], [np.asarray(y) for _, y in value]


def _sizes_problem(batches: Batches, expected: Sequence[Any]) -> str | None:
    sizes, wanted = [x.shape[1] for x in batches], [x.shape[1] for x, _ in expected]
    if sizes == wanted:
        return None
    if len(sizes) != len(wanted):
        return (
            f"There are {len(sizes)} mini-batches of sizes {_short(sizes)}: not the right number."
        )
    return f"The mini-batches have the sizes {_short(sizes)}."


def _short(sizes: Sequence[int]) -> str:
    shown = ", ".join(map(str, sizes[:6]))
    return f"{shown}, …" if len(sizes) > 6 else shown


def _places(batches: np.ndarray, X: np.ndarray) -> np.ndarray:
    """Find for each column of the batches the column of X that it is; -1 if it is none."""
    distances = np.abs(batches[:, :, np.newaxis] - X[:, np.newaxis, :]).max(axis=0)
    found = distances.argmin(axis=1)
    is_there = distances.min(axis=1) <= 1e-6 * np.abs(X).max()
    return np.where(is_there, found, -1)


def _examples_problem(x: np.ndarray, y: np.ndarray, X: np.ndarray, Y: np.ndarray) -> str | None:
    places = _places(x, X)
    if (places < 0).any():
        return "The mini-batches hold columns that are not examples of X."
    counts = np.bincount(places, minlength=X.shape[1])
    if (counts > 1).any():
        return "An example comes more than once: each must come exactly once."
    return "Some examples are in no mini-batch." if (counts == 0).any() else None


def _labels_problem(x: np.ndarray, y: np.ndarray, X: np.ndarray, Y: np.ndarray) -> str | None:
    places = _places(x, X)
    if np.allclose(y, np.where(places < 0, np.nan, Y[:, places])):
        return None
    return "Examples have got the labels of others: X and Y must be shuffled in the same way."


def _shuffle_problem(x: np.ndarray, y: np.ndarray, X: np.ndarray, Y: np.ndarray) -> str | None:
    """Tell a shuffle from an order that still shows: by neighbours, and by correlation.

    In a random order of 50 and more about two pairs of neighbours are still side by side, and
    a correlation beyond six standard errors does not happen.
    """
    places = _places(x, X)
    if len(places) < 50 or np.ptp(places) == 0:
        return None
    still_together = np.mean(np.abs(np.diff(places)) == 1)
    correlation = np.corrcoef(places, np.arange(len(places)))[0, 1]
    if still_together < 1 / 3 and abs(correlation) < 6 / np.sqrt(len(places)):
        return None
    return "The examples still come in their old order, or nearly so."


_DEALING: dict[str, Callable[..., str | None]] = {
    "examples": _examples_problem,
    "labels": _labels_problem,
    "order": _shuffle_problem,
    "seed": lambda *columns: None,
}


KINDS: dict[str, type[Check]] = {
    kind.kind: kind
    for kind in (
        *(Matches, Recorded, Drawn, Mask, MatchesUnderMasks, InOrder),
        *(LeavesInputsAlone, Vectorised, MiniBatches),
    )
}


def to_data(check: Check) -> dict[str, Any]:
    """Write a check as a plain dictionary."""
    return {"kind": check.kind, **asdict(check)}


def from_data(data: dict[str, Any]) -> Check:
    """Read what `to_data` wrote.

    Examples
    --------
    >>> from_data(to_data(Matches("dw", points=4)))
    Matches(part='dw', points=4, label='', hint='', about='')
    """
    fields = dict(data)
    kind = KINDS[fields.pop("kind")]
    for name in {"small", "large"} & fields.keys():
        fields[name] = Arguments(**fields[name])
    return kind(**fields)


def describe_error(outcome: Outcome) -> str:
    """Say in one sentence that, and where, a call failed."""
    where = f" in the line `{outcome.line.strip()}`" if outcome.line else ""
    return f"The call stopped{where} with {outcome.error}: {outcome.message}".rstrip(": .") + "."


def explains(part: str, mistake: str, trial: Trial) -> bool:
    """Tell whether a known mistake produces just these outcomes in the part looked at."""
    differs = False
    for case, outcome in zip(trial.cases, trial.outcomes, strict=True):
        wrong = case.mistakes[mistake]
        if wrong.error or outcome.error:
            if wrong.error != outcome.error:
                return False
            differs = True
            continue
        if not _same_part(outcome.value, wrong.value, part, trial.returns):
            return False
        differs |= not _same_part(wrong.value, case.expected.value, part, trial.returns)
    return differs


def _same_part(one: Any, other: Any, part: str, returns: tuple[str, ...]) -> bool:
    try:
        wanted = part_of(other, part, returns)
    except WrongForm:
        wanted, part = other, ""
    try:
        mine = part_of(one, part, returns)
    except WrongForm:
        return False
    return _same_keys(mine, wanted) and agrees(mine, wanted)


def _same_keys(one: Any, other: Any) -> bool:
    """Tell whether two dictionaries have the same keys: one that lacks some agrees with many."""
    both = isinstance(one, Mapping) and isinstance(other, Mapping)
    return not both or one.keys() == other.keys()
