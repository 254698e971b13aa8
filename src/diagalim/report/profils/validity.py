"""Does the score say what other sources say? Facts, table and sentences of the chapter « profils ».

Agreement is worded as agreement: nothing here validates the score against food insecurity itself,
which no source measures at this scale.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagalim.analysis.solidity.checks import (
    AREA,
    DENSITY,
    DIGITAL,
    GRID_INCOME,
    GRID_POVERTY,
    POPULATION,
)
from diagalim.analysis.solidity.validity import DISCRIMINANT
from diagalim.report.profils.page import derive
from diagalim.settings.indicators import Registry
from diagalim.wording import french

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter
    from diagalim.chapter.facts import Facts

LABELS = {
    GRID_POVERTY: "Carreaux de 200 m : ménages pauvres",
    GRID_INCOME: "Carreaux de 200 m : niveau de vie (inversé)",
    DIGITAL: "Indice de fragilité numérique",
    POPULATION: "Habitants",
    AREA: "Superficie",
    DENSITY: "Densité",
}
TEXT_COLUMNS = (
    "Attendu",
    "Score",
    "Après retrait",
    "Indicateurs retirés",
    "Taux de pauvreté seul",
)
OUTSIDE = ("carreaux", "ifn")
"""Datasets that the score may be put beside, when they are there."""
LEVEL = 95
"""Level of the intervals of `diagalim.analysis.solidity.validity.agreement`, in percent."""
AGREES = 0.4
"""Least correlation called an agreement in a sentence (project's convention)."""
FOLLOWED = 0.3
"""Absolute correlation with size from which the page warns that the score follows it."""


def label_of(name: str, registry: Registry) -> str:
    """Return the name of a check as readers see it."""
    if name in LABELS:
        return LABELS[name]
    label = registry.indicateurs[name].libelle
    return label[0].upper() + label[1:]


def validity_text(table: pd.DataFrame, registry: Registry) -> pd.DataFrame:
    """Return each check with the agreement of the score, of the score without what both share, and
    of the poverty rate alone."""
    rows = {}
    for name, row in table.iterrows():
        rows[label_of(name, registry)] = {
            "Attendu": "faible" if row["sorte"] == DISCRIMINANT else "élevé",
            "Score": _with_interval(row, ""),
            "Après retrait": _without(row),
            "Indicateurs retirés": _left_out(row["retires"], registry),
            "Taux de pauvreté seul": _with_interval(row, "_taux"),
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


def state_validity(chapter: Chapter, score: Facts, table: pd.DataFrame, registry: Registry) -> None:
    """State the range of the agreements and, where the grid is there, that with it."""
    wanted = table[table["sorte"] != DISCRIMINANT]
    known = wanted[wanted["rho_sans"].notna()]
    also = [chapter.resolved(source) for source in OUTSIDE if source in chapter.used()]
    for fact, value, label in (
        ("nb_controles", len(wanted), "Mesures mises à côté du score"),
        ("niveau_intervalle", french.with_unit(LEVEL, "%"), "Niveau des intervalles"),
        ("nb_controles_recalcules", len(known), "Mesures sans indicateur de même source"),
    ):
        derive(chapter, score, fact, value, label, also=also)
    for name, row in table.iterrows():
        for suffix in ("", "_sans", "_taux"):
            if pd.notna(row[f"rho{suffix}"]):
                derive(
                    chapter, score, f"rho_{name}{suffix}", row[f"rho{suffix}"],
                    f"Corrélation des rangs avec : {label_of(name, registry)}",
                    decimals=2,
                    also=also,
                    certainty=f"entre {french.number(row[f'bas{suffix}'], 2)} et "
                    f"{french.number(row[f'haut{suffix}'], 2)} (rééchantillonnage des IRIS)",
                )  # fmt: skip
    if len(known):
        least, most = known["rho_sans"].idxmin(), known["rho_sans"].idxmax()
        for fact, value, label in (
            ("sans_min", f"{french.number(known.loc[least, 'rho_sans'], 2)}", "Plus faible"),
            ("sans_max", f"{french.number(known.loc[most, 'rho_sans'], 2)}", "Plus fort"),
            ("controle_min", label_of(least, registry), "Mesure la moins accordée"),
            ("controle_max", label_of(most, registry), "Mesure la plus accordée"),
        ):
            derive(chapter, score, fact, value, label, also=also)


def retained_sentence(table: pd.DataFrame) -> str:
    """Return the sentence on agreement that the head of the page keeps."""
    known = table["rho_sans"].dropna()
    if known.empty:
        return "Aucune mesure extérieure ne peut être mise à côté du score pour ce département."
    agrees = "s'accorde avec elles" if known.min() >= AGREES else "ne s'accorde pas avec toutes"
    inside = sum(tuple(table.at[name, "retires"]) == (name,) for name in known.index)
    part = (
        f" {inside} de ces mesures {'est un indicateur' if inside < 2 else 'sont des indicateurs'} "
        "du score : seul l'indicateur comparé est alors retiré ; ceux de même source, qui restent, "
        "favorisent l'accord."
        if inside
        else ""
    )
    return (
        f"**Mis à côté de {{nb_controles}} mesures, le score {agrees}**, une fois recalculé sans "
        "les indicateurs qui l'en rapprochent : corrélations des rangs de {sans_min} "
        f"({{controle_min}}) à {{sans_max}} ({{controle_max}}).{part}"
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
    if DENSITY in followed and sizes.loc[DENSITY, "rho"] > 0:
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


def quarter_sentences(chapter: Chapter, chance: float, marked: pd.Series) -> list[str]:
    """State how often an IRIS touched by a priority neighbourhood has the higher score, and say it.

    A line says that nothing can be computed when no commune has both kinds of IRIS.
    """
    if pd.isna(chance):
        return ["**Quartiers prioritaires** : aucune comparaison possible ici."]
    _state_quarters(chapter, chance, marked)
    return [
        "**Quartiers prioritaires** : dans les communes qui en ont un, un IRIS touché par un "
        "quartier prioritaire a un score plus élevé qu'un autre dans {chance_qpv} des cas "
        "({iris_qpv} IRIS touchés sur {iris_autour}). **C'est circulaire** : ces quartiers sont "
        "délimités d'après le revenu."
    ]


def _state_quarters(chapter: Chapter, chance: float, marked: pd.Series) -> None:
    known = marked.dropna()
    chapter.state(
        "chance_qpv", 100 * chance, "%",
        "Chance qu'un IRIS touché par un quartier prioritaire ait un score plus élevé qu'un autre",
        ["qpv"], certainty="non mesurée ; circulaire",
    )  # fmt: skip
    chapter.state(
        "iris_qpv", int(known.astype(bool).sum()), "", "IRIS touchés par un quartier prioritaire",
        ["qpv"], certainty="décompte exact",
    )  # fmt: skip
    chapter.state(
        "iris_autour", len(known), "", "IRIS des communes qui ont un quartier prioritaire",
        ["qpv"], certainty="décompte exact",
    )  # fmt: skip


def state_gap(chapter: Chapter, gap: pd.Series) -> None:
    """State the median difference between the grid and the poverty rate of the IRIS."""
    chapter.state(
        "ecart_carreaux", float(gap.median()), "point", "Écart médian entre carreaux et IRIS",
        ["carreaux"], decimals=1,
    )  # fmt: skip
    chapter.state(
        "iris_carreaux", int(gap.notna().sum()), "", "IRIS couverts par des carreaux",
        ["carreaux"], certainty="décompte exact",
    )  # fmt: skip
    chapter.choose(
        "annee_carreaux", str(chapter.resolved("carreaux").vintage), "Année des carreaux"
    )
