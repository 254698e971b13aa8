"""What form a delimited official file is expected to have: its declared layout."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from diagalim.sources.codes import IRIS_EXAMPLE, IRIS_FORM

SEPARATORS = {";": "point-virgule", ",": "virgule", "\t": "tabulation", "|": "barre verticale"}


@dataclass(frozen=True)
class Layout:
    """Declared form of one delimited file.

    Parameters
    ----------
    separator, decimal : str
        Field separator and decimal mark.
    key : str
        Column that identifies a row.
    key_form : str
        Regular expression of a whole key.
    key_example : str
        A key, to show what was expected.
    text : tuple of str
        Other columns kept as text.
    numbers : tuple of str
        Columns read as numbers.
    withheld : dict of str to str
        Tokens that stand for a withheld value, and the reason each one stands for.
    bounds : dict of str to (float, float)
        Bounds of a column, both included.
    unique_key : bool
        Whether a key may come once only.
    """

    separator: str
    decimal: str
    key: str
    key_form: str
    key_example: str
    text: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    withheld: dict[str, str] = field(default_factory=dict)
    bounds: dict[str, tuple[float, float]] = field(default_factory=dict)
    unique_key: bool = True

    @property
    def columns(self) -> list[str]:
        """Columns that the file must have."""
        return [self.key, *self.text, *self.numbers]


def iris_layout(**more: Any) -> Layout:
    """Return the layout of a file keyed by IRIS, written with commas and decimal points.

    Parameters
    ----------
    **more
        What a file adds to that or has otherwise, by the names of `Layout`.
    """
    usual = {
        "separator": ",",
        "decimal": ".",
        "key": "CODE_IRIS",
        "key_form": IRIS_FORM,
        "key_example": IRIS_EXAMPLE,
    }
    return Layout(**(usual | more))
