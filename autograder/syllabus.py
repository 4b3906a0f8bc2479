"""The weeks of the course, read from ``course/syllabus.toml``.

The syllabus is the one source of truth about what is taught when. Every other
module asks here which notebooks a week holds and which helper modules its
students may already see.
"""

import os
import re
import tomllib
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from autograder.audit_cards import Bar

SYLLABUS = Path("course", "syllabus.toml")
ALWAYS_PRESENT = ("datasets", "plotting", "checking")
_NUMBER = re.compile(r"w?0*(\d+)", re.IGNORECASE)


class SyllabusError(ValueError):
    """The syllabus is missing or wrong, or has no such week or notebook."""


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Notebook(_Entry):
    """One notebook of a week; its id names the master, the exercises and the answer sheet."""

    id: str = Field(pattern=r"^w\d\d_\w+$")
    title: str
    minutes: int = Field(gt=0)
    cell_seconds: float = Field(gt=0)


class Week(_Entry):
    """One week: an assignment in the gradebook, made of one or more notebooks.

    ``gives`` names helper modules that students have from this week on, without having written
    them: data and machinery for its notebooks. ``draft`` says that the tests of its exercises
    have not met the bar of the audit yet.
    """

    id: str = Field(pattern=r"^w\d\d_\w+$")
    title: str
    due: datetime
    teaches: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()
    draft: bool = False
    notebooks: tuple[Notebook, ...] = Field(min_length=1)

    @property
    def number(self) -> int:
        """The week's number in the course, from its id: 1 for ``w01_…``."""
        return int(self.id[1:3])


class Syllabus(_Entry):
    """All weeks in the order in which they are taught.

    ``always`` names the helper modules that students have from the first week on; ``audit`` is
    the bar that the tests of every exercise must reach.
    """

    title: str
    always: tuple[str, ...] = ALWAYS_PRESENT
    audit: Bar = Bar()
    weeks: tuple[Week, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        _refuse_twice("week", [week.id for week in self.weeks])
        _refuse_twice("notebook", list(self.notebook_ids))
        modules = [name for week in self.weeks for name in (*week.teaches, *week.gives)]
        _refuse_twice("helper module", modules)
        return self

    @cached_property
    def notebook_ids(self) -> list[str]:
        """The ids of all notebooks, in order."""
        return [notebook.id for week in self.weeks for notebook in week.notebooks]

    def find_week(self, text: str) -> Week:
        """Look up a week by its id or its number.

        Parameters
        ----------
        text : str
            ``"1"``, ``"w01"`` or ``"w01_logistic_regression"``.

        Returns
        -------
        Week
            The week meant.

        Raises
        ------
        SyllabusError
            If there is no such week; the message lists the weeks.
        """
        found = [week for week in self.weeks if week.id == text or week.number == _number(text)]
        if not found:
            raise SyllabusError(f"No week {text!r}. The weeks are:\n{self._listing()}")
        return found[0]

    def find_notebook(self, notebook_id: str) -> tuple[Week, Notebook]:
        """Look up a notebook by its id.

        Parameters
        ----------
        notebook_id : str
            The stem of the master, such as ``"w01_numpy_basics"``.

        Returns
        -------
        tuple of Week and Notebook
            The notebook and the week that it belongs to.

        Raises
        ------
        SyllabusError
            If no week holds such a notebook; the message lists the notebooks.
        """
        for week in self.weeks:
            for notebook in week.notebooks:
                if notebook.id == notebook_id:
                    return week, notebook
        known = ", ".join(self.notebook_ids)
        raise SyllabusError(f"No notebook {notebook_id!r}. The notebooks are: {known}")

    def taught_modules(self, week: Week) -> tuple[str, ...]:
        """Name the helper modules that students of a week may see.

        Parameters
        ----------
        week : Week
            A week of this syllabus.

        Returns
        -------
        tuple of str
            What earlier weeks teach, and what they and this one give, without ``always``.
        """
        number = self.weeks.index(week)
        taught = [name for earlier in self.weeks[:number] for name in earlier.teaches]
        return (*taught, *(name for each in self.weeks[: number + 1] for name in each.gives))

    def untaught_modules(self, week: Week) -> tuple[str, ...]:
        """Name the reference modules that students of a week must not see yet.

        Parameters
        ----------
        week : Week
            A week of this syllabus.

        Returns
        -------
        tuple of str
            What this and later weeks teach, in order.
        """
        coming = self.weeks[self.weeks.index(week) :]
        return tuple(name for later in coming for name in later.teaches)

    def teaching_week(self, module: str) -> Week | None:
        """Tell which week teaches a reference module.

        Parameters
        ----------
        module : str
            The name of a module of ``helpers``.

        Returns
        -------
        Week or None
            The week, or None if the syllabus does not name the module.
        """
        return next((week for week in self.weeks if module in week.teaches), None)

    def _listing(self) -> str:
        return "\n".join(f"  {week.number:>2}  {week.id}: {week.title}" for week in self.weeks)


def load_syllabus(root: Path) -> Syllabus:
    """Read the syllabus of a course.

    Parameters
    ----------
    root : Path
        The folder that holds ``course/syllabus.toml``.

    Returns
    -------
    Syllabus
        The weeks, checked.

    Raises
    ------
    SyllabusError
        If the file is missing, is not TOML, or lacks something.
    """
    path = root / SYLLABUS
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        parts = {name: table[name] for name in ("weeks", "audit") if name in table}
        return Syllabus.model_validate({"weeks": [], **table.get("course", {}), **parts})
    except OSError as error:
        raise SyllabusError(f"No syllabus at {path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise SyllabusError(f"The syllabus {path} is wrong: {error}") from error


def course_root() -> Path:
    """Find the course that a command is meant for.

    Returns
    -------
    Path
        ``$DLCOURSE_ROOT`` if set, else the nearest folder from the current one
        upwards that holds ``course/syllabus.toml``, else the checkout that this
        package lies in.

    Raises
    ------
    SyllabusError
        If none of them is a course.
    """
    named = os.environ.get("DLCOURSE_ROOT")
    if named:
        return _checked(Path(named).expanduser().resolve())
    here = Path.cwd()
    checkout = Path(__file__).resolve().parents[1]
    for folder in (here, *here.parents, checkout):
        if (folder / SYLLABUS).is_file():
            return folder
    raise SyllabusError(
        f"No course here: neither {here} nor a folder above it holds {SYLLABUS}. "
        "Change into the course, or set DLCOURSE_ROOT to its folder."
    )


def _checked(root: Path) -> Path:
    if not (root / SYLLABUS).is_file():
        raise SyllabusError(f"DLCOURSE_ROOT is {root}, but there is no {SYLLABUS} in it.")
    return root


def _number(text: str) -> int | None:
    match = _NUMBER.fullmatch(text.strip())
    return int(match[1]) if match else None


def _refuse_twice(kind: str, names: list[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"{kind} listed twice: {', '.join(twice)}")
