"""How a verdict looks: rich in a notebook, plain elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

import numpy as np

from helpers.checking.judging import Finding, Question, Verdict
from helpers.checking.outcomes import Arguments

_BAR_CELLS = 20
_STRESS = re.compile(r"(?<![\w*])\*([A-Za-z][\w ]*)(?<! )\*(?![\w*])")
_GREEN, _GREY, _ORANGE = "#1a7f37", "#6e7781", "#b35900"


@dataclass(frozen=True)
class Progress:
    """Points earned so far in a notebook."""

    earned: float
    points: float

    def __str__(self) -> str:
        return f"{'█' * self._full}{'░' * (_BAR_CELLS - self._full)} {self._words}"

    def html(self) -> str:
        """Write the bar in colour; it is not read aloud, the words after it are."""
        rest = _BAR_CELLS - self._full
        return (
            '<div style="margin-top:.4em;font-family:monospace"><span aria-hidden="true">'
            f'<span style="color:{_GREEN}">{"█" * self._full}</span>'
            f'<span style="color:{_GREY}">{"░" * rest}</span></span> {self._words}</div>'
        )

    @property
    def _full(self) -> int:
        return round(_BAR_CELLS * self.earned / self.points) if self.points else 0

    @property
    def _words(self) -> str:
        return f"{self.earned:g} of {self.points:g} points in this notebook"


@dataclass(frozen=True)
class Card:
    """A verdict ready to be shown, with the bar of points under it.

    Without the question, no inputs are shown: so it is for hidden tests.
    """

    verdict: Verdict
    question: Question | None = None
    progress: Progress | None = None

    def __str__(self) -> str:
        lines = [_headline(self.verdict)]
        if self.verdict.state not in ("blank", "missing"):
            lines += [line for f in self._shown for line in self._text(f)]
        bar = [str(self.progress)] if self.progress else []
        return "\n".join([*lines, *self._note, *bar])

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/plain": str(self), "text/html": self._html()}

    @property
    def _note(self) -> list[str]:
        return [self.verdict.note] if self.verdict.note else []

    @property
    def _shown(self) -> list[Finding]:
        """All findings with points, and the advice that has something to say."""
        return [f for f in self.verdict.findings if f.points or f.message]

    def _text(self, finding: Finding) -> list[str]:
        lines = [f"  {_mark(finding)} {finding.title}{_worth(finding)}"]
        return lines + [f"      {line}" for line in self._explanation(finding)]

    def _explanation(self, finding: Finding) -> list[str]:
        """Give the message, and the hint once: the first finding that shows it has it."""
        if finding.ok:
            return []
        first = next(f for f in self._shown if _reason(f) == _reason(finding))
        if first is not finding:
            return [f"For the same reason as {first.title}."]
        hint = [f"Hint: {finding.hint}"] if finding.hint else []
        return [finding.message, *hint, *self._example(finding)]

    def _example(self, finding: Finding) -> list[str]:
        if self.question is None or not finding.points or finding.case < 0:
            return []
        case = self.question.cases[finding.case]
        return [f"Seen with {describe_arguments(case.args)}."]

    def _html(self) -> str:
        body = ""
        if self.verdict.state not in ("blank", "missing"):
            body = "".join(self._html_row(f) for f in self._shown)
        colour = {"passed": _GREEN, "blank": _GREY}.get(self.verdict.state, _ORANGE)
        body += "".join(f"<div>{_code(line)}</div>" for line in self._note)
        if self.progress:
            body += self.progress.html()
        return (
            f'<div style="border-left:4px solid {colour};padding:.3em .8em;margin:.3em 0">'
            f"<b>{_code(_headline(self.verdict))}</b>{body}</div>"
        )

    def _html_row(self, finding: Finding) -> str:
        head = f"{_mark(finding)} {finding.title}{_worth(finding)}"
        lines = "".join(
            f'<div style="margin-left:1.6em">{_code(line)}</div>'
            for line in self._explanation(finding)
        )
        return f"<div>{_code(head)}</div>{lines}"


def _reason(finding: Finding) -> tuple[str, str]:
    """Give what makes two findings one: the same hint, or without one the same message."""
    return ("hint", finding.hint) if finding.hint else ("message", finding.message)


def _headline(verdict: Verdict) -> str:
    if verdict.state == "blank":
        said = verdict.findings[0].message if verdict.findings else "Not started yet."
        said = said[0].lower() + said[1:]
        return f"`{verdict.function}`: {said} Fill in the lines between START and END."
    if verdict.state == "missing":
        return f"`{verdict.function}` is not defined: run the cell that defines it first."
    words = {"passed": "all correct", "timeout": "took too long", "crash": "ended Python"}
    word = words.get(verdict.state, "not right yet")
    return f"`{verdict.function}`: {word}, {verdict.earned:g} of {verdict.points:g} points."


def _mark(finding: Finding) -> str:
    if finding.ok:
        return "✓"
    return "✗" if finding.points else "•"


def _worth(finding: Finding) -> str:
    if not finding.points:
        return " (advice, no points lost)"
    unit = "point" if finding.points == 1 else "points"
    return f" ({finding.points:g} {unit})"


def _code(text: str) -> str:
    """Escape text for HTML; set what stands in backticks as code, and words in stars stressed."""
    pieces = escape(text).split("`")
    return "".join(f"<code>{p}</code>" if i % 2 else stressed(p) for i, p in enumerate(pieces))


def stressed(text: str) -> str:
    """Set words between stars in italics; a sign for a product stays.

    Examples
    --------
    >>> stressed("a *false* alarm, 2 * 3 * 4, with *.")
    'a <em>false</em> alarm, 2 * 3 * 4, with *.'
    """
    return _STRESS.sub(r"<em>\1</em>", text)


def describe_arguments(args: Arguments) -> str:
    """Describe a call's arguments: numbers and small arrays by value, large ones by shape.

    Examples
    --------
    >>> describe_arguments(Arguments((np.zeros((20, 3)), 2), {"learning_rate": 0.1}))
    'an array of shape (20, 3), 2, learning_rate=0.1'
    """
    named = [f"{name}={_describe(value)}" for name, value in args.named.items()]
    certain = args.positional[: len(args.positional) - args.optional]
    return ", ".join([*map(_describe, certain), *named])


def _describe(value: object) -> str:
    if isinstance(value, np.ndarray):
        if value.size <= 6:
            return np.array2string(value, precision=4, separator=", ").replace("\n", "")
        return f"an array of shape {value.shape}"
    if isinstance(value, dict):
        return f"a dictionary of {', '.join(map(str, value))}"
    return f"{value:.6g}" if isinstance(value, float) else repr(value)[:60]
