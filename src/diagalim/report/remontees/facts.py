"""What do the sheets of the networks count in the chapter « Publics », and what is said of it?

Each function gives ``{id: value}``: the words beside the notebook say what each of them is. Without
any sheet there is nothing to state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from diagalim.analysis.publics.comparability import NETWORK, PERIOD, UNIT, why_not
from diagalim.wording import french

if TYPE_CHECKING:
    from diagalim.chapter.facts import Facts
    from diagalim.collected.reports.reporting import Report

SHEETS = "fiches de remontée des réseaux"
NETWORKS, UNITS = "reseaux_non_additionnables", "noms_unites"
"""Facts counted on the sheets, or quoted from documents where no sheet came."""


def of_reports(reports: dict[str, Report], lines: pd.DataFrame) -> dict[str, int | str]:
    """Return how many networks report, in how many units, and until when."""
    if lines.empty:
        return {}
    networks, units = lines[NETWORK].nunique(), sorted(lines[UNIT].unique())
    return {
        "nb_fiches": len(reports),
        "nb_reseaux": networks,
        "nb_unites": len(units),
        UNITS: french.listed(units),
        "derniere_periode": lines[PERIOD].max(),
        NETWORKS: networks,
        "nb_corrections": sum(len(report.remarks) for report in reports.values()),
        "refus_de_somme": " ; ".join(why_not(lines)),
    }


def origin(lines: pd.DataFrame) -> dict[str, Any]:
    """Return what only the sheets say of those facts: their year, and that they were counted."""
    if lines.empty:
        return {}
    return {
        "year": lines[PERIOD].max()[:4],
        "collecte": SHEETS,
        "label": {
            NETWORKS: "Réseaux dont les comptes ne s'additionnent pas",
            UNITS: "Unités de compte",
        },
        "certainty": dict.fromkeys((NETWORKS, UNITS), "décompte exact"),
    }


def of_places(received: pd.DataFrame) -> dict[str, int]:
    """Return how many of the known places sent a sheet for the last period.

    Parameters
    ----------
    received : DataFrame
        From `diagalim.analysis.publics.series.received`: the last period is its last column.
    """
    if received.empty:
        return {}
    return {
        "lieux_connus": int(received["connus"].sum()),
        "lieux_recus": int(received[max(received.columns.drop("connus"))].sum()),
    }


def of_volumes(tonnes: pd.DataFrame, shown: pd.DataFrame) -> dict[str, int | str | None]:
    """Return the sum of the tonnes of one period, where it may be shown.

    Parameters
    ----------
    tonnes : DataFrame
        From `diagalim.analysis.publics.volumes.volumes`.
    shown : DataFrame
        From `diagalim.report.remontees.page.volumes_table`.
    """
    if tonnes.empty:
        return {}
    total = shown.iloc[-1, -1]
    hidden = isinstance(total, str) or pd.isna(total)
    return {
        "reseaux_sans_volume": int(tonnes.isna().all(axis=1).sum()),
        "volume_total": None if hidden else french.with_unit(total, "tonnes", 1),
    }


def of_change(shown: pd.DataFrame) -> tuple[dict[str, float | str], dict[str, Any]]:
    """Return the index of one network at its last period, then its year and its label.

    That of a network of which every line is followed comes first, for nothing is left out of it;
    then that of most lines.

    Parameters
    ----------
    shown : DataFrame
        From `diagalim.analysis.publics.shown.shown_series`.
    """
    kept = shown[shown["indice"].notna()]
    whole = (kept["lignes"] == kept["suivies"]).groupby(level=[0, 1]).transform("all")
    kept = kept[whole.astype(bool)] if whole.any() else kept
    if kept.empty:
        return {}, {}
    network, unit, _ = kept["suivies"].idxmax()
    own = kept.loc[(network, unit)]
    first, last = own.index[0], own.index[-1]
    values = {
        "reseau_suivi": network,
        "unite_suivie": unit,
        "periode_base": first,
        "periode_fin": last,
        "indice_suivi": own.loc[last, "indice"],
        "lignes_suivies": int(own.loc[last, "suivies"]),
        "evolution_suivie": french.with_unit(own.loc[last, "indice"] - 100, "%", sign=True),
    }
    return values, {
        "year": last[:4],
        "label": dict.fromkeys(values, f"Évolution déclarée, {network}"),
    }


def absence(*known: pd.DataFrame) -> list[str]:
    """Return what to say where nothing at all is known: neither sheets nor published figures."""
    if any(len(table) for table in known):
        return []
    return [
        "**Non disponible** : aucune fiche de remontée ni aucun chiffre publié sur les personnes "
        "accueillies n'est connu pour ce département. Restent, plus bas, les profils nationaux et "
        "les habitants des quartiers."
    ]


def series_reading(facts: Facts) -> str:
    """Return how to read the table of the networks over time."""
    if "evolution_suivie" not in facts:
        return "aucun réseau n'a d'évolution à montrer"
    return "{reseau_suivi} : {evolution_suivie} entre {periode_base} et {periode_fin}"


def volumes_reading(facts: Facts) -> str:
    """Return how to read the table of volumes."""
    if "volume_total" not in facts:
        return "aucun volume n'est déclaré, ou aucun total ne peut être montré"
    return "{volume_total} au total ; réseaux qui ne déclarent aucun volume : {reseaux_sans_volume}"
