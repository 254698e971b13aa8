"""The tables of the chapter « Publics »: what may be shown of what each network reports?

Every count passes disclosure control before it is shown, and nothing is added up: a sum that rests
on fewer than five lines, or nearly all on one, is hidden (`diagalim.analysis.disclosure`), and so
is what would give one back. The series have their own module (`diagalim.report.remontees.series`).
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from diagalim.analysis.disclosure.quantities import protect_quantities
from diagalim.analysis.disclosure.relations import TOTAL
from diagalim.analysis.disclosure.suppression import THRESHOLD, protect_table
from diagalim.analysis.publics.comparability import NETWORK, PARTS
from diagalim.analysis.publics.series import GROUPS
from diagalim.chapter.facts import literal
from diagalim.chapter.tables import HIDDEN
from diagalim.wording import french

AIDS = {
    "colis": "colis",
    "epicerie": "épicerie",
    "repas": "repas",
    "repas_assis": "repas assis",
    "repas_emporter": "repas à emporter",
    "maraude": "maraude",
    "bon_cheque": "bon ou chèque",
    "colis_bebe": "colis bébé",
}
"""French names of the types of aid of the reporting sheet; the others are already words."""
LEVELS, NONE_SAID = ("faible", "modérée", "forte"), "non renseignée"
KILOS = 1000


def comparability_table(matrix: pd.DataFrame) -> pd.DataFrame:
    """Return what each network counts, one line a network; shares in percent.

    Parameters
    ----------
    matrix : DataFrame
        From `diagalim.analysis.publics.comparability.comparability`.
    """
    aids = [", ".join(AIDS.get(a, a.replace("_", " ")) for a in own) for own in matrix["types"]]
    shares = 100 * matrix[[*PARTS, "exact"]].astype(float)
    table = shares.assign(
        unite=matrix.index.get_level_values("unite"),
        periodes=[", ".join(own) for own in matrix["periodes"]],
        lieux=matrix["lieux"],
        types=aids,
    )
    return table.droplevel("unite")


def obstacles_table(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return what keeps each pair of networks apart, written once: above the diagonal."""
    shown = pairs.copy()
    for line, first in enumerate(pairs.index):
        for column in pairs.columns[: line + 1]:
            shown.loc[first, column] = "–"
    return shown.iloc[:-1, 1:]


def obstacles_reading(pairs: pd.DataFrame) -> str:
    """Return how to read the obstacles: how many pairs of networks, and the first one."""
    shown = obstacles_table(pairs)
    if shown.empty:
        return ""
    count = len(pairs) * (len(pairs) - 1) // 2
    return literal(
        f"{french.plural(count, 'paire')} de réseaux ; entre {shown.index[0]} et "
        f"{shown.columns[0]} : {shown.iloc[0, 0]}"
    )


def completeness_table(sent: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """Return how many groups of fields each place filled; missing where no sheet came.

    Parameters
    ----------
    sent : DataFrame
        From `diagalim.analysis.publics.series.completeness`.
    lines : DataFrame
        Lines of the sheets, with the name of each place (``nom_site``).
    """
    names = lines.groupby("id_site")["nom_site"].last()
    shown = sent.map(lambda count: f"{count} sur {len(GROUPS)}", na_action="ignore")
    shown = shown.assign(reseau=sent.index.get_level_values(0))
    return shown.set_axis([names.get(site, site) for site in sent.index.get_level_values(1)])


def volumes_table(tonnes: pd.DataFrame, places: pd.Series, by_place: pd.DataFrame) -> pd.DataFrame:
    """Return the tonnes by network and origin with their totals, hidden where places are few.

    A cell that one place makes nearly alone is hidden too, and so is a sum of hidden cells that the
    table gives back: it would show that place. An origin that no place fills is not at zero: it is
    missing.

    Parameters
    ----------
    tonnes : DataFrame
        From `diagalim.analysis.publics.volumes.volumes`.
    places : Series of int
        Places behind each network.
    by_place : DataFrame
        From `diagalim.analysis.publics.volumes.by_place`.
    """
    known, columns = tonnes.dropna(how="all"), [*tonnes.columns, TOTAL]
    rows = [*tonnes.index, TOTAL] if len(tonnes) else []
    if known.empty:
        return pd.DataFrame(index=rows, columns=columns, dtype=float)
    held = by_place[by_place.index.get_level_values(0).isin(known.index)]
    kilos = (held * KILOS).round().astype(int)
    few = [network for network in known.index if places[network] < THRESHOLD]
    also = {("", network, column) for network in few for column in columns}
    shown = _whole(kilos).mask(known.isna().reindex(index=rows, columns=columns, fill_value=False))
    shown = shown.reindex(rows).astype(object)
    for _, row, column in protect_quantities(kilos, also=also):
        shown.loc[row, column] = HIDDEN
    return shown


def _whole(kilos: pd.DataFrame) -> pd.DataFrame:
    """Return the tonnes of each network, with their totals."""
    whole = kilos.groupby(level=0).sum()
    whole[TOTAL] = whole.sum(axis=1)
    whole.loc[TOTAL] = whole.sum()
    return whole / KILOS


def tension_table(lines: pd.DataFrame) -> pd.DataFrame:
    """Return how many lines of each network say each level of tension; small counts are missing."""
    if lines.empty:
        return pd.DataFrame()
    said = lines["tension"].fillna(NONE_SAID)
    table = pd.crosstab(lines[NETWORK], said).reindex(columns=[*LEVELS, NONE_SAID], fill_value=0)
    return protect_table(table).rename(columns=french.sentence_case)


def tension_reading(table: pd.DataFrame) -> str:
    """Return how to read the table of tension: its total, or that it shows too little."""
    if table.empty or table.iloc[-1][["Forte", TOTAL]].isna().any():
        return "trop peu de lignes disent une tension pour qu'un nombre soit montré"
    high, every = (french.number(int(table.iloc[-1][name])) for name in ("Forte", TOTAL))
    return f"sur {every} lignes (un lieu, un type d'aide), {high} disent une tension forte"


def sheet_table(schema: dict[str, Any]) -> pd.DataFrame:
    """Return the fields of the reporting sheet: what each asks, and whether it is asked of all."""
    rows = {
        f"{field['title']} ({field['name']})": {
            "obligatoire": "oui" if _asked(field) else "non",
            "unite": field.get("unite"),
            "definition": french.spaced(field.get("description", "–")),
        }
        for field in schema["fields"]
    }
    return pd.DataFrame.from_dict(rows, orient="index")


def sheet_reading(schema: dict[str, Any]) -> str:
    """Return how to read the fields: how many the sheet has, and how many it cannot do without."""
    asked = sum(map(_asked, schema["fields"]))
    return f"sur {len(schema['fields'])} champs, obligatoires : {asked}"


def _asked(field: dict[str, Any]) -> bool:
    return field.get("constraints", {}).get("required", False)
