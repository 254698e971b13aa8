"""Who works with whom in the fictitious department, and which document says so?

Nobody meets there: bodies, members, links and documents are composed, from the names of the places
and of the networks of the department. They agree with what the focus groups say in
``textes/groupes.csv``: one town followed has no body of its own, one runs well, the city has many
networks that nothing ties to the department.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from exemple.land import names
from exemple.offer.words import GROCERIES, LANTERNS, PANTRY, RELIEF, TABLES
from exemple.reports.listening import TOWNS
from exemple.writing import write_table

STATE = "Direction des solidarités de la Vermeillerie"
COUNTY = "Conseil départemental de la Vermeillerie"
REGION = f"Région {names.REGION_NAME}"
HEALTH = f"Agence de santé de {names.REGION_NAME}"
FARMERS = "Coopérative maraîchère des Hautes-Vannes"
METROPOLIS = names.EPCI["000055001"][0]
_, MARSHES, CORVELLE, CITY = TOWNS
"""Of the four towns followed, those that have a body: the first has none."""
REVIEW, MINUTES = "bilan_financeurs", "comptes_rendus"

DOCUMENTS = (
    (REVIEW, "Bilan du comité des financeurs, document fictif", STATE, "2025-06"),
    (MINUTES, "Comptes rendus des groupes de travail, document fictif", COUNTY, "2025-10-09"),
)
BODIES = (
    # id, nom, niveau, commune, état, année, pilote, objet, document
    ("forum", "Forum alimentaire du Ponant", "région", "", "en place", "2021", REGION,
     "Rencontre annuelle des réseaux et des services", REVIEW),
    ("guichet", "Guichet du Ponant", "région", "", "en place", "2022", REGION,
     "Une seule demande pour tous les financeurs régionaux", REVIEW),
    ("financeurs", "Comité des financeurs de la Vermeillerie", "département", "", "en place",
     "2023", STATE, "Attribution concertée des subventions", REVIEW),
    ("conference", "Conférence des acteurs (annoncée)", "département", "", "annoncée", "", COUNTY,
     "Réunir une fois par an tous ceux qui aident", MINUTES),
    ("charte", f"Table alimentaire de {CORVELLE}", "ville", names.TOWNS[CORVELLE][0], "en place",
     "2023", f"CCAS de {CORVELLE}", "Dire qui fait quoi, et relire les rôles chaque année",
     MINUTES),
    ("quartiers", f"Réunions de quartier de {CITY}", "ville", names.CITY, "en place", "2019", "",
     "Échanges entre associations d'un même quartier", MINUTES),
    ("ramasses", f"Calendrier des ramasses de {MARSHES}", "ville", names.TOWNS[MARSHES][0],
     "en place", "2024", f"CCAS de {MARSHES}",
     "Se répartir les magasins et prévenir des fermetures d'été", MINUTES),
)  # fmt: skip
KINDS = {
    STATE: "État", COUNTY: "collectivité", REGION: "collectivité", METROPOLIS: "collectivité",
    f"Ville de {CITY}": "collectivité", HEALTH: "santé", FARMERS: "production et logistique",
    f"CCAS de {MARSHES}": "CCAS", f"CCAS de {CORVELLE}": "CCAS",
    **dict.fromkeys((GROCERIES, LANTERNS, PANTRY, RELIEF, TABLES), "association"),
}  # fmt: skip
"""Kind of each organisation: of those expected, nobody speaks for the people concerned nor for
research."""
MEMBERS = {
    "forum": (REGION, HEALTH, FARMERS, PANTRY, TABLES),
    "guichet": (REGION, STATE, HEALTH),
    "financeurs": (STATE, COUNTY, REGION, METROPOLIS, f"Ville de {CITY}"),
    "conference": (COUNTY,),
    "quartiers": (LANTERNS, TABLES, RELIEF),
    "ramasses": (f"CCAS de {MARSHES}", PANTRY, GROCERIES),
    "charte": (f"CCAS de {CORVELLE}", STATE, TABLES),
}
LINKS = (
    # de, vers, nature, état
    ("financeurs", "guichet", "membres communs", "constaté"),
    ("charte", "financeurs", "membre commun", "constaté"),
    ("conference", "financeurs", "représentation", "proposé"),
    ("quartiers", "conference", "représentation", "proposé"),
    ("ramasses", "conference", "représentation", "proposé"),
)


def write_coordination(target: Path) -> None:
    """Write the four tables under ``collecte/coordination/``.

    Parameters
    ----------
    target : Path
        The folder of the department.
    """
    document = {body[0]: body[-1] for body in BODIES}
    members = [
        (body, name, KINDS[name], document[body])
        for body, sitting in MEMBERS.items()
        for name in sitting
    ]
    tables = {
        "documents": (DOCUMENTS, "cle titre auteurs date"),
        "instances": (BODIES, "id nom niveau commune etat annee pilote objet document"),
        "membres": (members, "instance organisme type document"),
        "liens": (LINKS, "de vers type etat"),
    }
    for stem, (rows, columns) in tables.items():
        table = pd.DataFrame(rows, columns=columns.split())
        write_table(target / "collecte" / "coordination" / f"{stem}.csv", table, ",")
