"""The student's side of a plain test: lends what the notebook defines to the test's process."""

from __future__ import annotations

import contextlib
import inspect
import io
import random
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from helpers.checking.plain import NotPlain

from .exchange import Exchange, lineage
from .pipe import Pipe
from .specials import specials_of

_MOST_PRINTED = 100_000
_ENDS = (SystemExit, KeyboardInterrupt, GeneratorExit)
# An object of a class derived from one of these takes its value along.
_VALUES = (str, int, float, complex, bytes, tuple, frozenset)


class _Lent(Exchange):
    """The table of what the student's process lends."""

    def __init__(self, ask: Callable[..., Any]) -> None:
        super().__init__(first=1)
        self._ask = ask

    def describe(self, value: Any) -> tuple[str, Any]:
        """Describe a class or an object of the student's."""
        if isinstance(value, types.MappingProxyType | np.ndarray) or _is_a_librarys(type(value)):
            raise NotPlain(f"{type(value).__name__} objects cannot cross")
        if isinstance(value, type):
            return "class", {
                "name": value.__name__,
                "module": str(value.__module__),
                "doc": value.__doc__ if type(value.__doc__) is str else None,
                "bases": [self.write(base) for base in value.__bases__],
                "lineage": list(lineage(value)),
                "specials": specials_of(value),
            }
        return "object", {"class": self.write(type(value)), "value": self._plain_part(value)}

    def adopt(self, number: int, kind: str, parts: Any) -> Any:
        """Make what stands for a function or an iterator of the test's."""
        if kind == "callback":
            return _callback(self._ask, number)
        if kind == "iterator":
            return _iterator(self._ask, number)
        return super().adopt(number, kind, parts)

    def read_module(self, name: str) -> Any:
        """Import a module that the test hands over."""
        return __import__(name, fromlist=["*"])

    def _plain_part(self, value: Any) -> Any:
        """Write down what an object of a derived class is as one of the class it derives from."""
        if isinstance(value, BaseException):
            return [self._argument(argument) for argument in value.args]
        known: Any = next((v for v in _VALUES if issubclass(type(value), v)), None)
        return known and self.write(known.__new__(known, value))

    def _argument(self, value: Any) -> Any:
        try:
            return self.write(value)
        except NotPlain:
            return str(value)[:300]


def _is_a_librarys(cls: type) -> bool:
    """Tell whether a class is one that functions of its own library look into."""
    root = str(cls.__module__).partition(".")[0]
    home = str(getattr(sys.modules.get(root), "__file__", None))
    return "-packages" in home and root not in {"numpy", "matplotlib"}


def _callback(ask: Callable[..., Any], number: int) -> Callable[..., Any]:
    def call(*positional: Any, **named: Any) -> Any:
        return ask({"callback": number}, positional, named)

    return call


def _iterator(ask: Callable[..., Any], number: int) -> Iterator[Any]:
    while True:
        found, value = ask({"next": number})
        if not found:
            return
        yield value


class Lender:
    """Does what the test's process asks for, until nobody asks any more.

    Parameters
    ----------
    pipe : Pipe
    names : dict
        The notebook's names.
    """

    def __init__(self, pipe: Pipe, names: dict[str, Any]) -> None:
        self._pipe = pipe
        self._names = names
        self._table = _Lent(self._ask)
        self._printed = io.StringIO(), io.StringIO()
        self._shares_chance = False

    def serve(self, message: dict[str, Any]) -> None:
        """Answer one message."""
        self._send(self._answer(message))

    def _send(self, answer: dict[str, Any]) -> None:
        try:
            self._pipe.send(answer)
        except NotPlain as error:  # too large, say
            self._pipe.send(_refused(str(error)))

    def _answer(self, message: dict[str, Any]) -> dict[str, Any]:
        try:
            self._table.forget(message["forget"])
            values = self._table.incoming(message)
        except (NotPlain, ImportError) as error:
            return _refused(str(error))
        self._take_chance(message.get("chance"))
        with self._recorded():
            try:
                result, raised = _OPERATIONS[message["op"]](self, message, *values), False
            except (Exception, *_ENDS) as error:
                result, raised = error, True
        try:
            return self._told({"raised": raised}, [result])
        except Exception as error:  # whatever an odd object does when it is looked at
            return _refused(str(error))

    def _told(self, head: dict[str, Any], values: list[Any]) -> dict[str, Any]:
        """Make a message, with what was printed since the last one."""
        out, err = (stream.getvalue()[:_MOST_PRINTED] for stream in self._printed)
        for stream in self._printed:
            stream.seek(0)
            stream.truncate()
        printed = {"out": _whole(out), "err": _whole(err)}
        return self._table.outgoing({**head, **printed, "chance": self._give_chance()}, values)

    def _ask(self, head: dict[str, Any], *values: Any) -> Any:
        """Ask the test's process, which may ask back before it answers."""
        self._pipe.send(self._told(head, list(values)))
        while True:
            message = self._pipe.receive()
            if "op" in message:
                self.serve(message)
                continue
            self._take_chance(message.get("chance"))
            (value,) = self._table.incoming(message)
            if message["raised"]:
                raise value
            return value

    @contextlib.contextmanager
    def _recorded(self) -> Iterator[None]:
        out, err = self._printed
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            yield

    def _take_chance(self, chance: Any) -> None:
        if chance:
            self._shares_chance = True
            set_chance(chance)

    def _give_chance(self) -> Any:
        return chance() if self._shares_chance else None

    def get_name(self, message: dict[str, Any]) -> list[Any]:
        """Give what the notebook defines of a name, in a list; an empty one if it does not."""
        self._shares_chance |= bool(message.get("shares_chance"))
        name = message["name"]
        return [self._names[name]] if name in self._names else []


def chance() -> list[Any]:
    """Give the state of the generators of random numbers."""
    _, keys, *rest = np.random.get_state()
    version, numbers, gauss = random.getstate()
    return [keys, rest, version, list(numbers), gauss]


def set_chance(state: Any) -> None:
    """Put the generators of random numbers into a state."""
    keys, (position, has_gauss, cached), version, numbers, gauss = state
    np.random.set_state(("MT19937", keys, position, has_gauss, cached))
    random.setstate((version, tuple(numbers), gauss))


def _whole(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _refused(why: str) -> dict[str, Any]:
    return {"unsupported": why[:300], "values": [], "nodes": []}


def _special(lender: Lender, message: dict[str, Any], target: Any, *operands: Any) -> Any:
    return getattr(type(target), message["name"])(target, *operands)


def _signature(lender: Lender, message: dict[str, Any], target: Any) -> Any:
    """Take a signature apart: names, kinds, and defaults in a list if there are any."""
    return [
        [p.name, int(p.kind), [] if p.default is p.empty else [p.default]]
        for p in inspect.signature(target).parameters.values()
    ]


_OPERATIONS: dict[str, Callable[..., Any]] = {
    "name": Lender.get_name,
    "call": lambda lender, message, target, positional, named: target(*positional, **named),
    "get": lambda lender, message, target: getattr(target, message["name"]),
    "set": lambda lender, message, target, value: setattr(target, message["name"], value),
    "delete": lambda lender, message, target: delattr(target, message["name"]),
    "special": _special,
    "signature": _signature,
    "dir": lambda lender, message, target: dir(target),
}
