"""What grading costs, beside stock nbgrader and beside the same cells as plain Python.

All ways grade the same submissions in one run, since only ratios of one run tell something on a
machine with other work to do. Interrupted, it keeps what it has measured; what an earlier run on
the same kind of machine found of other weeks stays beside it.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from figures import draw
from measuring import Cost, measure

from autograder.building import release_week
from autograder.pupils import Pupil, make_class, make_course, reference_answers
from autograder.questions import VARIANTS
from autograder.records import write_whole
from autograder.syllabus import Week, load_syllabus

ROOT = Path(__file__).resolve().parent.parent
RESULTS = Path(__file__).parent / "results"
BIN = Path(sys.executable).parent
_CORES = os.cpu_count() or 1
_ENV = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "DLCOURSE_SEED": "a benchmark"}
_ENV["PATH"] = f"{BIN}{os.pathsep}{os.environ['PATH']}"
# Work that the floor, which has no protection, could not survive.
_UNPROTECTED = ("endless loop", "os._exit")
# Stock nbgrader ends at these, and leaves whoever comes after them ungraded.
_NOT_FOR_STOCK = ("a test cell copied", "all cell metadata lost")
# Stock nbgrader runs the hidden lines in the student's process. They ask for `autograder.grade`:
# this one puts the few ready-made cases of the answer sheet, the cheapest that stock could do.
_GRADE_FOR_STOCK = """
from functools import cache

from helpers.checking.judging import judge_function
from helpers.checking.sheets import read_sheet, sheet_path

_sheet = cache(lambda notebook: read_sheet(sheet_path(notebook)))


def grade(notebook, function):
    return float(judge_function(_sheet(notebook)[function.__name__], function).earned)
"""
_STOCK_CONFIG = """
from pathlib import Path

c = get_config()
c.CourseDirectory.root = str(Path(__file__).parent)
"""

Measuring = Callable[[Path, Week], Cost]


def stock(course: Path, week: Week) -> Cost:
    """Grade with nbgrader as shipped, in one process."""
    return _stock([course], week)


def stock_per_core(course: Path, week: Week) -> Cost:
    """Grade with nbgrader as shipped, the class dealt out to one process a core."""
    students = sorted((course / "submitted").iterdir())
    parts = [course.with_name(f"{course.name}-{core}") for core in range(_CORES)]
    for core, part in enumerate(parts):
        shutil.copytree(course, part, symlinks=True)
        for student in students:
            if student not in students[core::_CORES]:
                shutil.rmtree(part / "submitted" / student.name)
    return _stock(parts, week)


def _stock(courses: list[Path], week: Week) -> Cost:
    shadow = str(courses[0] / "python")
    data = {"DLCOURSE_DATA": str(ROOT / "data"), "PYTHONPATH": shadow}
    for course in courses:
        write_whole(course / "nbgrader_config.py", _STOCK_CONFIG)
        write_whole(course / "python" / "autograder" / "__init__.py", _GRADE_FOR_STOCK)

    command = [str(BIN / "nbgrader"), "autograde", week.id]
    cost = measure([command] * len(courses), courses, {**_ENV, **data})
    for course in courses:
        _require_all_graded(course)
    return cost


def _require_all_graded(course: Path) -> None:
    """Make sure that what was measured is what was meant."""
    given_in = {path.name for path in (course / "submitted").iterdir()}
    graded = {path.name for path in (course / "autograded").glob("*")}
    if given_in != graded:
        raise RuntimeError(f"stock nbgrader left out {given_in - graded}")


def full(course: Path, week: Week) -> Cost:
    """Grade with `dlcourse grade`."""
    return _ours(course, week)


def quick(course: Path, week: Week) -> Cost:
    """Grade with `dlcourse grade --quick`."""
    return _ours(course, week, "--quick")


def _ours(course: Path, week: Week, *options: str) -> Cost:
    command = [str(BIN / "dlcourse"), "grade", week.id, *options]
    return measure([command], [course], {**_ENV, "DLCOURSE_ROOT": str(course)})


WAYS: dict[str, Measuring] = {
    "stock nbgrader": stock,
    "stock, one process a core": stock_per_core,
    "dlcourse grade": full,
    "dlcourse grade --quick": quick,
}
FLOOR = "the floor"
# Stock nbgrader gets nothing ready for the submissions to come.
_STOCK = (stock, stock_per_core)
# So often our own ways grade each submission, under other names: one alone costs so little that
# it is lost in what their start costs now more and now less.
_COPIES = 5


def floor(course: Path, week: Week) -> dict[str, float]:
    """Run the cells as plain Python in one warm process."""
    program = [sys.executable, str(Path(__file__).with_name("floor.py")), str(course), week.id]
    env = {**os.environ, **_ENV, "DLCOURSE_DATA": str(ROOT / "data")}
    done = subprocess.run(program, env=env, capture_output=True, text=True, check=True)
    return {**json.loads(done.stdout.splitlines()[-1]), "startup": 0.0, "memory": 0}


def calm_class(week: Week, size: int) -> list[Pupil]:
    """Choose made-up students of all kinds whose work all ways can grade."""
    left_out = (*_UNPROTECTED, *_NOT_FOR_STOCK)
    calm = [
        pupil
        for pupil in make_class(week, 2 * size + 40)
        if not pupil.raw and not any(word in pupil.story for word in left_out)
    ]
    return calm[:: max(len(calm) // size, 1)][:size]


def warmers(week: Week) -> list[Pupil]:
    """Make cheap submissions, so many that every process meets most variants of hidden cases."""
    first = {place[0]: place for place in reversed(reference_answers(week))}
    return [
        Pupil(f"warm{i}", "", {place: f"def {place[1]}():\n    {i}\n" for place in first.values()})
        for i in range(2 * _CORES * VARIANTS)
    ]


def new_course(released: Path, folder: Path, week: Week, pupils: list[Pupil]) -> Path:
    """Copy the released course, and let the class hand in."""
    shutil.copytree(released, folder, symlinks=True)
    for pupil in pupils:
        pupil.hand_in(folder, week)
    return folder


def each(
    way: Measuring, released: Path, scratch: Path, week: Week, few: list[Pupil], more: list[Pupil]
) -> dict[str, float]:
    """Measure a way on a few submissions, and on these and more: so its start counts as such."""
    more = more if way in _STOCK else named(more * _COPIES)
    before, after = (
        way(new_course(released, Path(tempfile.mkdtemp(dir=scratch), "course"), week, part), week)
        for part in (few, few + more)
    )
    cpu = (after.cpu - before.cpu) / len(more)
    wall = (after.wall - before.wall) / len(more)
    return {"cpu": cpu, "wall": wall, "startup": before.cpu, "memory": after.memory}


def middle(rounds: list[dict[str, dict[str, float]]]) -> dict[str, dict[str, float]]:
    """Give the median of each figure of each way, over the rounds that measured it."""
    ways = list(dict.fromkeys(way for one in rounds for way in one))
    return {way: _medians([one[way] for one in rounds if way in one]) for way in ways}


def _medians(entries: list[dict[str, float]]) -> dict[str, float]:
    return {name: statistics.median(entry[name] for entry in entries) for name in entries[0]}


def ratios(costs: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """Say how each way compares, in processor seconds a submission."""
    cpu = {name: cost["cpu"] for name, cost in costs.items()}
    return {
        name: {
            "times the floor": value / cpu.get(FLOOR, float("nan")),
            "times faster than stock": cpu.get("stock nbgrader", float("nan")) / value,
        }
        for name, value in cpu.items()
    }


def _released(scratch: Path, weeks: list[Week]) -> Path:
    course = scratch / "released"
    make_course(ROOT, course)
    for week in weeks:
        release_week(course, week)
    return course


def compare(
    results: dict,
    released: Path,
    scratch: Path,
    weeks: list[Week],
    size: int,
    ways: list[str],
    rounds: int,
) -> None:
    """Measure every way on every week, in rounds: figures are the medians of these."""
    for week in weeks:
        pupils, others = calm_class(week, size), warmers(week)
        entry = results["weeks"][week.id] = {"submissions": len(pupils), "rounds": []}
        for _ in range(rounds):
            costs: dict[str, dict[str, float]] = {}
            entry["rounds"].append(costs)
            for name in (FLOOR, *ways):
                costs[name] = _one(name, released, scratch, week, pupils, others)
                _say(week.id, name, costs[name])
                entry["costs"] = middle(entry["rounds"])
                entry["ratios"] = middle([ratios(costs) for costs in entry["rounds"]])
                _keep(results)


def _one(
    name: str,
    released: Path,
    scratch: Path,
    week: Week,
    pupils: list[Pupil],
    others: list[Pupil],
) -> dict[str, float]:
    """Measure one way, in folders that go with it."""
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        if name == FLOOR:
            return floor(new_course(released, Path(folder, "course"), week, pupils), week)
        few = others[:_CORES] if WAYS[name] in _STOCK else others
        return each(WAYS[name], released, Path(folder), week, few, pupils)


def grow(results: dict, released: Path, scratch: Path, week: Week, sizes: list[int]) -> None:
    """Measure `dlcourse grade --quick` on larger and larger classes."""
    for size in sizes:
        pupils = named((calm_class(week, 40) * size)[:size])
        cost = quick(new_course(released, scratch / f"grow-{size}", week, pupils), week)
        entry = {"size": size, "cpu": cost.cpu, "wall": cost.wall, "memory": cost.memory}
        results["growth"] = [*(e for e in results["growth"] if e["size"] != size), entry]
        _say(week.id, f"a class of {size}", entry)
        _keep(results)
        shutil.rmtree(scratch / f"grow-{size}")


def named(pupils: list[Pupil]) -> list[Pupil]:
    """Give each a name of its own."""
    return [replace(pupil, name=f"student-{number}") for number, pupil in enumerate(pupils)]


def _say(week: str, name: str, cost: dict[str, float]) -> None:
    memory = f"{cost['memory'] / 2**20:7.0f} MiB at most" if cost["memory"] else ""
    typer.echo(f"{week:26} {name:26} cpu {cost['cpu']:8.2f} s  wall {cost['wall']:8.2f} s {memory}")


def _earlier(machine: dict) -> dict:
    """Read what was measured on such a machine before."""
    path = RESULTS / "grading.json"
    found = json.loads(path.read_text("utf-8")) if path.exists() else {}
    same = all(found.get(name) == value for name, value in machine.items())
    return found if same else {**machine, "weeks": {}, "growth": []}


def _keep(results: dict) -> None:
    write_whole(RESULTS / "grading.json", json.dumps(results, indent=1) + "\n")


@contextmanager
def _drawn_at_the_end(results: dict) -> Iterator[None]:
    """Draw what was measured, also when the measuring was interrupted."""
    try:
        yield
    finally:
        if any(week.get("costs") for week in results["weeks"].values()):
            draw(results, RESULTS)


def main(
    weeks: Annotated[list[str] | None, typer.Option("--week", help="1, 2 and 3.")] = None,
    size: Annotated[int, typer.Option(min=1, help="Submissions to compare on.")] = 12,
    ways: Annotated[list[str] | None, typer.Option("--way", help="All by default.")] = None,
    rounds: Annotated[int, typer.Option(min=1, help="How often, all ways in turn.")] = 3,
    sizes: Annotated[list[int] | None, typer.Option("--grow", help="Growing classes.")] = None,
) -> None:
    """Measure, print, and write benchmarks/results/ as far as it has come."""
    syllabus = load_syllabus(ROOT)
    chosen = [syllabus.find_week(name) for name in weeks or ("1", "2", "3")]
    results = _earlier({"cores": _CORES, "python": platform.python_version()})
    with (
        tempfile.TemporaryDirectory(prefix="dlcourse-bench-") as folder,
        _drawn_at_the_end(results),
    ):
        scratch = Path(folder)
        released = _released(scratch, chosen)
        compare(results, released, scratch, chosen, size, ways or list(WAYS), rounds)
        grow(results, released, scratch, chosen[0], sizes or [])


if __name__ == "__main__":
    typer.run(main)
