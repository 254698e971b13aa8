"""Is a place closed for good, whatever the way its tool or its keeper says so?

Lists keep the places that no longer help: « fermeture définitive » in a remark, `opening_hours=off`
or `disused=yes` in OpenStreetMap. None of them is an offer. A closure of some days or months is
another thing: it is said beside the hours (`fermetures`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from diagalim.analysis.offer.opening_rules import read_rules
from diagalim.collected.inventory.aid_words import plain
from diagalim.collected.inventory.written_dates import DATE_SAID, first_day, last_day

CLOSED, NOT_PUBLISHED = "lieu fermé", "fiche non publiée par l'outil"
"""Why a record is left out."""
_ENDED = re.compile(
    r"ferm\w* definitive?ment|definitivement ferm|ferm\w* definitive\b|"
    r"cess\w* (?:son|ses|leurs?|toutes?|l'|d'|definitivement) ?(?:son |ses )?activites?|"
    r"cessation (?:d'activite|de l'activite)|(?:a|ont) ferme (?:ses|leurs) portes|"
    r"n'existe(?:nt)? plus|association dissoute|"
    r"ne (?:fait|font|donne|donnent|propose|proposent|distribue|distribuent) plus "
    r"d[' ](?:aide alimentaire|colis|repas)|"
    r"^pas d[' ]aide alimentaire\s*(?:$|[:(.;,])"
)
_REOPENED = re.compile(r"reouv|rouvr|rouvert|reprise|reprend")
_FORMER = ("disused", "abandoned", "was", "demolished", "removed", "razed", "historic")
"""What a tag of OpenStreetMap begins with when it tells of the past."""


def ended(*texts: str | None) -> bool:
    """Tell whether words say that a place, or its food aid, is no more.

    Examples
    --------
    >>> ended("Fermeture définitive"), ended("a cessé son activité"), ended("fermé en août")
    (True, True, False)
    """
    said = [plain((text or "").replace("\u2019", "'")) for text in texts]
    return any(_ENDED.search(text) and not _REOPENED.search(text) for text in said)


def ended_on(text: str | None, updated: date | None) -> date | None:
    """Return the day that a remark gives for the end, else that of the record; None if unknown."""
    found = DATE_SAID.search(plain(text or ""))
    return (first_day(found[0]) if found else None) or updated


def shut_hours(text: str | None) -> bool:
    """Tell whether opening hours say « closed », on every day and without an end."""
    rules = read_rules(text) if text else None
    return rules is not None and rules.closed


def of_the_past(tags: Mapping[str, str]) -> dict[str, str]:
    """Return the tags that tell of what an element was: « disused:amenity » as « amenity »."""
    parts = [(key.partition(":"), value) for key, value in tags.items()]
    return {rest: value for (prefix, _, rest), value in parts if prefix in _FORMER and rest}


def shut_tags(tags: Mapping[str, str]) -> bool:
    """Tell whether the tags of an element of OpenStreetMap say that it is closed for good."""
    past = any(tags.get(prefix, "no") not in ("no", "") for prefix in ("disused", "abandoned"))
    words = (tags.get("name"), tags.get("description"), tags.get("note"), tags.get("opening_hours"))
    return past or "end_date" in tags or shut_hours(tags.get("opening_hours")) or ended(*words)


def end_of(tags: Mapping[str, str], updated: date | None) -> date | None:
    """Return the day on which an element closed: that of ``end_date``, else of its last change."""
    return last_day(tags.get("end_date")) or updated
