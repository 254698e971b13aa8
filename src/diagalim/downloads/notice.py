"""What a file says of itself, wherever it travels: title, source, licence, nature, certainty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from diagalim.downloads.licences import OWN_LICENCE
from diagalim.wording import french

FICTITIOUS = "DÉPARTEMENT FICTIF : ses données sont inventées et ne décrivent aucun lieu réel."
OWN_KEYS = (
    "chapitre",
    "table",
    "faits",
    "reel",
    "separateur",
    "colonne",
    "court",
    "facultatif",
    "decimales",
    "repose_sur",
)
"""Keys of a schema of ``data/schemas/publie`` that serve to make its table, not to read it."""


@dataclass(frozen=True)
class Notice:
    """What must be read with a file.

    Parameters
    ----------
    title, about : str
        What the file holds.
    territory : str
        Name and code of the department.
    edition : str
        ``AAAA-MM`` of the report.
    source : str
        Producers, datasets, vintages, licences and dates of update.
    nature : str
        The weakest of what it rests on.
    certainty : str
        What is known of its error.
    fictitious : bool
        Whether the department is.
    remark : str
        What else must be known (columns left out).
    """

    title: str
    about: str
    territory: str
    edition: str
    source: str
    nature: str
    certainty: str
    fictitious: bool
    remark: str = ""

    @property
    def created(self) -> datetime:
        """First day of the edition: the same settings give the same bytes."""
        year, month = (int(part) for part in self.edition.split("-"))
        return datetime(year, month, 1)

    @property
    def warning(self) -> str:
        """Said first in a file of the fictitious department, empty elsewhere."""
        return FICTITIOUS if self.fictitious else ""

    def lines(self) -> list[tuple[str, str]]:
        """Return the notice as pairs of name and text, the empty ones left out."""
        pairs = [
            ("Titre", self.title),
            ("Attention", self.warning),
            ("Contenu", self.about),
            ("Territoire", self.territory),
            ("Édition", french.edition(self.edition)),
            ("Source", self.source),
            ("Nature", self.nature),
            ("Certitude", self.certainty),
            ("Licence", f"{OWN_LICENCE} ; nommer ce rapport et ses sources"),
            ("Remarque", self.remark),
        ]
        return [(name, french.spaced(text)) for name, text in pairs if text]

    def described(self) -> str:
        """Return the notice as one paragraph, for what has room for a description only."""
        return " ".join(f"{name} : {text.rstrip('.')}." for name, text in self.lines())

    def on_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Return a Table Schema that says the same as the notice."""
        return {
            **schema,
            "title": f"{schema['title']} ({self.territory})",
            "description": self.described(),
            "licenses": [{"name": "etalab-2.0", "title": OWN_LICENCE}],
        }
