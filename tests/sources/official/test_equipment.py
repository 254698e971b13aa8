"""Shops and services: each counted once, placed where Insee could, in the codes of its vintage."""

from __future__ import annotations

import pandas as pd
import pytest

from diagalim.settings.territory_file import load_territory
from diagalim.sources.datasets import read
from diagalim.sources.official.equipment import equipment_types
from diagalim.wording.problems import InputError

COUNTS = """REG;DEP;DEPCOM;DCIRIS;AN;TYPEQU;NB_EQUIP
93;13;13001;13001_0101;2018;B203;2
93;13;13001;13001_0000;2018;B203;1
93;13;13003;13003_0000;2018;B203;4
93;13;13001;13001_0102;2018;B102;1
84;01;01001;01001_0000;2018;B202;1
"""
HEAD = "AN;DEPCOM;TYPEQU;LAMBERT_X;LAMBERT_Y;QUALITE_XY;DCIRIS;QP2024;DENS7\n"
POINTS = [
    "2024;13001;B207;890000.5;6270000;B;130010101;CSZ;2",
    "2024;13001;B207;891000;6271000;A;130010101;QN01301M;2",
    "2024;13001;B105;892000;6272000;M;130010102;CSZ;2",
    "2024;13001;B202;_Z;_Z;_Z;130010000;CSZ;2",
    "2024;01001;B202;1;1;B;010010000;CSZ;6",
]


def study(vintage: int):
    territory = load_territory("13")
    return territory.model_copy(update={"millesimes": {**territory.millesimes, "bpe": vintage}})


@pytest.fixture
def put_bpe(data):
    def put(name: str, text: str):
        path = data / "bpe" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return put


@pytest.fixture
def put_counts(put_bpe):
    return lambda text=COUNTS: put_bpe("bpe18_ensemble.csv", text)


@pytest.fixture
def put_points(put_bpe):
    return lambda rows=POINTS: put_bpe("BPE24.csv", HEAD + "\n".join(rows) + "\n")


def points(territory):
    return read("bpe", territory, "diagalim.sources.official.equipment.read_points")[0]


def test_the_underscore_of_an_iris_code_is_taken_away(put_counts):
    put_counts()
    table, _ = read("bpe", study(2018))
    assert list(table["code_iris"].dropna()) == ["130010101", "130010102", "130030000"]


def test_0000_is_the_one_iris_of_an_uncut_commune_and_no_place_in_a_cut_one(put_counts):
    put_counts()
    table, _ = read("bpe", study(2018))
    lost = table[~table["localise"]]
    assert lost[["commune", "type", "nombre"]].to_numpy().tolist() == [["13001", "B203", 1]]
    assert lost["code_iris"].isna().all()
    assert table.loc[table["code_iris"] == "130030000", "localise"].all()


@pytest.mark.parametrize("written", ["13003", "13003_0000", "130030000", "13003_0101", ""])
def test_shops_of_a_commune_drawn_whole_are_in_its_one_iris(
    written, put_counts, outlines, put_outlines
):
    """Its code alone was once read as « not placed », and the commune showed 0 shops."""
    put_outlines(alone(outlines))
    put_counts(COUNTS.replace("13003_0000", written))
    table, _ = read("bpe", study(2018))
    shops = table[table["commune"] == "13003"]
    assert shops[["code_iris", "nombre", "localise"]].to_numpy().tolist() == [
        ["130030000", 4, True]
    ]


def test_a_commune_alone_in_the_code_of_an_iris_is_no_place_in_a_cut_one(put_counts):
    put_counts(COUNTS.replace("13001_0000", "13001"))
    table, _ = read("bpe", study(2018))
    assert table.loc[table["code_iris"].isna(), ["commune", "nombre"]].values.tolist() == [
        ["13001", 1]
    ]
    assert table.loc[table["commune"] == "13003", "code_iris"].tolist() == ["130030000"]


def alone(outlines):
    """The outlines, and one commune that is not cut beside them."""
    whole = outlines.iloc[[0]].assign(
        CODE_IRIS="130030000", INSEE_COM="13003", NOM_COM="Alleins", TYP_IRIS="Z"
    )
    whole.geometry = whole.translate(20_000)
    return pd.concat([outlines, whole], ignore_index=True)


def test_every_piece_of_the_territory_is_counted_once_placed_or_not(put_counts, put_points):
    put_counts()
    assert read("bpe", study(2018))[0]["nombre"].sum() == 8
    put_points()
    assert read("bpe", study(2024))[0]["nombre"].sum() == 4


def test_pieces_listed_one_a_row_are_counted_by_iris_and_type(put_points):
    put_points()
    table, _ = read("bpe", study(2024))
    bakeries = table[table["type"] == "B207"]
    assert bakeries[["code_iris", "nombre"]].to_numpy().tolist() == [["130010101", 2]]


def test_a_point_too_bad_for_a_distance_is_kept_and_said(put_points):
    put_points()
    table = points(study(2024))
    assert table.crs.to_epsg() == 2154
    assert table["qualite"].tolist() == ["B", "A", "M", "_Z"]
    assert table["mesurable"].tolist() == [True, True, False, False]
    assert table.geometry.iloc[0].coords[0] == (890000.5, 6270000.0)
    assert table.geometry.iloc[3] is None


def test_the_code_of_a_quarter_is_kept_and_that_of_no_quarter_is_not(put_points):
    put_points()
    assert points(study(2024))["qpv"].tolist() == ["", "QN01301M", "", ""]


def test_a_vintage_without_points_says_so(put_counts):
    put_counts()
    with pytest.raises(InputError, match=r"millesimes\.bpe : lu « 2018 ».*coordonnées"):
        points(study(2018))


def test_the_codes_of_another_vintage_are_refused(put_counts):
    put_counts(COUNTS.replace("B203", "B207").replace("B102", "B105"))
    with pytest.raises(InputError) as caught:
        read("bpe", study(2018))
    message = str(caught.value)
    assert "lu « B207 » ; attendu : des codes de la nomenclature de 2018" in message
    assert "aucun équipement B203" in message and "« Boulangerie »" in message


def test_a_code_is_looked_for_in_the_whole_file_and_not_in_the_department_only(put_counts):
    put_counts()
    table, _ = read("bpe", study(2018))
    assert "B202" not in set(table["type"])


def test_the_names_of_the_columns_of_another_vintage_are_refused(put_points, put_bpe):
    put_bpe("BPE24.csv", HEAD.replace("QP2024", "QP2015") + "\n".join(POINTS))
    with pytest.raises(InputError, match="en-tête.*une colonne « QP2024 »"):
        read("bpe", study(2024))


def test_a_row_cut_short_is_refused_with_its_line(put_points):
    put_points([*POINTS[:2], "2024;13001;B105", *POINTS[2:]])
    with pytest.raises(InputError, match="ligne 4 : lu « 3 champs » ; attendu : 9 champs"):
        read("bpe", study(2024))


def test_a_large_file_in_another_encoding_is_refused_after_its_head(put_bpe):
    path = put_bpe("BPE24.csv", HEAD + "\n".join(POINTS * 2000) + "\n")
    path.write_bytes(path.read_bytes() + b"2024;13001;\xe9;1;1;B;130010101;CSZ;2\n")
    with pytest.raises(InputError, match="lu « encodage autre que UTF-8 »"):
        read("bpe", study(2024))


def test_a_file_without_the_department_is_refused(put_points):
    put_points([POINTS[4], POINTS[4].replace("B202", "B207"), POINTS[4].replace("B202", "B105")])
    with pytest.raises(InputError, match="colonne DEPCOM : lu « 01001 ».*commence par 13"):
        read("bpe", study(2024))


@pytest.mark.parametrize(("vintage", "bakery", "foods"), [(2018, "B203", 8), (2024, "B207", 11)])
def test_each_vintage_has_its_code_for_bread(vintage, bakery, foods):
    types = equipment_types(vintage)
    assert types.loc[bakery, "libelle"].startswith("Boulangerie")
    assert (types["famille"] == "alimentaire").sum() == foods


def test_the_made_department_sells_as_much_in_each_of_its_two_layouts():
    territory = load_territory("exemple")
    now, _ = read("bpe", territory)
    assert now["nombre"].sum() == 1868
    pieces = points(territory)
    assert len(pieces) == 1868 and (~pieces["mesurable"]).sum() == 53
