"""May this count of a survey be shown, and as what?

The one answer that tables, captions, figures and facts ask for, so that none shows what another
hides (`diagalim.analysis.survey.system` works it out).
"""

from __future__ import annotations

from dataclasses import dataclass

from diagalim.analysis.disclosure.linked import Shown, nearest
from diagalim.analysis.disclosure.relations import Cell

BASE, ANSWER, ASIDE, SPARED, NUMBER = "n", "réponse", "à part", "non posée", "nombre"
CROSSED, KIND, LEFT, REACHED = "croisé", "type", "arrêts", "page"
"""First word of the name of each count."""


@dataclass(frozen=True)
class SurveyShown:
    """What may be shown of a survey: asked by the tables, captions, figures and facts."""

    shown: Shown

    def answers(self, item: str) -> set[str]:
        """Return the answers of a question whose count may not be shown."""
        return {cell[2] for cell in self.shown.hidden if cell[:2] == (ANSWER, item)}

    def base(self, cell: Cell) -> tuple[int | None, bool]:
        """Return a base as it may be shown, and whether it is rounded; None when it may not."""
        value = int(self.shown.publication.relations.values[cell])
        if cell in self.shown.hidden:
            return None, False
        rounded = cell in self.shown.rounded
        return (nearest(value) if rounded else value), rounded

    def crossed(self, item: str) -> list[tuple[str, str]]:
        """Return the hidden cells of a question crossed with the frame, totals included."""
        return [cell[2:] for cell in self.shown.hidden if cell[:2] == (CROSSED, item)]

    def kinds(self, variable: str) -> set[str]:
        """Return the kinds of structure whose answers may not be counted."""
        return {cell[2] for cell in self.shown.hidden if cell[:2] == (KIND, variable)}

    def stops(self) -> dict[int, int | None]:
        """Return how many partial answers stopped at a page or before; None where hidden."""
        values = self.shown.publication.relations.values
        cells = sorted(cell for cell in values if cell[0] == LEFT)
        return {page: self.base((LEFT, page))[0] for _, page in cells}

    def hides(self, cell: Cell) -> bool:
        """Tell whether a count is hidden."""
        return cell in self.shown.hidden
