"""What do sentences and recommendations quote of food shops?

People who live where no shop stands are exposed to a longer way, not counted as without food: the
file of equipment knows nothing of markets, prices, hours nor cars.
"""

from __future__ import annotations

import pandas as pd

from diagalim.analysis.offer.shops import HERE, NEXT_DOOR, NONE, UNKNOWN, unlocated
from diagalim.wording import french

LARGE_KM2 = 10
"""Area over which a shop of the next IRIS may be kilometres away (convention of this report)."""
BY_LEVEL = {HERE: "avec", NEXT_DOOR: "voisin", NONE: "sans", UNKNOWN: "doute"}
EXPOSED = {NONE: "sous_equipes_exposes", NEXT_DOOR: "voisins_exposes", UNKNOWN: "doute_exposes"}
"""How the facts of each level end: of all IRIS, then of the highest class of relative risk."""


def of_shops(food: pd.DataFrame, everyday: pd.DataFrame) -> dict[str, int]:
    """Return how many shops there are, and how many the file does not place.

    Parameters
    ----------
    food, everyday : DataFrame
        Shops of all food types, and of everyday food: ``iris``, ``type``, ``nombre``.
    """
    lost, total = unlocated(food)
    return {
        "commerces_alimentaires": int(total),
        "commerces_courants": int(everyday["nombre"].sum()),
        "commerces_non_places": int(lost),
    }


def of_communes(table: pd.DataFrame, least: int) -> dict[str, int | float | str]:
    """Return the middle commune, and how many communes have no food shop at all.

    Parameters
    ----------
    table : DataFrame
        By commune: ``commerces``, ``pour_mille``.
    least : int
        Inhabitants under which a commune has no rate.
    """
    return {
        "population_minimale": french.number(least),
        "pour_mille_median": float(table["pour_mille"].median()),
        "communes_sans_commerce": int((table["commerces"] == 0).sum()),
        "nb_communes": len(table),
    }


def of_levels(crossing: pd.DataFrame, top: int) -> dict[str, int | str]:
    """Return how many IRIS, and who lives there, by level of under-equipment.

    Parameters
    ----------
    crossing : DataFrame
        From `diagalim.analysis.offer.shops.crossed`.
    top : int
        The highest class of relative risk.
    """
    by_level = crossing.groupby("niveau").sum()
    highest = crossing[crossing.index.get_level_values("classe") == top].droplevel("classe")
    counted = _counted(by_level, BY_LEVEL) | _counted(highest, EXPOSED)
    return counted | {"phrase_exposes": exposed_phrase(crossing, top)}


def _counted(table: pd.DataFrame, ends: dict[int, str]) -> dict[str, int]:
    """Return IRIS and inhabitants of each level."""
    found = table.reindex(list(ends), fill_value=0)
    iris = {f"iris_{end}": int(found.at[level, "iris"]) for level, end in ends.items()}
    people = found["population"]
    return iris | {f"habitants_{end}": int(round(people[level])) for level, end in ends.items()}


def large_phrase(levels: pd.Series, area: pd.Series, population: pd.Series) -> str:
    """Return that a neighbour is not always near, with the IRIS where it may well not be.

    Parameters
    ----------
    levels : Series
        Level of under-equipment of each IRIS.
    area : Series
        In m², same index.
    population : Series
        Inhabitants, same index.
    """
    said = "« Voisin » ne veut pas dire proche : aucune distance n'est mesurée"
    beside = levels == NEXT_DOOR
    large = beside & (area > LARGE_KM2 * 1e6)
    if not large.any():
        return said
    verb = "dépasse" if large.sum() < 2 else "dépassent"
    people = french.plural(population[large].sum(), "habitant")
    return (
        f"{said}, et {french.number(large.sum())} des {french.number(beside.sum())} IRIS qui n'ont "
        f"de commerce courant que dans un IRIS voisin {verb} {LARGE_KM2} km² ({people})"
    )


def exposed_phrase(crossing: pd.DataFrame, top: int) -> str:
    """Return what can be said of the IRIS without an everyday shop around, and of their class.

    What is not known is said in the same breath: IRIS without a score, and IRIS where a shop that
    is not placed could stand.
    """
    wanted = [(top, NONE), (0, NONE), (top, UNKNOWN)]
    found = crossing.reindex(wanted, fill_value=0)
    highest, unscored, doubtful = (found.loc[key] for key in wanted)
    said = _alone(crossing.groupby("niveau").sum().reindex([NONE], fill_value=0).loc[NONE])
    if highest["iris"]:
        people = french.plural(highest["population"], "habitant")
        said += (
            f" Dans la classe de risque la plus élevée : {french.number(highest['iris'])} de ces "
            f"IRIS, {people} potentiellement exposés"
        )
    elif said.startswith("Aucun"):
        return said + _doubt(doubtful)
    else:
        said += " À notre connaissance, la classe de risque la plus élevée n'en compte aucun"
    if unscored["iris"]:
        verb = "n'a" if unscored["iris"] < 2 else "n'ont"
        said += f" ; {french.number(unscored['iris'])} {verb} pas de score"
    return said + "." + _doubt(doubtful)


def _alone(row: pd.Series) -> str:
    if not row["iris"]:
        return "Aucun IRIS n'est connu sans commerce d'alimentation courante, ni dedans ni à côté."
    people = french.plural(row["population"], "habitant")
    verb = "n'a" if row["iris"] < 2 else "n'ont"
    return (
        f"{french.number(row['iris'])} IRIS ({people}) {verb} de commerce d'alimentation "
        "courante ni dedans, ni dans un IRIS voisin."
    )


def _doubt(row: pd.Series) -> str:
    if not row["iris"]:
        return ""
    return (
        f" Pour {french.number(row['iris'])} IRIS de la classe de risque la plus élevée "
        f"({french.plural(row['population'], 'habitant')}), on ne peut pas conclure : un commerce "
        "que le fichier ne place pas pourrait s'y trouver."
    )
