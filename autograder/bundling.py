"""What a student downloads: notebooks, the students' edition of ``helpers``, and data.

The students' edition holds no reference implementation of this or a later week. It is
also what the sandbox puts before a student's code, so that both see the same.
"""

import shutil
import tempfile
import tomllib
import zipfile
from pathlib import Path

from autograder.building import release_path
from autograder.overview import student_pages
from autograder.syllabus import Syllabus, Week, load_syllabus

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_ORDINARY_FILE = 0o100644 << 16

README = """\
{title}
{underline}

{number}. {week}

What is here
  *.ipynb           the notebooks of this week, in this order:
{notebooks}
{pages}  helpers/          code that the notebooks import
  data/             data sets; nothing is downloaded while you work
  environment.yml   what to install, for conda
  requirements.txt  what to install, for pip

How to start
  Unpack the archive, open a terminal in this folder, and install once, either with conda

      conda env create -f environment.yml
      conda activate deep-learning

  or with Python {python} and pip

      python -m venv .venv
      source .venv/bin/activate        (on Windows: .venv\\Scripts\\activate)
      pip install -r requirements.txt

  Then start Jupyter here, and open the first notebook:

      jupyter lab

Keep the notebooks in this folder: they look for helpers/ and data/ beside them.
"""

ENVIRONMENT = """\
name: deep-learning
channels:
  - conda-forge
dependencies:
  - python{python}
  - pip
  - pip:
{packages}
"""


_PAGES = {
    "glossary.html": "what the symbols and words mean",
    "syllabus.html": "the weeks, and what you learn in each",
    "final_project.html": "ideas for a project of your own",
}


class BundleError(Exception):
    """A week cannot be bundled; the message says what is missing."""


def students_edition(root: Path, week: Week, destination: Path) -> Path:
    """Write the package ``helpers`` as students of a week have it.

    Reference modules that earlier weeks do not teach are replaced by a module that says,
    when imported, from which week on students have it. Answer sheets of later weeks are
    left out.

    Parameters
    ----------
    root : Path
        The course.
    week : Week
        The week that students work on.
    destination : Path
        The folder to put on the import path; ``helpers`` is made in it, anew.

    Returns
    -------
    Path
        ``destination / "helpers"``.

    Raises
    ------
    BundleError
        If the course has no ``helpers``.
    """
    source = root / "course" / "helpers"
    if not (source / "__init__.py").is_file():
        raise BundleError(f"There is no package {source}.")
    package = destination / "helpers"
    shutil.rmtree(package, ignore_errors=True)
    syllabus = load_syllabus(root)
    for path in sorted(source.rglob("*")):
        part = path.relative_to(source)
        if path.is_file() and _is_for_students(part, syllabus, week):
            _copy(path, package / part)
    for module in missing_modules(root, week):
        (package / f"{module}.py").write_text(placeholder(syllabus, module), encoding="utf-8")
    return package


def missing_modules(root: Path, week: Week) -> tuple[str, ...]:
    """Name the modules of ``helpers`` that students of a week do not have.

    Parameters
    ----------
    root : Path
        The course.
    week : Week
        The week that students work on.

    Returns
    -------
    tuple of str
        The reference modules of this and later weeks, and every other module that the
        syllabus does not name: what nobody decided to show is not shown.
    """
    syllabus = load_syllabus(root)
    known = syllabus.untaught_modules(week)
    shown = {"__init__", *syllabus.always, *syllabus.taught_modules(week), *known}
    there = sorted(path.stem for path in (root / "course" / "helpers").glob("*.py"))
    return (*known, *(name for name in there if name not in shown))


def placeholder(syllabus: Syllabus, module: str) -> str:
    """Write the module that stands in for a reference module not taught yet.

    Parameters
    ----------
    syllabus : Syllabus
        The course's syllabus.
    module : str
        The name of the module.

    Returns
    -------
    str
        The source: it raises ``ImportError`` with the reason.
    """
    week = syllabus.teaching_week(module)
    reason = f"helpers.{module} is not part of your edition of helpers."
    if week is not None:
        reason = (
            f"helpers.{module} holds the reference solutions of week {week.number}. "
            f"You will have it from week {week.number + 1} on; "
            "until then, use the functions that you write in your notebook."
        )
    return f'"""Not here yet."""\n\nraise ImportError(\n    {reason!r}\n)\n'


def unpacked(root: Path, week: Week, destination: Path) -> Path:
    """Write what a student has after unpacking the bundle of a week.

    Parameters
    ----------
    root : Path
        The course, with the week's release built.
    week : Week
        What to bundle.
    destination : Path
        An empty folder.

    Returns
    -------
    Path
        The destination.

    Raises
    ------
    BundleError
        If the release or an answer sheet is missing.
    """
    students_edition(root, week, destination)
    for notebook in week.notebooks:
        released = release_path(root, week, notebook.id)
        sheet = destination / "helpers" / "answers" / f"{notebook.id}.h5"
        for needed in (released, sheet):
            if not needed.is_file():
                raise BundleError(f"{needed.name} is missing: build week {week.number} first.")
        _copy(released, destination / released.name)
    for path in sorted((root / "data").iterdir()):
        if path.suffix in (".h5", ".hdf5") or path.stem == "README":
            _copy(path, destination / "data" / path.name)
    for name, text in {**student_pages(root), **_papers(root, week)}.items():
        (destination / name).write_text(text, encoding="utf-8")
    return destination


def bundle(root: Path, week: Week, destination: Path | None = None) -> Path:
    """Pack what a student downloads for a week. The same files give the same archive.

    Parameters
    ----------
    root : Path
        The course, with the week's release built.
    week : Week
        What to bundle.
    destination : Path, optional
        The folder to write to; ``bundles`` in the course if left out.

    Returns
    -------
    Path
        The archive, ``<week id>.zip``.

    Raises
    ------
    BundleError
        If something is missing.
    """
    folder = destination or root / "bundles"
    folder.mkdir(parents=True, exist_ok=True)
    archive = folder / f"{week.id}.zip"
    temporary = archive.with_suffix(".part")
    with tempfile.TemporaryDirectory() as scratch:
        _zip(unpacked(root, week, Path(scratch)), temporary)
    temporary.replace(archive)
    return archive


def _is_for_students(part: Path, syllabus: Syllabus, week: Week) -> bool:
    if any(name.startswith((".", "__pycache__")) for name in part.parts):
        return False
    if part.parts[0] == "answers":
        return part.stem in _sheets(syllabus, week) or part.suffix == ".py"
    return Path(part.parts[0]).stem in {
        "__init__",
        *syllabus.always,
        *syllabus.taught_modules(week),
    }


def _sheets(syllabus: Syllabus, week: Week) -> list[str]:
    taught = syllabus.weeks[: syllabus.weeks.index(week) + 1]
    return [notebook.id for each in taught for notebook in each.notebooks]


def _papers(root: Path, week: Week) -> dict[str, str]:
    """Write the texts that lie beside the notebooks."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    python = project["requires-python"]
    packages = [*project["dependencies"], "jupyterlab"]
    indented = "\n".join(f'      - "{package}"' for package in packages)
    title = load_syllabus(root).title
    return {
        "requirements.txt": "\n".join(packages) + "\n",
        "environment.yml": ENVIRONMENT.format(python=python, packages=indented),
        "README.txt": README.format(
            title=title,
            underline="=" * len(title),
            number=week.number,
            week=week.title,
            notebooks="\n".join(f"      {notebook.id}.ipynb" for notebook in week.notebooks),
            pages="".join(f"  {name:18}{_PAGES[name]}\n" for name in student_pages(root)),
            python=python,
        ),
    }


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _zip(folder: Path, archive: Path) -> None:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _LONG_AGO)
                entry.external_attr = _ORDINARY_FILE
                entry.compress_type = zipfile.ZIP_DEFLATED
                packed.writestr(entry, path.read_bytes(), compresslevel=9)
