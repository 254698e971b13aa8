"""Does the file say what the document says? Published figures beside recomputed ones.

A published figure is never corrected nor dropped: both are shown with their difference, and a rule,
not a person, gives the status. The rules are those of the reference (METHODS 2.3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from diagalim.settings.document import Document

CONFIRMED, GAP, UNVERIFIABLE, INCOHERENT = (
    "confirmé",
    "écart",
    "non vérifiable ici",
    "incohérent",
)
UNITS = {"population": "", "part": "%", "taux_pauvrete": "%", "rapport_interdecile": ""}
"""Unit of each framing figure, as documents print it."""


def compare(published: pd.DataFrame, recomputed: pd.DataFrame) -> pd.DataFrame:
    """Give each published figure its recomputed value, difference and status.

    Parameters
    ----------
    published : DataFrame
        ``code``, ``indicateur``, ``valeur``, ``decimales`` (decimals printed),
        ``borne_basse`` and ``borne_haute`` (what the indicator can be; missing when unbounded).
    recomputed : DataFrame
        Indexed by (``code``, ``indicateur``): ``valeur`` (missing when only bounds are
        known), ``bas``, ``haut`` (bounds; equal to ``valeur`` when it is known exactly).

    Returns
    -------
    DataFrame
        ``published`` with ``recalcule``, ``bas``, ``haut``, ``difference`` and ``statut``.
    """
    keys = pd.MultiIndex.from_frame(published[["code", "indicateur"]])
    known = recomputed.reindex(keys).reset_index(drop=True)
    table = published.reset_index(drop=True).assign(
        recalcule=known["valeur"], bas=known["bas"], haut=known["haut"]
    )
    table["difference"] = table["valeur"] - table["recalcule"]
    table["statut"] = [_status(row) for row in table.itertuples(index=False)]
    return table


def of_territory(published: pd.DataFrame, codes: list[str]) -> pd.DataFrame:
    """Keep the framing figures published about some places; the threshold is about none."""
    return published[published["code"].isin(codes)].reset_index(drop=True)


def of_study(published: pd.DataFrame, study: Document | None) -> pd.DataFrame:
    """Keep the framing figures that the study of a territory prints; none where it has none.

    A study also prints figures of its region: they say nothing in the report of a neighbour.
    """
    return published[published["document"] == (study.cited if study else None)]


def only_bounded(compared: pd.DataFrame) -> pd.Series:
    """Return which figures of `compare` nothing but bounds can be held to, which hold them."""
    return compared["statut"].eq(UNVERIFIABLE) & compared["bas"].notna()


def most_telling(compared: pd.DataFrame) -> pd.Series:
    """Return the figure of `compare` that says the most of the document: impossible, else a gap."""
    order = [INCOHERENT, GAP, UNVERIFIABLE, CONFIRMED]
    return compared.iloc[compared["statut"].map(order.index).argmin()]


def _status(row: object) -> str:
    """Apply the rules in order: impossible value, no value here, same figure, bounds, gap."""
    if row.valeur < row.borne_basse or row.valeur > row.borne_haute:
        return INCOHERENT
    if pd.isna(row.bas):
        return UNVERIFIABLE
    half_unit = 0.5 * 10.0**-row.decimales + 1e-9
    if pd.notna(row.recalcule):
        return CONFIRMED if abs(row.difference) <= half_unit else GAP
    inside = row.bas - half_unit <= row.valeur <= row.haut + half_unit
    return UNVERIFIABLE if inside else GAP
