"""The chapter « Publics »: what may be shown of what each network reports, never added up.

Every count passes disclosure control before any text is made of it: a sum that rests on fewer than
five lines, or nearly all on one, is hidden (`diagalim.analysis.disclosure`), and so is what would
give one back. The series have their own module (`diagalim.report.remontees.series`).
"""

from __future__ import annotations

import pandas as pd

from diagalim.analysis.disclosure.quantities import protect_quantities
from diagalim.analysis.disclosure.relations import TOTAL, Cell
from diagalim.analysis.disclosure.suppression import THRESHOLD, protect_table
from diagalim.analysis.publics.comparability import NETWORK
from diagalim.analysis.publics.series import GROUPS
from diagalim.chapter.facts import literal
from diagalim.chapter.tables import HIDDEN
from diagalim.wording import french

SILENT, NOT_SENT, NONE_SAID = "non renseigné", "non reçue", "non renseignée"
ORIGIN_NAMES = {
    "t_achat": "Achats",
    "t_ramasse": "Ramasse",
    "t_don": "Dons et collectes",
    "t_ue": "Fonds européens",
    "t_cnes": "Crédit national des épiceries sociales",
}
"""French names of where food comes from."""
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
LEVELS = ("faible", "modérée", "forte")
KILOS = 1000


def comparability_text(table: pd.DataFrame) -> pd.DataFrame:
    """Return what each network counts, one line a network."""
    rows = [
        [
            unit,
            ", ".join(row["periodes"]),
            french.number(row["lieux"]),
            ", ".join(AIDS.get(aid, aid.replace("_", " ")) for aid in row["types"]),
            *(_percent(row[part]) for part in ("âges", "ménages", "ressources")),
            SILENT if pd.isna(row["exact"]) else _percent(row["exact"]),
        ]
        for (_, unit), (_, row) in zip(table.index, table.iterrows(), strict=True)
    ]
    columns = [
        "Unité de compte", "Périodes reçues", "Lieux", "Types d'aide", "Lignes avec les âges",
        "avec les ménages", "avec les ressources", "Compté sur un registre",
    ]  # fmt: skip
    return pd.DataFrame(rows, index=table.index.get_level_values("reseau"), columns=columns)


def _percent(share: float) -> str:
    return french.with_unit(100 * share, "%")


def received_text(received: pd.DataFrame) -> pd.DataFrame:
    """Return, network by network, how many of the known places sent a sheet at each period."""
    return received.map(french.number).rename(columns={"connus": "Lieux connus"})


def completeness_text(table: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """Return what each place sent: not received, or how many groups of fields are filled.

    Parameters
    ----------
    table : DataFrame
        From `diagalim.analysis.publics.series.completeness`.
    names : Series of str
        Name of each place, by ``id_site``.
    """
    whole = len(GROUPS)
    shown = table.map(lambda count: NOT_SENT if pd.isna(count) else f"{count} sur {whole}")
    shown.insert(0, "Réseau", table.index.get_level_values(0))
    shown.index = [names.get(site, site) for site in table.index.get_level_values(1)]
    return shown


def volumes_text(tonnes: pd.DataFrame, places: pd.Series, by_place: pd.DataFrame) -> pd.DataFrame:
    """Return the tonnes by network and origin with their totals, hidden where places are few.

    A cell that one place makes nearly alone is hidden too, and so is a sum of hidden cells that the
    table gives back: it would show that place. An origin that no place fills is not at zero.

    Parameters
    ----------
    tonnes : DataFrame
        From `diagalim.analysis.publics.volumes.volumes`.
    places : Series of int
        Places behind each network.
    by_place : DataFrame
        From `diagalim.analysis.publics.volumes.by_place`.
    """
    known = tonnes.dropna(how="all")
    columns = [ORIGIN_NAMES.get(column, column) for column in (*tonnes.columns, TOTAL)]
    rows = {network: [SILENT] * len(columns) for network in (*tonnes.index, TOTAL)}
    if len(known):
        held = by_place[by_place.index.get_level_values(0).isin(known.index)]
        kilos = (held * KILOS).round().astype(int)
        few = [network for network in known.index if places[network] < THRESHOLD]
        also = {("", network, column) for network in few for column in (*tonnes.columns, TOTAL)}
        rows |= _volume_rows(known, kilos, protect_quantities(kilos, also=also))
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def _volume_rows(
    known: pd.DataFrame, kilos: pd.DataFrame, hidden: frozenset[Cell]
) -> dict[str, list[str]]:
    """Return the cells of the networks that declare tonnes, and their totals."""
    whole = kilos.groupby(level=0).sum()
    whole[TOTAL] = whole.sum(axis=1)
    whole.loc[TOTAL] = whole.sum()
    silent = known.isna().assign(**{TOTAL: False})
    return {
        row: [
            HIDDEN
            if ("", row, column) in hidden
            else SILENT
            if row != TOTAL and silent.at[row, column]
            else french.number(value / KILOS, 1)
            for column, value in cells.items()
        ]
        for row, cells in whole.iterrows()
    }


def tension_text(lines: pd.DataFrame) -> pd.DataFrame:
    """Return how many places of each network say each level of tension, small counts hidden."""
    said = lines["tension"].fillna(NONE_SAID)
    table = pd.crosstab(lines[NETWORK], said).reindex(columns=[*LEVELS, NONE_SAID], fill_value=0)
    shown = protect_table(table)
    return shown.map(lambda n: HIDDEN if pd.isna(n) else french.number(int(n))).rename(
        columns=lambda name: name[:1].upper() + name[1:]
    )


def sheet_text(schema: dict[str, object]) -> pd.DataFrame:
    """Return the fields of the reporting sheet: what each asks, and whether it is asked of all."""
    rows, names = [], []
    for field in schema["fields"]:
        asked = field.get("constraints", {}).get("required", False)
        rows.append(
            [
                "oui" if asked else "non",
                field.get("unite", "–"),
                french.spaced(field.get("description", "–")),
            ]
        )
        names.append(f"{field['title']} ({field['name']})")
    return pd.DataFrame(rows, index=names, columns=["Obligatoire", "Unité", "Définition"])


def sheet_reading(schema: dict[str, object]) -> str:
    """Return how to read the fields: how many the sheet has, and how many it cannot do without."""
    asked = (sheet_text(schema)["Obligatoire"] == "oui").sum()
    return f"sur {len(schema['fields'])} champs, obligatoires : {asked}"


def obstacles_reading(pairs: pd.DataFrame) -> str:
    """Return how to read the obstacles: how many pairs of networks, and the first one."""
    shown = obstacles_text(pairs)
    if shown.empty:
        return "un seul réseau : rien à comparer"
    count = len(pairs) * (len(pairs) - 1) // 2
    return literal(
        f"{french.plural(count, 'paire')} de réseaux ; entre {shown.index[0]} et "
        f"{shown.columns[0]} : {shown.iloc[0, 0]}"
    )


def obstacles_text(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return what keeps each pair of networks apart, written once: above the diagonal."""
    shown = pairs.copy()
    for line, first in enumerate(pairs.index):
        for column in pairs.columns[: line + 1]:
            shown.loc[first, column] = "–"
    return shown.iloc[:-1, 1:]


def tension_reading(table: pd.DataFrame) -> str:
    """Return how to read the table of tension: its total, or that it shows too little."""
    high, every = table.iloc[-1]["Forte"], table.iloc[-1, -1]
    if HIDDEN in (high, every):
        return "trop peu de lignes disent une tension pour qu'un nombre soit montré"
    return f"sur {every} lignes (un lieu, un type d'aide), {high} disent une tension forte"
