"""Numbers leave Python as the page reads them back."""

from __future__ import annotations

import base64

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagalim.map.packing import packed, varints


def test_two_bytes_hold_a_doubled_rank():
    assert packed(np.array([1, 256]), "u16") == {"type": "u16", "data": "AQAAAQ=="}


def test_missing_numbers_stay_missing():
    text = packed(np.array([1.5, np.nan]), "f64")["data"]
    assert np.array_equal(np.frombuffer(base64.b64decode(text)), [1.5, np.nan], equal_nan=True)


@pytest.mark.parametrize(("value", "kind"), [(256, "u8"), (-1, "u16"), (0.5, "u8")])
def test_a_number_that_would_come_out_changed_is_refused(value, kind):
    with pytest.raises(ValueError, match=f"numbers that {kind} cannot hold"):
        packed(np.array([value]), kind)


def test_small_steps_take_one_byte():
    assert varints(np.array([0, -1, 1, 64])) == "AAECgAE="
    assert varints(np.array([], dtype=int)) == ""


def test_the_largest_numbers_take_ten_bytes():
    # NumPy 2.5 raised OverflowError here: -1 was put where only unsigned numbers fit
    furthest = base64.b64decode(varints(np.array([-(2**63), 2**63 - 1])))
    assert furthest == bytes([255] * 9 + [1, 254] + [255] * 8 + [1])


@given(st.lists(st.integers(-(2**63), 2**63 - 1)))
def test_varints_are_read_back_as_they_were(numbers):
    found, value, shift = [], 0, 0
    for byte in base64.b64decode(varints(np.array(numbers, dtype=np.int64))):
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            found.append((value >> 1) ^ -(value & 1))
            value = shift = 0
    assert found == numbers
