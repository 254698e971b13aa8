"""What may be shown of a table of respondents: hidden cells, and the proof that they stay hidden.

``protect`` hides what must be hidden in a table with its totals; ``intervals`` is the audit: what a
reader can work out of a hidden cell from everything that is shown.
"""

from diagalim.publish.disclosure.audit import Interval, intervals
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
    "Relations",
    "dominated",
    "intervals",
    "line_relations",
    "protect",
    "protect_table",
    "rectangles",
    "table_relations",
]
