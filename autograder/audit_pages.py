"""The audit for readers: a table in the terminal, a JSON file and an HTML page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from rich.table import Table

from autograder.audit_cards import Bar, ExerciseCard, shortcomings
from autograder.records import write_whole
from autograder.reporting import render

FOLDER = Path("reports", "audit")


def audit_table(cards: Sequence[ExerciseCard], bar: Bar) -> Table:
    """Make the table for the terminal, a row for each exercise.

    Returns
    -------
    rich.table.Table
    """
    columns = ("exercise", "wrong", "caught", "visible", "equal", "mistakes", "right", "carried")
    table = Table(*columns, "", title="How good are the tests?")
    for before, card in zip([None, *cards], cards, strict=False):
        if before is not None and before.notebook != card.notebook:
            table.add_section()
        table.add_row(*_cells(card), "[red]✗[/]" if shortcomings(card, bar) else "[green]✓[/]")
    return table


def _cells(card: ExerciseCard) -> list[str]:
    equal = len(card.mutants) - len(card.wrong)
    return [
        card.function,
        str(len(card.wrong)),
        f"{card.mutation_score:.1%}",
        f"{card.visible_score:.1%}",
        str(equal),
        f"{len(card.named)} of {len(card.mistakes)}",
        f"{len(card.accepted)} of {len(card.styles)}",
        f"{card.carried - len(card.not_carried)} of {card.carried}",
    ]


def write_audit(root: Path, cards: Sequence[ExerciseCard], bar: Bar) -> Path:
    """Write the audit as JSON and as a page.

    Parameters
    ----------
    root : Path
        The course; both files go to its folder ``reports/audit``.
    cards : sequence of ExerciseCard
    bar : Bar

    Returns
    -------
    Path
        The page.
    """
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    found = {id(card): shortcomings(card, bar) for card in cards}
    data = [{**card.model_dump(), "shortcomings": found[id(card)]} for card in cards]
    write_whole(folder / "audit.json", json.dumps(data, indent=1, ensure_ascii=False) + "\n")
    contents = {"audited": [(card, found[id(card)]) for card in cards], "bar": bar}
    write_whole(folder / "audit.html", render("audit.html.j2", contents))
    return folder / "audit.html"
