"""What does the page of the map say of the sites of aid: their number, and a line for each?"""

from __future__ import annotations

import pandas as pd

COLUMNS = ("lieu", "type", "acces", "horaires", "tension", "verifie", "sur_carte")
"""Columns of the table, of those of `diagalim.chapter.site_words.site_rows`."""


def table(rows: pd.DataFrame | None) -> pd.DataFrame:
    """Return the table that stands beside the map of sites; an empty one where none is known."""
    return pd.DataFrame() if rows is None else rows.set_index("nom")[list(COLUMNS)]


def site_ids(rows: pd.DataFrame | None) -> pd.Series:
    """Return the id of each row of `table`, by which the map keeps the table in step."""
    return pd.Series([f"lieu-{rank}" for rank in range(len(table(rows)))])


def numbers(rows: pd.DataFrame | None) -> dict[str, int]:
    """Return how many records the map knows, how many it can place, whose hours are unknown."""
    if rows is None:
        return {}
    return {
        "lieux_fiches": len(rows),
        "lieux_places": rows["lon"].notna().sum(),
        "lieux_sans_point": rows["lon"].isna().sum(),
        "lieux_horaires_inconnus": (rows["jours"] == 0).sum(),
    }
