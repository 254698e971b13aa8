"""What may be handed out as data: only what rests on datasets whose licence allows it.

A page may quote a figure made from a file without a licence, and does so with its source. Handing
its values out line by line would redistribute the file: such a column stays out of the downloads.
"""

from __future__ import annotations

from collections.abc import Iterable

from diagalim.settings.registry import Source
from diagalim.sources.registry import load_sources

OPEN = ("Licence Ouverte",)
"""How the licences begin that allow to hand values out, their producer named."""
OWN_LICENCE = "Licence Ouverte 2.0"
"""Of the tables and figures that this report makes (book/guide/citer.md)."""


def is_open(licence: str) -> bool:
    """Return whether a licence of the registry allows to hand values out."""
    return licence.startswith(OPEN)


def closed(datasets: Iterable[str], *, fictitious: bool = False) -> dict[str, Source]:
    """Return those of some datasets whose values may not be handed out, by key of the registry.

    Parameters
    ----------
    datasets : iterable of str
        Keys of ``data/sources.yml``; one that it does not know is refused by a ``KeyError``.
    fictitious : bool
        The files were made for the fictitious department: none belongs to anyone else.
    """
    if fictitious:
        return {}
    known = load_sources()
    return {key: known[key] for key in datasets if not is_open(known[key].licence)}
