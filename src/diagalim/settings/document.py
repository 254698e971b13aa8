"""What is a published document, and how is it cited?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Document:
    """A published document, a study or one read with it.

    Attributes
    ----------
    key : str
        Its line in ``documents.csv``.
    title : str
        Its short title.
    authors : str
        Who wrote it.
    year : str
        When it was published.
    """

    key: str
    title: str
    authors: str
    year: str

    @property
    def signed(self) -> str:
        """Its authors and year: « Ansa et LARIIS 2025 »."""
        return f"{self.authors} {self.year}"

    @property
    def cited(self) -> str:
        """Its title, authors and year, as feet cite it."""
        return f"{self.title} ({self.signed})"
