"""Attack notebooks: how they are read, handed in by a class, and graded by both paths.

Each file under `tests/attacks/` is one submission, as text. Its head says what it tries and what
must happen; its cells are what the student wrote. A cell whose title is an exercise's name is the
answer to it; exercises without one are answered right. Two titles stand for what no cell can do:
code under `notebook` changes the notebook before it is handed in, code under `files` what lies
around it. This code is ours, and runs in the tests.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path

import jupytext
import nbformat
from nbconvert.exporters import HTMLExporter
from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.server_extensions import formgrader

from autograder.building import nbgrader_config, release_path, release_week
from autograder.classroom import database_url
from autograder.exercises import load
from autograder.pupils import grade_id, make_course, reference_answers
from autograder.records import SubmissionRecord, load_record
from autograder.syllabus import load_syllabus
from tests.conftest import ROOT

FOLDER = Path(__file__).parent / "attacks"
NOTEBOOK = "w01_numpy_basics"
WEEK = "w01_logistic_regression"
POINTS = {name: exercise.points for name, exercise in load(NOTEBOOK).items()}
BYSTANDERS = ("aaron", "mallory", "zoe")
SYLLABUS = f"""
[course]
title = "Attacked"
[[weeks]]
id = "{WEEK}"
title = "One notebook, to be graded quickly"
teaches = ["numpy_basics", "logistic"]
due = 2026-09-14T23:59:00
[[weeks.notebooks]]
id = "{NOTEBOOK}"
title = "NumPy"
minutes = 60
cell_seconds = 3
"""
_HEAD = re.compile(r"# /// attack\n((?:#.*\n)+?)# ///\n")


@dataclass(frozen=True)
class Attack:
    """One hostile or broken submission.

    Attributes
    ----------
    name : str
    tries, must : str
        What it tries, and what must happen.
    feedback, report : str
        What the student, and what the instructor, must be told about it.
    loses : list of str
        The exercises that earn nothing; the others earn all.
    every : str
        An expression that each exercise without a cell of its own returns, of `args`.
    student : str
        A name of the student's own choice.
    resubmits : bool
        Whether an all-correct submission was handed in and graded before.
    slow : bool
        Whether it takes seconds to be graded.
    """

    name: str
    cells: list[NotebookNode]
    tries: str
    must: str
    feedback: str
    report: str
    loses: list[str] = field(default_factory=list)
    every: str = ""
    student: str = ""
    resubmits: bool = False
    slow: bool = False

    @property
    def earned(self) -> dict[str, float]:
        """What each exercise must earn."""
        lost = set(self.loses)
        if self.every:
            lost = set(POINTS) - set(self._answered)
        if "all" in self.loses:
            lost = set(POINTS)
        return {name: 0 if name in lost else points for name, points in POINTS.items()}

    @property
    def _answered(self) -> list[str]:
        return [title(cell) for cell in self.cells if title(cell) in POINTS]

    def code(self, name: str) -> str:
        """Give the code of the harness under a title."""
        return "\n".join(cell.source for cell in self.cells if title(cell) == name)


def title(cell: NotebookNode) -> str:
    return str(cell.metadata.get("title", ""))


def read_attack(path: Path) -> Attack:
    """Read an attack file; its head is TOML in a comment."""
    text = path.read_text("utf-8")
    head = _HEAD.search(text)
    assert head, f"{path.name} does not begin with its head"
    says = tomllib.loads("\n".join(line[2:] for line in head[1].splitlines()))
    cells = jupytext.reads(text[head.end() :].lstrip(), "py:percent").cells
    return Attack(name=path.stem, cells=cells, **{"student": path.stem, **says})


def attacks() -> list[Attack]:
    return [read_attack(path) for path in sorted(FOLDER.glob("*/*.py"))]


def written(attack: Attack, released: Path) -> NotebookNode:
    """Write the notebook that an attack hands in: the released one, filled in and cut short."""
    notebook = nbformat.read(released, as_version=4)
    graded = [cell for cell in notebook.cells if grade_id(cell)]
    setup = next(cell for cell in notebook.cells if cell.cell_type == "code")
    notebook.cells = [setup, *graded]
    right = {name: source for (_, name), source in reference_answers(_week()).items()}
    for cell in graded:
        if grade_id(cell) in POINTS:
            own = f"def {grade_id(cell)}(*args):\n    return {attack.every}\n"
            cell.source = own if attack.every else right[grade_id(cell)]
    _place(attack.cells, notebook)
    exec(attack.code("notebook"), {"notebook": notebook, "nbformat": nbformat, "re": re})
    return notebook


def _place(cells: list[NotebookNode], notebook: NotebookNode) -> None:
    """Put the answers into their cells, and the other cells in front of the next answer."""
    waiting = []
    for cell in cells:
        name = title(cell)
        if name in ("notebook", "files"):
            continue
        if name not in POINTS:
            waiting.append(NotebookNode(cell, metadata=NotebookNode()))
            continue
        place = [grade_id(c) for c in notebook.cells].index(name)
        notebook.cells[place].source = cell.source
        notebook.cells[place:place] = waiting
        waiting = []
    notebook.cells += waiting


def hand_in(attack: Attack, course: Path) -> None:
    folder = course / "submitted" / attack.student / WEEK
    folder.mkdir(parents=True, exist_ok=True)
    notebook = written(attack, release_path(course, _week(), NOTEBOOK))
    path = folder / f"{NOTEBOOK}.ipynb"
    path.write_text(nbformat.v4.writes(notebook), "utf-8")
    names = {"folder": folder, "path": path, "course": course, "os": os, "shutil": shutil}
    exec(attack.code("files"), names)


def _week():
    return load_syllabus(ROOT).find_week(WEEK)


@dataclass(frozen=True)
class Canaries:
    """Secret words, one for each place; none may appear in what a student's work comes to."""

    words: dict[str, str]

    @staticmethod
    def of(*places: str) -> Canaries:
        return Canaries({place: f"canary-{os.urandom(8).hex()}" for place in places})

    def __getitem__(self, place: str) -> str:
        return self.words[place]

    def seen_in(self, text: str) -> list[str]:
        """Name the places whose secret a text tells."""
        seen = [place for place, word in self.words.items() if word in text]
        # A name that stands in the specifications and nowhere else.
        return [*seen, *(["specifications"] if "_special_scalars" in text else [])]


PLACES = (
    *("environment", "seed", "seed file", "gradebook", "source", "references", "course"),
    *("other work", "other file", "processes", "descriptor", "temporary", "leftovers"),
)


def new_course(course: Path, canaries: Canaries) -> Path:
    """Make a course with one notebook, released, and a secret in every place."""
    make_course(ROOT, course)
    (course / "course").unlink()
    shutil.copytree(ROOT / "course" / "helpers", course / "course" / "helpers")
    for module in ("numpy_basics", "logistic"):
        with (course / "course" / "helpers" / f"{module}.py").open("a") as stream:
            stream.write(f"\nSECRET = '{canaries['references']}'\n")
    (course / "course" / "syllabus.toml").write_text(SYLLABUS)
    (course / "source").unlink()
    (course / "source" / WEEK).mkdir(parents=True)
    solved = course / "source" / WEEK / f"{NOTEBOOK}.ipynb"
    shutil.copy(ROOT / "source" / WEEK / solved.name, solved)
    release_week(course, load_syllabus(course).weeks[0])
    solved.write_text(solved.read_text("utf-8").replace("NumPy", canaries["source"], 1), "utf-8")
    (course / "secret.txt").write_text(canaries["course"])
    (course / ".hidden_seed").write_text(canaries["seed file"])
    with Gradebook(database_url(course)) as gradebook:
        gradebook.add_student("nobody", first_name=canaries["gradebook"])
    return course


LITTER = """
import os, pathlib, subprocess, sys
secret = {secret!r}
os.environ["LEFT"] = sys.modules["__main__"].left = np.left = secret
for place in ("/tmp/left", "/dev/shm/left", "/tmp/matplotlib/left"):
    pathlib.Path(place).write_text(secret)
subprocess.Popen(["sh", "-c", "setsid sleep 60; echo " + secret], start_new_session=True)
"""


def hand_in_bystanders(course: Path, canaries: Canaries) -> None:
    """Hand in right work, with a secret in it and beside it, and much left lying about."""
    litter = nbformat.v4.new_code_cell(LITTER.format(secret=canaries["leftovers"]))
    told = nbformat.v4.new_code_cell(f"secret = {canaries['other work']!r}")
    for name in BYSTANDERS:
        hand_in(Attack(name, [litter, told], "", "", "", "", student=name), course)
        beside = course / "submitted" / name / WEEK / "notes.txt"
        beside.write_text(canaries["other file"])


@dataclass
class Graded:
    """A class after grading, feedback and report by one of the two paths."""

    course: Path
    canaries: Canaries
    said: str = ""
    before: dict[str, tuple[int, bytes]] = field(default_factory=dict)

    def record(self, student: str) -> SubmissionRecord:
        found = load_record(self.course, WEEK, student)
        assert found is not None, f"{student} has no record\n{self.said[-3000:]}"
        return found

    def earned(self, student: str) -> dict[str, float]:
        cells = self.record(student).cells
        return {cell.grade_id.removeprefix("test-"): cell.earned for cell in cells}

    def score(self, student: str) -> float:
        with Gradebook(database_url(self.course)) as gradebook:
            return float(gradebook.find_submission(WEEK, student).score)

    def page(self, student: str) -> str:
        path = self.course / "feedback" / student / WEEK / f"{NOTEBOOK}.html"
        return path.read_text("utf-8")

    def formgrader_page(self, student: str) -> str:
        """Give what formgrader shows the instructor, who is logged in there."""
        exporter = HTMLExporter(
            config=nbgrader_config(self.course),
            template_name="formgrade",
            extra_template_basedirs=[str(Path(formgrader.__file__).parent / "templates")],
        )
        path = self.course / "autograded" / student / WEEK / f"{NOTEBOOK}.ipynb"
        names = ("assignment_id", "notebook_id", "submission_id", "notebook_path", "base_url")
        numbers = {"index": 0, "total": 1}
        given = {**dict.fromkeys((*names, "last_name", "first_name"), ""), **numbers}
        return str(exporter.from_filename(str(path), resources={**given, "student": student})[0])

    @cached_property
    def report(self) -> str:
        return (self.course / "reports" / f"{WEEK}.html").read_text("utf-8")

    def lines_on(self, student: str) -> str:
        """Give all lines of the report that name a student."""
        name = f'<bdi class="id">{html.escape(student)}</bdi>'
        blocks = re.findall(
            r"<tr\b.*?</tr>|<li\b.*?</li>\n(?=  <li><bdi|</ul>\n)", self.report, re.S
        )
        return "\n".join(shown(block) for block in blocks if name in block)

    def outputs_of(self, student: str) -> dict[str, str]:
        """Give every text that grading made of a student's work."""
        folders = [self.course / kind / student for kind in ("autograded", "feedback")]
        files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
        files.append(self.course / "grades" / WEEK / f"{student}.json")
        return {str(path): path.read_text("utf-8", "replace") for path in files if path.exists()}


def shown(page: str) -> str:
    """Give the text of a page as a reader sees it, spaces aside."""
    text = re.sub(r"(?s)<(style|script)\b.*?</\1>|<[^>]*>", "", page)
    return " ".join(html.unescape(text).split())


class _Active(HTMLParser):
    """Gathers what of a page runs, loads or sends."""

    TAGS = frozenset(
        [
            "script",
            "iframe",
            "frame",
            "object",
            "embed",
            "applet",
            "form",
            "input",
            "base",
            "link",
            "meta",
        ]
    )
    PLACES = frozenset(
        [
            "href",
            "src",
            "action",
            "data",
            "srcdoc",
            "formaction",
            "xlink:href",
            "background",
            "poster",
        ]
    )
    HARMLESS = ("#", "data:image/", "attachment:", "https://numpy.org", "mailto:")

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.TAGS:
            self.found.add(f"{tag} {attrs}")
        for name, value in attrs:
            address = name in self.PLACES and not (value or "").startswith(self.HARMLESS)
            if name.startswith("on") or address or re.search(r"url\((?!#)", value or ""):
                self.found.add(f"{tag} {name}={value}")


def active(page: str) -> set[str]:
    """List what of a page runs, loads or sends."""
    parser = _Active()
    parser.feed(page)
    return parser.found


def everything(course: Path) -> dict[str, tuple[int, bytes]]:
    """Describe all that is the instructor's or handed in: what grading may not touch."""
    made = {"autograded", "feedback", "grades", "reports"}
    return {
        str(path.relative_to(course)): (path.lstat().st_mode, _content(path))
        for path in sorted(course.rglob("*"))
        if path.relative_to(course).parts[0] not in made and path.name != "gradebook.db"
    }


def _content(path: Path) -> bytes:
    if path.is_symlink():
        return os.fsencode(path.readlink())
    return path.read_bytes() if path.is_file() else b""


COMMANDS = {
    "dlcourse": [
        ["dlcourse", "grade", WEEK],
        ["dlcourse", "feedback", WEEK],
        ["dlcourse", "report", WEEK],
    ],
    "nbgrader": [
        ["nbgrader", "autograde", WEEK, "--force"],
        ["nbgrader", "generate_feedback", WEEK, "--force"],
        ["dlcourse", "report", WEEK],
    ],
}


def grade_by(way: str, chosen: list[Attack], folder: Path) -> Graded:
    """Let a class hand in attacks, and grade it."""
    canaries = Canaries.of(*PLACES)
    graded = Graded(new_course(folder / "course", canaries), canaries)
    again = [attack for attack in chosen if attack.resubmits]
    for attack in again:
        hand_in(replace(attack, cells=[], every=""), graded.course)
    with _secrets_around(graded, folder) as run:
        if again:
            run(COMMANDS[way][0])
        for attack in again:
            shutil.rmtree(graded.course / "submitted" / attack.student)
        hand_in_bystanders(graded.course, canaries)
        for attack in chosen:
            hand_in(attack, graded.course)
        graded.before = everything(graded.course)
        graded.said = "\n".join(map(run, COMMANDS[way]))
    return graded


@contextmanager
def _secrets_around(graded: Graded, folder: Path) -> Iterator[object]:
    """Run commands with secrets in their environment, beside them, and in an open file."""
    canaries, scripts = graded.canaries, str(Path(sys.executable).parent)
    env = {
        **os.environ,
        "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
        "DLCOURSE_ROOT": str(graded.course),
        "DLCOURSE_SEED": canaries["seed"],
        "SECRET": canaries["environment"],
        "COLUMNS": "200",
    }
    neighbour = [sys.executable, "-c", "import time; time.sleep(3600)", canaries["processes"]]
    temporary = Path("/tmp") / f"dlcourse-{folder.name}-{os.getpid()}"
    (folder / "open").write_text(canaries["descriptor"])
    beside = subprocess.Popen(neighbour)
    with (folder / "open").open() as stream:
        os.set_inheritable(stream.fileno(), True)

        def run(words: list[str]) -> str:
            done = subprocess.run(
                words, cwd=graded.course, env=env, capture_output=True, text=True, timeout=1800,
                pass_fds=[stream.fileno()],
            )  # fmt: skip
            assert done.returncode in (0, 1), done.stdout + done.stderr
            return done.stdout + done.stderr

        try:
            temporary.write_text(canaries["temporary"])
            yield run
        finally:
            temporary.unlink(missing_ok=True)
            beside.kill()
            beside.wait()
