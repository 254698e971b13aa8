"""What of an executed notebook is kept: what a reader sees, and nothing of the machine or the hour.

papermill writes paths, dates and durations into the notebook. They would change every page at every
build and show where it was built; widget state and tags have to stay. What is drawn at random
(identifiers of the injected cell and of widgets, addresses in memory) is replaced: two builds give
the same pages, byte for byte.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from diagalim.site.widget_state import settled_widgets
from diagalim.workspace.results import write_on_disk

INJECTED = "injected-parameters"
INJECTED_ID = "parametres-injectes"
"""Identifier of the cell that papermill adds, which draws one at random."""

MEMORY_ADDRESS, NO_ADDRESS = re.compile(r"\b0x[0-9a-f]+"), "0x0"
HIDDEN = "remove-cell"
KEPT_CELL_KEYS = ("tags", "mystnb", "slideshow", "editable")
KEPT_NOTEBOOK_KEYS = ("kernelspec", "language_info", "widgets", "title", "mystnb")
FONT_CACHE = "Matplotlib is building the font cache"
"""First run of a machine only: says nothing about the chapter."""


def clean(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return a copy of an executed notebook without dates, durations and paths.

    The cell of injected parameters gets the tag ``remove-cell``: a reader of the report has no use
    for ``territoire = "13"``.
    """
    cells = [_clean_cell(cell) for cell in notebook["cells"]]
    metadata = {
        key: value for key, value in notebook["metadata"].items() if key in KEPT_NOTEBOOK_KEYS
    }
    return settled_widgets({**notebook, "cells": cells, "metadata": metadata})


def written_to_stderr(notebook: dict[str, Any]) -> list[tuple[int, str]]:
    """Return what the cells wrote on the error stream: number of the code cell, and text."""
    found = []
    for number, cell in enumerate(code_cells(notebook), start=1):
        for output in cell["outputs"]:
            if output.get("name") == "stderr":
                found.append((number, "".join(output["text"]).strip()))
    return found


def not_shown(notebook: dict[str, Any], figures: Iterable[str]) -> list[str]:
    """Return those of the figures kept by a chapter whose cell shows no image.

    The image of a cell comes of itself, from what the kernel and matplotlib agree on: were that to
    fail, a page would lose its figures and nothing would say so.
    """
    shown = {
        cell["metadata"].get("mystnb", {}).get("figure", {}).get("name")
        for cell in code_cells(notebook)
        if any("image/png" in output.get("data", {}) for output in cell["outputs"])
    }
    return sorted(set(figures) - shown)


def code_cells(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the code cells of the source, without the one that papermill injected."""
    return [
        cell
        for cell in notebook["cells"]
        if cell["cell_type"] == "code" and INJECTED not in cell["metadata"].get("tags", [])
    ]


def write_whole(path: Path, notebook: dict[str, Any]) -> None:
    """Write a notebook beside its place, then move it there: never half a file.

    Compact JSON: the state of a map is 3.3 MB indented and 0.6 MB compact.
    """
    text = json.dumps(notebook, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    write_on_disk(path, text + "\n")


def _clean_cell(cell: dict[str, Any]) -> dict[str, Any]:
    metadata = {key: value for key, value in cell["metadata"].items() if key in KEPT_CELL_KEYS}
    tags = list(metadata.get("tags", []))
    if INJECTED in tags and HIDDEN not in tags:
        metadata["tags"] = [*tags, HIDDEN]
    cleaned = {**cell, "metadata": metadata}
    if INJECTED in tags:
        cleaned["id"] = INJECTED_ID
    if cell["cell_type"] == "code":
        kept = [output for output in cell["outputs"] if not _is_font_cache(output)]
        cleaned["outputs"] = [_without_addresses(output) for output in kept]
    return cleaned


def _without_addresses(output: dict[str, Any]) -> dict[str, Any]:
    """Return an output whose plain text, shown by no page, names no address of this run."""
    plain = output.get("data", {}).get("text/plain")
    if plain is None:
        return output
    text = MEMORY_ADDRESS.sub(NO_ADDRESS, "".join(plain))
    return {**output, "data": {**output["data"], "text/plain": text}}


def _is_font_cache(output: dict[str, Any]) -> bool:
    return output.get("name") == "stderr" and "".join(output["text"]).startswith(FONT_CACHE)
