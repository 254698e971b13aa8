"""Tables keep their headers and escape names; classes of a map are where the legend says."""

from __future__ import annotations

import re

import geopandas as gpd
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from shapely import box

from diagalim.chapter import maps, risk, theme
from diagalim.chapter.tables import PRINTED, html_table

HOSTILE = '<script>alert("x")</script>'


def table() -> pd.DataFrame:
    return pd.DataFrame({"Commune": [HOSTILE], "Taux": ["15 %"]}, index=["Arles & Crau"])


def test_names_from_data_show_as_text():
    made = html_table(table(), HOSTILE, index_label="IRIS", text_columns=("Commune",))
    assert "<script>" not in made
    assert made.count("&lt;script&gt;") == 3  # caption, name of the region, cell
    assert "Arles &amp; Crau" in made


def test_headers_are_tied_to_their_cells():
    made = html_table(table(), "Titre", index_label="IRIS")
    assert made.count('scope="col"') == 3 and made.count('scope="row"') == 1
    assert "<caption>Titre</caption>" in made and 'tabindex="0"' in made


def test_a_sentence_in_a_cell_keeps_room():
    long = pd.DataFrame({"Commune": ["Arles", "mot " * 20]}, index=["a", "b"])
    made = html_table(long, "Titre", index_label="IRIS", text_columns=("Commune",))
    assert made.count('class="phrase"') == 1


def test_words_of_two_cells_are_not_glued_for_the_search():
    text = re.sub("<[^>]+>", "", html_table(table(), "Titre", index_label="IRIS"))
    assert "CrauArles" not in text and re.search(r"Crau\s", text)
    assert re.search(r"Titre\s+IRIS\s+Commune\s+Taux", text)


def test_a_column_of_words_is_not_aligned_as_numbers():
    made = html_table(table(), "Titre", index_label="IRIS", text_columns=("Commune",))
    assert made.count('class="nombre"') == 2  # header and cell of the other column


def test_a_value_on_a_break_belongs_to_the_class_above():
    found = maps.class_of(pd.Series([9.9, 10, 14.9, 35, np.nan]), [10, 15, 35])
    assert found[:4].tolist() == [1, 2, 2, 4]
    assert np.isnan(found[4]), "a missing value never falls in a class"


def test_labels_say_where_the_breaks_are():
    assert maps.break_labels([10, 15], "%") == [
        "moins de 10 %",
        "de 10 à moins de 15 %",
        "15 % et plus",
    ]


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return float(np.dot(linear, [0.2126, 0.7152, 0.0722]))


@pytest.mark.parametrize("count", [4, 5, 6])
def test_classes_are_told_apart_by_lightness_alone(count):
    steps = [luminance(colour) for colour in theme.sequential(count)]
    assert steps == sorted(steps, reverse=True)
    assert min(a - b for a, b in zip(steps, steps[1:], strict=False)) > 0.02


def test_a_map_is_drawn_once_whatever_its_layers(monkeypatch):
    squares = [box(1000 * n, 0, 1000 * n + 1000, 1000) for n in range(4)]
    places = gpd.GeoDataFrame({"nom": list("abcd")}, geometry=squares, crs="EPSG:2154")
    classes = pd.Series([1.0, 2.0, np.nan, 1.0])
    legend = maps.Classes(["bas", "haut"], ["#eeeeee", "#333333"], "non noté")
    drawings, draw = [], Figure.draw
    monkeypatch.setattr(Figure, "draw", lambda self, *a: (drawings.append(1), draw(self, *a)))
    figure = maps.class_map(places, classes, legend, outlines=places, inset=places.iloc[:1])
    assert drawings == []
    figure.canvas.draw()
    assert drawings == [1] and figure is plt.gcf()
    plt.close(figure)


def test_a_map_tells_what_is_withheld_from_what_is_not_known_and_from_what_is_empty():
    places = gpd.GeoDataFrame(
        geometry=[box(k * 1000, 0, (k + 1) * 1000, 1000) for k in range(4)],
        index=["a", "b", "c", "d"],
        crs=2154,
    )
    why = pd.DataFrame(
        {
            "statut": ["note", "non_note", "non_note", "sans_population"],
            "motif": [
                *("", "revenus masqués par le secret statistique"),
                *("trop peu d'indicateurs connus", "aucun habitant au recensement"),
            ],
        },
        places.index,
    )
    figure = maps.class_map(
        places,
        pd.Series([5.0, np.nan, np.nan, np.nan], places.index),
        risk.risk_classes(),
        outlines=places,
        why=risk.unscored_reasons(why),
    )
    labels = [text.get_text() for text in figure.legends[0].get_texts()]
    assert labels[-3:] == [
        "non noté : secret (1)",
        "non noté, autre motif (1)",
        "sans population (1)",
    ]
    hatches = {patch.get_hatch() for patch in figure.legends[0].get_patches()[-3:]}
    assert len(hatches) == 3
    plt.close(figure)


def test_a_map_that_is_not_told_the_reasons_keeps_one_style_for_all_that_is_missing():
    places = gpd.GeoDataFrame(
        geometry=[box(0, 0, 1000, 1000), box(1000, 0, 2000, 1000)], index=["a", "b"], crs=2154
    )
    legend = maps.Classes(["bas"], ["#123456"], "inconnu")
    figure = maps.class_map(places, pd.Series([1.0, np.nan], ["a", "b"]), legend, outlines=places)
    assert figure.legends[0].get_texts()[-1].get_text() == "inconnu (1)"
    plt.close(figure)


def test_a_table_too_long_for_paper_says_so_there_and_only_there():
    rows = pd.DataFrame({"Habitants": ["1"] * (PRINTED + 1)})
    long = html_table(rows, "Tous les <IRIS>", index_label="IRIS")
    said = f"Tous les &lt;IRIS&gt;\u00a0: tableau de {PRINTED + 1} lignes, non imprimé"
    assert 'class="tableau tableau-long"' in long and said in long
    short = html_table(rows.head(PRINTED), "Peu", index_label="IRIS")
    assert 'class="tableau"' in short and "non imprimé" not in short
