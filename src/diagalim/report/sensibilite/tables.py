"""The tables of what moves the ranks, as numbers: ``sensibilite.yml`` writes them."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from diagalim.analysis.certainty.sensitivity import SHIFT
from diagalim.report.sensibilite.facts import CHOICES
from diagalim.settings.indicators import Registry
from diagalim.wording import french

ALTERNATIVES = {
    "treatment:aucun": "Valeurs extrêmes laissées",
    "treatment:winsorisation": "Valeurs extrêmes ramenées",
    "treatment:box_cox": "Valeurs extrêmes transformées (Box-Cox)",
    "normalisation:percentile": "Échelle : centiles de rang",
    "normalisation:min_max": "Échelle : de la plus faible à la plus forte valeur",
    "normalisation:z_score": "Échelle : écarts types à la moyenne",
    "normalisation:distance_to_reference": "Échelle : écart à la moyenne en pourcentage",
    "inner:arithmetic": "Moyenne arithmétique dans une dimension",
    "inner:geometric": "Moyenne géométrique dans une dimension",
    "inner:harmonic": "Moyenne harmonique dans une dimension",
    "outer:arithmetic": "Moyenne arithmétique des dimensions",
    "outer:geometric": "Moyenne géométrique des dimensions",
    "outer:net_outranking_flow": "Comparaison des IRIS deux à deux (flux net)",
    "missing:0.0": "Une dimension compte dès qu'un indicateur est connu",
}
"""Alternatives of `compare_methods`; another name is shown as it is given."""


def drivers(sensitivity: pd.DataFrame) -> pd.DataFrame:
    """Return the choices that move the ranks, the most important first, in percentages.

    An estimate under zero comes from the sampling: it is shown as zero.
    """
    shift = sensitivity[sensitivity["sortie"] == SHIFT].sort_values("total", ascending=False)
    shares = shift.drop(columns=["sortie", "choix"]).astype(float).clip(0, 1) * 100
    ends = zip(shares["total_bas"], shares["total_haut"], strict=True)
    shares["intervalle"] = [french.interval(low, high, "%") for low, high in ends]
    shares.index = [french.sentence_case(CHOICES[choice]) for choice in shift["choix"]]
    return shares[["premier", "total", "intervalle"]]


def removals(removed: pd.DataFrame, registry: Registry, iris: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return what the removal of each indicator changes, the most important first."""
    ordered = removed.sort_values("deplacement_moyen", ascending=False)
    labels = [french.sentence_case(registry.indicateurs[name].libelle) for name in ordered.index]
    places = [_place(code, iris) for code in ordered["unite_max"]]
    return _shifts(ordered).assign(lieu=places).set_axis(labels)


def alternatives(compared: pd.DataFrame) -> pd.DataFrame:
    """Return what each other method alone changes, in the order of the steps."""
    return _shifts(compared).rename(index=ALTERNATIVES)


def _shifts(table: pd.DataFrame) -> pd.DataFrame:
    """Return the shifts of a table, the share of the highest decile that stays in percentages."""
    kept = table[["deplacement_moyen", "deplacement_max", "part_gardee"]]
    return kept.assign(part_gardee=100 * kept["part_gardee"])


def _place(code: str, iris: gpd.GeoDataFrame) -> str | None:
    """Name an IRIS and its commune; None when none moved."""
    if not code:
        return None
    name, commune = iris.loc[code, ["nom", "commune"]]
    return f"{name} ({french.place_name(commune)})"
