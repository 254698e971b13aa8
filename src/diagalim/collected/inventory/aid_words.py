"""Which type of aid does a tool mean, and are its opening hours hours that can be read?

Soliguide and OpenStreetMap have codes. data.inclusion has one theme for all food and a partner's
list has words typed by hand: there the name of the service tells (METHODS 4.3).
"""

from __future__ import annotations

import re
import unicodedata

from diagalim.analysis.offer.opening_rules import read_rules

AID_WORDS = (
    ("colis_bebe", r"(?:colis|panier).*bebe|bebe.*(?:colis|panier)|point bebe"),
    ("achat_groupe", r"achats? groupe|groupement d'achat"),
    ("logistique", r"entrepot|plateforme|stockage"),
    ("maraude", r"maraude|tournee de rue|samu social"),
    ("epicerie", r"epicerie"),
    ("repas_emporter", r"repas.*(?:emporter|distribue)"),
    ("repas_assis", r"repas.*(?:place|table|assis)|restaurant (?:social|solidaire)|cantine"),
    ("repas", r"repas|petit[- ]dejeuner|soupe"),
    ("bon_cheque", r"\bbons?\b|cheques?\b"),
    ("colis", r"colis|panier|distribution alimentaire|aide alimentaire"),
    ("frigo", r"frigo"),
    ("cuisine", r"cuisine (?:partagee|collective)"),
    ("atelier", r"atelier"),
    ("jardin", r"jardin"),
    ("eau", r"fontaine|point d'eau|\beau\b"),
)
"""Type of aid and words that name it, the more precise first."""
SERVING = {"repas_assis": "assis", "repas_emporter": "à emporter", "repas": "inconnu"}
"""How a meal is served, by type of aid."""

_PUBLIC_BODY = re.compile(r"\bccas\b|\bcias\b|centre (?:inter)?communal d'action sociale")


def plain(text: str) -> str:
    """Return a text in small letters without accents."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower().strip()


def aid_type(words: str) -> str | None:
    """Return the type of aid that words name, or None."""
    said = plain(words.replace("\u2019", "'"))
    return next((kind for kind, form in AID_WORDS if re.search(form, said)), None)


def legal_status(*names: str | None) -> str | None:
    """Return ``ccas_cias`` when a name says so, else None: a name seldom says more."""
    said = plain(" ".join(name or "" for name in names).replace("\u2019", "'"))
    return "ccas_cias" if _PUBLIC_BODY.search(said) else None


def osm_hours(text: str | None) -> tuple[str | None, str | None]:
    """Part opening hours in the syntax of OpenStreetMap from any other text.

    A comment alone is valid in that syntax and means « always open »: here it is no hour at all,
    and neither is a sentence. Unknown hours are never « closed » (METHODS 4.6).

    Returns
    -------
    hours, sentence : str or None
        One of the two at most.
    """
    said = (text or "").strip()
    if not said:
        return None, None
    rules = read_rules(said)
    return (said, None) if rules is not None and rules.hours else (None, said)
