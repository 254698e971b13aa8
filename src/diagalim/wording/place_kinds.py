"""What are the places of this department called: communes, *arrondissements*, or both?

Paris is read by *arrondissement* only, the Rhône by commune and, in Lyon, by *arrondissement*; most
departments have none, and a page must not speak of what is not there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

COMMUNE, DISTRICT = "commune", "arrondissement"


def kinds(codes: Iterable[str], districts: Collection[str]) -> list[str]:
    """Return the kinds of places met among some codes.

    Parameters
    ----------
    codes : iterable of str
        INSEE codes of the places of a table or a map.
    districts : collection of str
        Codes of the *arrondissements municipaux*
        (`diagalim.analysis.context.framing.district_codes`).
    """
    met = {DISTRICT if code in districts else COMMUNE for code in codes}
    return [kind for kind in (COMMUNE, DISTRICT) if kind in met]


def places(codes: Iterable[str], districts: Collection[str]) -> str:
    """Return their name in the plural: « communes et arrondissements »."""
    return " et ".join(f"{kind}s" for kind in kinds(codes, districts))


def place(codes: Iterable[str], districts: Collection[str]) -> str:
    """Return their name in the singular: « commune ou arrondissement »."""
    return " ou ".join(kinds(codes, districts))
