"""How can two builds of the same map be the same file?

ipywidgets draws a random identifier for each model. The identifiers mean nothing outside the page,
so they may be replaced by the rank of each model in the saved state, whose order is that of
creation.
"""

from __future__ import annotations

import json
from typing import Any


def stable_ids(widget_state: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Renumber the models of a saved widget state.

    Parameters
    ----------
    widget_state : dict
        ``metadata.widgets["application/vnd.jupyter.widget-state+json"]`` of a notebook, or the
        ``state`` inside it.

    Returns
    -------
    state : dict
        The same state with its identifiers, and every reference to them, renumbered.
    renamed : dict
        New identifier of each old one; ``model_id`` of the notebook's outputs must follow it.
    """
    models = widget_state.get("state", widget_state)
    renamed = {old: f"{rank:032x}" for rank, old in enumerate(models, start=1)}
    text = json.dumps(widget_state, ensure_ascii=False)
    for old, new in renamed.items():
        text = text.replace(old, new)
    return json.loads(text), renamed
