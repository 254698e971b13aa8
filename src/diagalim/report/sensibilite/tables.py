"""The tables of what moves the ranks, as text."""

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


def drivers_text(sensitivity: pd.DataFrame) -> pd.DataFrame:
    """Return the choices that move the ranks, the most important first.

    An estimate under zero comes from the sampling: it is shown as zero.
    """
    shift = sensitivity[sensitivity["sortie"] == SHIFT].sort_values("total", ascending=False)
    rows = {}
    for _, row in shift.iterrows():
        parts = row.drop(["sortie", "choix"]).astype(float).clip(0, 1) * 100
        label = CHOICES[row["choix"]]
        rows[label[0].upper() + label[1:]] = {
            "À lui seul": french.with_unit(parts["premier"], "%"),
            "Avec les autres choix": french.with_unit(parts["total"], "%"),
            "Intervalle à 90 %": french.interval(parts["total_bas"], parts["total_haut"], "%"),
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def removed_text(removed: pd.DataFrame, registry: Registry, iris: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return what the removal of each indicator changes, the most important first."""
    ordered = removed.sort_values("deplacement_moyen", ascending=False)
    labels = [registry.indicateurs[name].libelle for name in ordered.index]
    return _shifts(ordered, [label[0].upper() + label[1:] for label in labels]).assign(
        **{"IRIS le plus déplacé": [_place(code, iris) for code in ordered["unite_max"]]}
    )


def compared_text(compared: pd.DataFrame) -> pd.DataFrame:
    """Return what each other method alone changes, in the order of the steps."""
    return _shifts(compared, [ALTERNATIVES.get(name, name) for name in compared.index])


def _shifts(table: pd.DataFrame, labels: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Places, en moyenne": [french.number(v, 1) for v in table["deplacement_moyen"]],
            "Places, au plus": [french.number(v) for v in table["deplacement_max"]],
            "Dernier décile gardé": [
                french.with_unit(100 * value, "%") for value in table["part_gardee"]
            ],
        },
        index=labels,
    )


def _place(code: str, iris: gpd.GeoDataFrame) -> str:
    """Name an IRIS and its commune; a dash when none moved."""
    if not code:
        return "–"
    name, commune = iris.loc[code, ["nom", "nom_commune"]]
    return f"{name} ({french.place_name(commune)})"
