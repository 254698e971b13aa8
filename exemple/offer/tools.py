"""What do data.inclusion, OpenStreetMap and a partner's workbook say of the places?

Each file has the form of its producer: the columns of the data·inclusion schema v1, the features of
an Overpass export, a list kept by hand in Excel.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import xlsxwriter

from exemple.offer import words
from exemple.offer.hours import french, osm
from exemple.offer.records import Record, number_of, plain
from exemple.offer.sites import Site

STRUCTURE = (
    "source", "id", "nom", "description", "date_maj", "siret", "commune", "code_postal",
    "code_insee", "adresse", "complement_adresse", "longitude", "latitude", "telephone", "courriel",
    "site_web", "horaires_accueil", "accessibilite_lieu", "reseaux_porteurs",
)  # fmt: skip
SERVICE = (
    "source", "structure_id", "id", "nom", "description", "date_maj", "type", "thematiques",
    "frais", "frais_precisions", "publics", "publics_precisions", "conditions_acces", "commune",
    "code_postal", "code_insee", "adresse", "complement_adresse", "longitude", "latitude",
    "telephone", "courriel", "modes_accueil", "zone_eligibilite", "contact_nom_prenom",
    "lien_mobilisation", "modes_mobilisation", "mobilisable_par", "mobilisation_precisions",
    "volume_horaire_hebdomadaire", "nombre_semaines", "horaires_accueil",
)  # fmt: skip
"""Columns of the schema v1, in its order."""
FOOD = "equipement-et-alimentation--alimentation"
FREE_TEXT, NO_HOURS = 0.4, 0.1
"""Shares of the hours of data.inclusion typed as a sentence, and left out."""
FALSE_FRIENDS = 6
"""Services under the food theme that give no food: social support, advice."""
SOURCE = "annuaire-vermeil"


def write_data_inclusion(
    folder: Path,
    records: list[Record],
    degrees: dict[str, tuple[float, float]],
    rng: np.random.Generator,
) -> dict[str, int]:
    """Write the structures and the services, and return what was planted in them."""
    structures, services, planted = [], [], {"horaires_texte_libre": 0}
    for rank, record in enumerate(records):
        site, number = record.site, number_of(record)
        hours, sentence = _hours(site, rng)
        planted["horaires_texte_libre"] += sentence
        place = {
            "source": SOURCE, "date_maj": record.updated, "commune": site.city,
            "code_postal": site.postcode, "code_insee": record.commune, "adresse": record.address,
            "longitude": degrees.get(record.id, ("", ""))[0],
            "latitude": degrees.get(record.id, ("", ""))[1], "telephone": record.phone,
            "horaires_accueil": hours,
        }  # fmt: skip
        public = {"ccas_cias": ["ccas-cias"], "commune": ["communes"]}.get(site.legal, [])
        structures.append(
            place
            | {"id": number, "nom": record.name, "siret": record.siret,
               "description": f"{site.operator}. {words.TEXTS[site.aids[0]]}",
               "courriel": "" if rng.random() < 0.4 else f"accueil-{rank}@example.invalid",
               "reseaux_porteurs": _array(public)}
        )  # fmt: skip
        for aid in site.aids:
            services.append(
                place
                | {"id": f"{number}-{aid}", "structure_id": number} | _offered(aid, rng)
            )  # fmt: skip
        if rank < FALSE_FRIENDS:
            services.append(place | _support(number))
    folder.mkdir(parents=True, exist_ok=True)
    for stem, rows, columns in (
        ("structures", structures, STRUCTURE),
        ("services", services, SERVICE),
    ):
        table = pd.DataFrame(rows).reindex(columns=columns).astype(object).fillna("")
        table.to_csv(
            folder / f"data_inclusion_{stem}.csv",
            index=False,
            lineterminator="\n",
            encoding="utf-8",
        )
    return {"data_inclusion_" + key: number for key, number in planted.items()} | {
        "data_inclusion_theme_sans_alimentation": FALSE_FRIENDS
    }


def _hours(site: Site, rng: np.random.Generator) -> tuple[str, bool]:
    if site.hours.form not in ("ordinaire", "nuit"):
        return osm(site.hours), False
    kind = rng.random()
    if kind < NO_HOURS:
        return "", False
    if kind < NO_HOURS + FREE_TEXT:
        return french(site.hours, terse=rng.random() < 0.5), True
    return osm(site.hours), False


def _array(values: list[str]) -> str:
    return json.dumps(values, ensure_ascii=False) if values else ""


def _offered(aid: str, rng: np.random.Generator) -> dict[str, object]:
    referral = aid in ("epicerie", "bon_cheque") or rng.random() < 0.3
    paid = aid in ("epicerie", "achat_groupe")
    publics = {"colis_bebe": ["familles"], "maraude": ["personnes-en-situation-durgence"]}
    return {
        "nom": words.IN_FRENCH[aid], "description": words.TEXTS[aid],
        "type": "atelier" if aid == "atelier" else "aide-materielle",
        "thematiques": _array([FOOD]), "frais": "payant" if paid else "gratuit",
        "frais_precisions": "Participation de 10 à 30 % du prix" if paid else "",
        "publics": _array(publics.get(aid, [])),
        "conditions_acces": "Sur orientation d'un travailleur social" if referral else "",
        "modes_accueil": _array(["en-presentiel"]),
        "modes_mobilisation": _array(["telephoner"] if referral else ["se-presenter"]),
        "mobilisable_par": _array(["professionnels"] if referral else ["usagers"]),
    }  # fmt: skip


def _support(structure: str) -> dict[str, object]:
    return {
        "id": f"{structure}-accompagnement", "structure_id": structure,
        "nom": "Accompagnement social et budgétaire", "type": "accompagnement",
        "description": "Entretiens pour faire le point sur ses droits, son budget, ses dettes.",
        "thematiques": _array([FOOD, "difficultes-financieres--ameliorer-sa-gestion-budgetaire"]),
        "frais": "gratuit", "modes_accueil": _array(["en-presentiel"]),
        "modes_mobilisation": _array(["telephoner"]), "mobilisable_par": _array(["usagers"]),
    }  # fmt: skip


TAGS = {
    "colis": {"social_facility": "food_bank"}, "colis_bebe": {"social_facility": "food_bank"},
    "epicerie": {"social_facility": "food_bank"}, "logistique": {"social_facility": "food_bank"},
    "repas_assis": {"social_facility": "soup_kitchen"},
    "repas_emporter": {"social_facility": "soup_kitchen"},
    "frigo": {"amenity": "food_sharing"}, "cuisine": {"amenity": "kitchen"},
    "eau": {"amenity": "drinking_water"},
    "jardin": {"leisure": "garden", "garden:type": "community"},
}  # fmt: skip
"""Tags by type of aid: a warehouse and a distribution point bear the same one."""
OTHER_TAGS = (
    {"amenity": "marketplace", "name": "Marché des Halles"},
    {"amenity": "marketplace", "name": "Marché paysan"},
    {"amenity": "give_box", "name": "Boîte à dons"},
    {"amenity": "social_facility", "social_facility": "outreach", "name": "Point d'écoute"},
    {"amenity": "social_facility", "social_facility": "group_home", "name": "Résidence L'Estran"},
)


def write_osm(
    path: Path,
    records: list[Record],
    degrees: dict[str, tuple[float, float]],
    rng: np.random.Generator,
) -> dict[str, int]:
    """Write the features of an Overpass export and return what was planted in them."""
    features = []
    for record in records:
        site = record.site
        tags = {"name": record.name} | TAGS[site.aids[0]]
        tags |= {} if "amenity" in tags or "leisure" in tags else {"amenity": "social_facility"}
        tags |= {"operator": site.operator} if rng.random() < 0.6 else {}
        if site.hours.form not in ("ordinaire", "nuit") or rng.random() < 0.75:
            tags["opening_hours"] = osm(site.hours)
        tags |= {"phone": record.phone} if record.phone else {}
        tags |= {"ref:FR:SIRET": record.siret} if record.siret else {}
        tags |= {"addr:housenumber": site.number, "addr:street": site.street.split(",")[0],
                 "addr:city": site.city} if rng.random() < 0.6 else {}  # fmt: skip
        tags |= {"capacity": str(rng.integers(20, 120))} if rng.random() < 0.08 else {}
        tags |= {"social_facility:for": "underprivileged"} if rng.random() < 0.4 else {}
        features.append(_feature(number_of(record), tags, degrees[record.id], record.updated))
    for rank, tags in enumerate(OTHER_TAGS):
        near = degrees[records[5 * rank].id]
        features.append(
            _feature(f"node/{9_990_000_000 + rank}", dict(tags), near, date(2026, 3, 9))
        )
    head = {
        "type": "FeatureCollection", "generator": "overpass-turbo",
        "copyright": "Données fictives, au format d'un export OpenStreetMap (ODbL).",
        "timestamp": "2026-10-15T06:00:00Z",
    }  # fmt: skip
    lines = ",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features)
    opening = json.dumps(head, ensure_ascii=False)[:-1]
    path.write_text(f'{opening}, "features": [\n{lines}\n]}}\n', encoding="utf-8")
    return {"osm_hors_sujet": len(OTHER_TAGS)}


def _feature(
    number: str, tags: dict[str, str], point: tuple[float, float], updated: date | None
) -> dict:
    geometry = {"type": "Point", "coordinates": list(point)}
    meta = {"@id": number, "@timestamp": f"{updated}T18:20:00Z", "@version": "3"}
    meta |= {"@geometry": "center"} if number.startswith("way/") else {}
    return {"type": "Feature", "properties": meta | tags, "geometry": geometry, "id": number}


HEADINGS = (
    "N°", "Structure", "Réseau", "Type d'aide", "Adresse", "CP", "Commune", "Code INSEE", "Tél.",
    "Courriel", "SIRET", "Jours et horaires", "Public", "Conditions", "Capacité", "Fermé en août ?",
    "Dernière vérif.", "Remarques",
)  # fmt: skip
HEADING_ROW = 3
LIST_SHEET = "Liste 2026"
MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
          "octobre", "novembre", "décembre")  # fmt: skip


def write_workbook(path: Path, records: list[Record], rng: np.random.Generator) -> dict[str, int]:
    """Write the partner's list: two lines of title, headings on the third, all cells as text."""
    book = xlsxwriter.Workbook(path)
    book.set_properties({"title": "Liste des lieux", "created": datetime(2026, 10, 15)})
    text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True})
    sheet = book.add_worksheet(LIST_SHEET)
    sheet.write_string(0, 0, "Lieux d'aide alimentaire (liste tenue à la main)", bold)
    sheet.write_string(1, 0, "Document de travail, département fictif", text)
    for column, heading in enumerate(HEADINGS):
        sheet.write_string(HEADING_ROW - 1, column, heading, bold)
    capacities = 0
    for row, record in enumerate(records, start=HEADING_ROW):
        cells = _typed_row(record, rng)
        capacities += bool(cells[14])
        for column, value in enumerate(cells):
            sheet.write_string(row, column, value, text)
    sheet.set_column(0, len(HEADINGS) - 1, 18, text)
    notes = book.add_worksheet("Notes")
    notes.write_string(0, 0, "Liste mise à jour au fil des appels. « ? » : à vérifier.", text)
    book.close()
    return {"tableur_capacite_renseignee": capacities, "tableur_lignes": len(records)}


def _typed_row(record: Record, rng: np.random.Generator) -> list[str]:
    site = record.site
    aid = " + ".join(words.IN_FRENCH[a] for a in site.aids)
    shouted = rng.random() < 0.15
    families = int(rng.integers(15, 120))
    capacity = rng.choice([f"{families}", f"env. {families}", f"{families} familles/sem.", "?"])
    seen = record.updated
    checked = "" if seen is None else str(rng.choice(
        [f"{seen:%d/%m/%Y}", f"{seen:%m/%Y}", f"{MONTHS[seen.month - 1]} {seen.year}"]
    ))  # fmt: skip
    remark = f"FERMÉ définitivement ({seen:%m/%Y})" if site.closed_on and seen else ""
    hours = french(site.hours, terse=rng.random() < 0.35)
    return [
        number_of(record), record.name, site.network,
        aid.upper() if shouted else aid, record.address, site.postcode,
        plain(site.city).upper() if rng.random() < 0.3 else site.city, site.commune, record.phone,
        "" if rng.random() < 0.6 else f"contact{number_of(record).lower()}@example.invalid",
        record.siret, hours.replace("-", " à ") if rng.random() < 0.4 else hours,
        str(rng.choice(["tous", "Tous publics", "familles", "", "personnes isolées"])),
        str(rng.choice(["libre", "orientation AS", "sur inscription", "", "justif. de domicile"])),
        str(capacity) if rng.random() < 0.2 else "",
        str(rng.choice(["", "non", "Non"] if site.hours.august else ["oui", "OUI", "Oui"])),
        checked, remark,
    ]  # fmt: skip
