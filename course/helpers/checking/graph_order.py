"""The check of a topological order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from helpers.checking.checks import Case, Check, Trial
from helpers.checking.outcomes import Outcome


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
