"""The command line: `dlcourse`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from autograder.syllabus import Syllabus, SyllabusError, Week, course_root, load_syllabus

if TYPE_CHECKING:
    from autograder.classroom import MarkAll

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Build, grade and report on the course. WEEK is a number (1), w01, or a whole name.",
)
console = Console()
errors = Console(stderr=True)

UNPROTECTED = (
    "[bold red]Without a sandbox, students' code runs as you: it can read and delete your files, "
    "and change its own grade. Only for files you wrote yourself.[/]"
)

WeekArgument = Annotated[str, typer.Argument(metavar="WEEK", help="The week.")]
WeeksArgument = Annotated[
    list[str] | None, typer.Argument(metavar="[WEEK]…", help="The weeks; all if none is given.")
]
NoSandbox = Annotated[bool, typer.Option("--no-sandbox", help="Run students' code unprotected.")]


def _known_errors() -> tuple[type[Exception], ...]:
    """List the errors whose message says all there is to say."""
    from sqlalchemy.exc import SQLAlchemyError

    from autograder.assembling import BuildError
    from autograder.auditing import AuditError
    from autograder.bundling import BundleError
    from autograder.glossary import GlossaryError
    from autograder.keys import NotReleased
    from autograder.recording import NotRecorded
    from autograder.reporting import ReportError
    from autograder.sandbox import SandboxError
    from autograder.specification import SpecificationError
    from autograder.trying import TryError

    return (
        *(
            AuditError,
            BuildError,
            BundleError,
            GlossaryError,
            NotRecorded,
            NotReleased,
            ReportError,
        ),
        *(SandboxError, SpecificationError, SyllabusError, TryError, OSError, SQLAlchemyError),
    )


@contextmanager
def _speaking_plainly() -> Iterator[None]:
    """Turn known errors into a message and exit status 2, an interruption into 130."""
    try:
        yield
    except KeyboardInterrupt:
        errors.print("[yellow]Stopped. What was finished is kept; run the command again.[/]")
        raise typer.Exit(130) from None
    except Exception as error:
        if not isinstance(error, _known_errors()):
            raise
        errors.print(f"[red]{type(error).__name__}:[/]", end=" ")
        errors.print(str(error), markup=False, highlight=False)
        raise typer.Exit(2) from None


def _command(function: Callable[..., Any]) -> Callable[..., Any]:
    """Make a function a subcommand whose known errors are spoken plainly."""

    @wraps(function)
    def run(*args: Any, **kwargs: Any) -> Any:
        with _speaking_plainly():
            return function(*args, **kwargs)

    return app.command(function.__name__.rstrip("_"))(run)


def _weeks(names: list[str] | None) -> tuple[Path, list[Week]]:
    root = course_root()
    syllabus: Syllabus = load_syllabus(root)
    return root, [syllabus.find_week(name) for name in names] if names else list(syllabus.weeks)


def _week(name: str) -> tuple[Path, Week]:
    root, weeks = _weeks([name])
    return root, weeks[0]


@_command
def build(
    weeks: WeeksArgument = None,
    force: Annotated[
        bool, typer.Option(help="Execute notebooks that are up to date, too.")
    ] = False,
    jobs: Annotated[
        int | None, typer.Option(help="Weeks at a time; one a core by default.")
    ] = None,
) -> None:
    """Build source, release and answer sheets from the masters, then scan for leaks."""
    from autograder.building import build_weeks

    root, chosen = _weeks(weeks)
    for report in build_weeks(root, chosen, force=force, jobs=jobs):
        for name in report.executed:
            console.print(f"executed  {name}")
        for name in report.fresh:
            console.print(f"unchanged {name}")
        for path in report.released:
            console.print(f"released  {path.relative_to(root)}")
    _scan(root, chosen)


@_command
def syllabus() -> None:
    """Write docs/syllabus.md, the page that tells students what each week is about."""
    from autograder.overview import write_syllabus_page

    root = course_root()
    console.print(f"wrote {write_syllabus_page(root).relative_to(root)}")


@_command
def leaks(weeks: WeeksArgument = None) -> None:
    """Prove that nothing released holds a solution, a hidden test or a later reference."""
    _scan(*_weeks(weeks))


def _scan(root: Path, weeks: list[Week]) -> None:
    from autograder.leaks import scan

    found = [leak for week in weeks for leak in scan(root, week)]
    for leak in found:
        errors.print(f"leak: {leak}", style="red", markup=False, highlight=False)
    if found:
        raise typer.Exit(1)
    console.print(f"no leaks in {', '.join(week.id for week in weeks)}")


@_command
def bundle(week: WeekArgument) -> None:
    """Pack what students download: notebooks, helpers, answer sheets, data."""
    from autograder.bundling import bundle as make_bundle

    root, chosen = _week(week)
    console.print(f"wrote {make_bundle(root, chosen).relative_to(root)}")


@_command
def grade(
    week: WeekArgument,
    jobs: Annotated[int | None, typer.Option(help="Processes; one a core by default.")] = None,
    force: Annotated[bool, typer.Option(help="Grade unchanged submissions, too.")] = False,
    quick: Annotated[
        bool, typer.Option(help="Run only the cells that graded functions depend on.")
    ] = False,
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Mark on the workers of this Dask scheduler."),
    ] = None,
    no_sandbox: NoSandbox = False,
) -> None:
    """Grade everything under submitted/ and record it in the gradebook."""
    from autograder.classroom import grade_class
    from autograder.reporting import summary_table

    root, chosen = _week(week)
    if scheduler and no_sandbox:
        raise typer.BadParameter("Workers of a scheduler always use a sandbox.")
    if no_sandbox:
        errors.print(UNPROTECTED)
    with _progress(f"Grading {chosen.id}") as (started, progressed):
        result = grade_class(
            root,
            chosen.id,
            jobs=jobs,
            force=force,
            quick=quick,
            protect=not no_sandbox,
            mark_all=_on_cluster(scheduler) if scheduler else None,
            started=started,
            progressed=progressed,
            waiting=_say_waiting,
        )
    if result.records:
        console.print(summary_table(result.records))
    _say_result(result)


def _on_cluster(scheduler: str) -> MarkAll:
    """Have submissions marked by a cluster; only this needs Dask."""
    try:
        from autograder.cluster import mark_on_cluster
    except ModuleNotFoundError as error:
        raise typer.BadParameter(f"{error}. Install it:  pip install 'dlcourse[cluster]'") from None
    return partial(mark_on_cluster, scheduler=scheduler)


def _say_waiting(reason: str) -> None:
    text = f"Gradebook or disk refuse ({reason}): waiting, then trying again."
    errors.print(text, style="yellow", markup=False, highlight=False)


def _say_result(result: Any) -> None:
    """Say how many were graded, and name every submission that needs a look."""
    unchanged = len(result.records) - len(result.graded)
    console.print(f"{len(result.graded)} graded, {unchanged} unchanged.")
    unread = {r.student: "; ".join(r.problems) for r in result.records if r.problems}
    for student, problem in unread.items():
        errors.print(f"{student}: {problem}", style="yellow", markup=False, highlight=False)
    for student, reason in result.failures.items():
        text = f"{student}: not graded: {reason}. Run the command again."
        errors.print(text, style="red", markup=False, highlight=False)
    if not result.records and not result.failures:
        errors.print("There is nothing under submitted/ for this week.", style="yellow")
    if unread or result.failures:
        raise typer.Exit(1)


@contextmanager
def _progress(text: str) -> Iterator[tuple[Callable[[int], None], Callable[[object], None]]]:
    """Show a bar; give the functions that set its length and move it."""
    columns = (TextColumn(text), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=errors) as progress:
        task = progress.add_task("", total=None)
        yield (
            lambda total: progress.update(task, total=total),
            lambda record: progress.advance(task),
        )


@_command
def feedback(week: WeekArgument) -> None:
    """Write a feedback page for each graded submission."""
    from autograder.classroom import write_class_feedback

    root, chosen = _week(week)
    with _progress(f"Feedback for {chosen.id}") as (started, progressed):
        result = write_class_feedback(root, chosen, started=started, progressed=progressed)
    console.print(f"wrote feedback for {len(result.written)} students under feedback/")
    for student, reason in result.failures.items():
        errors.print(f"{student}: no feedback: {reason}", style="red", markup=False)
    if result.failures:
        raise typer.Exit(1)


@_command
def report(
    week: WeekArgument,
    anonymous: Annotated[bool, typer.Option(help="Numbers in place of names.")] = False,
) -> None:
    """Write the instructor's page on a graded week."""
    from autograder.reporting import make_report

    root, chosen = _week(week)
    console.print(f"wrote {make_report(root, chosen, anonymous=anonymous).relative_to(root)}")


@_command
def try_(
    week: WeekArgument,
    file: Annotated[Path, typer.Argument(help="A Python file with plain functions.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    no_sandbox: NoSandbox = False,
) -> None:
    """Grade the functions in a text file, as a submission would be graded."""
    from autograder.classroom import marker_for
    from autograder.given import given_code
    from autograder.sandbox import Sandbox
    from autograder.trying import notebooks_meant, read_source, try_source

    root, chosen = _week(week)
    if no_sandbox:
        errors.print(UNPROTECTED)
    source = read_source(file)
    marking = marker_for(root, chosen, {}, protect=not no_sandbox)
    with marking as marker, Sandbox(marker.sandbox) as sandbox:
        verdicts = {
            notebook: try_source(
                notebook, source, sandbox, marker.seed, given=given_code(root, notebook)
            )
            for notebook in notebooks_meant(chosen, source)
        }
    _say_verdicts(verdicts, as_json)


def _say_verdicts(verdicts: dict[str, Any], as_json: bool) -> None:
    from autograder.grading import exercise_record

    cards = {name: [exercise_record(v) for v in found] for name, found in verdicts.items()}
    if as_json:
        data = {name: [card.model_dump() for card in found] for name, found in cards.items()}
        sys.stdout.write(json.dumps(data, indent=2, ensure_ascii=False) + "\n")
    else:
        for name, found in cards.items():
            console.print(_score_card(name, found))
    if any(card.earned < card.points for found in cards.values() for card in found):
        raise typer.Exit(1)


def _score_card(name: str, cards: list[Any]) -> Table:
    table = Table("exercise", "points", "what was found", title=name)
    for card in cards:
        reasons = [_reason(finding) for finding in card.findings if finding.message]
        text = "\n".join(dict.fromkeys(reasons)) or "all correct"
        if card.note:
            text += f"\n{card.note}"
        table.add_row(card.function, f"{card.earned:g} of {card.points:g}", text)
    total = sum(card.earned for card in cards), sum(card.points for card in cards)
    table.add_section()
    table.add_row("in all", f"{total[0]:g} of {total[1]:g}", "")
    return table


def _reason(finding: Any) -> str:
    advice = "" if finding.points else "Advice: "
    return f"{advice}{finding.message} {finding.hint}".strip()


@_command
def audit(
    weeks: WeeksArgument = None,
    exercise: Annotated[str | None, typer.Option(help="Only the exercise of this name.")] = None,
    quick: Annotated[
        bool, typer.Option(help="A tenth of seeds and inputs; keeps nothing.")
    ] = False,
    jobs: Annotated[int | None, typer.Option(help="Processes; one a core by default.")] = None,
) -> None:
    """Measure how good the tests are: every wrong answer caught, every right one accepted.

    Without a week, all are audited that the syllabus does not call drafts.
    """
    from autograder.audit_cards import shortcomings
    from autograder.audit_pages import audit_table, write_audit
    from autograder.audit_run import audit_weeks, write_figures

    root, chosen = _weeks(weeks)
    if not weeks:
        chosen = [week for week in chosen if not week.draft]
    bar = load_syllabus(root).audit
    if quick:
        tenth = {"seeds": bar.seeds // 10, "further_inputs": bar.further_inputs // 10}
        bar = bar.model_copy(update=tenth)
    with _progress("Auditing") as (started, progressed):
        cards = audit_weeks(root, chosen, bar, exercise, jobs, started, progressed)
    console.print(audit_table(cards, bar))
    page = write_audit(root, cards, bar)
    if not quick:
        write_figures(root, cards)
    below = {f"{card.notebook}, {card.function}": shortcomings(card, bar) for card in cards}
    for place, found in below.items():
        for text in found:
            errors.print(f"{place}: {text}", style="red", markup=False, highlight=False)
    console.print(f"The whole story: {page.relative_to(root)}")
    if any(below.values()):
        raise typer.Exit(1)


@_command
def demo(
    week: Annotated[str, typer.Argument(metavar="WEEK")] = "1",
    students: Annotated[int, typer.Option(help="How large a class.")] = 40,
    quick: Annotated[bool, typer.Option(help="Skip cells no graded function needs.")] = False,
) -> None:
    """Make a class, grade it, write its feedback and report."""
    from autograder.demo import run_demo

    root, chosen = _week(week)
    if not run_demo(root, chosen, students, console, quick):
        raise typer.Exit(1)


def main() -> None:
    """Run the command line."""
    app()
