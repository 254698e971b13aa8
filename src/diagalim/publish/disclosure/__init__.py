"""What may be shown of a table of respondents: hidden cells, and the proof that they stay hidden.

``protect`` hides what must be hidden in a table with its totals; ``intervals`` is the audit: what a
reader can work out of a hidden cell from everything that is shown.
"""

from diagalim.publish.disclosure.audit import Interval, intervals
from diagalim.publish.disclosure.linked import Publication, Shown, nearest, withhold
from diagalim.publish.disclosure.quantities import protect_quantities, safe_sets, too_few
from diagalim.publish.disclosure.relations import Relations, line_relations, table_relations
from diagalim.publish.disclosure.suppression import (
    Protected,
    dominated,
    protect,
    protect_table,
    rectangles,
)

__all__ = [
    "Interval",
    "Protected",
    "Publication",
    "Relations",
    "Shown",
    "dominated",
    "intervals",
    "line_relations",
    "nearest",
    "protect",
    "protect_quantities",
    "protect_table",
    "rectangles",
    "safe_sets",
    "table_relations",
    "too_few",
    "withhold",
]
