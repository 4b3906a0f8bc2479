"""The referee: runs the test cells in its own process, the student's functions in the sandbox.

In a test cell each name that the student defined is a `Proxy`. Calling it sends name and
arguments into the sandbox and brings plain values back. All comparing happens here.
"""

from __future__ import annotations

import ast
import builtins
import inspect
import math
import os
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from autograder.discretion import discreet
from autograder.exercises import load
from autograder.inside.pipe import Pipe, PipeClosed, PipeTimeout, socket_pair
from autograder.questions import hidden_question
from autograder.sandbox import Sandbox, SandboxError, SandboxLost
from autograder.standing_in import StandIns
from helpers.checking.judging import Question, Verdict, judge, without_points
from helpers.checking.outcomes import Arguments, Outcome
from helpers.checking.plain import NotPlain

_LOST = (PipeClosed, PipeTimeout, NotPlain, SandboxLost)
_GRACE = 3.0
_TRIES = 3
_MOST_PATIENCE = 8
_MOST_BYTES = 4 << 20  # of a reply: a hostile one takes many times its size as objects
_MOST_OUTPUTS = 32 << 20  # of a notebook's outputs, in characters


@dataclass(frozen=True)
class Limits:
    """How long things may take, in seconds, on a machine that is not overloaded.

    Attributes
    ----------
    cell : float
        One ordinary cell.
    impatient : float
        One ordinary cell after another cell has run out of time.
    call : float
        One call of a student's function in a test.
    test : float
        All calls of one test together.
    notebook : float
        All ordinary cells together; those after it are not run.
    """

    cell: float = 30
    impatient: float = 5
    call: float = 5
    test: float = 20
    notebook: float = 900

    def stretched(self) -> Limits:
        """Allow for a machine that has more to do than it has processors.

        Right solutions must not run out of time because something else is busy.
        """
        factor = patience()
        return Limits(**{name: seconds * factor for name, seconds in asdict(self).items()})


def patience() -> float:
    """Tell how many times longer things may take while the machine is as busy as now."""
    return min(max(os.getloadavg()[0] / (os.cpu_count() or 1), 1), _MOST_PATIENCE)


@dataclass(frozen=True)
class CellRun:
    """What an ordinary cell came to."""

    outputs: list[dict[str, Any]]
    ok: bool
    count: int | None = None
    trouble: str = ""  # for the instructor, where the cell was not simply run


@dataclass(frozen=True)
class CellGrade:
    """What a test cell came to.

    Attributes
    ----------
    earned, points : float
    verdicts : list of Verdict
        One for each exercise that the cell graded.
    problem : str
        What went wrong in the test itself; for the instructor. "" when nothing did.
    seconds : float
        How long it took.
    by_hand : str
        Why a person has to grade the cell, or "".
    """

    earned: float
    points: float
    verdicts: list[Verdict] = field(default_factory=list)
    problem: str = ""
    seconds: float = 0
    by_hand: str = ""


class StudentNotebook:
    """A student's notebook in the sandbox, cell by cell.

    When a cell ends the process, the cells before it are run again in a fresh one and the
    notebook goes on after it: a cell that crashes costs nothing but itself.
    """

    def __init__(self, sandbox: Sandbox, limits: Limits) -> None:
        self._sandbox = sandbox
        self.limits = limits
        self._history: list[dict[str, Any]] = []
        self._sources: list[str] = []
        self._late = False
        self._left = limits.stretched().notebook
        self._room = _MOST_OUTPUTS
        self._pipe = self._fresh()

    def run(self, source: str) -> CellRun:
        """Run an ordinary cell, while the notebook has time left."""
        self._sources.append(source)
        if self._left <= 0:
            return _stopped("NotRun", "The time for this notebook is used up: a cell was not run.")
        started = time.monotonic()
        run = self._run(source)
        self._left -= time.monotonic() - started
        return self._bounded(run)

    def _bounded(self, run: CellRun) -> CellRun:
        """Leave outputs out when the notebook has more than anybody could look at."""
        self._room -= len(repr(run.outputs))
        if self._room >= 0:
            return run
        return replace(_stopped("TooMuch", "The outputs of a cell are too large."), ok=run.ok)

    def _run(self, source: str) -> CellRun:
        limits = self.limits.stretched()
        seconds = limits.impatient if self._late else limits.cell
        message = {"op": "run", "source": source, "seconds": seconds}
        try:
            reply = self._ask(message, seconds + _GRACE)
        except _LOST as loss:
            return self._cell_lost(loss, seconds)
        run = _cell_run(reply)
        if any(output.get("ename") == "OutOfTime" for output in run.outputs):
            self._late = True  # and it is not run again, should a later cell crash
            run = replace(run, trouble="A cell was stopped: it ran longer than the time limit.")
        else:
            self._history.append(message)
        return run

    def leave_out(self, source: str) -> None:
        """Note what stands in a cell that does not run: it is the student's own all the same."""
        self._sources.append(source)

    @property
    def sources(self) -> Sequence[str]:
        """The cells that have run."""
        return self._sources

    def add_files(self, files: dict[str, bytes]) -> None:
        """Put files of the student's beside the notebook."""
        message = {"op": "files", "files": files}
        self._history.append(message)
        try:
            self._ask(message, _GRACE)
        except _LOST:
            self._revive()

    def note_passed(self, names: Sequence[str]) -> None:
        """Tell the notebook which exercises passed, so that cells waiting for them run."""
        message = {"op": "passed", "names": list(names)}
        self._history.append(message)
        try:
            self._ask(message, _GRACE)
        except _LOST:
            self._revive()

    @contextmanager
    def test(self) -> Iterator[TestProcess]:
        """Fork the notebook's state of this moment, to call its functions in."""
        process = self._forked()
        try:
            yield process
        finally:
            process.close()
            try:
                self._ask({"op": "end_test"}, _GRACE)
            except _LOST:
                self._revive()

    def _forked(self) -> TestProcess:
        for _ in range(_TRIES):
            try:
                return self._fork()
            except _LOST:
                self._revive()
        raise SandboxLost(
            "the notebook's process was lost whenever a test was about to start "
            "(does its code use up all processes or memory?)"
        )

    def _fork(self) -> TestProcess:
        mine, theirs = socket_pair()
        with theirs:
            self._pipe.send({"op": "test"}, _GRACE)
            self._pipe.send_socket(theirs)
        self._pipe.receive(_GRACE)
        return TestProcess(Pipe(mine), self.limits, self._sources)

    def _ask(self, message: dict[str, Any], seconds: float) -> Any:
        self._pipe.send(message, seconds)
        return self._pipe.receive(seconds)

    def _cell_lost(self, loss: Exception, seconds: float) -> CellRun:
        self._late |= isinstance(loss, PipeTimeout)
        self._revive()
        if isinstance(loss, PipeTimeout):
            return _stopped("CellLost", f"A cell was stopped after {seconds:.0f} seconds.")
        if isinstance(loss, NotPlain):
            return _stopped("CellLost", f"What came back from a cell is no message: {loss}.")
        reasons = "os._exit, exit, out of memory or a crash"
        return _stopped("CellLost", f"A cell ended the Python process ({reasons}).")

    def _fresh(self) -> Pipe:
        try:
            return self._sandbox.new_notebook()
        except SandboxLost:
            self._sandbox.restart()
            return self._sandbox.new_notebook()

    def _revive(self) -> None:
        """Run the cells that went well once more in a fresh process."""
        while True:
            self._pipe.close()
            self._pipe = self._fresh()
            for number, message in enumerate(self._history):
                try:
                    self._ask(message, message.get("seconds", 0) + _GRACE)
                except _LOST:
                    del self._history[number]
                    break
            else:
                return


def _stopped(name: str, text: str) -> CellRun:
    """Make up what is shown of a cell that did not come back, or was not run."""
    output = {"output_type": "error", "ename": name, "evalue": text, "traceback": [text]}
    return CellRun([output], ok=False, trouble=text)


def _cell_run(reply: Any) -> CellRun:
    """Take over what the sandbox says about a cell, as far as it has the right form."""
    if not isinstance(reply, dict) or not isinstance(reply.get("outputs"), list):
        return CellRun([], ok=False)
    outputs = [output for output in reply["outputs"] if isinstance(output, dict)]
    count = reply.get("count")
    counted = count if type(count) is int and count >= 0 else None
    return CellRun(outputs, reply.get("ok") is True, counted)


class TestProcess:
    """A fork of the notebook, in which a test calls the student's functions."""

    def __init__(self, pipe: Pipe, limits: Limits, sources: Sequence[str] = ()) -> None:
        self._pipe = pipe
        self._limits = limits
        self._sources = sources
        self._allowed = limits.stretched()
        self._deadline = time.monotonic() + self._allowed.test
        self._lost: Outcome | None = None
        self._stand_ins: StandIns | None = None
        self.asked: set[str] = set()  # the names whose references have answered

    def defined(self, names: Sequence[str]) -> list[str]:
        """Tell which of the names the notebook defines as something to call."""
        try:
            self._pipe.send({"op": "names", "names": list(names)}, _GRACE)
            reply = self._pipe.receive(_GRACE)
            return [name for name in names if name in reply["names"]]
        except (*_LOST, TypeError, KeyError):
            return []

    def lend(self) -> Pipe:
        """Have the process lend what the notebook defines, for as long as it is asked."""
        self._pipe.send({"op": "lend"}, _GRACE)
        return self._pipe

    def stand_in(self, references: dict[str, Callable[..., Any]]) -> None:
        """Let references answer in place of the student's functions of these names."""
        if references:
            self._stand_ins = StandIns(references, self._allowed.test)
            names = {n: list(inspect.signature(f).parameters) for n, f in references.items()}
            self._pipe.send({"op": "stand_in", "names": names}, _GRACE)
            self._pipe.receive(_GRACE)

    def call(self, function: str, args: Arguments, count_lines: bool) -> Outcome:
        """Call a function of the notebook; never raises."""
        if self._lost is None:
            try:
                return self._outcome(function, args, count_lines)
            except PipeTimeout:
                self._lost = Outcome(error="Timeout", message=_too_long(self._limits))
            except PipeClosed:
                self._lost = Outcome(error="Crash", message="The call ended the Python process.")
            except NotPlain as error:
                self._lost = Outcome(error="NotPlain", message=str(error))
        return self._lost

    def close(self) -> None:
        """Hang up."""
        self._pipe.close()
        if self._stand_ins:
            self._stand_ins.close()

    def _outcome(self, function: str, args: Arguments, count_lines: bool) -> Outcome:
        deadline = min(time.monotonic() + self._allowed.call, self._deadline)
        message = {"op": "call", "function": function, "args": asdict(args), "lines": count_lines}
        self._pipe.send(message, _left(deadline))
        while True:
            reply = self._pipe.receive(_left(deadline), _MOST_BYTES)
            if not isinstance(reply, dict):
                raise NotPlain("a reply is a dictionary")
            if "callback" not in reply:
                return discreet(_read_outcome(reply.get("outcome")), self._sources)
            self._pipe.send(self._answer(reply, _left(deadline)), _left(deadline))

    def _answer(self, request: dict[str, Any], seconds: float) -> dict[str, Any]:
        """Have a reference called for the sandbox."""
        name, stand_ins = str(request["callback"]), self._stand_ins
        positional, named = request.get("positional"), request.get("named")
        if stand_ins is None or name not in stand_ins.names:
            raise NotPlain("no such function stands in")
        if not isinstance(positional, list) or not isinstance(named, dict):
            raise NotPlain("a function is called with arguments")
        self.asked.add(name)
        return stand_ins.answer(name, positional, named, seconds)


def _left(deadline: float) -> float:
    return max(deadline - time.monotonic(), 0.001)


def _too_long(limits: Limits) -> str:
    return f"The call took longer than {limits.call:g} seconds. Is there a loop without an end?"


def _read_outcome(data: Any) -> Outcome:
    """Build an outcome from what the sandbox sent, trusting nothing but the plain value."""
    if not isinstance(data, dict):
        raise NotPlain("an outcome is a dictionary")
    kinds = {"error": str, "message": str, "line": str, "changed": bool, "lines": int}
    kept = {name: data[name] for name, kind in kinds.items() if type(data.get(name)) is kind}
    for name in kept.keys() & {"error", "message", "line"}:
        kept[name] = kept[name][:300]
    return Outcome(value=data.get("value"), **kept)


class Proxy:
    """Stands in a test cell for a function that the student defined."""

    def __init__(self, name: str, referee: Referee) -> None:
        self.__name__ = name
        self._referee = referee

    def graded(self, notebook: str) -> float:
        """Put the hidden tests of the exercise of this name to the function."""
        return float(self._referee.verdict(notebook, self.__name__).earned)

    def __call__(self, *positional: Any, **named: Any) -> Any:
        """Call the function in the sandbox and bring back what it returns."""
        with self._referee.notebook.test() as process:
            outcome = process.call(self.__name__, Arguments(positional, named), False)
        if outcome.error:
            raise StudentError(f"{self.__name__} stopped with {outcome.error}: {outcome.message}")
        return outcome.value


class StudentError(Exception):
    """A student's function raised, in a test cell that called it directly."""


class _Names(dict[str, Any]):
    """The names of a test cell: those that neither it nor Python defines are the student's."""

    def __init__(self, referee: Referee, graded: Collection[str]) -> None:
        super().__init__(__builtins__=builtins, __name__="__test__", check=lambda *ignored: None)
        self._referee = referee
        self._graded = graded

    def __missing__(self, name: str) -> Any:
        if hasattr(builtins, name):
            raise KeyError(name)
        # That a graded function is missing the verdict says.
        if name not in self._graded and not self._referee.defines(name):
            raise KeyError(name)
        self[name] = Proxy(name, self._referee)
        return self[name]


class Referee:
    """Grades the test cells of one notebook.

    Parameters
    ----------
    notebook : StudentNotebook
    seed : str
        The secret seed of the hidden tests, in the variant that this notebook gets.
    """

    def __init__(self, notebook: StudentNotebook, seed: str) -> None:
        self.notebook = notebook
        self._seed = seed
        self._verdicts: dict[str, Verdict] = {}

    def test_cell(self, source: str, points: float) -> CellGrade:
        """Run a test cell, whose source must come from the gradebook.

        Parameters
        ----------
        source : str
        points : float
            What the cell is worth. A number as the value of the cell's last expression is the
            partial credit; otherwise a cell that raises nothing earns it all.
        """
        started, known = time.monotonic(), set(self._verdicts)
        try:
            value, problem = _run_cell(source, self), ""
        except (AssertionError, NameError, StudentError) as error:
            value, problem = 0, f"{type(error).__name__}: {error}"[:500]
        except (SandboxError, SandboxLost, MemoryError):
            raise  # no fault of the test's or the function's: there is no grade at all
        except Exception as error:  # an error in the test itself must reach the instructor
            value, problem = 0, f"The test cell itself failed: {error!r}"[:500]
        verdicts = [v for name, v in self._verdicts.items() if name not in known]
        # A function that passed only beside others' references would not do so in the notebook.
        self.notebook.note_passed([v.function for v in verdicts if v.passed and not v.note])
        earned = _credit(value, points)
        return CellGrade(earned, points, verdicts, problem, time.monotonic() - started)

    def defines(self, name: str) -> bool:
        """Tell whether the student's notebook defines something to call of this name."""
        with self.notebook.test() as process:
            return bool(process.defined([name]))

    def verdict(self, notebook: str, name: str) -> Verdict:
        """Grade one exercise, with references in place of earlier exercises that failed."""
        question = hidden_question(notebook, name, self._seed)
        broken = [n for n in all_uses(notebook, name) if self._has_failed(n)]
        verdict, asked = self._judge(question, notebook, broken)
        if verdict.state == "timeout":  # it may be the machine that was slow: once more
            again = self._judge(question, notebook, broken)
            verdict, asked = max((verdict, asked), again, key=lambda pair: pair[0].earned)
        if asked and verdict.passed:
            used = ", ".join(f"`{n}`" for n in broken if n in asked)
            note = (
                f"Graded with the course's own {used}, so that a mistake there costs nothing here."
            )
            verdict = replace(verdict, note=note)
        elif asked:
            own, _ = self._judge(question, notebook, [])
            verdict = max(verdict, own, key=lambda v: v.earned)
        self._verdicts[name] = verdict
        return verdict

    def _has_failed(self, name: str) -> bool:
        """Tell whether an exercise has been judged, so that its reference may answer from now on.

        Before, the student's code could have it answer the hidden cases still to come.
        """
        return name in self._verdicts and not self._verdicts[name].passed

    def _judge(
        self, question: Question, notebook: str, broken: Sequence[str]
    ) -> tuple[Verdict, set[str]]:
        """Judge beside references; also name those that were called: none, and it stands alone."""
        references = {name: load(notebook)[name].reference for name in broken}
        with self.notebook.test() as process:
            names = process.defined([question.function, *question.aliases])
            if not names:
                return without_points(question, "missing", "There is no such function."), set()
            try:
                process.stand_in(references)
            except _LOST:
                lost = without_points(question, "crash", "The notebook's process was gone.")
                return lost, set(broken)
            verdict = judge(question, lambda args, lines: process.call(names[0], args, lines))
            return verdict, process.asked


def all_uses(notebook: str, name: str) -> list[str]:
    """List the earlier exercises that one uses, and those that these use, in order."""
    exercises = load(notebook)
    found: set[str] = set()
    waiting = [name]
    while waiting:
        new = set(exercises[waiting.pop()].uses) - found
        found |= new
        waiting += new
    return [earlier for earlier in exercises if earlier in found]


def _run_cell(source: str, referee: Referee) -> Any:
    """Execute a cell; give the value of its last expression, or None."""
    tree = ast.parse(source)
    names = _Names(referee, _graded_names(tree))
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<test cell>", "exec"), names)
    if not isinstance(last, ast.Expr):
        return None
    return eval(compile(ast.Expression(last.value), "<test cell>", "eval"), names)


def _graded_names(tree: ast.Module) -> set[str]:
    """Find the functions that a cell puts hidden tests to: `grade("<notebook>", function)`."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    graded = [call for call in calls if getattr(call.func, "id", "") == "grade"]
    return {a.id for call in graded for a in call.args if isinstance(a, ast.Name)}


def _credit(value: Any, points: float) -> float:
    """Turn a cell's value into points, never more than the cell is worth; fail closed."""
    if value is None or not isinstance(value, int | float):
        return points
    return min(max(float(value), 0.0), points) if math.isfinite(value) else 0.0
