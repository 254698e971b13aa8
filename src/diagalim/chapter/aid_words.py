"""In which words do pages speak of places of aid: their tools, what they give, what they ask?"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from diagalim.collected.inventory.osm import ATTRIBUTION

TOOLS = {
    "soliguide": "Soliguide",
    "data_inclusion": "data·inclusion",
    "osm": "OpenStreetMap",
    "tableur": "liste d'un partenaire",
}
"""Names of the tools by the head of the identifiers of their records."""
TYPES = {
    "colis": "Colis",
    "colis_bebe": "Colis pour bébé",
    "epicerie": "Épicerie sociale ou solidaire",
    "repas": "Repas, manière de servir inconnue",
    "repas_assis": "Repas assis",
    "repas_emporter": "Repas à emporter",
    "maraude": "Tournée de rue (maraude)",
    "bon_cheque": "Bon ou chèque",
    "frigo": "Frigo solidaire",
    "cuisine": "Cuisine partagée",
    "atelier": "Atelier cuisine",
    "jardin": "Jardin partagé",
    "eau": "Point d'eau",
    "achat_groupe": "Achat groupé",
}
ACCESS = {
    "libre": "Accès libre",
    "inscription": "Sur inscription",
    "rendez_vous": "Sur rendez-vous",
    "orientation": "Sur orientation d'un professionnel",
    "justificatif": "Avec un justificatif",
    "territoire_restreint": "Réservé à un territoire",
}
"""Conditions of access, in words."""


def source_of(services: pd.DataFrame) -> str:
    """Return the tools that the records come from, with the words that OpenStreetMap asks for."""
    return credited(tools_of(services))


def credited(tools: Iterable[str]) -> str:
    """Return tools by their names, with the words that OpenStreetMap asks for."""
    return " · ".join(f"{n}, {ATTRIBUTION}" if n == TOOLS["osm"] else n for n in tools)


def tools_of(services: pd.DataFrame) -> list[str]:
    """Return the names of the tools that the records come from."""
    return [name for tool, name in TOOLS.items() if (tool_of(services) == tool).any()]


def tool_of(table: pd.DataFrame) -> pd.Series:
    """Return the tool that each record comes from."""
    return table["source_ids"].str.split(":").str[0]
