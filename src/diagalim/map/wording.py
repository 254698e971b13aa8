"""In which words and colours does the map speak?

Every French sentence of the map stands here, so that a chapter may replace one and a reader of the
code sees at once that none turns a relative risk into a number of people.
"""

from __future__ import annotations

from collections.abc import Mapping

from diagalim.analysis.certainty.words import LIKELY, SURE, WORDS
from diagalim.chapter.theme import CLASS_LABELS, sequential
from diagalim.map.offer_wording import OFFER_TEXTS

CLASS_COLOURS = tuple(sequential(len(CLASS_LABELS)))
"""Colours of classes 1 to 5, those of the printed maps."""

STATUSES = ("note", "indicatif", "non_note", "sans_population")
"""The four states of an IRIS; the controller receives their positions in this tuple."""


def certainty_labels() -> tuple[str, ...]:
    """Return each word of certainty with the share of draws that it stands for."""
    sure, likely, hardly, never = (
        f"{100 * share:.0f}" for share in (SURE, LIKELY, 1 - LIKELY, 1 - SURE)
    )
    shares = (
        f"{sure}\u00a0%\u00a0et\u00a0plus",
        f"{likely}\u00a0à\u00a0{sure}\u00a0%",
        f"{hardly}\u00a0à\u00a0{likely}\u00a0%",
        f"{never}\u00a0à\u00a0{hardly}\u00a0%",
        f"{never}\u00a0%\u00a0et\u00a0moins",
    )
    return tuple(
        f"{word[0].upper()}{word[1:]} ({share})" for word, share in zip(WORDS, shares, strict=True)
    )


DEFAULT_TEXTS: dict[str, str | list[str]] = {
    "map_name": "Carte des classes de risque relatif par IRIS",
    "map_help": (
        "Les flèches déplacent la carte, plus et moins changent l'échelle. Les listes au-dessus "
        "de la carte ouvrent la fiche d'un IRIS\u202f; le tableau de la page donne les mêmes "
        "valeurs."
    ),
    "search": "Chercher un lieu",
    "search_none": "Aucun lieu ne s'appelle «\u00a0{nom}\u00a0».",
    "choose_commune": "Commune",
    "choose_iris": "IRIS",
    "choose_epci": "Intercommunalité",
    "all_communes": "Tout le territoire",
    "all_epci": "Toutes",
    "no_iris": "—",
    "outlines": "Limites des communes",
    "outlines_epci": "Limites des intercommunalités",
    "circles": "Cercles selon la population",
    "basemap": "Afficher le fond de plan de l'IGN",
    "basemap_note": (
        "Votre navigateur demandera alors des images à data.geopf.fr, qui verra votre adresse IP "
        "et la zone regardée."
    ),
    "basemap_credit": "© IGN, Plan IGN",
    "inset": "{nom}, agrandissement",
    "inset_help": "Aller à cette ville sur la carte",
    "inset_drawing": (
        "{nom} agrandie, peinte comme la carte\u202f; ses IRIS sont dans les listes."
    ),
    "jump": "Aller à",
    "jump_whole": "Tout le territoire",
    "colour": "Couleurs de la carte",
    "colour_class": "Classe de risque relatif",
    "colour_dimensions": "Une dimension du score",
    "colour_indicators": "Un indicateur",
    "legend": "Légende\u00a0: risque relatif",
    "legend_of": "Légende\u00a0: {nom}",
    "legend_note": (
        "En regard\u00a0: nombre d'IRIS. Quintiles\u00a0: classes de même nombre d'IRIS notés."
    ),
    "legend_note_weights": (
        "Avec vos poids, et non ceux de l'étude. En regard\u00a0: nombre d'IRIS."
    ),
    "legend_note_dimension": (
        "En regard\u00a0: nombre d'IRIS. Classes de même nombre d'IRIS\u202f; "
        "5\u00a0: les plus exposés."
    ),
    "legend_note_indicator": (
        "En regard\u00a0: nombre d'IRIS. Classes de même nombre d'IRIS, valeurs de "
        "l'indicateur\u202f; 5\u00a0: les plus exposés."
    ),
    "legend_caution": (
        "Une classe situe un IRIS parmi les autres\u202f; elle ne dit pas combien d'habitants "
        "sont en difficulté."
    ),
    "colour_certainties": "La certitude du score publié",
    "colour_interval": "Largeur de l'intervalle du rang",
    "certainty_words": list(WORDS),
    "certainty_labels": list(certainty_labels()),
    "legend_certainty": "Légende\u00a0: dans le dixième le plus exposé\u202f?",
    "legend_note_certainty": (
        "En regard\u00a0: nombre d'IRIS. Entre parenthèses\u00a0: part des tirages où le score "
        "publié, recalculé, met l'IRIS dans ce dixième."
    ),
    "legend_interval": "Légende\u00a0: intervalle du rang à 90\u00a0%",
    "legend_note_interval": (
        "En regard\u00a0: nombre d'IRIS. Écart entre les deux bornes, score publié\u202f; cinq "
        "groupes de même nombre d'IRIS."
    ),
    "interval_span": "{bas} à {haut}\u00a0rangs",
    "range": "{bas} à {haut}",
    "borrowed": "Valeur empruntée",
    "unknown_value": "Valeur non connue",
    "picture_name": "Carte par IRIS\u00a0: {nom}",
    "classes": list(CLASS_LABELS),
    "indicatif": "Score indicatif",
    "secret": "Non noté\u00a0: secret",
    "non_note_other": "Non noté, autre motif",
    "non_note": "Non noté",
    "sans_population": "Sans population",
    "weights": "Changer les poids",
    "weights_help": (
        "Déplacez un curseur\u00a0: la carte se recalcule. Le pourcentage est la part dans le "
        "score d'un IRIS dont tout est connu\u202f; seuls comptent les rapports entre les poids. "
        "Les chapitres du rapport gardent les poids publiés."
    ),
    "weights_inside": "Indicateurs",
    "weight_spoken": "{part} du score",
    "weights_back": "Revenir aux poids publiés",
    "weights_published": "Poids publiés.",
    "weights_required": (
        "Sans les ressources, aucun IRIS n'est noté\u00a0: cette dimension garde un poids."
    ),
    "weights_dimensions": (
        "Trop peu de dimensions garderaient un poids\u00a0: aucun IRIS ne serait noté."
    ),
    "weights_negative": "Un poids est un nombre positif ou nul.",
    "moved_start": "Avec vos poids\u00a0:",
    "moved_classes": "{n}\u00a0IRIS change de classe|{n}\u00a0IRIS changent de classe",
    "moved_entered": (
        "{n}\u00a0IRIS entre dans le dixième le plus exposé|"
        "{n}\u00a0IRIS entrent dans le dixième le plus exposé"
    ),
    "moved_left": "{n}\u00a0IRIS en sort|{n}\u00a0IRIS en sortent",
    "moved_lost": "{n}\u00a0IRIS n'est plus noté|{n}\u00a0IRIS ne sont plus notés",
    "moved_gained": "{n}\u00a0IRIS devient noté|{n}\u00a0IRIS deviennent notés",
    "filter": "Filtrer",
    "filter_classes": "Classes montrées",
    "filter_certainty": "Certitude du rang",
    "all_certainties": "Toutes",
    "shown_count": (
        "{n}\u00a0IRIS répond au filtre, sur {total}.|"
        "{n}\u00a0IRIS répondent au filtre, sur {total}."
    ),
    "twin_said": (
        "{n}\u00a0IRIS dans le tableau, sur {total}\u00a0: il suit le filtre et les poids de "
        "la carte."
    ),
    "summary": "Résumé et comparaison",
    "summary_beside": "Comparer à",
    "summary_help": (
        "Première colonne\u00a0: la commune ou l'intercommunalité choisie. Les habitants de la "
        "classe la plus élevée sont potentiellement exposés\u202f; combien sont en difficulté, "
        "aucun fichier ne le dit."
    ),
    "summary_iris": "IRIS",
    "summary_scored": "IRIS notés",
    "summary_top": "IRIS en classe\u00a05",
    "summary_exposed": "Habitants de la classe\u00a05",
    "summary_part": "{n} ({part}\u00a0%)",
    "summary_dimension": "{nom}\u00a0: score médian",
    "take_away": "Emporter",
    "csv": "Télécharger le tableau (CSV)",
    "picture": "Télécharger la vue (PNG)",
    "print": "Imprimer",
    "reset": "Revenir à la première vue",
    "file_name": "carte-risque-relatif",
    "csv_columns": [
        *("code_iris", "nom", "commune", "intercommunalite", "population", "statut"),
        *("classe", "score", "rang", "rang_bas_90", "rang_haut_90", "certitude", "motif"),
    ],
    "csv_status": list(STATUSES),
    "picture_filtered": "{n}\u00a0IRIS montrés sur {total}\u00a0: les autres sont estompés.",
    "foot": [],
    "class_line": "Risque relatif\u00a0: classe {classe}",
    "score": "Score (de 0 à 100)",
    "rank": "Rang décroissant",
    "rank_value": "{rang}\u00a0sur\u00a0{total}",
    "interval": "Rang, intervalle à 90\u00a0%",
    "interval_value": "du {bas} au {haut}",
    "certainty": "Certitude du rang",
    "certainty_own": "non mesurée avec vos poids",
    "population": "Population",
    "population_value": "{n}\u00a0habitants",
    "leading": "Ce qui pèse le plus",
    "leading_sentence": "{phrase} (médiane\u00a0:\u00a0{mediane})",
    "beside_commune": "médiane des IRIS de la commune\u00a0: {valeur}",
    "profile": "Profil, de 0 (moins exposé) à 100",
    "unknown": "n.d.",
    "sheet": "Fiche de l'IRIS",
    "indicatif_line": (
        "Score indicatif\u00a0: il repose surtout sur des données empruntées ou "
        "estimées, ou la commune est très petite."
    ),
    "non_note_line": "Non noté",
    "sans_population_line": "Sans population\u00a0: non noté",
    "kind_H": "IRIS d'habitat",
    "kind_A": "IRIS d'activité",
    "kind_D": "IRIS divers",
    "kind_Z": "Commune non découpée en IRIS",
    "caution": (
        "Risque relatif\u00a0: situe un IRIS, ne compte personne. Combien d'habitants y sont en "
        "précarité, aucun fichier ne le dit."
    ),
    "close": "Fermer la fiche",
    "failed": ("La carte n'a pas pu s'afficher. Le tableau de cette page donne les mêmes valeurs."),
    **OFFER_TEXTS,
}
"""Default French texts; ``risk_map(texts=...)`` replaces any of them by name.

A bar parts the form for none or one from the form for more.
"""


def complete_texts(asked: Mapping[str, str | list[str]] | None) -> dict[str, str | list[str]]:
    """Return the default texts with those of ``asked`` in their place.

    Raises
    ------
    ValueError
        When ``asked`` names a text that the map does not have.
    """
    asked = dict(asked or {})
    unknown = sorted(set(asked) - set(DEFAULT_TEXTS))
    if unknown:
        raise ValueError(
            f"Textes inconnus de la carte : {', '.join(unknown)}. "
            f"Textes connus : {', '.join(DEFAULT_TEXTS)}."
        )
    return DEFAULT_TEXTS | asked
