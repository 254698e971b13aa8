"""From which tables are the indicators computed, and in which layout did each come?"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from diagalim.settings.indicators import Columns, Recipe

_WORST_FIRST = ("secret", "absent", "arrondi", "observe")


class Tables:
    """Observations by dataset, with the layout of the file that gave them.

    Parameters
    ----------
    observations : mapping of str to DataFrame
        From the readers, by dataset; a dataset that is not there is not in the mapping.
    formats : mapping of str to str
        Layout of the file found, by dataset.
    vintages : mapping of str to int
        Year that each dataset describes.
    """

    def __init__(
        self,
        observations: Mapping[str, pd.DataFrame],
        formats: Mapping[str, str],
        vintages: Mapping[str, int],
    ) -> None:
        self.formats = dict(formats)
        self.vintages = dict(vintages)
        self._by_source = {
            source: dict(tuple(table.groupby("variable", sort=False)))
            for source, table in observations.items()
        }

    def serves(self, recipe: Recipe) -> bool:
        """Return whether every dataset of a recipe is there, in the layout it asks for."""
        return all(self.holds(part, recipe.format) for part in recipe.parts)

    def holds(self, part: Columns, layout: str | None = None) -> bool:
        """Return whether the dataset of a part is there, in the layout it asks for."""
        wanted = part.format or layout
        return part.source in self._by_source and wanted in (None, self.formats[part.source])

    def total(self, part: Columns, index: pd.Index) -> pd.DataFrame:
        """Add up the columns of a part for each code.

        Returns
        -------
        DataFrame
            Indexed by ``index``: ``valeur``, ``statut`` (the worst of the columns), ``motif``,
            ``demi_arrondi`` (sum of the half-widths).
        """
        year = f"{self.vintages[part.source] % 100:02d}"
        pieces = [
            self._by_source[part.source][name.format(aa=year)].set_index("code").reindex(index)
            for name in part.colonnes
        ]
        total = pd.DataFrame(index=index)
        total["valeur"] = sum(piece["valeur"] for piece in pieces)
        total["demi_arrondi"] = sum(piece["demi_arrondi"].fillna(0.0) for piece in pieces)
        states = pd.concat([piece["statut"].fillna("absent") for piece in pieces], axis=1)
        total["statut"] = np.select(
            [states.eq(state).any(axis=1) for state in _WORST_FIRST], _WORST_FIRST, "absent"
        )
        total["motif"] = pieces[0]["motif"].fillna("")
        return total
