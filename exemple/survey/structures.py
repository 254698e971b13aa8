"""Which structures does the department know? The frame of the survey: 572 contacts.

Structures stand where people and need are. Their size, their place and whether a network supplies
them are in the frame, because the study warns that small and isolated ones answer less. Every name,
mail and telephone is fictitious: invented surnames, the domain ``example.invalid`` (RFC 2606) and
the numbers that Arcep keeps for films and books. Networks are invented too, so that no figure
stands beside a real one's name.
"""

from __future__ import annotations

import re
import unicodedata

import geopandas as gpd
import numpy as np
import pandas as pd

from exemple.land import names
from exemple.people.households import People

CONTACTS = 572
"""Contacts supplied by the State's department, as in the study."""
TWICE, CLOSED, ASTRAY = 6, 8, 4
"""Contacts to be left out: the same structure twice, closed, not reached (3.1 % of them)."""
TYPES = ("association", "epicerie", "centre_social", "autre")
TYPE_SHARES = (0.70, 0.10, 0.12, 0.08)
"""Among structures that are not a CCAS: a CCAS is one a commune."""
SIZES = ("petite", "moyenne", "grande")
SIZE_SHARES = {
    "dense": (0.36, 0.38, 0.26), "intermediaire": (0.45, 0.37, 0.18), "rural": (0.66, 0.27, 0.07),
}  # fmt: skip
VOLUNTEERS = {"petite": (2, 9), "moyenne": (10, 29), "grande": (30, 90)}
"""Fewest and most volunteers of each size."""
NETWORKS = ("Grenier des Vannes", "Tablées du Ponant", "Entraide vermeille", "Étals du Ponant")
ISOLATED = {"petite": 0.52, "moyenne": 0.30, "grande": 0.14}
"""Share of private structures that no network supplies, by size."""
NEED, COUNTRYSIDE = 0.45, 1.35
"""How much a standard deviation of hardship, and being a village, call for structures."""

FIRST = (
    "Aline", "Basile", "Capucine", "Damien", "Édith", "Fabrice", "Gaëlle", "Hector", "Inès",
    "Jonas", "Karine", "Ludovic", "Mireille", "Nadia", "Octave", "Perrine", "Quentin",
    "Rosalie", "Samir", "Thérèse", "Ursule", "Valentin", "Wassila", "Yannis", "Zoé",
)  # fmt: skip
LAST = (
    "Auvremol", "Bressardin", "Calvignoux", "Dorquevel", "Estramange", "Fauverelle",
    "Gardelonne", "Hurtevigne", "Istrabel", "Jolimarque", "Kerdovane", "Lormeruche",
    "Malvezane", "Norrampont", "Orgevelle", "Pastrelin", "Quermarel", "Roubignac", "Solverane",
    "Tournevaque", "Urvaleine", "Vaucremont", "Wardebois", "Ysarelle", "Zandremer",
)  # fmt: skip
WAYS = ("rue", "avenue", "place", "chemin", "impasse", "allée")
CALLED = (
    "du Four à Pain", "des Vieilles Barques", "du Lavoir", "des Tilleuls", "de la Fontaine Basse",
    "du Marché", "des Écoles", "du Puits Salé", "de l'Ancienne Poste", "des Muletiers",
    "du Château d'Eau", "de la Gare", "des Lauriers", "du Vieux Pressoir",
)  # fmt: skip
WORDS = (
    "Le Panier", "La Table", "La Main", "Le Couvert", "La Corbeille", "L'Entraide", "Le Relais",
    "La Cantine", "Le Partage", "La Halte", "Le Fournil", "La Tablée", "Le Cabas", "La Récolte",
    "L'Assiette", "Le Garde-Manger",
)  # fmt: skip
TRICKY = "L'Étal & Compagnie <i>solidaire</i>"
"""Name with signs of a markup language: must be shown as text."""


def frame(
    people: People, iris: gpd.GeoDataFrame, places: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Return the contacts, one a row, as the State's department would hand them.

    Returns
    -------
    DataFrame
        `CONTACTS` rows, all cells text, columns of ``data/schemas/collecte/base_contacts.json``.
    """
    table = _located(people, iris, places, rng)
    table["taille"] = [rng.choice(SIZES, p=SIZE_SHARES[zone]) for zone in table["zone"]]
    table["reseau"] = _networks(table, rng)
    _legal(table, rng)
    _reachable(table, rng)
    table["statut_contact"], table["doublon_de"] = "valide", ""
    out = rng.choice(len(table), CLOSED + ASTRAY, replace=False)
    table.loc[out, "statut_contact"] = ["fermee"] * CLOSED + ["adresse_erronee"] * ASTRAY
    lost = table["statut_contact"] == "adresse_erronee"
    table.loc[lost, "contact_telephone"] = ""
    table = table.sample(frac=1, random_state=rng).reset_index(drop=True)
    table = _with_twice(table, rng)
    table["id_structure"] = [f"S{rank:04d}" for rank in range(1, len(table) + 1)]
    table["doublon_de"] = table["doublon_de"].map(
        lambda row: table["id_structure"][row] if row != "" else ""
    )
    letters = list("abcdefghijkmnpqrstuvwxyz23456789")
    table["jeton"] = ["".join(rng.choice(letters, 15)) for _ in range(len(table))]
    return table[list(COLUMNS)]


COLUMNS = (
    "id_structure", "jeton", "nom", "type_structure", "reseau", "statut_juridique",
    "habilitation_type", "habilitation_date", "code_insee", "commune", "taille", "zone", "adresse",
    "contact_nom", "contact_mail", "contact_telephone", "statut_contact", "doublon_de",
)  # fmt: skip


def _located(
    people: People, iris: gpd.GeoDataFrame, places: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Draw where structures stand and what they are: one CCAS a commune, two CIAS, the others."""
    living = people.persons["iris"].value_counts().reindex(iris.index, fill_value=0)
    village = iris["INSEE_COM"].isin(names.VILLAGES.values())
    call = living * np.exp(NEED * places["hard"]) * np.where(village, COUNTRYSIDE, 1)
    halls = call.groupby(iris["commune"]).idxmax()
    joint = [halls[names.TOWNS["Haute-Solliane"][0]], halls[names.VILLAGES["Les Trois-Vannes"]]]
    free = CONTACTS - TWICE - len(halls) - len(joint)
    drawn = rng.choice(iris.index, free, p=(call / call.sum()).to_numpy())
    kinds = rng.choice(TYPES, free, p=TYPE_SHARES)
    rows = [*halls, *joint, *drawn]
    table = iris.loc[rows, ["INSEE_COM", "NOM_IRIS", "commune"]].reset_index(drop=True)
    town = table["commune"].isin([code for code, _ in names.TOWNS.values()])
    city = table["commune"] == names.CITY
    called = {names.CITY: names.CITY_NAME} | dict(
        zip(iris["commune"], iris["NOM_COM"], strict=True)
    )
    called[names.CITY] = names.CITY_NAME
    public = len(halls) + len(joint)
    out = pd.DataFrame(
        {
            "type_structure": [*["ccas_cias"] * public, *kinds],
            "code_insee": table["INSEE_COM"],
            "commune": table["commune"].map(called),
            "zone": np.select([city, town], ["dense", "intermediaire"], "rural"),
        }
    )
    quarter = table["NOM_IRIS"].str.replace(r" \d+$| \(.*$", "", regex=True)
    bearing = [f"CCAS {of(name)}" for name in out["commune"][: len(halls)]]
    bearing += ["CIAS Solliane et Marais", "CIAS des Hautes-Vannes"]
    taken = set(bearing)
    for row in range(public, len(out)):
        name = _name(out["type_structure"][row], quarter[row], rng)
        while name in taken:
            name = _name(out["type_structure"][row], quarter[row], rng)
        taken.add(name)
        bearing.append(name)
    bearing[-1] = TRICKY
    return out.assign(nom=bearing)


def of(place: str) -> str:
    """Return « de » and a place, as French elides it."""
    if place.startswith("Les "):
        return f"des {place[4:]}"
    vowel = unicodedata.normalize("NFD", place)[0] in "AEIOUY"
    return f"d'{place}" if vowel else f"de {place}"


def _name(kind: str, quarter: str, rng: np.random.Generator) -> str:
    word, who = rng.choice(WORDS), f"{rng.choice(FIRST)}-{rng.choice(FIRST)}"
    start = {
        "association": [f"{word} – {quarter}", f"Association {word} de {who}", f"Solidarité {who}"],
        "epicerie": [f"Épicerie solidaire {word} – {quarter}", f"Épicerie sociale de {who}"],
        "centre_social": [f"Centre social {quarter}", f"Maison de quartier {who}"],
        "autre": [f"Collectif {word} – {quarter}", f"Groupe d'étudiants {word} – {quarter}"],
    }[kind]
    return str(rng.choice(start))


def _networks(table: pd.DataFrame, rng: np.random.Generator) -> list[str]:
    """Draw who supplies each structure, « aucun » for none."""
    isolated = table["taille"].map(ISOLATED) + 0.10 * (table["zone"] == "rural")
    isolated = isolated + 0.12 * (table["type_structure"] == "autre")
    alone = rng.random(len(table)) < isolated
    drawn = rng.choice(NETWORKS, len(table), p=(0.50, 0.22, 0.16, 0.12))
    return list(np.where(alone, "aucun", drawn))


def _legal(table: pd.DataFrame, rng: np.random.Generator) -> None:
    """Add the legal form and the State's licence: a public body does not need one."""
    public = table["type_structure"] == "ccas_cias"
    loose = (table["type_structure"] == "autre") & (rng.random(len(table)) < 0.5)
    table["statut_juridique"] = np.select(
        [public, loose], ["etablissement_public", "sans_statut"], "association_1901"
    )
    draw, joined = rng.random(len(table)), table["reseau"] != "aucun"
    national = joined & (draw < 0.62)
    regional = ~national & (draw < np.where(joined, 0.92, 0.48))
    table["habilitation_type"] = np.select(
        [public, national, regional], ["sans_objet", "nationale", "regionale"], "aucune"
    )
    day = pd.Timestamp("2015-01-01") + pd.to_timedelta(rng.integers(0, 3650, len(table)), "D")
    held = table["habilitation_type"].isin(("nationale", "regionale"))
    table["habilitation_date"] = np.where(held, day.strftime("%Y-%m-%d"), "")


def _reachable(table: pd.DataFrame, rng: np.random.Generator) -> None:
    """Add the address and the person to write to."""
    count = len(table)
    table["adresse"] = [
        f"{rng.integers(1, 160)} {rng.choice(WAYS)} {rng.choice(CALLED)}" for _ in range(count)
    ]
    table["contact_nom"] = [f"{rng.choice(FIRST)} {rng.choice(LAST)}" for _ in range(count)]
    table["contact_mail"] = [
        f"{plain(who)}@{plain(name)[:24].strip('-')}.example.invalid"
        for who, name in zip(table["contact_nom"], table["nom"], strict=True)
    ]
    table["contact_telephone"] = [telephone(rng) for _ in range(count)]
    table.loc[rng.random(count) < 0.08, "contact_telephone"] = ""


def plain(text: str) -> str:
    """Return the letters of a name in lower case without accents, hyphens between words."""
    letters = unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", letters.lower()).strip("-")


def telephone(rng: np.random.Generator) -> str:
    """Return a telephone number in a range kept for fiction (south-east, or mobile)."""
    start = ("04 65 71", "06 39 98")[rng.integers(2)]
    return f"{start} {rng.integers(100):02d} {rng.integers(100):02d}"


def _with_twice(table: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Add contacts of structures already there, written another way, further down the list."""
    whole = table.index[(table["statut_contact"] == "valide") & (table["nom"] != TRICKY)]
    kept = sorted(rng.choice(whole, TWICE, replace=False))
    again = table.loc[kept].copy()
    short = {"Association ": "Asso. ", "Épicerie ": "Epicerie ", "Centre social ": "CS "}
    for row in kept:
        name = again.at[row, "nom"]
        for long, cut in short.items():
            name = name.replace(long, cut)
        again.at[row, "nom"] = name.upper() if name == again.at[row, "nom"] else name
        again.at[row, "contact_telephone"] = telephone(rng).replace(" ", ".")
        again.at[row, "contact_mail"] = f"contact@{again.at[row, 'contact_mail'].split('@')[1]}"
    again["statut_contact"], again["doublon_de"] = "doublon", kept
    return pd.concat([table, again], ignore_index=True)
