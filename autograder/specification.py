"""The language in which exercises are specified, once, for everything that uses them.

From one `Exercise` come the visible check, the hidden tests, the points, the hints, the
generated class of the demo and the tests of the tests.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from helpers.checking.checks import Check, Problem, Trial
from helpers.checking.outcomes import Arguments, Outcome

Inputs = Callable[[np.random.Generator], Arguments]
EdgeInputs = Callable[[np.random.Generator], Sequence[Arguments]]


class SpecificationError(Exception):
    """An exercise is specified wrongly."""


@dataclass(frozen=True)
class Mistake:
    """A wrong implementation that people really write.

    Attributes
    ----------
    name : str
        What goes wrong, as a report would list it: "sums instead of averaging".
    wrong : dict or str
        Either edits of the reference's source (text found exactly once → its replacement), or
        the whole source of a wrong function.
    hint : str
        What the student is told when their results are those of this mistake.
    """

    name: str
    wrong: Mapping[str, str] | str
    hint: str

    def source(self, exercise: Exercise) -> str:
        """Give the source of the wrong function, as it would stand in a notebook.

        Raises
        ------
        SpecificationError
            If a text to replace does not stand in the reference exactly once.
        """
        if isinstance(self.wrong, str):
            return textwrap.dedent(self.wrong).strip() + "\n"
        source = exercise.source
        for old, new in self.wrong.items():
            if source.count(old) != 1:
                found = source.count(old)
                raise SpecificationError(
                    f"{exercise.function}, mistake “{self.name}”: {old!r} stands {found} times "
                    f"in the reference; it must stand there once:\n{source}"
                )
            source = source.replace(old, new)
        return source

    def function(self, exercise: Exercise) -> Callable[..., Any]:
        """Make the wrong function, in the reference's own surroundings."""
        return compiled(self.source(exercise), exercise)


@dataclass(frozen=True)
class Exercise:
    """One function that students write.

    Attributes
    ----------
    function : str
        Its name.
    reference : callable
        The truth.
    inputs : callable
        Draws the arguments of one call from a random generator: all shapes that the exercise
        allows, never only the square or the easy ones.
    edge_inputs : callable, optional
        Draws the arguments of the special calls: one example, one feature, saturation.
    checks : sequence of Check
        What is looked at, and what it is worth.
    mistakes : sequence of Mistake
    returns : tuple of str
        Names of the values in the returned tuple, for functions that return one.
    uses : tuple of str
        Earlier exercises of the notebook that it is expected to call.
    aliases : tuple of str
        Other names the function may have.
    equivalent : dict
        Changes of the reference that the audit takes for wrong and that are right: what stands
        in the changed lines and nowhere else, and why it is right, in one sentence.
    unsuited : dict
        Manners of writing in which this exercise cannot be solved, such as "float32", each with
        the reason, in one sentence.
    variants : dict
        Other functions that some editions of the exercise call right, by name: their whole
        source. Only a `MatchesVariant` that names one accepts it.
    """

    function: str
    reference: Callable[..., Any]
    inputs: Inputs
    checks: Sequence[Check]
    mistakes: Sequence[Mistake] = ()
    edge_inputs: EdgeInputs = field(default=lambda rng: ())
    returns: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    equivalent: Mapping[str, str] = field(default_factory=dict)
    unsuited: Mapping[str, str] = field(default_factory=dict)
    variants: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse points that the visible check could never show."""
        for check in self.checks:
            if isinstance(check, Holds) and check.points:
                raise SpecificationError(
                    f"{self.function}: “{check.title}” is a Holds and must carry no points, since "
                    "students never see it. Put such a call into edge_inputs: a Matches judges it."
                )

    @property
    def points(self) -> float:
        """What the exercise is worth."""
        return sum(check.points for check in self.checks)

    @property
    def source(self) -> str:
        """The reference's source without docstring, annotations and comments."""
        return bare_source(self.reference)


@dataclass(frozen=True)
class Holds(Check):
    """A property that a piece of the instructor's code tests; never shipped to students.

    It is advice: in an exercise it must carry no points.

    Attributes
    ----------
    test : callable
        Takes a function that calls the student's function (as one would call it) and returns
        what is wrong, in one sentence, or None.
    """

    test: Callable[[Callable[..., Any]], str | None] = field(default=lambda call: None)
    kind: ClassVar[str] = "holds"

    def problem(self, trial: Trial) -> Problem | None:
        """Run the test."""

        def call(*positional: Any, **named: Any) -> Any:
            return _value(trial.call(Arguments(positional, named), False))

        try:
            message = self.test(call)
        except CallFailed as error:
            message = str(error)
        except MemoryError:
            raise  # perhaps this machine's failing: no verdict at all
        except Exception as error:  # the student's function may return anything
            message = f"The result is not of the expected kind ({type(error).__name__})."
        return Problem(message) if message else None


class CallFailed(Exception):
    """The student's function raised, in a property test."""


def _value(outcome: Outcome) -> Any:
    if outcome.error:
        raise CallFailed(f"The call stopped with {outcome.error}.")
    return outcome.value


def bare_source(function: Callable[..., Any]) -> str:
    """Give a function's source as a student would write it: no docstring, no annotations.

    Examples
    --------
    >>> print(bare_source(bare_source).splitlines()[0])
    def bare_source(function):
    """
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            _strip(node)
    return ast.unparse(_Plain().visit(tree)) + "\n"


def _strip(node: ast.FunctionDef) -> None:
    node.returns = None
    arguments = node.args
    several = [argument for argument in (arguments.vararg, arguments.kwarg) if argument]
    for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, *several):
        argument.annotation = None
    if ast.get_docstring(node) is not None and len(node.body) > 1:
        node.body = node.body[1:]


class _Plain(ast.NodeTransformer):
    """Turns annotated assignments into plain ones."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST | None:
        """Drop the annotation, or all of a mere declaration."""
        if node.value is None:
            return None
        plain = ast.Assign(targets=[node.target], value=node.value)
        return ast.fix_missing_locations(ast.copy_location(plain, node))


def compiled(source: str, exercise: Exercise) -> Callable[..., Any]:
    """Compile a function's source among the names that the reference sees.

    Raises
    ------
    SpecificationError
        If the source does not define the exercise's function.
    """
    namespace = dict(inspect.unwrap(exercise.reference).__globals__)
    namespace.pop(exercise.function, None)
    exec(compile(source, f"<{exercise.function}>", "exec"), namespace)  # our own specifications
    if exercise.function not in namespace:
        raise SpecificationError(f"The source does not define {exercise.function}:\n{source}")
    function: Callable[..., Any] = namespace[exercise.function]
    return function
