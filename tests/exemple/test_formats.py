"""Every file has the official form: codes, columns, encoding; and the script makes them again."""

from __future__ import annotations

import csv
import re
import unicodedata
from pathlib import Path

import pandas as pd
import pyogrio
import pytest
import shapely

from diagalim.pipeline.check import check_inputs
from diagalim.sources.datasets import read
from diagalim.sources.registry import find, load_sources

ROOT = Path(__file__).resolve().parents[2]
OFFICIAL = ROOT / "data" / "exemple" / "officiel"
SEVEN_MEGABYTES = 7_000_000
"""Four for the official files, one and a half for each of the two families of collected ones."""


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def plain(name: str) -> str:
    """Letters of a name, without case, accent, blank or hyphen."""
    letters = unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z]", "", letters.lower())


@pytest.mark.long
def test_making_it_again_gives_the_same_bytes(made_again):
    committed = sorted(p for p in OFFICIAL.parent.rglob("*") if p.is_file())
    again = {p.relative_to(made_again): p for p in made_again.rglob("*") if p.is_file()}
    assert {p.relative_to(OFFICIAL.parent) for p in committed} == set(again)
    other = [
        str(p.relative_to(OFFICIAL.parent))
        for p in committed
        if p.read_bytes() != again[p.relative_to(OFFICIAL.parent)].read_bytes()
    ]
    assert other == []


def test_it_stays_small_enough_to_be_cloned():
    size = sum(p.stat().st_size for p in OFFICIAL.parent.rglob("*") if p.is_file())
    assert size < SEVEN_MEGABYTES


def test_every_dataset_of_the_report_has_its_file_and_its_reader_reads_it(exemple):
    for name in load_sources():
        if find(name, exemple) is None:
            assert not load_sources()[name].obligatoire, name
            continue
        content, resolved = read(name, exemple)
        assert len(content) > 0, name
        assert resolved.nature == "synthétique", name


def test_nothing_is_wrong_with_the_inputs(exemple):
    assert [str(problem) for problem in check_inputs(exemple)] == []


def test_codes_keep_their_leading_zeros():
    for path in OFFICIAL.rglob("*.[cC][sS][vV]"):
        lines = list(
            csv.DictReader(
                text_of(path).splitlines(),
                delimiter=";" if ";" in text_of(path).split("\n")[0] else ",",
            )
        )
        for column in (
            "IRIS",
            "CODE_IRIS",
            "Code Iris",
            "COM",
            "CODGEO",
            "CODE_INSEE",
            "DEPCOM",
            "EPCI",
        ):
            if column in lines[0] and path.name not in (
                "v_commune_2024.csv",
                "donnees_communes.csv",
            ):
                seen = {line[column] for line in lines}
                if path.name.startswith("rp2018") and column == "IRIS":
                    assert all(re.fullmatch(r"\d{4}", code) for code in seen), path.name
                    continue
                assert all(code.startswith("00") and code.isdigit() for code in seen), path.name
                assert {len(code) for code in seen} <= {5, 9}, path.name


def test_the_rsa_file_ends_its_lines_as_the_republished_one():
    assert b"\r\n" in (OFFICIAL / "caf/caf_arsas_iris.csv").read_bytes()
    assert b"\r" not in (OFFICIAL / "filosofi_iris/BASE_TD_FILO_IRIS_2021_DISP.csv").read_bytes()


@pytest.mark.parametrize(
    ("made", "official"),
    [
        (
            "filosofi_iris/BASE_TD_FILO_IRIS_2021_DISP.csv",
            "insee/filosofi/BASE_TD_FILO_IRIS_2021_DISP.csv",
        ),
        (
            "filosofi_iris/BASE_TD_FILO_IRIS_2021_DEC.csv",
            "insee/filosofi/BASE_TD_FILO_IRIS_2021_DEC.csv",
        ),
        ("filosofi_communes/cc_filosofi_2021_COM.csv", "insee/filosofi/cc_filosofi_2021_COM.csv"),
        ("caf/caf_arsas_iris.csv", "caf/caf_arsas_iris.csv"),
        ("anct-mednum/ifn2020_iris_long.csv", "anct-mednum/ifn2020_iris_long.csv"),
        ("bpe/bpe18_ensemble.csv", "insee/bpe/bpe18_ensemble.csv"),
        ("insee/communes/table_iris_insee_epci.csv", "insee/communes/table_iris_insee_epci.csv"),
        (
            "insee/communes/rp2017_data_scol_menage_demandeurEmplois.csv",
            "insee/communes/rp2017_data_scol_menage_demandeurEmplois.csv",
        ),
        (
            "insee/recensement/rp2018_modes_transport_iris_centroides.csv",
            "insee/recensement/rp2018_modes_transport_iris_centroides.csv",
        ),
        (
            "insee/recensement/rp2020_iris_data_perc_voit.csv",
            "insee/recensement/rp2020_iris_data_perc_voit.csv",
        ),
    ],
)
def test_the_heading_is_that_of_the_official_file(made, official, official_data):
    ours = text_of(OFFICIAL / made).splitlines()[0]
    assert ours == text_of(official_data / official).splitlines()[0]


def test_outlines_leave_no_gap_and_no_overlap(outlines):
    shapes = outlines.geometry.to_numpy()
    assert len(shapes) == 300
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)


def test_each_commune_is_in_one_piece_but_for_its_islands(outlines):
    pieces = outlines.dissolve("commune").geometry.map(shapely.get_num_geometries)
    assert pieces[pieces > 1].to_dict() == {"00210": 3}


def test_layers_are_named_as_the_official_ones():
    layers = {p.parent.name: pyogrio.list_layers(p)[0][0] for p in OFFICIAL.rglob("*.gpkg")}
    assert layers == {"contours_iris": "contours_iris", "qpv": "qpvs", "carreaux": "grid"}


def test_no_place_bears_the_name_of_a_commune_of_france(official_data, outlines, exemple):
    path = official_data / "insee/communes/populations_legales_communes_2017.csv"
    if not path.is_file():
        pytest.skip("la liste des communes de 2017 n'est pas là (DIAGALIM_DATA)")
    real = {plain(name) for name in pd.read_csv(path, sep=";", dtype=str)["COM"]}
    quarters = outlines["nom"].str.replace(r" \d+$| \(commune.*$", "", regex=True)
    ours = {
        *quarters,
        *outlines["nom_commune"],
        *(c.nom for c in exemple.communes_focus),
        exemple.nom,
        exemple.region.nom,
    }
    assert sorted(name for name in ours if plain(name) in real) == []
