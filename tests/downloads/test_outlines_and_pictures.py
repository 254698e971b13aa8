"""Outlines open in QGIS with their layers; an image carries the foot of its figure."""

from __future__ import annotations

import io

import geopandas as gpd
import matplotlib.pyplot as plt
import numpy as np
import pyogrio
import pytest
from PIL import Image
from shapely.geometry import box

from diagalim.chapter.figures import KeptFigure, drawn
from diagalim.downloads.geopackage import gpkg_bytes
from diagalim.downloads.picture import BODY, CAPTION, with_foot

FOOT = {
    "Lecture": "trois communes sur quatre.",
    "Champ": "les communes d'essai.",
    "Source": "Insee, un fichier d'essai (Licence Ouverte 2.0).",
    "Certitude": "non mesurée.",
}


@pytest.fixture
def layers(notice):
    places = gpd.GeoDataFrame(
        {"code_iris": ["000010101", "000010102"], "score": [12.5, None]},
        geometry=[box(0, 0, 1, 1), box(1, 0, 2, 1)],
        crs="EPSG:2154",
    )
    towns = gpd.GeoDataFrame({"code": ["00001"]}, geometry=[box(0, 0, 2, 1)], crs="EPSG:2154")
    return {"iris": (places, notice(fictitious=True)), "communes": (towns, notice())}


def test_a_geopackage_holds_its_layers_in_lambert_93_with_codes_as_text(layers, tmp_path):
    path = tmp_path / "contours.gpkg"
    path.write_bytes(gpkg_bytes(layers))
    assert {name for name, _ in pyogrio.list_layers(path)} == {"iris", "communes"}
    back = pyogrio.read_dataframe(path, layer="iris")
    assert back.crs == "EPSG:2154"
    assert list(back["code_iris"]) == ["000010101", "000010102"]
    assert np.isnan(back["score"][1]), "an unknown score is no zero"
    assert "FICTIF" in pyogrio.read_info(path, layer="iris")["layer_metadata"]["DESCRIPTION"]


def test_the_same_outlines_give_the_same_bytes_and_leave_the_settings_as_they_were(layers):
    assert gpkg_bytes(layers) == gpkg_bytes(layers)
    assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") is None


def test_outlines_in_degrees_are_refused(layers):
    table, said = layers["iris"]
    with pytest.raises(ValueError, match="EPSG:2154: iris"):
        gpkg_bytes({"iris": (table.to_crs("EPSG:4326"), said)})


@pytest.fixture
def figure():
    figure, axes = plt.subplots(figsize=(5, 3), layout="none")
    axes.plot([0, 1], [0, 1])
    yield figure
    plt.close(figure)


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("L"))


def test_an_image_has_room_for_its_caption_its_figure_and_its_four_part_foot(figure):
    bare = drawn(figure)
    whole = with_foot(KeptFigure(bare, FOOT), "Une droite.")
    added = pixels(whole).shape[0] - pixels(bare).shape[0]
    assert added > CAPTION + len(FOOT) * BODY
    foot = pixels(whole)[-len(FOOT) * BODY :]
    assert (foot < 128).sum() > 500, "the foot is written"


def test_what_is_said_of_a_fictitious_department_and_the_credit_are_in_the_image(figure):
    image = KeptFigure(drawn(figure), FOOT)
    plain = pixels(with_foot(image, "Une droite."))
    said = pixels(with_foot(image, "Une droite.", "DÉPARTEMENT FICTIF", "diagalim, novembre 2026."))
    assert said.shape[0] >= plain.shape[0] + CAPTION + BODY


def test_the_same_figure_gives_the_same_bytes(figure):
    image = KeptFigure(drawn(figure), FOOT)
    assert image.png == drawn(figure)
    assert with_foot(image, "Une droite.") == with_foot(image, "Une droite.")


def test_a_figure_kept_is_shown_by_its_page_as_it_was(figure):
    """A tight save once gave a figure without layout that of the house style."""
    with plt.rc_context({"figure.constrained_layout.use": True}):
        drawn(figure)
    assert figure.get_layout_engine() is None


def test_no_line_of_the_foot_leaves_the_image(figure):
    long = {**FOOT, "Source": " · ".join(["Insee, un fichier d'essai au nom assez long"] * 20)}
    image = pixels(with_foot(KeptFigure(drawn(figure), long), "Une droite."))
    assert (image[:, -20:] == 255).all()
