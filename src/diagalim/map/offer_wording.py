"""In which words does the map speak of shops, priority neighbourhoods and aid?

Nothing here says that a place has room, that an IRIS without a shop has no food, or that hours that
nobody gave are hours of closure.
"""

from __future__ import annotations

OFFER_TEXTS: dict[str, str | list[str]] = {
    "offer": "Offre et quartiers prioritaires",
    "offer_shops": "Cercles selon les commerces courants ({annee})",
    "offer_quarters": "Quartiers prioritaires",
    "offer_sites": "Lieux d'aide alimentaire",
    "colour_offer": "L'offre",
    "colour_levels": "Commerces courants à portée ({annee})",
    "legend_levels": "Commerces d'alimentation courante, {annee}",
    "levels": [
        "1\u00a0· Dans l'IRIS",
        "2\u00a0· Dans un IRIS voisin seulement",
        "3\u00a0· Ni dedans ni à côté",
        "Inconnu",
    ],
    "legend_levels_note": (
        "En regard\u00a0: nombre d'IRIS. Inconnu\u00a0: un commerce que le fichier ne place pas "
        "pourrait s'y trouver."
    ),
    "legend_levels_caution": (
        "Le fichier compte des magasins\u202f; il ignore les marchés et ne dit rien des prix, des "
        "horaires ni de la qualité."
    ),
    "legend_shops": (
        "Cercles\u00a0: commerces d'alimentation courante en {annee}\u202f; surface selon leur "
        "nombre, de 1 à {plus}. {sans}\u00a0IRIS n'en ont aucun."
    ),
    "legend_quarters": "Quartiers prioritaires\u00a0: {dit}",
    "legend_sites": "Lieux d'aide montrés",
    "legend_sites_open": (
        "Contour en tirets\u00a0: horaires non connus. Disque noir\u00a0: plusieurs fiches, qu'un "
        "toucher sépare."
    ),
    "sheet_offer": "L'offre ici",
    "sheet_level": [
        "Commerces d'alimentation courante ({annee})\u00a0: {n} dans l'IRIS",
        "Commerce d'alimentation courante ({annee})\u00a0: seulement dans un IRIS voisin",
        "Commerce d'alimentation courante ({annee})\u00a0: aucun dans l'IRIS ni à côté",
        (
            "Commerce d'alimentation courante ({annee})\u00a0: non connu, un commerce non placé "
            "de la commune pourrait s'y trouver"
        ),
    ],
    "sheet_shops_kinds": "{n}\u00a0× {type}",
    "sheet_quarters": "Touche un quartier prioritaire\u00a0: {noms}",
    "sheet_quarter_here": "Point touché\u00a0: quartier prioritaire {noms}",
    "choose_quarter": "Aller à un quartier prioritaire",
    "quarter_said": "Quartier prioritaire. Sur la carte\u00a0: {dit}.",
    "quarter_iris": "IRIS qu'il touche\u00a0: {noms}",
    "sheet_aid": (
        "Aide la plus proche qui a un point\u00a0: {distance} du centre de l'IRIS, en ligne "
        "droite. Ni horaires ni conditions n'y entrent."
    ),
    "under_metres": "moins de 100\u00a0m",
    "metres": "{n}\u00a0m",
    "kilometres": "{n}\u00a0km",
    "csv_offer": [
        *("commerces_courants_niveau", "commerces_courants"),
        *("qpv_touches", "aide_la_plus_proche_m"),
    ],
    "csv_levels": ["dans l'IRIS", "IRIS voisin seulement", "ni dedans ni à côté", "inconnu"],
    "aid_panel": "Lieux d'aide alimentaire\u00a0: type et jour",
    "aid_not_directory": (
        "Cette carte n'est pas un annuaire. Besoin d'aide\u00a0: 115 ou soliguide.fr"
    ),
    "aid_help": (
        "Les fiches des outils ne sont pas rapprochées\u00a0: un lieu peut en avoir plusieurs. "
        "Aucune ne dit s'il reste de la place."
    ),
    "aid_shown": "Montrer les lieux sur la carte",
    "aid_types": "Types d'aide montrés",
    "aid_days": "Ouverts au moins un de ces jours",
    "aid_days_help": "Aucun jour coché\u00a0: tous les lieux.",
    "aid_unknown": "Garder ceux dont les horaires ne sont pas connus",
    "days": ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    "aid_count": (
        "{n}\u00a0fiche répond au choix, sur {total}\u00a0: {sur} sur la carte, {sans} sans "
        "point, dans le tableau seulement. Horaires non connus\u00a0: {inconnus}.|"
        "{n}\u00a0fiches répondent au choix, sur {total}\u00a0: {sur} sur la carte, {sans} sans "
        "point, dans le tableau seulement. Horaires non connus\u00a0: {inconnus}."
    ),
    "aid_hidden": "Les lieux ne sont pas montrés sur la carte.",
    "aid_csv": "Télécharger les lieux (CSV)",
    "aid_file": "lieux-aide-alimentaire",
    "aid_csv_columns": [
        *("lieu", "commune", "type", "acces", "jours_et_heures", "tension"),
        *("verification", "outil", "latitude", "longitude"),
    ],
    "aid_access": "Accès",
    "aid_hours": "Jours et heures",
    "aid_tension": "Tension déclarée",
    "aid_checked": "Vérifié",
    "aid_tool": "Source",
    "aid_here": "{n}\u00a0fiche ici|{n}\u00a0fiches ici",
    "aid_group": "{n}\u00a0fiches proches\u00a0: rapprocher la carte",
    "aid_same": "{n}\u00a0fiches au même endroit\u00a0: choisir dans une liste",
    "aid_closer": "Carte rapprochée de {n}\u00a0fiche.|Carte rapprochée de {n}\u00a0fiches.",
    "aid_markers": (
        "Lieux d'aide sur la carte\u00a0: les flèches vont de l'un à l'autre, Entrée ouvre."
    ),
    "aid_see": "Voir sur la carte",
    "aid_picture": "Lieux d'aide montrés\u00a0: {types}.",
    "offer_foot": [],
    "aid_foot": [],
}
"""French texts of the offer; ``risk_map(texts=...)`` replaces any of them by name."""
