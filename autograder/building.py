"""From the masters to what students get.

A master (text) becomes a source notebook (solved, executed, outputs stored), and nbgrader
makes the release notebook of it (stubs, no outputs). A build is deterministic: building
again changes no byte, unless a master, an exercise or a number in an output changed.
"""

import asyncio
import json
import logging
import multiprocessing
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import nbformat
from traitlets.config import Config, PyFileConfigLoader

from autograder.assembling import BuildError, assemble, released_source
from autograder.audit_cards import read_figures
from autograder.executing import execute, is_run, warm_up
from autograder.glossary import GLOSSARY, LINK, PAGE, glossary_page, has_glossary
from autograder.syllabus import Notebook, Week

CONFIG = "nbgrader_config.py"


class Exercises(Protocol):
    """What a build and a leak scan need to know of the exercise specifications."""

    def points(self, notebook_id: str) -> Mapping[str, float]:
        """Give each exercise's points by function name."""

    def write_sheet(self, notebook_id: str, path: Path) -> None:
        """Write the notebook's answer sheet."""

    def mistakes(self, notebook_id: str) -> Mapping[str, str]:
        """Give each known mistake's source by a name to report it with."""


class SpecifiedExercises:
    """The exercises as specified in ``autograder/exercises``."""

    def points(self, notebook_id: str) -> Mapping[str, float]:
        """Give each exercise's points.

        Parameters
        ----------
        notebook_id : str
            The notebook's name.

        Returns
        -------
        mapping of str to float
            By function name.
        """
        from autograder.exercises import load

        return {name: float(exercise.points) for name, exercise in load(notebook_id).items()}

    def write_sheet(self, notebook_id: str, path: Path) -> None:
        """Write a notebook's answer sheet.

        Parameters
        ----------
        notebook_id : str
            The notebook's name.
        path : Path
            Where to write the HDF5 file.
        """
        from autograder.answers import write_sheet

        write_sheet(notebook_id, path)

    def mistakes(self, notebook_id: str) -> Mapping[str, str]:
        """Give the source of each known mistake.

        Parameters
        ----------
        notebook_id : str
            The notebook's name.

        Returns
        -------
        mapping of str to str
            By a name to report it with: function and mistake.
        """
        from autograder.exercises import load

        return {
            f"{name}, {mistake.name}": mistake.source(exercise)
            for name, exercise in load(notebook_id).items()
            for mistake in exercise.mistakes
        }


@dataclass(frozen=True)
class BuildReport:
    """What a build did with the notebooks of a week.

    ``executed`` and ``fresh`` are notebook ids, ``released`` the files for students.
    """

    week: str
    executed: tuple[str, ...]
    fresh: tuple[str, ...]
    released: tuple[Path, ...]


def master_path(root: Path, notebook_id: str) -> Path:
    """Say where a notebook's master lies."""
    return root / "course" / "notebooks" / f"{notebook_id}.py"


def read_master(root: Path, notebook_id: str) -> str:
    """Read the text of a master.

    Parameters
    ----------
    root : Path
        The course.
    notebook_id : str
        The notebook's name.

    Returns
    -------
    str
        The text.

    Raises
    ------
    BuildError
        If there is no such master.
    """
    path = master_path(root, notebook_id)
    if not path.is_file():
        raise BuildError(f"{notebook_id}: there is no master {path.relative_to(root)}")
    return path.read_text(encoding="utf-8")


def source_path(root: Path, week: Week, notebook_id: str) -> Path:
    """Say where a notebook's solved and executed version lies."""
    return root / "source" / week.id / f"{notebook_id}.ipynb"


def release_path(root: Path, week: Week, notebook_id: str) -> Path:
    """Say where a notebook's version for students lies."""
    return root / "release" / week.id / f"{notebook_id}.ipynb"


def sheet_path(root: Path, notebook_id: str) -> Path:
    """Say where a notebook's answer sheet lies."""
    return root / "course" / "helpers" / "answers" / f"{notebook_id}.h5"


def build_week(
    root: Path, week: Week, *, force: bool = False, exercises: Exercises | None = None
) -> BuildReport:
    """Build the notebooks of a week, from the masters to the release.

    Answer sheets are written first, since the notebooks' checks read them. A notebook that
    is up to date is not executed again.

    Parameters
    ----------
    root : Path
        The course.
    week : Week
        What to build.
    force : bool
        Execute notebooks that are up to date, too.
    exercises : Exercises, optional
        The specifications; those in ``autograder/exercises`` if left out.

    Returns
    -------
    BuildReport
        What was done.

    Raises
    ------
    BuildError
        If a master is missing or wrong, a cell fails, or nbgrader refuses the result.
    """
    executed, fresh = make_sources(root, week, force=force, exercises=exercises)
    return BuildReport(week.id, executed, fresh, release_week(root, week))


def build_weeks(
    root: Path,
    weeks: Sequence[Week],
    *,
    force: bool = False,
    jobs: int | None = None,
    exercises: Exercises | None = None,
) -> Iterator[BuildReport]:
    """Build several weeks side by side, as :func:`build_week` builds each.

    Parameters
    ----------
    root : Path
        The course.
    weeks : sequence of Week
        What to build.
    force : bool
        Execute notebooks that are up to date, too.
    jobs : int, optional
        How many weeks at a time; by default one a core.
    exercises : Exercises, optional
        The specifications; those in ``autograder/exercises`` if left out.

    Yields
    ------
    BuildReport
        What was done, week by week.

    Raises
    ------
    BuildError
        As for one week; weeks that wait are not begun then.
    """
    # Only nbgrader's part, which writes to the gradebook, is done here, one week after the other.
    context = multiprocessing.get_context("forkserver")
    with ProcessPoolExecutor(min(jobs or os.cpu_count() or 1, len(weeks)), context) as pool:
        futures = [
            pool.submit(make_sources, root, week, force=force, exercises=exercises)
            for week in weeks
        ]
        try:
            for week, future in zip(weeks, futures, strict=True):
                executed, fresh = future.result()
                yield BuildReport(week.id, executed, fresh, release_week(root, week))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def make_sources(
    root: Path, week: Week, *, force: bool = False, exercises: Exercises | None = None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Make a week's answer sheets and source notebooks: all of a build but the release.

    Parameters and errors are those of :func:`build_week`.

    Returns
    -------
    tuple of str
        The notebooks that were executed.
    tuple of str
        Those that were up to date.
    """
    specified = exercises or SpecifiedExercises()
    assembled = {
        notebook.id: assemble_file(root, notebook.id, specified) for notebook in week.notebooks
    }
    for notebook_id in assembled:
        _write_sheet(root, notebook_id, specified)
    due = [
        notebook
        for notebook in week.notebooks
        if force or not is_executed(source_path(root, week, notebook.id), assembled[notebook.id])
    ]
    _execute_all(root, due, [assembled[notebook.id] for notebook in due])
    for notebook in due:
        write_notebook(source_path(root, week, notebook.id), assembled[notebook.id])
    executed = tuple(notebook.id for notebook in due)
    return executed, tuple(name for name in assembled if name not in executed)


def stale(root: Path, week: Week, *, exercises: Exercises | None = None) -> list[str]:
    """List what a build would change, without executing anything.

    Parameters
    ----------
    root : Path
        The course.
    week : Week
        What to look at.
    exercises : Exercises, optional
        The specifications; those in ``autograder/exercises`` if left out.

    Returns
    -------
    list of str
        One sentence for each file that is missing or out of date; empty if all is fresh.

    Raises
    ------
    BuildError
        If a master is missing or wrong.
    """
    specified = exercises or SpecifiedExercises()
    found: list[str] = []
    for notebook in week.notebooks:
        solved = assemble_file(root, notebook.id, specified)
        source, release = (path(root, week, notebook.id) for path in (source_path, release_path))
        if not is_executed(source, solved):
            found.append(f"{source.relative_to(root)} is not what its master makes")
        if not _is_released(release, solved):
            found.append(f"{release.relative_to(root)} is not what its master makes")
        if not sheet_path(root, notebook.id).exists():
            found.append(f"{sheet_path(root, notebook.id).relative_to(root)} is missing")
    return [*found, *_stale_glossary(root, week)]


def _stale_glossary(root: Path, week: Week) -> list[str]:
    return [
        f"{path.relative_to(root)} is not what {GLOSSARY} makes"
        for path in glossary_paths(root, week)
        if not path.is_file() or path.read_text(encoding="utf-8") != glossary_page(root)
    ]


def assemble_file(root: Path, notebook_id: str, exercises: Exercises) -> Any:
    """Read a master and assemble its notebook; see :func:`assemble`.

    Parameters
    ----------
    root : Path
        The course.
    notebook_id : str
        The notebook's name.
    exercises : Exercises
        The specifications.

    Returns
    -------
    NotebookNode
        The solved notebook, not executed.

    Raises
    ------
    BuildError
        If the master is missing or wrong.
    """
    measured = read_figures(root).get(notebook_id)
    figures = measured.exercises if measured else {}
    points = exercises.points(notebook_id)
    link = LINK if has_glossary(root) else ""
    return assemble(notebook_id, read_master(root, notebook_id), points, figures, link)


def is_executed(path: Path, assembled: Any) -> bool:
    """Tell whether a source notebook is the executed version of an assembled one.

    Parameters
    ----------
    path : Path
        The source notebook, which may be missing.
    assembled : NotebookNode
        What the master makes today.

    Returns
    -------
    bool
        True if every cell and the metadata agree, outputs left aside.
    """
    existing = _read_if_possible(path)
    if existing is None:
        return False
    ran = all(cell.execution_count for cell in existing.cells if is_run(cell))
    return ran and _without_outputs(existing) == _without_outputs(assembled)


def write_notebook(path: Path, notebook: Any) -> None:
    """Write a notebook in one step, so that no half-written file is ever seen.

    Parameters
    ----------
    path : Path
        Where to; folders are made.
    notebook : NotebookNode
        The notebook.
    """
    _write(path, (nbformat.writes(notebook) + "\n").encode())


def release_week(root: Path, week: Week) -> tuple[Path, ...]:
    """Let nbgrader make the release of a week from its source notebooks.

    The exercises are recorded in the gradebook. Other files than notebooks and the glossary in
    the week's release folder are removed.

    Parameters
    ----------
    root : Path
        The course, with an ``nbgrader_config.py``.
    week : Week
        What to release.

    Returns
    -------
    tuple of Path
        The released notebooks.

    Raises
    ------
    BuildError
        If nbgrader fails; the message is nbgrader's own.
    """
    folder = root / "release" / week.id
    glossary = _write_glossary(root, week)
    with tempfile.TemporaryDirectory(dir=root, prefix=".release-") as scratch:
        _generate_assignment(root, week, Path(scratch))
        made = {path.name: path.read_bytes() for path in Path(scratch).rglob("*.ipynb")}
    wanted = [release_path(root, week, notebook.id) for notebook in week.notebooks]
    for path in wanted:
        _write(path, made[path.name])
    for path in folder.rglob("*"):
        if path.is_file() and path not in (*wanted, *glossary):
            path.unlink()
    return tuple(wanted)


def glossary_paths(root: Path, week: Week) -> list[Path]:
    """Say where the glossary lies beside a week's notebooks; nowhere, if there is none."""
    folders = ("source", "release") if has_glossary(root) else ()
    return [root / folder / week.id / PAGE for folder in folders]


def _write_glossary(root: Path, week: Week) -> list[Path]:
    """Put the glossary beside the notebooks, which link to it."""
    paths = glossary_paths(root, week)
    for path in paths:
        _write(path, glossary_page(root).encode())
    return paths


def _write_sheet(root: Path, notebook_id: str, exercises: Exercises) -> None:
    """Write an answer sheet; leave the file alone if it would not change."""
    target = sheet_path(root, notebook_id)
    with tempfile.TemporaryDirectory() as scratch:
        written = Path(scratch) / target.name
        exercises.write_sheet(notebook_id, written)
        _write(target, written.read_bytes())


def _execute_all(root: Path, entries: Sequence[Notebook], notebooks: Sequence[Any]) -> None:
    """Execute notebooks side by side; if several fail, say what is wrong with each."""
    warm_up()

    async def gather() -> list[BaseException | None]:
        runs = [
            execute(root, notebook, entry.cell_seconds)
            for entry, notebook in zip(entries, notebooks, strict=True)
        ]
        return await asyncio.gather(*runs, return_exceptions=True)

    failures = [
        (entry.id, failure)
        for entry, failure in zip(entries, asyncio.run(gather()), strict=True)
        if failure is not None
    ]
    for _, failure in failures:
        if not isinstance(failure, BuildError):
            raise failure
    if failures:
        raise BuildError("\n".join(f"{name}, {failure}" for name, failure in failures))


def _generate_assignment(root: Path, week: Week, destination: Path) -> None:
    from nbgrader.converters import GenerateAssignment
    from nbgrader.converters.base import NbGraderException
    from nbgrader.coursedir import CourseDirectory

    config = nbgrader_config(root)
    course = CourseDirectory(
        config=config, root=str(root), assignment_id=week.id, release_directory=str(destination)
    )
    converter = GenerateAssignment(coursedir=course, config=config, force=True)
    messages = _Messages()
    converter.log.addHandler(messages)
    try:
        converter.start()
    except NbGraderException as error:
        raise BuildError(f"{week.id}: nbgrader cannot make the release: {messages}") from error
    finally:
        converter.log.removeHandler(messages)


def nbgrader_config(root: Path) -> Config:
    """Load the course's configuration of nbgrader."""
    if not (root / CONFIG).is_file():
        raise BuildError(f"there is no {CONFIG} in {root}")
    return PyFileConfigLoader(CONFIG, path=str(root)).load_config()


class _Messages(logging.Handler):
    """Keeps what nbgrader logs as errors; of a traceback, the last line."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._causes: list[str] = []
        self._others: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage().strip()
        if message.startswith("Traceback"):
            self._causes.append(message.rpartition("\n")[2])
        else:
            self._others.append(message)

    def __str__(self) -> str:
        return "; ".join(self._causes or self._others)


def _is_released(path: Path, solved: Any) -> bool:
    existing = _read_if_possible(path)
    if existing is None or existing.metadata.get("dlcourse") != solved.metadata["dlcourse"]:
        return False
    expected = {cell.id: released_source(cell) for cell in solved.cells}
    return expected == {cell.id: cell.source for cell in existing.cells}


def _without_outputs(notebook: Any) -> Any:
    cells = [
        {key: value for key, value in cell.items() if key not in ("outputs", "execution_count")}
        for cell in notebook.cells
    ]
    return json.loads(json.dumps([cells, notebook.metadata]))


def _read_if_possible(path: Path) -> Any | None:
    """Read a notebook; None if it is missing or is not one."""
    try:
        return nbformat.read(path, as_version=4)
    except (OSError, ValueError):
        return None


def _write(path: Path, content: bytes) -> None:
    """Write a file in one step, and only if that changes it."""
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.part")
    temporary.write_bytes(content)
    temporary.replace(path)
