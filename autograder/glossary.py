"""The glossary of the course: symbols with one meaning each, and words.

``course/glossary.toml`` is its one source. The build makes a page of it, which lies beside the
notebooks, and every notebook links to it.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from markupsafe import Markup, escape
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from autograder.pages import fill, style

GLOSSARY = Path("course", "glossary.toml")
PAGE = "glossary.html"
LINK = f"**Symbols and words** of the whole course stand in the [glossary]({PAGE})."
_RAISED = re.compile(r"\^(\[[^\]]*\]|\([^)]*\)|\{[^}]*\})")


class GlossaryError(ValueError):
    """The glossary is not as it should be."""


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Symbol(_Entry):
    """One meaning of a name.

    ``where`` holds the beginnings of the ids of the notebooks that mean it; if empty, all that no
    other entry of this name claims. ``shapes`` are those that docstrings may give it.
    """

    name: str
    also: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    meaning: str
    shapes: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names that have this meaning."""
        return (*self.name.split(", "), *self.also)


class Group(_Entry):
    """Symbols that belong together."""

    title: str
    symbols: tuple[Symbol, ...]


class Word(_Entry):
    """A word, what it means, and the week in which it is explained."""

    term: str
    week: int = Field(ge=1)
    meaning: str


class Glossary(_Entry):
    """All symbols and words."""

    groups: tuple[Group, ...]
    words: tuple[Word, ...]

    def senses(self, name: str, notebook_id: str) -> list[Symbol]:
        """Give what a name means in a notebook.

        Parameters
        ----------
        name : str
            A symbol, as code writes it.
        notebook_id : str
            The notebook's name.

        Returns
        -------
        list of Symbol
            The entries that claim the notebook, or else those that claim none. One, if all is well.
        """
        entries = [s for group in self.groups for s in group.symbols if name in s.names]
        claimed = [s for s in entries if any(notebook_id.startswith(id_) for id_ in s.where)]
        return claimed or [s for s in entries if not s.where]


def has_glossary(root: Path) -> bool:
    """Tell whether a course has a glossary."""
    return (root / GLOSSARY).is_file()


def load_glossary(root: Path) -> Glossary:
    """Read the glossary of a course.

    Parameters
    ----------
    root : Path
        The course.

    Returns
    -------
    Glossary

    Raises
    ------
    GlossaryError
        If the file is missing or wrong.
    """
    path = root / GLOSSARY
    try:
        return Glossary.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise GlossaryError(f"The glossary {path} is wrong: {error}") from error


def glossary_page(root: Path) -> str:
    """Make the page that students have: it needs no other file, and no network.

    Parameters
    ----------
    root : Path
        The course.

    Returns
    -------
    str
        HTML.
    """
    glossary = load_glossary(root)
    contents = {
        "groups": glossary.groups,
        "words": sorted(glossary.words, key=lambda word: word.term.lower()),
        "css": Markup(style()),
        "weeks": _weeks,
    }
    return fill("glossary.html.j2", contents, raised)


def _weeks(symbol: Symbol) -> str:
    """Name the weeks in which a symbol has this meaning.

    Examples
    --------
    >>> _weeks(Symbol(name="b", where=("w08", "w11_style"), meaning="…"))
    'weeks 8 and 11'
    """
    numbers = sorted({int(id_[1:3]) for id_ in symbol.where})
    *others, last = map(str, numbers)
    return f"weeks {', '.join(others)} and {last}" if others else f"week {last}"


def raised(text: str) -> Markup:
    """Write what stands behind ^ in brackets of any kind as raised letters.

    Examples
    --------
    >>> str(raised("a^[l] of <x>"))
    'a<sup>[l]</sup> of &lt;x&gt;'
    """
    return Markup(_RAISED.sub(r"<sup>\1</sup>", str(escape(text))))
