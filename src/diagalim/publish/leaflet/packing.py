"""How do columns of numbers travel in a page without losing a digit, nor weighing on it?

JSON text writes a number of the score in seventeen characters; eight bytes in base64 take eleven,
a doubled rank under three. The controller reads them back in ``js/bytes.js``.
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
    """Return whole numbers, most of them small, as base64 of zigzag varints (7 bits a byte)."""
    signed = np.asarray(values, dtype=np.int64)
    left = ((signed << 1) ^ (signed >> 63)).astype(np.uint64)
    pieces = []
    last = np.zeros(len(left), dtype=bool)
    while not last.all():
        ended = left < 128
        pieces.append(np.where(last, -1, (left & 127) | np.where(ended, 0, 128).astype(np.uint64)))
        last |= ended
        left >>= np.uint64(7)
    table = np.stack(pieces, axis=1).astype(np.int16) if pieces else np.empty((0, 0), np.int16)
    return base64.b64encode(table[table >= 0].astype(np.uint8).tobytes()).decode()
