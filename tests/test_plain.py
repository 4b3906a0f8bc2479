from __future__ import annotations

import contextlib
import math
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from helpers.checking.plain import NotPlain, Opaque, pack, unpack

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(st.characters(codec="utf-8"))
    | st.complex_numbers(allow_nan=False)
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(values)
def test_values_come_back_as_they_were(value):
    again = unpack(pack(value))
    assert again == value
    assert type(again) is type(value)


@given(
    hnp.arrays(
        hnp.floating_dtypes() | hnp.integer_dtypes() | hnp.boolean_dtypes(),
        hnp.array_shapes(min_dims=0, min_side=0),
    )
)
def test_arrays_keep_shape_dtype_and_bits(array):
    again = unpack(pack(array))
    assert again.dtype == array.dtype
    assert again.shape == array.shape
    np.testing.assert_array_equal(again, array)


@pytest.mark.parametrize("scalar", [np.float32(1.5), np.int8(3), np.bool_(True), np.str_("x")])
def test_numpy_scalars_stay_numpy_scalars(scalar):
    again = unpack(pack(scalar))
    assert type(again) is type(scalar)
    assert again == scalar


def test_tuples_and_lists_are_told_apart_at_every_depth():
    value = [(1, [2, (3,)]), {"k": ((), [])}]
    assert unpack(pack(value)) == value


def test_nan_survives():
    assert math.isnan(unpack(pack(float("nan"))))


def test_other_objects_become_their_type_name():
    class Sneaky(np.ndarray):
        def __reduce__(self):
            raise AssertionError("must not be called")

    assert isinstance(unpack(pack(object())), Opaque)
    assert type(unpack(pack(np.zeros(2).view(Sneaky)))) is np.ndarray
    assert isinstance(unpack(pack(np.array([object()]))), Opaque)


def test_deep_nesting_is_refused():
    value: list = []
    for _ in range(200):
        value = [value]
    with pytest.raises(NotPlain):
        pack(value)


SWOLLEN = {
    "empty dictionaries": b"\xdd\x00\x80\x00\x00" + b"\x80" * (1 << 23),
    "dictionaries in lists": (b"\xdc\xff\xff" + b"\x80" * 0xFFFF) * 100,
    "tuples in tuples": b"\x00" * (15 << 20),
}
SWOLLEN["dictionaries in lists"] = b"\xdc\x00\x64" + SWOLLEN["dictionaries in lists"]
for _ in range(60):
    inside = b"\x91" + SWOLLEN["tuples in tuples"]
    SWOLLEN["tuples in tuples"] = b"\xc9" + len(inside).to_bytes(4, "big") + b"\x03" + inside


@pytest.mark.parametrize("shape", SWOLLEN)
def test_few_bytes_do_not_become_many_objects(shape):
    """16 MiB once became more than a gigabyte."""
    tracemalloc.start()
    try:
        with pytest.raises(NotPlain, match="more than"):
            unpack(SWOLLEN[shape])
        assert tracemalloc.get_traced_memory()[1] < 150 << 20
    finally:
        tracemalloc.stop()


@given(st.binary(max_size=200))
def test_any_bytes_are_safe_to_read(data):
    with contextlib.suppress(NotPlain):
        unpack(data)


@given(values, st.data())
def test_damaged_bytes_are_safe_to_read(value, data):
    good = bytearray(pack(value))
    place = data.draw(st.integers(0, len(good) - 1))
    good[place] = data.draw(st.integers(0, 255))
    with contextlib.suppress(NotPlain):
        unpack(bytes(good))
