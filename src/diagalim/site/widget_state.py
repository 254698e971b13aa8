"""How are the widgets of a page the same at each build: identifiers by place, no date of the day.

Identifiers are drawn at random and nbformat saves the models in their order. They are first put in
the order in which the page reaches them, from its outputs down, then renumbered.
"""

from __future__ import annotations

import json
import re
from typing import Any

STATE = "application/vnd.jupyter.widget-state+json"
VIEW = "application/vnd.jupyter.widget-view+json"
REFERENCE = re.compile(r"IPY_MODEL_([0-9a-f]+)")

SET_BY_THE_CALENDAR = {"modisdate": "2024-12-31"}
"""ipyleaflet writes the day before into each map, for a satellite layer that the report has not."""


def settled_widgets(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return an executed notebook whose widgets do not depend on chance or on the day.

    Parameters
    ----------
    notebook : dict
        Executed notebook; returned as it is when it saved no widget.
    """
    saved = notebook["metadata"].get("widgets", {}).get(STATE)
    if not saved or not saved.get("state"):
        return notebook
    # ipyleaflet takes a second to import: only a notebook with widgets pays for it
    from diagalim.map.identifiers import stable_ids

    models = {name: _undated(model) for name, model in saved["state"].items()}
    shown = [
        output["data"][VIEW]["model_id"]
        for cell in notebook["cells"]
        for output in cell.get("outputs", [])
        if VIEW in output.get("data", {})
    ]
    order = _reached(shown, models, [])
    # links between widgets are named by no other model: in the order of what they link
    others = [name for name in models if name not in order]
    order = _reached(sorted(others, key=lambda name: _linked(models[name], order)), models, order)
    state, renamed = stable_ids({**saved, "state": {name: models[name] for name in order}})
    text = json.dumps(notebook["cells"], ensure_ascii=False)
    for old, new in renamed.items():
        text = text.replace(old, new)
    widgets = {**notebook["metadata"]["widgets"], STATE: state}
    metadata = {**notebook["metadata"], "widgets": widgets}
    return {**notebook, "cells": json.loads(text), "metadata": metadata}


def _reached(start: list[str], models: dict[str, Any], known: list[str]) -> list[str]:
    """Return the models already known, then each that the start leads to, in reading order."""
    waiting, found = list(reversed(start)), list(known)
    while waiting:
        name = waiting.pop()
        if name in found or name not in models:
            continue
        found.append(name)
        waiting += reversed(REFERENCE.findall(_text(models[name])))
    return found


def _linked(model: dict[str, Any], order: list[str]) -> str:
    """Return the content of a model, the random names in it replaced by their ranks."""
    ranks = {name: str(rank) for rank, name in enumerate(order)}
    return REFERENCE.sub(lambda found: ranks.get(found[1], ""), _text(model))


def _text(model: dict[str, Any]) -> str:
    return json.dumps(model, ensure_ascii=False, sort_keys=True)


def _undated(model: dict[str, Any]) -> dict[str, Any]:
    dated = {key: day for key, day in SET_BY_THE_CALENDAR.items() if key in model["state"]}
    return {**model, "state": {**model["state"], **dated}}
