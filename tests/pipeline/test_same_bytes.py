"""Two runs of one notebook give the same copy: nothing random, nothing of the day."""

from __future__ import annotations

import copy
import json

import ipyleaflet
import ipywidgets
import pytest
from ipywidgets.embed import dependency_state

from diagalim.site.cleaned_notebook import INJECTED_ID, clean
from diagalim.site.widget_state import STATE, VIEW, settled_widgets


def executed(text="<Carte at 0x7f07eab89d10>", identifier="20ad69b2"):
    injected = {
        "cell_type": "code",
        "id": identifier,
        "metadata": {"tags": ["injected-parameters"]},
        "outputs": [],
        "source": "",
    }
    shown = {"output_type": "execute_result", "data": {"text/plain": [text]}, "metadata": {}}
    cell = injected | {"id": "carte-05", "metadata": {"tags": []}, "outputs": [shown]}
    return {"cells": [injected, cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def test_injected_cell_has_always_the_same_identifier():
    assert clean(executed(identifier="20ad69b2")) == clean(executed(identifier="798a0d4b"))
    assert clean(executed())["cells"][0]["id"] == INJECTED_ID


def test_cells_of_the_source_keep_their_identifiers():
    assert clean(executed())["cells"][1]["id"] == "carte-05"


def test_addresses_in_memory_are_the_same():
    other = executed("<Carte at 0x7f7e02f4d850>")
    assert clean(executed()) == clean(other)
    assert clean(other)["cells"][1]["outputs"][0]["data"]["text/plain"] == "<Carte at 0x0>"


def saved_map():
    """Return an executed notebook that shows a map and a link between two of its widgets."""
    layer = ipyleaflet.GeoJSON(data={"type": "FeatureCollection", "features": []})
    drawn = ipyleaflet.Map(layers=(layer,), controls=())
    box = ipywidgets.HBox([ipywidgets.IntText(1), ipywidgets.IntText(2), drawn])
    link = ipywidgets.jslink((box.children[0], "value"), (box.children[1], "value"))
    models = dependency_state([box, link], drop_defaults=False)
    # nbformat saves the models in the order of their random identifiers
    state = {name: models[name] for name in sorted(models)}
    notebook = executed()
    view = {"model_id": box.model_id, "version_major": 2, "version_minor": 0}
    notebook["cells"][1]["outputs"][0]["data"][VIEW] = view
    notebook["metadata"]["widgets"] = {STATE: {"state": state, "version_major": 2}}
    return notebook, box, link


def test_widgets_of_two_runs_are_the_same():
    texts = [json.dumps(clean(saved_map()[0])) for _ in range(5)]
    assert len(set(texts)) == 1


def test_output_still_leads_to_its_widget_and_no_model_is_lost():
    notebook, box, link = saved_map()
    before = copy.deepcopy(notebook)
    settled = settled_widgets(notebook)
    state = settled["metadata"]["widgets"][STATE]["state"]
    shown = settled["cells"][1]["outputs"][0]["data"][VIEW]["model_id"]
    assert state[shown]["model_name"] == "HBoxModel"
    assert len(state) == len(before["metadata"]["widgets"][STATE]["state"])
    assert "LinkModel" in {model["model_name"] for model in state.values()}
    assert box.model_id not in json.dumps(settled) and link.model_id not in json.dumps(settled)
    assert notebook == before


def test_map_does_not_carry_the_day_of_the_build(monkeypatch):
    notebook, *_ = saved_map()
    models = notebook["metadata"]["widgets"][STATE]["state"]
    (drawn,) = [model for model in models.values() if model["model_name"] == "LeafletMapModel"]
    first = json.dumps(settled_widgets(notebook))
    assert drawn["state"]["modisdate"] != "1999-12-31"
    drawn["state"]["modisdate"] = "1999-12-31"
    assert json.dumps(settled_widgets(notebook)) == first


@pytest.mark.parametrize("widgets", [{}, {"widgets": {}}, {"widgets": {STATE: {"state": {}}}}])
def test_notebook_without_widget_is_left_as_it_is(widgets):
    notebook = executed() | {"metadata": widgets}
    assert settled_widgets(notebook) == notebook
