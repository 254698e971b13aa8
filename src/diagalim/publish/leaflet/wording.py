"""In which words and colours does the map speak?

Every French sentence of the map stands here, so that a chapter may replace one and a reader of the
code sees at once that none turns a relative risk into a number of people.
"""

from __future__ import annotations

from collections.abc import Mapping

from diagalim.publish.theme import CLASS_LABELS, sequential

CLASS_COLOURS = tuple(sequential(len(CLASS_LABELS)))
"""Colours of classes 1 to 5, those of the printed maps."""

STATUSES = ("note", "indicatif", "non_note", "sans_population")
"""The four states of an IRIS; the controller receives their positions in this tuple."""

DEFAULT_TEXTS: dict[str, str | list[str]] = {
    "map_name": "Carte des classes de risque relatif par IRIS",
    "map_help": (
        "Les flèches déplacent la carte, plus et moins changent l'échelle. Les listes au-dessus "
        "de la carte ouvrent la fiche d'un IRIS\u202f; le tableau de la page donne les mêmes "
        "valeurs."
    ),
    "choose_commune": "Choisir une commune",
    "choose_iris": "Choisir un IRIS",
    "all_communes": "Tout le territoire",
    "no_iris": "—",
    "outlines": "Limites des communes",
    "legend": "Légende\u00a0: risque relatif",
    "legend_note": "En regard\u00a0: nombre d'IRIS.",
    "classes": list(CLASS_LABELS),
    "indicatif": "Score indicatif",
    "non_note": "Non noté",
    "sans_population": "Sans population",
    "class_line": "Risque relatif\u00a0: classe {classe}",
    "score": "Score (de 0 à 100)",
    "rank": "Rang décroissant",
    "rank_value": "{rang}\u00a0sur\u00a0{total}",
    "population": "Population",
    "population_value": "{n}\u00a0habitants",
    "leading": "Ce qui pèse le plus",
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
        "Risque relatif, incertitude non mesurée. La plupart des habitants ne sont pas en "
        "précarité."
    ),
    "close": "Fermer la fiche",
    "failed": ("La carte n'a pas pu s'afficher. Le tableau de cette page donne les mêmes valeurs."),
}
"""Default French texts; ``risk_map(texts=...)`` replaces any of them by name."""


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
