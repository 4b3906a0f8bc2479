"""Python's special methods, as far as a test uses them through its operators."""

from __future__ import annotations

_ARITHMETIC = (
    *("add", "sub", "mul", "matmul", "truediv", "floordiv", "mod", "divmod", "pow"),
    *("lshift", "rshift", "and", "xor", "or"),
)
COMPARISONS = frozenset(f"__{name}__" for name in ("eq", "ne", "lt", "le", "gt", "ge"))
# What gets something of the test's own: with these, the student's code could judge itself.
OPERATORS = frozenset(
    {f"__{turn}{name}__" for name in _ARITHMETIC for turn in ("", "r", "i")} | {"__contains__"}
)
_OTHERS = (
    *("call", "len", "iter", "next", "getitem", "setitem", "delitem", "reversed"),
    *("enter", "exit", "str", "repr", "format", "bool", "hash", "int", "float", "complex"),
    *("index", "abs", "neg", "pos", "invert", "round", "trunc", "floor", "ceil"),
)
SPECIALS = sorted(COMPARISONS | OPERATORS | {f"__{name}__" for name in _OTHERS})
_BASES = (str, int, float, complex, bytes, tuple, frozenset, BaseException, object)


def specials_of(cls: type) -> list[str]:
    """List the special methods that a class has, and not from what it derives its values from.

    Examples
    --------
    >>> specials_of(type(name for name in "ab"))
    ['__iter__', '__next__', '__repr__']
    >>> specials_of(type("Text", (str,), {"__len__": lambda self: 1}))
    ['__len__']
    """
    base = next(b for b in _BASES if issubclass(cls, b))
    known: dict[str, object] = {}
    for ancestor in reversed(cls.__mro__):
        if ancestor not in base.__mro__:
            known.update(vars(ancestor))
    return [name for name in SPECIALS if known.get(name) is not None]
