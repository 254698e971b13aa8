"""The chapter « Coordination »: bodies, practices elsewhere, indicators of an assessment."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.figure import Figure

from diagalim.analysis.context.whole_cases import fractions
from diagalim.analysis.coordination.instances import (
    ANNOUNCED,
    ESTABLISHED,
    IN_PLACE,
    LEVELS,
    PROPOSED,
    animation_cost,
    graph,
    presence,
    seats,
    without_body,
    without_link_upward,
)
from diagalim.analysis.coordination.recommendations import ASSUMED
from diagalim.chapter.facts import literal
from diagalim.report.acteurs.words import source_of, year_of
from diagalim.wording import french
from diagalim.workspace.paths import project_root

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter
    from diagalim.chapter.facts import Fact
    from diagalim.settings.territory import FocusCommune

ASSUMPTION = f"{ASSUMED} sur le coût d'un temps complet, à remplacer"
COUNTED = "décompte des instances citées par le document ; d'autres peuvent exister"
LABELS = {
    "villes_suivies": "Villes suivies par l'étude",
    "villes_sans_instance": "Villes suivies sans instance citée",
    "noms_villes_sans_instance": "Villes suivies sans instance citée",
}
MOST_SHOWN = 3
"""Fractions listed for one percentage; the smallest denominators are the most telling."""
LARGEST_BASE = 40
"""Denominators tried when the base of a percentage is not known."""


def tables_place(files: Iterable[Path]) -> str:
    """Return where the tables of a study stand in the project, as a foot names them."""
    held: dict[str, list[str]] = {}
    for path in files:
        place = path.relative_to(project_root())
        held.setdefault(place.parent.as_posix(), []).append(place.name)
    told = [f"{french.listed(names)} du dossier {folder}" for folder, names in held.items()]
    return f"tableaux {french.listed(told)}"


def _teller(chapter: Chapter, instances: pd.DataFrame) -> Callable[[str, int | str, str], Fact]:
    """Return how to state what the documents tell of bodies: with their year and their source."""
    told = {"year": year_of(instances), "source": source_of(instances), "certainty": COUNTED}
    return lambda fact, value, label: chapter.tell(fact, value, "", label, **told)


def state_bodies(
    chapter: Chapter, instances: pd.DataFrame, members: pd.DataFrame, links: pd.DataFrame
) -> None:
    """State how many bodies there are, which are cut off from above, who is missing."""
    state = _teller(chapter, instances)
    cut_off = without_link_upward(instances, links)
    absent = presence(instances, members)
    missing = list(absent.index[absent.sum(axis=1) == 0])
    state("nb_instances", len(instances), "Instances citées")
    state(
        "instances_sans_lien_vers_le_haut",
        len(cut_off),
        "Instances sans lien constaté vers un niveau plus large",
    )
    state("noms_sans_lien", french.listed(list(instances.loc[cut_off, "nom"])), "Instances")
    state(
        "types_absents", len(missing), "Types d'acteurs cités parmi les membres d'aucune instance"
    )
    state("noms_types_absents", french.listed(missing), "Types d'acteurs non cités")
    sitting = members[members["instance"].map(instances["etat"]) == IN_PLACE]
    state("plusieurs_sieges", len(seats(sitting)), "Organismes membres de plusieurs instances")
    level = instances[instances["niveau"] == "département"]
    label = f"Instances départementales citées{_announced(level)}"
    state("instances_departementales", len(level), label)


def _announced(instances: pd.DataFrame) -> str:
    """Return how many of some bodies do not meet yet, to end their label."""
    count = int((instances["etat"] == ANNOUNCED).sum())
    return {0: "", 1: ", dont celle annoncée"}.get(count, f", dont {count} annoncées")


def state_cities(chapter: Chapter, instances: pd.DataFrame, cities: list[FocusCommune]) -> None:
    """State which of the cities followed have no body of their own among those cited."""
    state = _teller(chapter, instances)
    names = {city.code: city.nom for city in cities}
    alone = [names[code] for code in without_body(instances, names)]
    for fact, value in (
        ("villes_suivies", len(cities)),
        ("villes_sans_instance", len(alone)),
        ("noms_villes_sans_instance", french.listed(alone) or "aucune ville"),
    ):
        state(fact, value, LABELS[fact])


def state_cost(chapter: Chapter, shares: tuple[float, float], cost: float, cities: int) -> None:
    """State what running local coordinations costs, under the assumption of the parameters.

    The shares of a post are those that a study proposes for its own cities: where none is
    published, no cost is stated.
    """
    if chapter.study is None:
        return
    low, high = animation_cost(shares, cost, cities)
    both = f"de {french.number(low)} à {french.with_unit(high, '€')}"
    for fact, value, label in (
        ("cout_animation_bas", low, "Coût annuel de l'animation, part basse"),
        ("cout_animation_haut", high, "Coût annuel de l'animation, part haute"),
        ("cout_plein", cost, "Coût annuel d'un temps complet (hypothèse)"),
    ):
        chapter.quote(
            fact, round(value), "€", label, year=2025, source=chapter.study.cited,
            certainty=ASSUMPTION,
        )  # fmt: skip
    chapter.quote(
        "cout_animation", both, "",
        f"Coût annuel de l'animation dans {french.plural(cities, 'ville')}, par les parts de temps "
        "que propose l'étude", year=2025, source=chapter.study.cited, certainty=ASSUMPTION,
    )  # fmt: skip
    chapter.choose("villes_coordonnees", str(cities), "Villes")
    said = f"{french.number(100 * shares[0])} à {french.with_unit(100 * shares[1], '%')}"
    chapter.choose("parts_temps", said, "Part de temps complet")


def instances_text(instances: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Return the bodies, the widest level first, with those who sit in them."""
    sitting = members.groupby("instance")["organisme"].apply(lambda names: ", ".join(names))
    rank = instances["niveau"].map(LEVELS.index)
    ordered = instances.loc[rank.sort_values(ascending=False, kind="stable").index]
    return pd.DataFrame(
        {
            "Niveau": ordered["niveau"].to_numpy(),
            "Depuis": ordered["annee"].replace("", "n.d.").to_numpy(),
            "Objet": ordered["objet"].map(french.spaced).to_numpy(),
            "Membres cités": sitting.reindex(ordered.index).fillna("non cités").to_numpy(),
        },
        index=ordered["nom"],
    )


def links_text(instances: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Return the links as a table, the twin of the drawing."""
    names = instances["nom"]
    return pd.DataFrame(
        {
            "Vers": names.reindex(links["vers"]).to_numpy(),
            "Nature": links["type"].to_numpy(),
            "État": links["etat"].to_numpy(),
        },
        index=names.reindex(links["de"]),
    )


def presence_text(instances: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Return how many organisations of each kind sit at each level.

    A document that names none says nothing of who is there: « non cité », not « aucun ».
    """
    table = presence(instances, members)
    shown = table.map(lambda count: str(count) if count else "non cité")
    return shown.rename(index=lambda kind: kind[0].upper() + kind[1:]).rename(
        columns=lambda level: level[0].upper() + level[1:]
    )


def instances_figure(instances: pd.DataFrame, links: pd.DataFrame) -> Figure:
    """Draw the bodies, one line a level, the widest on top; a proposed link is dashed."""
    drawn = graph(instances, links)
    met = [level for level in LEVELS if level in set(instances["niveau"])]
    places = {}
    for height, level in enumerate(met):
        row = list(instances.index[instances["niveau"] == level])
        for position, body in enumerate(row):
            places[body] = ((position + 1) / (len(row) + 1), height)
    figure, axes = plt.subplots(figsize=(7, 1.5 * len(met) + 0.4))
    boxes = {
        body: axes.text(
            x, y, "\n".join(textwrap.wrap(instances.at[body, "nom"], 18)), ha="center",
            va="center", fontsize=11,
            bbox={"boxstyle": "round,pad=0.45", "facecolor": "white", "edgecolor": "#1f3d7a"},
        )
        for body, (x, y) in places.items()
    }  # fmt: skip
    for height, level in enumerate(met):
        axes.text(0.0, height + 0.38, level[0].upper() + level[1:], fontsize=11, weight="bold")
    axes.set(xlim=(0, 1), ylim=(-0.5, len(met) - 0.4))
    axes.axis("off")
    figure.draw_without_rendering()  # boxes take their place: arrows go from edge to edge
    for start, end, state in drawn.edges(data="etat"):
        axes.annotate(
            "", places[end], places[start],
            arrowprops={
                "arrowstyle": "-|>", "color": "#444444", "linewidth": 1.5, "mutation_scale": 14,
                "linestyle": {ESTABLISHED: "solid", PROPOSED: "dashed"}[state],
                "patchA": boxes[start].get_bbox_patch(), "patchB": boxes[end].get_bbox_patch(),
            },
        )  # fmt: skip
    return figure


def practices_text(practices: pd.DataFrame) -> pd.DataFrame:
    """Return the practices met elsewhere; what the document does not say stays « n.d. »."""
    named = {"origine": "Origine", "pilote": "Pilote", "outils": "Outils",
             "gouvernance": "Gouvernance", "inconnu": "Ce que le document ne dit pas"}  # fmt: skip
    shown = practices[list(named)].rename(columns=named).replace("", "n.d.").map(french.spaced)
    shown.index = [f"{place} : {name}" for place, name in practices["nom"].items()]
    return shown.rename(index=french.spaced)


def practices_reading(practices: pd.DataFrame) -> str:
    """Return how to read the practices: of how many the document leaves something out."""
    silent = practices[practices["inconnu"] != ""]
    counted = f"{french.plural(len(silent), 'démarche')} sur {len(practices)}"
    said = f"pour {counted}, le document tait quelque chose"
    if silent.empty:
        return said
    return literal(f"{said} ; {silent.index[0]} : {silent.iloc[0]['inconnu']}")


def indicators_text(indicators: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """Return the thirteen indicators: aim, result, base, and the fractions that give the result.

    Parameters
    ----------
    indicators : DataFrame
        Indexed by number: ``intitule``, ``numerateur``, ``denominateur``,
        ``fait_objectif``, ``fait_resultat``, ``bases_possibles``, ``pas``.
    figures : DataFrame
        The registered figures, indexed by id: ``valeur``, ``statut``.
    """
    rows = []
    for row in indicators.itertuples():
        aim = float(figures.at[row.fait_objectif, "valeur"])
        result = float(figures.at[row.fait_resultat, "valeur"])
        rows.append(
            [
                french.with_unit(aim, "%"),
                french.with_unit(result, "%"),
                f"{row.numerateur} sur {row.denominateur}",
                possible_text(result, row.bases_possibles, float(row.pas)),
                figures.at[row.fait_resultat, "statut"],
            ]
        )
    columns = ["Objectif", "Résultat", "Calcul", "Fractions possibles", "Statut"]
    names = [f"{row.Index}. {row.intitule}" for row in indicators.itertuples()]
    return pd.DataFrame(rows, index=names, columns=columns)


def indicators_reading(indicators: pd.DataFrame, figures: pd.DataFrame) -> str:
    """Return how to read the indicators: the first, whose percentage no count gives or some do."""
    first = indicators_text(indicators, figures).iloc[0]
    return f"{first['Résultat']} imprimés au premier indicateur ; possible : {first.iloc[3]}"


def possible_text(percent: float, bases: str, step: float) -> str:
    """Return the smallest fractions that give a percentage, or that none does."""
    tried = [int(base) for base in bases.split()] or range(1, LARGEST_BASE + 1)
    ways = fractions(percent, tried, step)
    if not ways:
        return f"aucune sur {' ou '.join(map(str, tried))}"
    shown = [f"{french.number(top, 1 if top % 1 else 0)}/{base}" for top, base in ways]
    more = "…" if len(shown) > MOST_SHOWN else ""
    return ", ".join(shown[:MOST_SHOWN]) + more
