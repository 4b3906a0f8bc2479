"""Parts of results: what a check is about, found by name."""

from __future__ import annotations

from typing import Any

import numpy as np


class WrongForm(ValueError):
    """A value lacks the part that is looked for."""


def part_of(value: Any, part: str, returns: tuple[str, ...]) -> Any:
    """Take the part of a result that a check is about.

    Parameters
    ----------
    value : object
        What the function returned.
    part : str
        "" for all of it; else names joined by dots: the first may be one of `returns`, the
        rest are dictionary keys. A last key with a star, as in ``"W*"``, takes all entries
        whose key begins so, as a dictionary.
    returns : tuple of str
        The names of the values in the tuple that the function returns; empty when it returns
        a single value. If the first is a dictionary it may come alone: not all editions of an
        exercise return what follows it. A value that is a tuple itself may name its own values
        in brackets: ``("A", "cache(Z, W)")`` has the part "cache.Z".

    Raises
    ------
    WrongForm
        If there is no such part.

    Examples
    --------
    >>> part_of(({"dw": 1}, 0.5), "grads.dw", ("grads", "cost"))
    1
    >>> part_of({"dW1": 1, "db1": 2, "dW2": 3}, "dW*", ())
    {'dW1': 1, 'dW2': 3}
    """
    keys = part.split(".") if part else []
    while keys and returns:
        names, key = [name.partition("(")[0] for name in returns], keys.pop(0)
        if key.endswith("*"):
            elements = {n: _element(value, i, returns) for i, n in enumerate(names)}
            return _entry(elements, key)
        index = names.index(key)
        value, returns = _element(value, index, returns), inner_names(returns[index])
    for key in keys:
        value = _entry(value, key)
    return value


def inner_names(name: str) -> tuple[str, ...]:
    """Read the names in brackets: "cache(Z, W)" holds Z and W."""
    _, _, inside = name.rstrip(")").partition("(")
    return tuple(inside.split(", ")) if inside else ()


def _element(value: Any, index: int, returns: tuple[str, ...]) -> Any:
    if isinstance(value, np.ndarray) and value.shape == (len(returns),):
        return value[index]
    if isinstance(value, tuple | list) and len(value) >= len(returns):
        return value[index]
    if index == 0 and isinstance(value, dict):
        return value
    got = f"{len(value)} values" if isinstance(value, tuple | list) else type(value).__name__
    raise WrongForm(f"The function should return ({', '.join(returns)}); yours returned {got}.")


def _entry(value: Any, key: str) -> Any:
    if not isinstance(value, dict):
        raise WrongForm(f'There should be a dictionary with the key "{key}".')
    if key.endswith("*"):
        return {name: part for name, part in value.items() if str(name).startswith(key[:-1])}
    if key not in value:
        raise WrongForm(f'The dictionary has no key "{key}".')
    return value[key]


def single_parts(part: str, expected: Any, returns: tuple[str, ...]) -> list[str]:
    """Write a part with a star as the parts that it stands for."""
    if not part.endswith("*"):
        return [part]
    stem = part[: part.rfind(".") + 1]
    return [f"{stem}{key}" for key in part_of(expected, part, returns)]


def surplus(actual: Any, expected: Any, part: str, returns: tuple[str, ...]) -> str | None:
    """Say which entry there is that should not be, for a part with a star."""
    if not part.endswith("*"):
        return None
    known = part_of(expected, part, returns)
    more = [name for name in part_of(actual, part, returns) if name not in known]
    return f'There should be no entry "{more[0]}" in the dictionary.' if more else None
