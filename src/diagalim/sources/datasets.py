"""From the name of a dataset to its table: the one door to the official files."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from diagalim.settings.territory import Territory
from diagalim.sources.division import FITTED, FITTING
from diagalim.sources.registry import REGISTRY_FILE, Resolved, load_sources, resolve
from diagalim.wording.problems import InputError, Problem


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
        What the reader documents, its places being those of the outlines
        (`diagalim.sources.places.fitting`).
    resolved : Resolved
        The file that answered, with its nature and citation, and what became of its codes.

    Raises
    ------
    InputError
        When the file is missing, its form is not the declared one, or no such reader exists.
    """
    resolved = resolve(source_id, territory)
    named = reader or load_sources()[source_id].lecteur
    table = _reader(named, source_id)(resolved, territory)
    if source_id not in FITTED:
        return table, resolved
    # by its name, as a reader: a chapter without such a table does not rest on that code
    table, division = importlib.import_module(FITTING).fitted(table, resolved, territory)
    return table, replace(resolved, division=division)


def _reader(named: str, source_id: str) -> Callable[[Resolved, Territory], Any]:
    """Return the function of a dotted name of the registry.

    Raises
    ------
    InputError
        When no function of the project has that name.
    """
    module, _, function = named.rpartition(".")
    try:
        return getattr(importlib.import_module(module), function)
    except (ImportError, AttributeError, ValueError) as error:
        raise InputError(
            [
                Problem(
                    REGISTRY_FILE,
                    f"clé {source_id}.lecteur",
                    named,
                    "le nom d'une fonction de diagalim.sources",
                    "corriger ce nom, ou reprendre celui de la version d'origine du registre",
                )
            ]
        ) from error
