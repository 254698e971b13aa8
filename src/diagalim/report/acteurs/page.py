"""The chapter « Coordination »: which bodies there are, who sits in them, what it would cost."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.figure import Figure

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
from diagalim.report.acteurs.words import source_of, year_of
from diagalim.wording import french
from diagalim.workspace.paths import project_root

if TYPE_CHECKING:
    from diagalim.settings.document import Document
    from diagalim.settings.territory import FocusCommune


def tables_place(files: Iterable[Path]) -> str:
    """Return where the tables of a study stand in the project, as a foot names them."""
    held: dict[str, list[str]] = {}
    for path in files:
        place = path.relative_to(project_root())
        held.setdefault(place.parent.as_posix(), []).append(place.name)
    told = [f"{french.listed(names)} du dossier {folder}" for folder, names in held.items()]
    return f"tableaux {french.listed(told)}"


def origin(instances: pd.DataFrame) -> dict[str, Any]:
    """Return what only the data say of the facts on bodies: where, when, and one label."""
    level = instances[instances["niveau"] == "département"]
    label = f"Instances départementales citées{_announced(level)}"
    return {
        "releve": source_of(instances),
        "year": year_of(instances),
        "label": {"instances_departementales": label},
    }


def bodies(
    instances: pd.DataFrame, members: pd.DataFrame, links: pd.DataFrame
) -> dict[str, int | str]:
    """Return how many bodies there are, which are cut off from above, who is missing."""
    cut_off = without_link_upward(instances, links)
    absent = presence(instances, members)
    missing = list(absent.index[absent.sum(axis=1) == 0])
    sitting = members[members["instance"].map(instances["etat"]) == IN_PLACE]
    return {
        "nb_instances": len(instances),
        "instances_sans_lien_vers_le_haut": len(cut_off),
        "noms_sans_lien": french.listed(list(instances.loc[cut_off, "nom"])),
        "types_absents": len(missing),
        "noms_types_absents": french.listed(missing),
        "plusieurs_sieges": len(seats(sitting)),
        "instances_departementales": int((instances["niveau"] == "département").sum()),
    }


def _announced(instances: pd.DataFrame) -> str:
    """Return how many of some bodies do not meet yet, to end their label."""
    count = int((instances["etat"] == ANNOUNCED).sum())
    return {0: "", 1: ", dont celle annoncée"}.get(count, f", dont {count} annoncées")


def cities(instances: pd.DataFrame, followed: list[FocusCommune]) -> dict[str, int | str]:
    """Return which of the cities followed have no body of their own among those cited."""
    names = {city.code: city.nom for city in followed}
    alone = [names[code] for code in without_body(instances, names)]
    return {
        "villes_suivies": len(followed),
        "villes_sans_instance": len(alone),
        "noms_villes_sans_instance": french.listed(alone) or "aucune ville",
    }


def costs(
    study: Document | None, shares: tuple[float, float], cost: float, followed: list[FocusCommune]
) -> tuple[dict[str, int | str], dict[str, Any]]:
    """Return what running local coordinations costs under an assumption, and whose shares it takes.

    The shares of a post are those that a study proposes for its own cities: where none is
    published, there is no cost.

    Parameters
    ----------
    study : Document or None
        The published study of the territory.
    shares : tuple of float
        Low and high part of a full-time post by city.
    cost : float
        Of a full-time post, euros a year.
    followed : list of FocusCommune
        Cities; one cut into arrondissements coordinates itself otherwise.
    """
    if study is None:
        return {}, {}
    count = sum(not city.arrondissements for city in followed)
    low, high = animation_cost(shares, cost, count)
    label = (
        f"Coût annuel de l'animation dans {french.plural(count, 'ville')}, par les parts de temps "
        "que propose l'étude"
    )
    said = f"{french.number(100 * shares[0])} à {french.with_unit(100 * shares[1], '%')}"
    return {
        "cout_animation_bas": round(low),
        "cout_animation_haut": round(high),
        "cout_plein": round(cost),
        "cout_animation": f"de {french.number(low)} à {french.with_unit(high, '€')}",
        "villes_coordonnees": str(count),
        "parts_temps": said,
    }, {"document": study.cited, "label": {"cout_animation": label}}


def foot_of(
    instances: pd.DataFrame, members: pd.DataFrame, files: Iterable[Path], told: str
) -> dict[str, str]:
    """Return what only the data say of the table of bodies: its title, its scope, its source."""
    title = f"{{nb_instances}} instances citées par {told}"
    return {
        "caption": title,
        "scope": f"{title} ; une instance régionale n'a pas de niveau plus large, une instance "
        "annoncée n'a pas encore de lien",
        "releve": f"{source_of(instances, members)} ; {tables_place(files)}",
    }


def instances_table(instances: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Return the bodies, the widest level first, with those who sit in them."""
    sitting = members.groupby("instance")["organisme"].apply(lambda names: ", ".join(names))
    rank = instances["niveau"].map(LEVELS.index)
    ordered = instances.loc[rank.sort_values(ascending=False, kind="stable").index]
    table = ordered[["niveau", "annee", "objet"]].replace({"annee": {"": None}})
    table["objet"] = table["objet"].map(french.spaced)
    table["membres"] = sitting.reindex(ordered.index)
    return table.set_axis(ordered["nom"])


def links_table(instances: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Return the links as a table, the twin of the drawing."""
    names = instances["nom"]
    table = links[["vers", "type", "etat"]].assign(vers=names.reindex(links["vers"]).to_numpy())
    return table.set_axis(names.reindex(links["de"]))


def presence_table(instances: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Return how many organisations of each kind sit at each level; none named is missing.

    A document that names none says nothing of who is there: « non cité », not « aucun ».
    """
    table = presence(instances, members)
    shown = table.where(table > 0)
    return shown.rename(index=_capitalised, columns=_capitalised)


def _capitalised(word: str) -> str:
    return word[0].upper() + word[1:]


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
