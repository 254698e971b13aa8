"""Can what two networks report be compared, or added? Unit, period, ages, types of aid, quality.

Networks count households, people or servings, over their own periods. One household helped by two
of them stands in both. So counts of two networks, of two units or of two periods are never added:
`add_up` raises instead of giving a number that counts nothing (METHODS 6.1; the study itself says
that its data could be neither harmonised nor added). Food is another matter: tonnes of one period
may be added (`diagalim.analysis.publics.volumes`).
"""

from __future__ import annotations

import pandas as pd

COUNTERS = {
    "foyers": "foyers_distincts",
    "personnes": "personnes_distinctes",
    "passages": "passages",
}
"""Column of the reporting sheet that holds what a site of each unit really counts."""
NETWORK, UNIT, PERIOD = "operateur", "unite_de_compte", "periode"
AGES = ("age_0_2", "age_3_17", "age_18_24", "age_25_59", "age_60_plus")
HOUSEHOLDS = (
    "menage_seul",
    "menage_monoparental",
    "menage_couple_sans",
    "menage_couple_avec",
    "menage_autre",
)
RESOURCES = (
    "ressources_aucune",
    "ressources_rsa",
    "ressources_emploi",
    "ressources_retraite",
    "ressources_autre",
)
PARTS = {"âges": AGES, "ménages": HOUSEHOLDS, "ressources": RESOURCES}
"""Groups of fields of the sheet; a group counts as filled when all its fields are."""
EXACT = "exact"


class NotAdditive(ValueError):
    """A sum that would count nothing; the message says why, in French, for readers."""


def why_not(lines: pd.DataFrame) -> list[str]:
    """Return why the counts of some lines may not be added, in French; none when they may.

    Parameters
    ----------
    lines : DataFrame
        Lines of reporting sheets: ``operateur``, ``unite_de_compte``, ``periode``.
    """
    reasons = []
    for column, words, reason in (
        (
            UNIT,
            "unités de compte",
            "un foyer, une personne et un passage ne sont pas la même chose",
        ),
        (NETWORK, "réseaux", "un même foyer peut être aidé par deux réseaux"),
        (PERIOD, "périodes", "une même personne peut être accueillie à chaque période"),
    ):
        found = sorted(lines[column].dropna().unique())
        if len(found) > 1:
            reasons.append(f"{len(found)} {words} ({' · '.join(found)}) : {reason}")
    return reasons


def add_up(lines: pd.DataFrame) -> int:
    """Add the counts of one network, in its unit, over one period.

    A household helped at two sites of the network is still counted at each of them.

    Parameters
    ----------
    lines : DataFrame
        Lines of reporting sheets.

    Returns
    -------
    int
        Sum of the lines that are filled; the others are not replaced by anything.

    Raises
    ------
    NotAdditive
        When lines of several networks, units or periods would be added, when the unit has no
        counter, or when no line is filled.
    """
    reasons = why_not(lines)
    if reasons:
        raise NotAdditive(f"somme refusée : {' ; '.join(reasons)}")
    units = set(lines[UNIT].dropna())
    if len(units) != 1 or not units <= set(COUNTERS):
        raise NotAdditive(
            f"somme refusée : unité de compte inconnue ({', '.join(units) or 'vide'})"
        )
    counts = lines[COUNTERS[units.pop()]].dropna()
    if counts.empty:
        raise NotAdditive("somme refusée : aucun compteur rempli, et une absence n'est pas un zéro")
    return int(counts.sum())


def comparability(lines: pd.DataFrame) -> pd.DataFrame:
    """Return what each network counts, so that a reader sees what cannot be compared.

    Parameters
    ----------
    lines : DataFrame
        Lines of reporting sheets of every network.

    Returns
    -------
    DataFrame
        Indexed by (network, unit): ``periodes`` (list), ``lieux`` (sites), ``types`` (list of types
        of aid), ``lignes``, ``exact`` (share of lines counted on a register, 0–1, missing when no
        line says), and one column a group of `PARTS`: share of lines that fill it, 0–1.
    """
    rows = {}
    for key, own in lines.groupby([NETWORK, UNIT], sort=True):
        quality = own["qualite"].dropna()
        rows[key] = {
            "periodes": sorted(own[PERIOD].unique()),
            "lieux": own["id_site"].nunique(),
            "types": sorted(own["type_aide"].unique()),
            "lignes": len(own),
            "exact": float((quality == EXACT).mean()) if len(quality) else float("nan"),
        } | {
            part: float(own[list(fields)].notna().all(axis=1).mean())
            for part, fields in PARTS.items()
        }
    columns = ["periodes", "lieux", "types", "lignes", "exact", *PARTS]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    table.index = pd.MultiIndex.from_tuples(rows, names=["reseau", "unite"])
    return table


def obstacles(table: pd.DataFrame) -> pd.DataFrame:
    """Return what keeps two networks from being compared, pair by pair.

    Parameters
    ----------
    table : DataFrame
        From `comparability`.

    Returns
    -------
    DataFrame of str
        Networks in lines and columns: what differs among ``unité``, ``période``, ``types d'aide``,
        ``âges`` and ``qualité``, joined by commas; « – » on the diagonal. « double compte
        possible » when nothing else differs.
    """
    names = [f"{network} ({unit})" for network, unit in table.index]
    rows = [
        [
            "–" if first == second else _differences(table.loc[first], table.loc[second])
            for second in table.index
        ]
        for first in table.index
    ]
    return pd.DataFrame(rows, index=names, columns=names)


def _differences(first: pd.Series, second: pd.Series) -> str:
    found = {
        "unité": first.name[1] != second.name[1],
        "période": first["periodes"] != second["periodes"],
        "types d'aide": first["types"] != second["types"],
        "âges": (first["âges"] > 0) != (second["âges"] > 0),
        "qualité": (first["exact"] == 1) != (second["exact"] == 1),
    }
    return ", ".join(name for name, differs in found.items() if differs) or "double compte possible"
