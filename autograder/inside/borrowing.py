"""The test's side of a plain test: what stands there for the student's functions and classes."""

from __future__ import annotations

import importlib
import inspect
import sys
import types
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from helpers.checking.plain import NotPlain

from .exchange import Exchange, full_name
from .lending import chance, set_chance
from .pipe import Pipe
from .specials import COMPARISONS, OPERATORS, SPECIALS, specials_of

_VALUES = (str, int, float, complex, bytes, tuple, frozenset)
_HIDDEN = {
    *("__code__", "__globals__", "__closure__", "__self__", "__func__", "__subclasses__"),
    *("gi_frame", "gi_code", "__reduce__", "__getstate__", "__weakref__", "__mro_entries__"),
}
# No function of these takes the student's word for what is equal.
_MODULES = {
    *("numpy", "math", "random", "statistics", "itertools", "functools", "collections", "string"),
    *("re", "scipy", "pandas", "matplotlib.pyplot"),
}
_CALLABLE = (types.FunctionType, types.BuiltinFunctionType, types.MethodType, np.ufunc)


class Unsupported(BaseException):
    """The test needs what cannot cross; not an `Exception`, so that no test swallows it."""


class Session:
    """A conversation with the student's process during one test.

    Parameters
    ----------
    pipe : Pipe
        The other end is the referee's, who passes messages on.
    operators : collection of str
        The operators that the instructor's own classes define.
    shares_chance : bool
        Whether both sides shall draw the same random numbers.
    """

    def __init__(self, pipe: Pipe, operators: Sequence[str], shares_chance: bool) -> None:
        self._pipe = pipe
        self._operators = frozenset(operators)
        self._chance = shares_chance
        self.table = _Borrowed(self)
        self.unsupported: list[str] = []
        self.raised: BaseException | None = None
        self.paths: dict[int, str] = {}

    def refuse(self, why: str) -> Unsupported:
        """Note that the test needs what cannot be had; for the instructor."""
        self.unsupported.append(why[:500])
        return Unsupported(why)

    def name(self, name: str) -> list[Any]:
        """Fetch what the student defines of a name; an empty list if nothing."""
        found: list[Any] = self.ask({"op": "name", "name": name, "shares_chance": self._chance})
        for value in found:
            self._note_path(value, name)
        return found

    def get(self, target: Any, name: str) -> Any:
        """Read an attribute of a student's object."""
        if name in _HIDDEN:
            raise self.refuse(f"the test looks at {name} of an object of the student's")
        if name.startswith("__array_") and name != "__array__":
            raise AttributeError(name)
        if name == "__signature__":
            return self._signature(target)
        value = self.ask({"op": "get", "name": name}, target)
        path = self.paths.get(id(target))
        if path:
            self._note_path(value, f"{path}.{name}")
        return value

    def call_special(self, name: str, target: Any, *operands: Any) -> Any:
        """Have an operator applied, unless the student's code would judge itself by it."""
        plain = [v for v in operands if not _is_remote(v)]
        if name in COMPARISONS and plain:
            raise self.refuse(
                f"the test compares an object of the class {type(target).__name__}, "
                f"which decides itself ({name}), with a {type(plain[0]).__name__}"
            )
        if name in OPERATORS and plain and name not in self._operators:
            raise self.refuse(
                f"the test applies {name} of the class {type(target).__name__} to a value "
                "of its own, and no class of the instructor's defines that"
            )
        return self.ask({"op": "special", "name": name}, target, *operands)

    def ask(self, head: dict[str, Any], *values: Any) -> Any:
        """Have the student's process do something, and give what came of it."""
        try:
            letter = self.table.outgoing(self._with_chance(head), values)
            letter["forget"] = self.table.sweep()
            self._pipe.send(letter)
            return self._answer()
        except NotPlain as error:
            raise self.refuse(str(error)) from None

    def _with_chance(self, head: dict[str, Any]) -> dict[str, Any]:
        known = self._chance and head["op"] != "name"
        return {**head, "chance": chance() if known else None}

    def _answer(self) -> Any:
        while True:
            message = self._pipe.receive()
            if "unsupported" in message:
                raise self.refuse(str(message["unsupported"]))
            values = self.table.incoming(message)
            self._take(message)
            if "callback" in message or "next" in message:
                self._pipe.send(self._called_back(message, values))
            elif message["raised"]:
                if not isinstance(values[0], BaseException):
                    raise NotPlain("an error that is none")
                self.raised = values[0]
                raise values[0]
            else:
                return values[0]

    def _take(self, message: dict[str, Any]) -> None:
        """Print what was printed there, and draw on from the same random numbers."""
        if message.get("chance") and self._chance:
            set_chance(message["chance"])
        for stream, name in ((sys.stdout, "out"), (sys.stderr, "err")):
            if message.get(name):
                stream.write(str(message[name]))

    def _called_back(self, message: dict[str, Any], values: list[Any]) -> dict[str, Any]:
        """Call a function of the test's for the student's."""
        try:
            if "callback" in message:
                positional, named = values
                value = self.table.objects[message["callback"]](*positional, **named)
            else:
                value = next(([True, v] for v in self.table.objects[message["next"]]), [False, 0])
            raised = False
        except Exception as error:
            value, raised = error, True
        head = self._with_chance({"op": "call", "raised": raised})
        del head["op"]
        return self.table.outgoing(head, [value])

    def _signature(self, target: Any) -> inspect.Signature:
        parameters = [
            inspect.Parameter(
                name, inspect._ParameterKind(kind), default=(*default, inspect.Parameter.empty)[0]
            )
            for name, kind, default in self.ask({"op": "signature"}, target)
        ]
        return inspect.Signature(parameters)

    def _note_path(self, value: Any, path: str) -> None:
        if _is_remote(value):
            self.paths[id(value)] = path


class _Borrowed(Exchange):
    """The table of what the test's process borrows."""

    def __init__(self, session: Session) -> None:
        super().__init__(first=2)
        self._session = session
        self._mirrors: dict[type, type] = {}
        self._lent: list[Any] = []

    def sweep(self) -> list[int]:
        """Drop what the test does not hold any more, and say what that was."""
        # One reference is the table's, one is getrefcount's own. What the student's code may
        # still call stays, whoever else has dropped it.
        gone = [n for n in list(self.objects) if sys.getrefcount(self.objects[n]) <= 2]
        for number in gone:
            self._session.paths.pop(id(self.objects[number]), None)
        self.forget(gone)
        return gone

    def describe(self, value: Any) -> tuple[str, Any]:
        """Lend a function or an iterator of the test's; nothing else of it can cross."""
        if isinstance(value, BaseException):
            raise NotPlain("an exception of the test's cannot cross")
        if isinstance(value, _CALLABLE) or (isinstance(value, type) and not _is_remote(value)):
            self._lent.append(value)
            return "callback", None
        if callable(getattr(value, "__next__", None)):
            self._lent.append(value)
            return "iterator", None
        raise NotPlain(f"{type(value).__name__} objects of the test's cannot cross")

    def adopt(self, number: int, kind: str, parts: Any) -> Any:
        """Make what stands here for a class or an object of the student's."""
        if kind == "class":
            return self._class(parts)
        if kind != "object":
            return super().adopt(number, kind, parts)
        cls: Any = self.read(parts["class"])
        if not isinstance(cls, type):
            raise NotPlain("a class that is none")
        if issubclass(cls, BaseException):
            return _new_error(cls, [self.read(part) for part in parts["value"]])
        mirror = cls if isinstance(cls, _Mirror) else self._mirror_of(cls)
        known: Any = next((v for v in _VALUES if issubclass(mirror, v)), None)
        return known.__new__(mirror, self.read(parts["value"])) if known else object.__new__(mirror)

    def read_module(self, name: str) -> Any:
        """Import a module as it is here; beyond these, the instructor's notebook says which."""
        if name in _MODULES:
            return importlib.import_module(name)
        raise NotPlain(f"the instructor's notebook does not import what is the module {name} here")

    def _class(self, parts: dict[str, Any]) -> type:
        bases = [self.read(base) for base in parts["bases"]]
        real = [b for b in bases if isinstance(b, _Mirror) or b in _VALUES or _is_error(b)]
        return self._made(
            str(parts["name"])[:100],
            (*(() if any(isinstance(b, _Mirror) for b in real) else (Remote,)), *real),
            [name for name in parts["specials"] if name in SPECIALS],
            {"__doc__": parts["doc"], "__module__": str(parts["module"])},
            parts["lineage"],
        )

    def _mirror_of(self, known: type) -> type:
        """Make a class for objects of a library's type that stay with the student."""
        if known not in self._mirrors:
            names = {
                "__module__": known.__module__,
                "__class__": property(lambda self: known),
                "__doc__": property(lambda self: self._session_.get(self, "__doc__")),
            }
            self._mirrors[known] = self._made(
                known.__name__, (Remote,), specials_of(known), names, [full_name(known)]
            )
        return self._mirrors[known]

    def _made(
        self,
        title: str,
        bases: tuple[Any, ...],
        specials: Sequence[str],
        names: dict[str, Any],
        ancestors: Sequence[str],
    ) -> type:
        methods: dict[str, Any] = {
            special: _special(self._session, special) for special in specials
        }
        if "__eq__" in methods:
            methods.setdefault("__hash__", None)
        more = {"_session_": self._session, "_ancestors_": frozenset(map(str, ancestors))}
        return _Mirror(title, bases, {**names, **methods, **more, "_made_": True})


def _listed(seen: Any) -> list[Any]:
    return seen if isinstance(seen, list) else []


def _new_error(cls: Any, arguments: Sequence[Any]) -> Any:
    """Make an exception without its `__init__`, which stays with the student."""
    return cls.__new__(cls, *arguments)


def _is_error(base: Any) -> bool:
    return isinstance(base, type) and issubclass(base, BaseException)


def _special(session: Session, name: str) -> Callable[..., Any]:
    if name == "__call__":
        return lambda self, /, *positional, **named: session.ask(
            {"op": "call"}, self, positional, named
        )

    def method(self: Any, /, *operands: Any) -> Any:
        return session.call_special(name, self, *operands)

    return method


class _Mirror(type):
    """The type of the classes that stand for the student's."""

    def __new__(cls, name: str, bases: tuple[Any, ...], names: dict[str, Any]) -> _Mirror:
        if not names.pop("_made_", False):
            session = bases[0]._session_
            raise session.refuse("the test derives a class from one of the student's")
        return super().__new__(cls, name, bases, names)

    def __call__(cls, *positional: Any, **named: Any) -> Any:
        return _session_of(cls).ask({"op": "call"}, cls, positional, named)

    def __getattr__(cls, name: str) -> Any:
        return _session_of(cls).get(cls, name)

    def __setattr__(cls, name: str, value: Any) -> None:
        _session_of(cls).ask({"op": "set", "name": name}, cls, value)

    def __delattr__(cls, name: str) -> None:
        _session_of(cls).ask({"op": "delete", "name": name}, cls)

    def __dir__(cls) -> list[str]:
        return list(_session_of(cls).ask({"op": "dir"}, cls))

    def __iter__(cls) -> Iterator[Any]:
        if not any("Enum" in name for name in type.__getattribute__(cls, "_ancestors_")):
            raise TypeError(f"'{cls.__name__}' object is not iterable")
        session = _session_of(cls)
        return iter(session.ask({"op": "special", "name": "__iter__"}, cls))


class Remote:
    """What stands in a test for an object of the student's."""

    def __getattr__(self, name: str) -> Any:
        return _session_of(self).get(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        _session_of(self).ask({"op": "set", "name": name}, self, value)

    def __delattr__(self, name: str) -> None:
        _session_of(self).ask({"op": "delete", "name": name}, self)

    def __dir__(self) -> list[str]:
        return list(_session_of(self).ask({"op": "dir"}, self))

    def __reduce_ex__(self, protocol: Any) -> Any:
        raise _session_of(self).refuse("the test copies an object of the student's")

    @property
    def __dict__(self) -> Any:  # type: ignore[override]
        """Read the attributes of the object itself."""
        return _session_of(self).get(self, "__dict__")


def _session_of(remote: Any) -> Session:
    cls = remote if isinstance(remote, _Mirror) else type(remote)
    session: Session = type.__getattribute__(cls, "_session_")
    return session


def _is_remote(value: Any) -> bool:
    return issubclass(type(value), Remote) or issubclass(type(value), _Mirror)


def _ancestors(cls: Any) -> frozenset[str]:
    names: frozenset[str] = type.__getattribute__(cls, "_ancestors_")
    return names


def remote_isinstance(value: Any, wanted: Any) -> bool:
    """Do as `isinstance`, also for library classes that a student's class descends from."""
    if not issubclass(type(value), Remote):
        return isinstance(value, wanted)
    return _descends(type(value), wanted) or isinstance(value, wanted)


def remote_issubclass(value: Any, wanted: Any) -> bool:
    """Do as `issubclass`, also for library classes that a student's class descends from."""
    if not issubclass(type(value), _Mirror):
        return issubclass(value, wanted)
    return _descends(value, wanted) or issubclass(value, wanted)


def _descends(mirror: type, wanted: Any) -> bool:
    classes = wanted if isinstance(wanted, tuple) else (wanted,)
    real = [w for w in classes if isinstance(w, type) and not issubclass(type(w), _Mirror)]
    return any(full_name(w) in _ancestors(mirror) for w in real)


def source_of(session: Session, sources: dict[str, str]) -> Callable[[Any], str]:
    """Make an `inspect.getsource` that gives what the student handed in."""
    stock = inspect.getsource

    def getsource(value: Any) -> str:
        if not _is_remote(value):
            return stock(value)
        path = session.paths.get(id(value), "")
        if path not in sources:
            raise session.refuse("the test asks for a source that no cell spells out")
        return sources[path]

    return getsource
