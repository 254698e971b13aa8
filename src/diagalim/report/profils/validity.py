"""Does the score say what other sources say? Facts, table and sentences of the chapter « profils ».

Agreement is worded as agreement: nothing here validates the score against food insecurity itself,
which no source measures at this scale.
"""

from __future__ import annotations

import pandas as pd

from diagalim.analysis.solidity import checks
from diagalim.analysis.solidity.validity import DISCRIMINANT
from diagalim.settings.indicators import Registry
from diagalim.sources.registry import Resolved
from diagalim.wording import french

LABELS = {
    checks.GRID_POVERTY: "Carreaux de 200 m : ménages pauvres",
    checks.GRID_INCOME: "Carreaux de 200 m : niveau de vie (inversé)",
    checks.DIGITAL: "Indice de fragilité numérique",
    checks.POPULATION: "Habitants",
    checks.AREA: "Superficie",
    checks.DENSITY: "Densité",
}
LEVEL = 95
"""Level of the intervals of `diagalim.analysis.solidity.validity.agreement`, in percent."""
AGREES = 0.4
"""Least correlation called an agreement in a sentence (project's convention)."""
FOLLOWED = 0.3
"""Absolute correlation with size from which the page warns that the score follows it."""


def label_of(name: str, registry: Registry) -> str:
    """Return the name of a check as readers see it."""
    return LABELS.get(name) or french.sentence_case(registry.indicateurs[name].libelle)


def validity_table(table: pd.DataFrame, registry: Registry) -> pd.DataFrame:
    """Return each check with the agreement of the score, of the score without what both share, and
    of the poverty rate alone."""
    rows = {
        label_of(name, registry): {
            "attendu": "faible" if row["sorte"] == DISCRIMINANT else "élevé",
            "score": _with_interval(row, ""),
            "sans": _without(row),
            "retires": _left_out(row["retires"], registry),
            "taux": _with_interval(row, "_taux"),
        }
        for name, row in table.iterrows()
    }
    return pd.DataFrame.from_dict(rows, orient="index")


def _with_interval(row: pd.Series, suffix: str) -> str:
    rho = row[f"rho{suffix}"]
    if pd.isna(rho):
        return "–"
    low, high = (french.number(row[f"{end}{suffix}"], 2) for end in ("bas", "haut"))
    interval = f"[{low} ; {high}]".replace(" ", french.NO_BREAK)  # never cut in two
    return f"{french.number(rho, 2)} {interval}, {french.plural(row[f'n{suffix}'], 'IRIS', 'IRIS')}"


def _without(row: pd.Series) -> str:
    if not row["calculable"]:
        return "sans objet : plus de ressources"
    return _with_interval(row, "_sans") if row["retires"] else "rien à retirer"


def _left_out(names: tuple[str, ...], registry: Registry) -> str:
    return ", ".join(registry.indicateurs[name].libelle for name in names) or "–"


def of_validity(
    table: pd.DataFrame, registry: Registry
) -> tuple[dict[str, float | str], dict[str, dict[str, str]]]:
    """Return the range of the agreements, then the label and the certainty of each of them."""
    wanted = table[table["sorte"] != DISCRIMINANT]
    known = wanted["rho_sans"].dropna()
    values = {
        "nb_controles": len(wanted),
        "niveau_intervalle": french.with_unit(LEVEL, "%"),
        "nb_controles_recalcules": len(known),
    }
    if len(known):
        values |= {
            "sans_min": french.number(known.min(), 2),
            "sans_max": french.number(known.max(), 2),
            "controle_min": label_of(known.idxmin(), registry),
            "controle_max": label_of(known.idxmax(), registry),
        }
    given = {"label": {}, "certainty": {}}
    for name, row in table.iterrows():
        for end in ("", "_sans", "_taux"):
            rho, low, high = (row[f"{part}{end}"] for part in ("rho", "bas", "haut"))
            if pd.isna(rho):
                continue
            values[fact := f"rho_{name}{end}"] = rho
            given["label"][fact] = f"Corrélation des rangs avec : {label_of(name, registry)}"
            said = f"entre {french.number(low, 2)} et {french.number(high, 2)}"
            given["certainty"][fact] = f"{said} (rééchantillonnage des IRIS)"
    return values, given


def retained_sentence(table: pd.DataFrame) -> str:
    """Return the sentence on agreement that the head of the page keeps."""
    known = table["rho_sans"].dropna()
    if known.empty:
        return "Aucune mesure extérieure ne peut être mise à côté du score pour ce département."
    agrees = "s'accorde avec elles" if known.min() >= AGREES else "ne s'accorde pas avec toutes"
    return (
        f"**Mis à côté de {{nb_controles}} mesures, le score {agrees}**, une fois recalculé sans "
        "les indicateurs qui l'en rapprochent : corrélations des rangs de {sans_min} "
        f"({{controle_min}}) à {{sans_max}} ({{controle_max}}).{_inside(table.loc[known.index])}"
    )


def _inside(known: pd.DataFrame) -> str:
    """Return how many of the measures are part of the score, where some are."""
    inside = sum(tuple(left_out) == (name,) for name, left_out in known["retires"].items())
    if not inside:
        return ""
    are = "est un indicateur" if inside < 2 else "sont des indicateurs"
    return (
        f" {inside} de ces mesures {are} du score : seul l'indicateur comparé est alors retiré ; "
        "ceux de même source, qui restent, favorisent l'accord."
    )


def size_sentence(table: pd.DataFrame) -> str:
    """Say whether the score follows the size of the places, which it should not."""
    sizes = table[table["sorte"] == DISCRIMINANT]
    followed = [name for name in sizes.index if abs(sizes.loc[name, "rho"]) >= FOLLOWED]
    if not followed:
        return "Le score ne suit ni le nombre d'habitants, ni la superficie, ni la densité."
    # facts are written as « rho_densite »: the sentence places those that are followed
    said = french.listed(
        [f"{LABELS[name].lower()} : {{rho_{name}}}" for name in sizes.index if name in followed]
    )
    sentence = f"**Le score suit la taille des IRIS** ({said})"
    if checks.DENSITY in followed and sizes.loc[checks.DENSITY, "rho"] > 0:
        sentence += " : les scores élevés sont surtout dans les quartiers denses"
    if all(abs(sizes.loc[name, "rho_taux"]) >= FOLLOWED for name in followed):
        sentence += (
            ". Le taux de pauvreté seul les suit aussi : la pauvreté est ici urbaine, et rien ne "
            "sépare tout à fait ce fait de la façon dont les IRIS sont dessinés"
        )
    return f"{sentence}."


def reading_sentence(table: pd.DataFrame) -> str:
    """Return one line of the table read aloud."""
    known = table[table["rho_sans"].notna()]
    if known.empty:
        return "un tiret dit que trop peu d'IRIS ont la mesure"
    name = known.index[0]
    return (
        f"{LABELS.get(name, name).lower()} : accord de {{rho_{name}}} avec le score, de "
        f"{{rho_{name}_sans}} avec un score recalculé sans les indicateurs retirés"
    )


def of_quarters(chance: float, marked: pd.Series) -> dict[str, float]:
    """Return how often an IRIS touched by a priority neighbourhood has the higher score.

    Nothing where no commune has both kinds of IRIS.
    """
    if pd.isna(chance):
        return {}
    known = marked.dropna().astype(bool)
    return {"chance_qpv": 100 * chance, "iris_qpv": known.sum(), "iris_autour": len(known)}


def of_gap(grid: pd.DataFrame | None, rate: pd.Series, file: Resolved | None) -> dict[str, float]:
    """Return the median gap between the grid and the poverty rate; nothing without a grid."""
    if grid is None:
        return {}
    gap = grid["part_menages_pauvres"] - rate
    return {
        "ecart_carreaux": float(gap.median()),
        "iris_carreaux": int(gap.notna().sum()),
        "annee_carreaux": str(file.vintage),
    }
