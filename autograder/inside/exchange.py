"""Values that cross between the student's process and the one that runs the tests.

Either side keeps a table of what has crossed, by number. Plain values cross as copies, and a
container that one side changes afterwards is sent again, so that both have one and the same:
a test sees what a function did to its list. Everything else stays where it is, and the other
side has a number for it. All is written in plain values: reading it runs nobody's code.
"""

from __future__ import annotations

import builtins
import types
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from helpers.checking.plain import NotPlain

_BARE = {type(None), bool, float, str, bytes}
_KINDS = "biufcU"
_MOST_DIGITS = 1 << 20
_CONSTANTS = {"NotImplemented": NotImplemented, "Ellipsis": Ellipsis}
_KEYED: dict[Any, Any] = {}
_EMPTY: tuple[Any, ...] = (
    *([], (), set(), "", b"", range(0)),
    *(_KEYED, _KEYED.keys(), _KEYED.items(), _KEYED.values()),
)
_LIBRARY_TYPES = (
    *(t for t in vars(builtins).values() if isinstance(t, type)),
    *(t for t in vars(types).values() if isinstance(t, type)),
    *(t for t in vars(np).values() if isinstance(t, type) and issubclass(t, np.generic)),
    *(map, zip, filter, enumerate, reversed, np.ndarray, np.ufunc, np.random.Generator),
    *(Counter, OrderedDict, defaultdict, deque, Decimal, Fraction),
    *(type(iter(c)) for c in _EMPTY),
    *(type(c) for c in (*_EMPTY, len, [].append, str.join, np.sin)),
)


def full_name(known: type) -> str:
    """Name a type with its module."""
    return f"{known.__module__}.{known.__qualname__}"


TYPES: dict[str, type] = {full_name(known): known for known in _LIBRARY_TYPES}


@dataclass(frozen=True)
class Form:
    """How values of a type cross: as their parts.

    Attributes
    ----------
    parts : callable
        Takes a value apart.
    build : callable
        Puts parts together; for what can change it is called without any.
    fill : callable or None
        Gives parts to a value that can change.
    """

    parts: Callable[[Any], list[Any]]
    build: Callable[[list[Any]], Any]
    fill: Callable[[Any, list[Any]], None] | None = None


def _is_numpy_number(value: Any) -> bool:
    known = type(value)
    if not issubclass(known, np.generic) or TYPES.get(full_name(known)) is not known:
        return False
    return bool(value.dtype.kind in _KINDS)


def _pairs(mapping: Any) -> list[Any]:
    return [part for pair in mapping.items() for part in pair]


def _fill_list(target: list[Any], parts: list[Any]) -> None:
    target[:] = parts


def _fill_dict(target: dict[Any, Any], parts: list[Any]) -> None:
    target.clear()
    dict.update(target, zip(parts[::2], parts[1::2], strict=True))


def _fill_set(target: set[Any], parts: list[Any]) -> None:
    target.clear()
    target.update(parts)


def _fill_deque(target: deque[Any], parts: list[Any]) -> None:
    target.clear()
    target.extend(parts)


FORMS: dict[type, Form] = {
    list: Form(list, lambda parts: [], _fill_list),
    dict: Form(_pairs, lambda parts: {}, _fill_dict),
    OrderedDict: Form(_pairs, lambda parts: OrderedDict(), _fill_dict),
    Counter: Form(_pairs, lambda parts: Counter(), _fill_dict),
    set: Form(list, lambda parts: set(), _fill_set),
    deque: Form(list, lambda parts: deque(), _fill_deque),
    bytearray: Form(
        lambda value: [bytes(value)],
        lambda parts: bytearray(),
        lambda target, parts: target.__setitem__(slice(None), parts[0]),
    ),
    tuple: Form(list, tuple),
    frozenset: Form(list, frozenset),
    range: Form(lambda r: [r.start, r.stop, r.step], lambda parts: range(*parts)),
    slice: Form(lambda s: [s.start, s.stop, s.step], lambda parts: slice(*parts)),
    Fraction: Form(lambda f: [f.numerator, f.denominator], lambda parts: Fraction(*parts)),
    Decimal: Form(lambda d: [str(d)], lambda parts: Decimal(*parts)),
}
_BY_NAME = {known.__name__: known for known in FORMS}


class Exchange:
    """One side's table of what has crossed.

    Parameters
    ----------
    first : int
        1 or 2: one side gives odd numbers, the other one even ones.
    """

    def __init__(self, first: int) -> None:
        self.objects: dict[int, Any] = {}
        self._numbers: dict[int, int] = {}
        self._seen: dict[int, Any] = {}
        self._own = self._next = first
        self._nodes: list[list[Any]] = []
        self._unread: dict[int, tuple[str, Any]] = {}

    def outgoing(self, head: dict[str, Any], values: Sequence[Any]) -> dict[str, Any]:
        """Make a message of values and of all that has changed since the last one.

        Raises
        ------
        NotPlain
            If one of them cannot cross; then none has.
        """
        self._nodes, first = [], self._next
        try:
            for number in [n for n in self._seen if self._has_changed(n)]:
                self._add_node(number, self.objects[number])
            return {**head, "values": [self.write(v) for v in values], "nodes": self._nodes}
        except RecursionError:
            self.forget(range(first, self._next, 2))
            raise NotPlain("the values are nested too deeply") from None
        except NotPlain:
            self.forget(range(first, self._next, 2))
            raise

    def incoming(self, message: dict[str, Any]) -> list[Any]:
        """Read the values of a message, and take over what has changed.

        Raises
        ------
        NotPlain
            If the message is none.
        """
        try:
            self._unread = {number: (kind, parts) for number, kind, parts in message["nodes"]}
            for number in list(self._unread):
                self._prepare(number)
            for number in list(self._unread):
                self._resolve(number)
            return [self.read(wire) for wire in message["values"]]
        except (KeyError, TypeError, ValueError, AttributeError, IndexError, ArithmeticError) as e:
            raise NotPlain(f"a message is not as it should be: {e!r}"[:200]) from None
        except RecursionError:
            raise NotPlain("the values are nested too deeply") from None

    def number_of(self, value: Any) -> int | None:
        """Give the number of what has crossed, or None."""
        return self._numbers.get(id(value))

    def forget(self, numbers: Sequence[int]) -> None:
        """Drop what nobody speaks of any more."""
        for number in numbers:
            self._numbers.pop(id(self.objects.pop(number, None)), None)
            self._seen.pop(number, None)

    def write(self, value: Any) -> Any:
        """Write a value; containers and whatever stays here become numbers."""
        if type(value) in _BARE or (isinstance(value, np.generic) and value.dtype.kind in _KINDS):
            return value
        if type(value) is int:
            return value if -(2**63) <= value < 2**63 else ["int", f"{value:x}"]
        if type(value) is complex:
            return ["complex", value.real, value.imag]
        if isinstance(value, type) and TYPES.get(full_name(value)) is value:
            return ["type", full_name(value)]
        if isinstance(value, types.ModuleType):
            return ["module", str(value.__name__)]
        for name, constant in _CONSTANTS.items():
            if value is constant:
                return ["constant", name]
        number = self._numbers.get(id(value))
        if number is None:
            number = self._next
            self._next += 2
            self.keep(number, value)
            self._add_node(number, value)
        return ["ref", number]

    def keep(self, number: int, value: Any) -> None:
        """Enter a value into the table."""
        self.objects[number] = value
        self._numbers[id(value)] = number

    def read(self, wire: Any) -> Any:
        """Read what the other side wrote."""
        if not isinstance(wire, list):
            return wire
        kind, *rest = wire
        if kind == "ref":
            return self._resolve(rest[0])
        if kind == "int":
            return int(rest[0][:_MOST_DIGITS], 16)
        if kind == "complex":
            return complex(*rest)
        if kind == "type":
            return TYPES[rest[0]]
        if kind == "constant":
            return _CONSTANTS[rest[0]]
        return self.read_module(rest[0])

    def read_module(self, name: str) -> Any:
        """Say what a module of the other side is here."""
        raise NotPlain(f"the module {name} stays where it is")

    def describe(self, value: Any) -> tuple[str, Any]:
        """Write down what the other side must know of an object that stays here."""
        raise NotPlain(f"{type(value).__name__} objects cannot cross")

    def adopt(self, number: int, kind: str, parts: Any) -> Any:
        """Make what stands here for an object of the other side."""
        raise NotPlain(f"what is {kind!r}?")

    def _add_node(self, number: int, value: Any) -> None:
        form = FORMS.get(type(value))
        parts: Any
        if type(value) is np.ndarray and value.dtype.kind in _KINDS:
            kind, parts = "ndarray", value
            self._seen[number] = (value.shape, value.tobytes())
        elif form is not None and not getattr(value, "maxlen", None):
            kind, pieces = type(value).__name__, form.parts(value)
            if form.fill:
                self._seen[number] = pieces
            parts = [self.write(piece) for piece in pieces]
        else:
            kind, parts = self.describe(value)
        self._nodes.append([number, kind, parts])

    def _has_changed(self, number: int) -> bool:
        """Tell whether a container holds other things than when it crossed."""
        value, seen = self.objects[number], self._seen[number]
        if type(value) is np.ndarray:
            return bool((value.shape, value.tobytes()) != seen)
        pieces = FORMS[type(value)].parts(value)
        if type(value) is bytearray:
            return bool(pieces != seen)
        return len(pieces) != len(seen) or any(
            a is not b for a, b in zip(pieces, seen, strict=True)
        )

    def _prepare(self, number: int) -> None:
        """Have a place for what can change, since it may hold itself."""
        kind, parts = self._unread[number]
        if number not in self.objects:
            if type(number) is not int or number % 2 == self._own % 2:
                raise NotPlain("a number that the other side must not give")
            if kind == "ndarray":
                self.keep(number, np.empty(parts.shape, parts.dtype))
            elif kind in _BY_NAME and FORMS[_BY_NAME[kind]].fill:
                self.keep(number, FORMS[_BY_NAME[kind]].build([]))
        elif type(self.objects[number]).__name__ != kind:
            raise NotPlain("a value has become one of another type")

    def _resolve(self, number: int) -> Any:
        """Give the value of a number, read whole."""
        if number not in self._unread:
            return self.objects[number]
        kind, parts = self._unread.pop(number)
        if kind == "ndarray":
            self._fill_array(number, parts)
        elif kind in _BY_NAME:
            self._fill(number, FORMS[_BY_NAME[kind]], parts)
        else:
            self.keep(number, self.adopt(number, kind, parts))
        return self.objects[number]

    def _fill_array(self, number: int, new: Any) -> None:
        array = self.objects[number]
        if array.shape != new.shape or array.dtype != new.dtype:
            raise NotPlain("an array has changed its shape")
        array[...] = new
        self._seen[number] = (array.shape, array.tobytes())

    def _fill(self, number: int, form: Form, parts: list[Any]) -> None:
        pieces = [self.read(part) for part in parts]
        if form.fill is None:
            self.keep(number, form.build(pieces))
            return
        form.fill(self.objects[number], pieces)
        # Taken from the value itself: a set has an order of its own.
        self._seen[number] = form.parts(self.objects[number])


def lineage(known: type) -> Iterator[str]:
    """Name the classes that a class descends from, itself included."""
    for ancestor in type.__dict__["__mro__"].__get__(known):
        yield full_name(ancestor)
