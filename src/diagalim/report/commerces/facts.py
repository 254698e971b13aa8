"""Facts of the chapter « Offre » on food shops: what sentences and recommendations quote.

People who live where no shop stands are exposed to a longer way, not counted as without food: the
file of equipment knows nothing of markets, prices, hours nor cars.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagalim.analysis.context.framing import district_codes
from diagalim.analysis.offer.shops import HERE, NEXT_DOOR, NONE, UNKNOWN, unlocated
from diagalim.wording import french
from diagalim.wording.place_kinds import places

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter
    from diagalim.chapter.facts import Fact

SHOPS, OUTLINES, PEOPLE = "bpe", "contours_iris", "populations_legales"
EXACT = "décompte exact du fichier ; les erreurs du fichier ne sont pas publiées"
UNMEASURED = "non mesurée"
"""The words that keep a recommendation from resting firmly on a figure."""
LARGE_KM2 = 10
"""Area over which a shop of the next IRIS may be kilometres away (convention of this report)."""


def state_shops(chapter: Chapter, food: pd.DataFrame, everyday: pd.DataFrame) -> None:
    """State how many shops there are, and how many the file does not place.

    Parameters
    ----------
    food, everyday : DataFrame
        Shops of all food types, and of everyday food: ``iris``, ``type``, ``nombre``.
    """
    lost, total = unlocated(food)
    for fact, value, label in (
        ("commerces_alimentaires", total, "Commerces alimentaires"),
        ("commerces_courants", everyday["nombre"].sum(), "Commerces d'alimentation courante"),
        ("commerces_non_places", lost, "Commerces non placés"),
    ):
        chapter.state(fact, int(value), "", label, [SHOPS], certainty=EXACT)
    chapter.state(
        "annee_bpe", str(chapter.resolved(SHOPS).vintage), "", "Année des commerces", [SHOPS],
        certainty=EXACT,
    )  # fmt: skip


def state_densest(chapter: Chapter, table: pd.DataFrame, least: int) -> None:
    """State the middle commune, and how many communes have no food shop at all.

    Parameters
    ----------
    table : DataFrame
        By commune: ``commerces``, ``pour_mille``.
    least : int
        Inhabitants under which a commune has no rate.
    """
    districts = district_codes(c.arrondissements for c in chapter.territory.communes_focus)
    words = places(table.index, districts)
    chapter.choose("population_minimale", french.number(least), "Habitants qu'il faut pour un taux")
    sources = [SHOPS, PEOPLE]
    chapter.state(
        "pour_mille_median", float(table["pour_mille"].median()), "", decimals=1,
        label="Commerces alimentaires pour 1 000 habitants, commune médiane", sources=sources,
    )  # fmt: skip
    chapter.state(
        "communes_sans_commerce", int((table["commerces"] == 0).sum()), "",
        f"{words.capitalize()} sans commerce alimentaire", [SHOPS], certainty=EXACT,
    )  # fmt: skip
    chapter.state("nb_communes", len(table), "", words.capitalize(), [SHOPS], certainty=EXACT)
    chapter.choose("lieux_comptes", words, "Lieux comptés")
    chapter.state(
        "annee_population_legale", str(chapter.resolved(PEOPLE).vintage), "",
        "Année des populations légales", [PEOPLE], certainty="recensement",
    )  # fmt: skip


def state_levels(chapter: Chapter, crossing: pd.DataFrame, top: int, people: Fact) -> None:
    """State how many IRIS, and who lives there, by level of under-equipment.

    Parameters
    ----------
    crossing : DataFrame
        From `diagalim.analysis.offer.shops.crossed`.
    top : int
        The highest class of relative risk.
    people : Fact
        Inhabitants of the territory, from the chapter of the score: their dataset and its year go
        with whatever counts inhabitants.
    """
    by_level = crossing.groupby("niveau").sum().reindex(range(UNKNOWN + 1), fill_value=0)
    sources = [SHOPS, OUTLINES]
    read = [chapter.resolved(source) for source in sources]

    def state(fact: str, value: float, label: str) -> None:
        chapter.state(fact, int(value), "", label, sources, certainty=UNMEASURED)

    def inhabitants(fact: str, value: float, label: str) -> None:
        chapter.derive(
            fact, int(round(value)), label, people, unit="habitants", certainty=UNMEASURED,
            also=read,
        )  # fmt: skip

    for level, name in ((HERE, "avec"), (NEXT_DOOR, "voisin"), (NONE, "sans"), (UNKNOWN, "doute")):
        state(f"iris_{name}", by_level.at[level, "iris"], f"IRIS, niveau {level}")
        label = f"Habitants des IRIS, niveau {level}"
        inhabitants(f"habitants_{name}", by_level.at[level, "population"], label)
    levels = (NONE, NEXT_DOOR, UNKNOWN)
    exposed = crossing.reindex([(top, level) for level in levels], fill_value=0)
    highest = "IRIS de la classe de risque la plus élevée"
    shop = "commerce d'alimentation courante (commerces, et non lieux d'aide)"
    for level, name, more in (
        (NONE, "sous_equipes_exposes", f"que l'on sait sans {shop}, ni dedans ni à côté"),
        (NEXT_DOOR, "voisins_exposes", f"qui n'ont de {shop} que dans un IRIS voisin"),
        (UNKNOWN, "doute_exposes", f"où un {shop} n'est pas placé : on ne peut pas conclure"),
    ):
        row = exposed.loc[(top, level)]
        state(f"iris_{name}", row["iris"], f"{highest} {more}")
        label = "Habitants potentiellement exposés de ces IRIS"
        inhabitants(f"habitants_{name}", row["population"], label)
    words = exposed_phrase(crossing, top)
    chapter.derive("phrase_exposes", words, "IRIS exposés", people, certainty=UNMEASURED, also=read)


def state_large(
    chapter: Chapter, levels: pd.Series, area: pd.Series, population: pd.Series, people: Fact
) -> None:
    """State how many IRIS whose only everyday shop is next door are too wide for it to be near."""
    words = large_phrase(levels, area, population)
    read = [chapter.resolved(source) for source in (SHOPS, OUTLINES)]
    chapter.derive("phrase_voisins", words, "IRIS étendus", people, certainty=UNMEASURED, also=read)


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
