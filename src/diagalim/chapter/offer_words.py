"""What do the chapters of the offer and the map say and ask alike, wherever aid is shown?

Apart from `diagalim.report.inventaire.lists`, which reads the lists of 2015: the map does not show
them, and a fix in their reader leaves it as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
from IPython.display import HTML, display

from diagalim.wording import french
from diagalim.wording.problems import InputError, Problem
from diagalim.wording.same_names import plain

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter
    from diagalim.settings.territory import FocusCommune

NOT_A_DIRECTORY = "Cette page n'est pas un annuaire. Besoin d'aide : 115 ou soliguide.fr"
"""What a person in need reads first, on every part that shows places of aid."""
LEVEL_COLOURS = ["#f4e3c1", "#c9803a", "#5e2710"]
"""Levels of under-equipment, on the figure of the chapter as on the map."""


def say_not_a_directory() -> None:
    """Show, in front of what shows places of aid, where to turn when one needs help."""
    words = french.spaced(NOT_A_DIRECTORY)
    words = words.replace("115", '<a href="tel:115">115</a>')
    words = words.replace("soliguide.fr", '<a href="https://soliguide.fr">soliguide.fr</a>')
    display(HTML(f'<p class="annuaire" role="note"><strong>{words}</strong></p>'))


def require_date(chapter: Chapter, dates: pd.Series, today: str) -> None:
    """Refuse a reference date that is none, or that some records are later than.

    Raises
    ------
    InputError
        With the setting to change.
    """
    file = str(chapter.facts["fichier_territoire"].value)
    place = f"clé chapitres.{chapter.name}.date_reference"
    reference = pd.to_datetime(today, format="%Y-%m-%d", errors="coerce")
    if pd.isna(reference):
        expected, remedy = "une date AAAA-MM-JJ", "écrire le jour où les fichiers ont été réunis"
        raise InputError([Problem(file, place, today, expected, remedy)])
    latest = pd.to_datetime(dates).max()
    if pd.notna(latest) and latest > reference:
        expected = f"une date au plus tôt le {latest:%Y-%m-%d}, celle de la fiche la plus récente"
        raise InputError([Problem(file, place, today, expected, "avancer cette date")])


def whole_communes(outlines: gpd.GeoDataFrame, cities: Sequence[FocusCommune]) -> dict[str, str]:
    """Return the name of each commune by its code, that of a city for all its districts."""
    named = outlines.drop_duplicates("commune").set_index("commune")["nom_commune"].to_dict()
    return named | {city.code: city.nom for city in cities if city.arrondissements}


def french_order(names: pd.Index) -> pd.Index:
    """Return keys that sort names as French readers expect, accents and hyphens put aside."""
    return names.map(plain)
