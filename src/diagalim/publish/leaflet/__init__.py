"""The interactive map of the risk classes, which the static site draws without a kernel."""

from diagalim.publish.leaflet.identifiers import stable_ids
from diagalim.publish.leaflet.map import risk_map
from diagalim.publish.leaflet.offer import (
    aid_distances,
    quarter_layer,
    shop_layer,
    site_layer,
)
from diagalim.publish.leaflet.scoring import scoring_basis
from diagalim.publish.leaflet.wording import CLASS_COLOURS, DEFAULT_TEXTS

__all__ = [
    "CLASS_COLOURS",
    "DEFAULT_TEXTS",
    "aid_distances",
    "quarter_layer",
    "risk_map",
    "scoring_basis",
    "shop_layer",
    "site_layer",
    "stable_ids",
]
