"""From the name of a dataset to its table: the one door to the official files."""

from __future__ import annotations

import importlib
from typing import Any

from diagalim.sources.registry import Resolved, load_sources, resolve
from diagalim.territory import Territory


def read(source_id: str, territory: Territory, reader: str | None = None) -> tuple[Any, Resolved]:
    """Read one dataset of the registry with the reader that the registry names, or another.

    Parameters
    ----------
    source_id : str
        Key of ``data/sources.yml``.
    territory : Territory
        The study.
    reader : str, optional
        Dotted name of another reader of the same file.

    Returns
    -------
    table : DataFrame or GeoDataFrame
        What the reader documents.
    resolved : Resolved
        The file that answered, with its nature and citation.

    Raises
    ------
    InputError
        When the file is missing or its form is not the declared one.
    """
    resolved = resolve(source_id, territory)
    module, function = (reader or load_sources()[source_id].lecteur).rsplit(".", 1)
    return getattr(importlib.import_module(module), function)(resolved, territory), resolved
