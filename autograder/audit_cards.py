"""What the audit of an exercise comes to, as data, and whether it meets the bar."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

FIGURES = Path("course", "audit.json")
KILLED, ADVISED, EQUIVALENT, JUSTIFIED, SURVIVED = (
    *("killed", "advised", "equivalent", "justified", "survived"),
)


class _Card(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Bar(_Card):
    """What every exercise must reach; the course's stands in the syllabus.

    Attributes
    ----------
    mutation_score : float
        The share of the mutants that are really wrong which the hidden tests must catch.
    visible_score : float
        The share of these which the visible check alone must catch.
    mistakes, styles : int
        How many known mistakes an exercise lists, and how many strangers solved it.
    seeds : int
        Under how many hidden seeds every verdict must be the same.
    further_inputs : int
        On how many inputs a mutant must agree with the reference to be called equivalent.
    margin : float
        How many times smaller than the tolerance the errors of right solutions must be, and how
        many times larger those of wrong ones.
    """

    mutation_score: float = Field(default=1.0, ge=0, le=1)
    visible_score: float = Field(default=0.85, ge=0, le=1)
    mistakes: int = Field(default=5, ge=0)
    styles: int = Field(default=5, ge=0)
    seeds: int = Field(default=200, gt=0)
    further_inputs: int = Field(default=10_000, gt=0)
    margin: float = Field(default=2, ge=1)


class MutantCard(_Card):
    """What became of a mutant.

    Attributes
    ----------
    operator, change : str
        What was done to the reference, and the changed lines.
    fate : str
        "killed": it lost points. "advised": its results are right, but it changes its inputs,
        and the student is told so. "equivalent": it agrees with the reference on all further
        inputs. "justified": the specification says why it is right. "survived": none of these.
    visible : bool
        Whether the visible check alone would have caught it.
    reason : str
        The justification; for a survivor, how it differs from the reference.
    """

    operator: str
    change: str
    fate: str
    visible: bool = False
    reason: str = ""


class StyleCard(_Card):
    """A right implementation, and what it was blamed for: "" when it got full marks."""

    name: str
    problem: str = ""


class ExerciseCard(_Card):
    """The audit of one exercise.

    Attributes
    ----------
    notebook, function : str
    points : float
    mutants : tuple of MutantCard
    mistakes : dict of str to tuple of str
        For each known mistake the names of the mistakes whose hints it was shown, by hidden and
        visible tests; "" stands for a failure without the hint of a known mistake, "no points
        lost" for none at all.
    strangers, rewrites : tuple of StyleCard
        Implementations by hand, and those made from the reference automatically.
    unstable : tuple of str
        Implementations whose verdict depended on the hidden seed, and how.
    partial : tuple of str
        What was wrong when one output alone was broken.
    carried : int
        How many pairs of a broken earlier exercise and this one were tried.
    not_carried : tuple of str
        Those where this one lost points or the note was missing.
    unreached : tuple of str
        Lines of the reference that no hidden case executes.
    unused : tuple of str
        Justifications for mutants that do not exist.
    rounding : float
        The largest error of a right implementation; 1 is what is tolerated.
    nearest : float
        The smallest error of a wrong one of the right form, in the same measure.
    seconds : float
    """

    notebook: str
    function: str
    points: float
    mutants: tuple[MutantCard, ...]
    mistakes: dict[str, tuple[str, ...]]
    strangers: tuple[StyleCard, ...]
    rewrites: tuple[StyleCard, ...]
    unstable: tuple[str, ...] = ()
    partial: tuple[str, ...] = ()
    carried: int = 0
    not_carried: tuple[str, ...] = ()
    unreached: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    rounding: float = 0
    nearest: float = float("inf")
    seconds: float = 0

    @property
    def fates(self) -> Counter[str]:
        """Count the mutants by what became of them."""
        return Counter(mutant.fate for mutant in self.mutants)

    @property
    def wrong(self) -> list[MutantCard]:
        """List the mutants that are really wrong."""
        return [mutant for mutant in self.mutants if mutant.fate in (KILLED, SURVIVED)]

    @property
    def survivors(self) -> list[MutantCard]:
        """List the wrong mutants that nothing caught."""
        return [mutant for mutant in self.mutants if mutant.fate == SURVIVED]

    @property
    def mutation_score(self) -> float:
        """The share of the wrong mutants that lost points."""
        return self.fates[KILLED] / len(self.wrong) if self.wrong else 1.0

    @property
    def visible_score(self) -> float:
        """The share of the wrong mutants that the visible check catches."""
        return sum(m.visible for m in self.wrong) / len(self.wrong) if self.wrong else 1.0

    @property
    def named(self) -> list[str]:
        """List the known mistakes that got their own hint and no other."""
        return [name for name, shown in self.mistakes.items() if set(shown) == {name}]

    @property
    def hints(self) -> list[str]:
        """List all hints that were shown: the mistakes' own in their order, then strays."""
        shown = {hint for hints in self.mistakes.values() for hint in hints}
        return [*self.mistakes, *sorted(shown - self.mistakes.keys())]

    @property
    def styles(self) -> tuple[StyleCard, ...]:
        """All right implementations."""
        return (*self.strangers, *self.rewrites)

    @property
    def accepted(self) -> list[StyleCard]:
        """List the right implementations that got full marks."""
        return [style for style in self.styles if not style.problem]


class Figures(_Card):
    """The figures of an exercise that the course prints beside it."""

    wrong: int
    caught: int
    visible: int
    right: int
    accepted: int


def figures(card: ExerciseCard) -> Figures:
    """Sum a card up."""
    return Figures(
        wrong=len(card.wrong),
        caught=len(card.wrong) - len(card.survivors),
        visible=sum(mutant.visible for mutant in card.wrong),
        right=len(card.styles),
        accepted=len(card.accepted),
    )


class NotebookFigures(_Card):
    """The figures of a notebook's exercises, and what they were measured on.

    Attributes
    ----------
    measured_on : str
        A digest of it; see `audit_run.measured_on`.
    exercises : dict of str to Figures
    """

    measured_on: str
    exercises: dict[str, Figures]


def read_figures(root: Path) -> dict[str, NotebookFigures]:
    """Read the figures of the last audit, by notebook; none if there was none."""
    path = root / FIGURES
    if not path.exists():
        return {}
    data = json.loads(path.read_text("utf-8"))
    return {name: NotebookFigures.model_validate(entry) for name, entry in data.items()}


def shortcomings(card: ExerciseCard, bar: Bar) -> list[str]:
    """Say in which respects an exercise falls below the bar.

    Parameters
    ----------
    card : ExerciseCard
    bar : Bar

    Returns
    -------
    list of str
        One sentence each; empty when all is well.
    """
    return [
        *_mutation_shortcomings(card, bar),
        *_mistake_shortcomings(card, bar),
        *_style_shortcomings(card, bar),
        *(f"The verdict depends on the hidden seed: {what}." for what in card.unstable),
        *(f"Partial credit: {what}." for what in card.partial),
        *(f"Not carried forward: {what}." for what in card.not_carried),
        *(f"No hidden case reaches the line {line!r}." for line in card.unreached),
        *(f"Justifies a mutant that is not there: {change!r}." for change in card.unused),
        *_tolerance_shortcomings(card, bar),
    ]


def _mutation_shortcomings(card: ExerciseCard, bar: Bar) -> Iterable[str]:
    if card.mutation_score < bar.mutation_score:
        yield f"{len(card.survivors)} of {len(card.wrong)} wrong versions survive."
    if card.visible_score < bar.visible_score:
        yield f"The visible check catches only {card.visible_score:.0%} of the wrong versions."


def _mistake_shortcomings(card: ExerciseCard, bar: Bar) -> Iterable[str]:
    if len(card.mistakes) < bar.mistakes:
        yield f"Only {len(card.mistakes)} known mistakes; at least {bar.mistakes} are wanted."
    for name, shown in card.mistakes.items():
        if name not in card.named:
            yield f"The mistake “{name}” was told: {', '.join(shown) or 'nothing'}."


def _style_shortcomings(card: ExerciseCard, bar: Bar) -> Iterable[str]:
    if len(card.strangers) < bar.styles:
        yield f"Only {len(card.strangers)} strangers' solutions; {bar.styles} are wanted."
    for style in card.styles:
        if style.problem:
            yield f"The right solution “{style.name}” loses points: {style.problem}"


def _tolerance_shortcomings(card: ExerciseCard, bar: Bar) -> Iterable[str]:
    if card.rounding * bar.margin > 1:
        yield f"A right solution is off by {card.rounding:.2g} of what is tolerated: too close."
    if card.nearest < bar.margin:
        yield f"A wrong solution is off by {card.nearest:.2g} times what is tolerated: too close."
