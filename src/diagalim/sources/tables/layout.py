"""What form an official table is expected to have: its declared layout."""

from __future__ import annotations

from dataclasses import dataclass, field

SEPARATORS = {";": "point-virgule", ",": "virgule", "\t": "tabulation", "|": "barre verticale"}


@dataclass(frozen=True)
class Layout:
    """Declared form of one delimited file, or of one sheet of a workbook.

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
    forms : dict of str to (str, str)
        Regular expression of a whole cell of another text column, and an example.
    unique_key : bool
        Whether a key may come once only.
    sheet : str
        Name of the sheet, empty for a delimited file.
    header_row : int
        Row of the sheet that holds the names of the columns, from 1.
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
    forms: dict[str, tuple[str, str]] = field(default_factory=dict)
    unique_key: bool = True
    sheet: str = ""
    header_row: int = 1

    @property
    def columns(self) -> list[str]:
        """Columns that the file must have."""
        return [self.key, *self.text, *self.numbers]

    def at(self, place: str) -> str:
        """Return a place of the table as a message names it, after its sheet when it has one."""
        return f"feuille « {self.sheet} », {place}" if self.sheet else place
