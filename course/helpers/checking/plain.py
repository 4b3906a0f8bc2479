"""Plain values as bytes: numbers, strings, arrays, lists, tuples, dictionaries.

Answer sheets and the grader's pipe speak this format. It is msgpack with a few extension
types, and it is data only: reading bytes can build no other object and run no code.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgpack
import numpy as np

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 64
# Of numbers, texts, arrays, …: as objects, hostile bytes take a hundred times their size.
MAX_ITEMS = 500_000

_ARRAY, _SCALAR, _TUPLE, _BIG_INT, _COMPLEX, _OTHER = range(1, 7)
_DTYPE_KINDS = "biufcU"


class NotPlain(ValueError):
    """The bytes, or the value, are outside the format."""


class Opaque:
    """Stands for an object that is not plain; only its type's name is kept.

    Examples
    --------
    >>> unpack(pack([1, object()]))
    [1, Opaque('object')]
    """

    def __init__(self, type_name: str) -> None:
        self.type_name = type_name

    def __repr__(self) -> str:
        return f"Opaque({self.type_name!r})"


def _array_payload(array: np.ndarray) -> bytes:
    if array.nbytes > MAX_BYTES:  # before it is copied
        raise NotPlain(f"the value takes {array.nbytes} bytes, more than {MAX_BYTES}")
    data = np.ascontiguousarray(array).tobytes()
    return bytes(msgpack.packb([array.dtype.str, list(array.shape), data]))


def _extension(value: Any) -> msgpack.ExtType:
    """Turn what msgpack does not know into one of our extension types."""
    if isinstance(value, np.ndarray) and value.dtype.kind in _DTYPE_KINDS:
        return msgpack.ExtType(_ARRAY, _array_payload(value))
    if isinstance(value, np.generic) and value.dtype.kind in _DTYPE_KINDS:
        return msgpack.ExtType(_SCALAR, _array_payload(np.asarray(value)))
    if type(value) is int:
        return msgpack.ExtType(_BIG_INT, str(value).encode())
    if isinstance(value, complex):
        return msgpack.ExtType(_COMPLEX, _array_payload(np.asarray(value)))
    return msgpack.ExtType(_OTHER, type(value).__name__.encode()[:100])


def _prepared(value: Any, depth: int = 0) -> Any:
    """Replace all that msgpack would not keep apart: tuples, subclasses, numpy scalars."""
    if depth > MAX_DEPTH:
        raise NotPlain(f"the value is nested more than {MAX_DEPTH} levels deep")
    if isinstance(value, dict):
        return {_prepared(k, depth + 1): _prepared(v, depth + 1) for k, v in value.items()}
    if isinstance(value, tuple):
        return msgpack.ExtType(_TUPLE, _dump([_prepared(v, depth + 1) for v in value]))
    if isinstance(value, list):
        return [_prepared(v, depth + 1) for v in value]
    if isinstance(value, np.generic) or (type(value) is int and not -(2**63) <= value < 2**64):
        return _extension(value)
    return value


def _dump(prepared: Any) -> bytes:
    return bytes(msgpack.packb(prepared, default=_extension, strict_types=True))


def pack(value: Any) -> bytes:
    """Write a value as bytes.

    Parameters
    ----------
    value : object
        Numbers, strings, bytes, None, numpy arrays and scalars, and lists, tuples and
        dictionaries of them. Any other object is written as its type's name.

    Returns
    -------
    bytes

    Raises
    ------
    NotPlain
        If the value is nested too deeply or too large.

    Examples
    --------
    >>> unpack(pack({"dw": np.ones((2, 1)), "cost": 0.5}))["dw"].shape
    (2, 1)
    """
    try:
        data = _dump(_prepared(value))
    except NotPlain:
        raise
    except (ValueError, OverflowError, UnicodeEncodeError, TypeError) as error:
        raise NotPlain(f"the value cannot be written: {error}") from None
    if len(data) > MAX_BYTES:
        raise NotPlain(f"the value takes {len(data)} bytes, more than {MAX_BYTES}")
    return data


def _read_array(data: bytes) -> np.ndarray:
    dtype_text, shape, raw = msgpack.unpackb(data, max_array_len=64)
    if len(str(dtype_text)) > 20:
        raise NotPlain("the dtype of an array has no name")
    dtype = np.dtype(dtype_text)
    if dtype.kind not in _DTYPE_KINDS:
        raise NotPlain(f"arrays of dtype {dtype} are not plain")
    return np.frombuffer(raw, dtype=dtype).reshape([int(n) for n in shape]).copy()


_READERS: dict[int, Callable[[bytes], Any]] = {
    _ARRAY: _read_array,
    _SCALAR: lambda data: _read_array(data)[()],
    _BIG_INT: lambda data: int(data[:1000].decode()),
    _COMPLEX: lambda data: complex(_read_array(data)[()]),
    _OTHER: lambda data: Opaque(data.decode()),
}


class _Reader:
    """Reads one value, and counts what it is made of: bytes of a few make many objects."""

    def __init__(self) -> None:
        self._items = MAX_ITEMS
        self._bytes = 4 * MAX_BYTES
        self._depth = 0

    def read(self, data: bytes) -> Any:
        """Read a value, or the inside of a tuple."""
        self._bytes -= len(data)
        if self._depth > MAX_DEPTH or self._bytes < 0:
            raise NotPlain(f"the value is nested more than {MAX_DEPTH} levels deep")
        return msgpack.unpackb(
            data,
            ext_hook=self._extension,
            list_hook=self._counted,
            object_hook=self._counted,
            strict_map_key=False,
            max_array_len=MAX_ITEMS,
            max_map_len=MAX_ITEMS,
        )

    def _counted(self, value: Any) -> Any:
        self._items -= 1 + len(value)
        if self._items < 0:
            raise NotPlain(f"the value has more than {MAX_ITEMS} parts")
        return value

    def _extension(self, code: int, payload: bytes) -> Any:
        self._counted(())
        if code == _TUPLE:
            self._depth += 1
            inside = tuple(self.read(payload))
            self._depth -= 1
            return inside
        if code not in _READERS:
            raise NotPlain(f"unknown extension type {code}")
        return _READERS[code](payload)


def unpack(data: bytes) -> Any:
    """Read a value that `pack` wrote. Any bytes are safe to try.

    Parameters
    ----------
    data : bytes

    Returns
    -------
    object

    Raises
    ------
    NotPlain
        If the bytes are not of this format.

    Examples
    --------
    >>> unpack(pack((1, [2.5, "three"])))
    (1, [2.5, 'three'])
    """
    if len(data) > MAX_BYTES:
        raise NotPlain(f"{len(data)} bytes are more than {MAX_BYTES}")
    try:
        return _Reader().read(data)
    except (NotPlain, MemoryError):  # a machine without memory says nothing about the bytes
        raise
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        if "exceeds max_" in str(error):  # in msgpack's words
            raise NotPlain(f"the value has more than {MAX_ITEMS} parts") from None
        raise NotPlain(f"the bytes are not a plain value: {error}") from None
    except msgpack.UnpackException as error:
        raise NotPlain(f"the bytes are not a plain value: {error}") from None
    except Exception as error:  # numpy raises bare errors of many kinds on hostile dtypes
        raise NotPlain(f"the bytes are not a plain value: {error!r}") from None
