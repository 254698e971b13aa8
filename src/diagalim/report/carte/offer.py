"""What does the map show of the offer: shops, places of aid, priority neighbourhoods?

Each part is what another chapter left, or a file that a territory may lack: a part that is not
there leaves no layer, no fact and no foot, and the page says once what it lacks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from diagalim.analysis.offer.shops import HERE, NEXT_DOOR, NONE
from diagalim.chapter.aid_words import TOOLS, credited
from diagalim.map.offered import Offer
from diagalim.wording import french

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter

QUARTERS, KNOWN_QUARTERS = "qpv", "qpv_statistiques"
LAYERS = {
    "sites": "les lieux d'aide alimentaire",
    "shops": "les commerces",
    "quarters": "les quartiers prioritaires",
}
"""Layers of the map in the words of its page."""
NOT_MEASURED = "la distance à l'aide la plus proche, aucune fiche n'ayant de point"
HOW_TO_SUPPLY = "La [page de l'aide](../offre/inventaire.ipynb) dit comment les fournir."
SCOPE = (
    "tous les IRIS, commerces de {carte_annee_bpe} ; niveau inconnu pour {carte_iris_doute} IRIS ; "
    "marchés, prix et horaires absents du fichier"
)
NEAR = " ; « aide la plus proche » : à vol d'oiseau, lieux du tableau suivant"


def at_hand(chapter: Chapter) -> Offer:
    """Return what the chapters of the offer left, and the perimeters of the neighbourhoods."""
    counted = chapter.find("bpe")
    chapter.cite(*["bpe"] * bool(counted))
    iris = chapter.table_if_there("inventaire", "iris")
    known = iris is not None and "distance" in iris
    told = chapter.table_if_there("inventaire", "lieux")
    quarters = chapter.read_if_there(QUARTERS)
    return Offer(
        shops=chapter.table_if_there("commerces", "courants"),
        sites=None if told is None or told.empty else told,
        metres=iris.set_index("code_iris")["distance"] if known else None,
        quarters=quarters,
        listed=None if quarters is None else chapter.read_if_there(KNOWN_QUARTERS),
        year=counted.vintage if counted else "",
    )


def source(offer: Offer) -> str:
    """Return the tools that tell of the places of aid; nothing where none does."""
    told = () if offer.sites is None else set(offer.sites["outil"])
    return credited(name for name in TOOLS.values() if name in told)


def of_shops(offer: Offer) -> dict[str, int | str]:
    """Return how many IRIS have an everyday food shop within reach, and the year of the file."""
    if offer.shops is None:
        return {}
    level = offer.shops["niveau"]
    return {
        "carte_commerces": int(offer.shops.drop(columns="niveau").to_numpy().sum()),
        "carte_iris_avec": (level == HERE).sum(),
        "carte_iris_voisin": (level == NEXT_DOOR).sum(),
        "carte_iris_sans": (level == NONE).sum(),
        "carte_iris_doute": level.isna().sum(),
        "carte_annee_bpe": str(offer.year),
    }


def state_quarters(chapter: Chapter, offer: Offer) -> None:
    """State how many perimeters are drawn, out of how many there are, and their year."""
    if offer.quarters is None:
        return
    drawn, listed = len(offer.quarters), offer.listed
    every = set() if listed is None else set(listed["code"])
    # a list of other perimeters says nothing of how many of these there are
    same = bool(every) and set(offer.quarters.index) <= every
    among = f" sur {french.number(len(every))}" if same else ""
    year = str(chapter.resolved(QUARTERS).vintage)
    counts = {"carte_annee_qpv": year, "carte_qpv": drawn}
    told = {"carte_qpv_tracees": f"{french.number(drawn)}{among}"}
    sources = [QUARTERS, KNOWN_QUARTERS] if same else [QUARTERS]
    chapter.state({**counts, **told}, sources=sources)


def legend_of_quarters(chapter: Chapter, offer: Offer) -> str:
    """Return what the legend says of the perimeters: their year and how many are drawn."""
    if offer.quarters is None:
        return ""
    return chapter.fill("périmètres de {carte_annee_qpv}, {carte_qpv_tracees}")


def feet_of_picture(chapter: Chapter, offer: Offer) -> dict[str, list[str]]:
    """Return the feet that leave the page with a picture of the map, by text of the map."""
    feet = {"foot": chapter.foot_lines("risque", "score.population_haute")}
    if offer.shops is not None:
        feet["offer_foot"] = chapter.foot_lines("offre", "carte_iris_avec")
    if offer.sites is not None:
        feet["aid_foot"] = [f"Lieux : {source(offer)} (nature : {chapter.collected_nature})"]
    return feet


def show_foot(chapter: Chapter, offer: Offer) -> None:
    """Show the foot of the shops under the map, where it has some."""
    if offer.shops is not None:
        chapter.foot_of("offre")


def show_foot_of_table(chapter: Chapter, offer: Offer) -> None:
    """Show the foot of the offer under the table, where it says something of it."""
    near = "" if offer.metres is None else NEAR
    if offer.shops is not None:
        chapter.foot_of("offre-tableau", scope=f"colonne « L'offre ici » ; {SCOPE}{near}")


def say_missing(chapter: Chapter, shown: Mapping[str, object]) -> None:
    """Say once what the map of this territory cannot show; nothing when it shows all.

    Parameters
    ----------
    shown : mapping
        Layers given to the map, by name.
    """
    absent = [words for name, words in LAYERS.items() if name not in shown]
    if "sites" in shown and "aid" not in shown:
        absent.append(NOT_MEASURED)
    if absent:
        how = "" if "sites" in shown else f" {HOW_TO_SUPPLY}"
        chapter.say(f"**Non disponible : {french.listed(absent)}.**{how}")
