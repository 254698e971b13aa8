"""How are the counts of a survey called, and how many answered it in all?"""

from __future__ import annotations

from attack.site import Site, whole
from attack.system import Name


def count(stem: str, answer: str) -> Name:
    """Name how many gave an answer."""
    return ("réponse", stem, answer)


def base(stem: str) -> Name:
    """Name how many the shares of an item are of."""
    return ("base", stem)


def answered(stem: str) -> Name:
    """Name how many answered an item, « ne sait pas » included."""
    return ("ont répondu", stem)


def spared(stem: str) -> Name:
    """Name how many reached an item that a filter spared."""
    return ("question non posée", stem)


def reached(page: int) -> Name:
    """Name how many reached a page of the questionnaire."""
    return ("page atteinte", page)


def stopped(page: int) -> Name:
    """Name how many reached a page and no further one."""
    return ("arrêt à la page", page)


def flow_of(site: Site) -> dict[str, int]:
    """Return the stages from contacts to complete answers."""
    for table in site.tables:
        if table.head[:1] == ("Étape",):
            return {row[0]: n for row in table.rows if (n := whole(row[1])) is not None}
    return {}
