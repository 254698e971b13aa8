"""How do columns of numbers travel in a page without losing a digit, nor weighing on it?

JSON text writes a number of the score in seventeen characters; eight bytes in base64 take eleven,
a doubled rank under three. The controller reads them back in ``js/data/bytes.js``.
"""

from __future__ import annotations

import base64

import numpy as np

TYPES = {"u8": "<u1", "u16": "<u2", "i32": "<i4", "f64": "<f8"}
"""Names that both sides know, and the little-endian numbers that they stand for."""


def packed(values: np.ndarray, kind: str) -> dict[str, str]:
    """Return a column as the page stores it.

    Parameters
    ----------
    values : array of shape (n,)
        Numbers; only ``f64`` may hold missing ones.
    kind : {"u8", "u16", "i32", "f64"}
        Type of the column in the page.

    Raises
    ------
    ValueError
        When a number does not fit the type: it would come out as another number.
    """
    column = np.asarray(values)
    stored = column.astype(TYPES[kind])
    if not np.array_equal(stored, column, equal_nan=kind == "f64"):
        raise ValueError(f"numbers that {kind} cannot hold")
    return {"type": kind, "data": base64.b64encode(stored.tobytes()).decode()}


def varints(values: np.ndarray) -> str:
    """Return whole numbers, most of them small, as base64 of zigzag varints (7 bits a byte).

    Parameters
    ----------
    values : array of int, of shape (n,)
        Any numbers of 64 signed bits.
    """
    signed = np.asarray(values, dtype=np.int64)
    left = ((signed << 1) ^ (signed >> 63)).astype(np.uint64)
    # which bytes are used is told apart from what they hold: an unsigned byte has no room for a
    # mark such as -1 (NumPy 2.5 refuses it, and earlier ones wrapped it without a word)
    pieces, used = [np.empty(len(left), np.uint8)], [np.zeros(len(left), dtype=bool)]
    going_on = np.ones(len(left), dtype=bool)
    while going_on.any():
        used.append(going_on)
        more = left >= np.uint64(128)
        pieces.append((left & np.uint64(127)).astype(np.uint8) | (more.astype(np.uint8) << 7))
        going_on = going_on & more
        left >>= np.uint64(7)
    stream = np.stack(pieces, axis=1)[np.stack(used, axis=1)]
    return base64.b64encode(stream.tobytes()).decode()
