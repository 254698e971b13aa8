"""Several files where one is meant, or the right file under a name that nobody looks for."""

from __future__ import annotations

import shutil

import geopandas as gpd
import pytest
from shapely.geometry import Polygon

from diagalim.settings.registry import Edition
from diagalim.settings.territory_file import load_territory
from diagalim.sources.datasets import read
from diagalim.sources.files import laid
from diagalim.sources.nearby import Lying, other_years, renamed
from diagalim.sources.registry import find, load_sources

QUARTERS = "QP2024_France_Hexagonale_Outre_Mer_WGS84"
HOUSING = "recensement_logement/base-ic-logement-2022.CSV"
CAF = "caf_rsa/rsa_s_type_iris_f.csv"

PARTS = {
    "the five parts of a shapefile": [".shp", ".shx", ".dbf", ".prj", ".cpg"],
    "parts in capitals": [".SHP", ".SHX", ".DBF", ".PRJ", ".CPG"],
    "what QGIS and ArcGIS leave": [".shp", ".qmd", ".qml", ".qix", ".sbn", ".sbx", ".shp.xml"],
    "the journals of a GeoPackage": [".gpkg", ".gpkg-wal", ".gpkg-shm", ".gpkg-journal"],
    "the archive it came from": [".shp", ".shx", ".dbf", ".prj", ".zip", ".7z"],
    "a lock and a download under way": [".gpkg", ".gpkg.lock", ".gpkg.partiel"],
}


@pytest.mark.parametrize("case", PARTS)
def test_the_parts_of_one_file_are_one_file(case, tmp_path):
    for end in PARTS[case]:
        (tmp_path / f"{QUARTERS}{end}").touch()
    assert laid(tmp_path, f"{QUARTERS}.*") == [tmp_path / f"{QUARTERS}{PARTS[case][0]}"]


def test_two_forms_of_one_layer_are_still_two_files(tmp_path):
    for end in (".shp", ".geojson"):
        (tmp_path / f"{QUARTERS}{end}").touch()
    assert len(laid(tmp_path, f"{QUARTERS}.*")) == 2


def test_a_shapefile_of_quarters_is_read_whole(study, accepted):
    """Five parts under the name of the ANCT: once « garder le bon fichier », which broke it."""
    folder = study.official / "qpv"
    folder.mkdir()
    outline = Polygon([(700_000, 6_600_000), (700_500, 6_600_000), (700_500, 6_600_500)])
    rows = {"code_qp": ["QN00001M"], "lib_qp": ["La Fable"], "lib_com": ["Corvelle"]}
    gpd.GeoDataFrame(rows, geometry=[outline], crs="EPSG:2154").to_crs("EPSG:4326").to_file(
        folder / f"{QUARTERS}.shp", engine="pyogrio"
    )
    accepted()
    table, found = read("qpv", load_territory("exemple"))
    assert found.path.suffix == ".shp" and table.index.tolist() == ["QN00001M"]


SAID = {
    "left packed": ("base-ic-logement-2022_csv.zip", "le décompresser, et poser « base-ic"),
    "left packed by gzip": ("base-ic-logement-2022.CSV.gz", "le décompresser"),
    "a second download": ("base-ic-logement-2022 (1).CSV", "le renommer « base-ic-logement-2022"),
    "a copy of Windows": ("base-ic-logement-2022 - Copie.CSV", "le renommer"),
    "in the sub-folder of the archive": (
        "base-ic-logement-2022_csv/base-ic-logement-2022.CSV",
        "le déplacer dans data/officiel/recensement_logement/",
    ),
    "as a workbook": ("base-ic-logement-2022.xlsx", "le fichier .CSV, et non .xlsx"),
    "another year": ("base-ic-logement-2021.CSV", "celui de 2021 est là"),
}


@pytest.mark.parametrize("case", SAID)
def test_a_required_file_under_another_name_is_shown_with_what_to_do(case, study, refused):
    name, remedy = SAID[case]
    place = study.file(HOUSING)
    target = place.parent / name
    target.parent.mkdir(exist_ok=True)
    place.rename(target)
    refused("base-ic-logement-2022.CSV", ["fichier introuvable", name, remedy])


def test_small_letters_in_the_end_of_a_name_are_no_other_name(study, accepted):
    place = study.file(HOUSING)
    place.rename(place.with_suffix(".csv"))
    accepted()
    assert find("recensement_logement", load_territory("exemple")).path.suffix == ".csv"


def test_an_optional_file_under_another_name_is_said_and_stops_nothing(study, accepted):
    place = study.file("filosofi_iris/BASE_TD_FILO_IRIS_2021_DEC.csv")
    place.rename(place.with_name("BASE_TD_FILO_IRIS_2021_DEC (2).csv"))
    said = " ".join(accepted().text.split())
    assert "là sous le nom « filosofi_iris/BASE_TD_FILO_IRIS_2021_DEC (2).csv »" in said
    assert "n'est pas lu. À faire : le renommer « BASE_TD_FILO_IRIS_2021_DEC.csv »" in said


def test_a_file_of_a_newer_vintage_is_said_and_an_older_one_is_not(study, accepted):
    place = study.file(HOUSING)
    for year in (2023, 2017):
        shutil.copyfile(place, place.with_name(f"base-ic-logement-{year}.CSV"))
    said = " ".join(accepted().text.split())
    assert "le fichier de 2023, « recensement_logement/base-ic-logement-2023.CSV »" in said
    assert "ce rapport demande 2022 (clé millesimes.recensement_logement" in said
    assert "base-ic-logement-2017" not in said


def edition(vintage: int, motif: str) -> Edition:
    pattern = {"motif": motif, "nature": "officiel", "format": "x"}
    return Edition.model_validate({"millesime": vintage, "fichiers": [pattern]})


YEARS = {
    "in four figures": (2021, "a/BASE_2021_DISP.csv", "a/BASE_2023_DISP.csv", 2023),
    "in two figures": (2024, "bpe/BPE24.csv", "bpe/BPE25.csv", 2025),
    "of publication, later than what it describes": (
        2021,
        "a/pop-2023.csv",
        "a/pop-2024.csv",
        2022,
    ),
    "between wildcards": (2020, "a/CONTOURS*2020*.gpkg", "a/CONTOURS-3-0_2025-01-01.gpkg", 2025),
    "in an archive": (2022, "a/base-2022.CSV", "a/base-2023_csv.zip", 2023),
}


@pytest.mark.parametrize("case", YEARS)
def test_the_year_of_a_name_gives_the_vintage(case):
    vintage, motif, place, year = YEARS[case]
    (found,) = other_years(edition(vintage, motif), [motif], [place])
    assert (found.place, found.year) == (place, year)
    assert other_years(edition(vintage, motif), [motif], [motif.replace("*", "")]) == []


def test_a_name_that_only_begins_alike_is_another_file():
    assert (
        renamed(["a/base-ic-2022.CSV"], ["a/meta_base-ic-2022.CSV", "a/base-ic-2022-iris.CSV"])
        == []
    )
    assert renamed(["a/base-ic-2022.CSV"], ["b/base-ic-2022.csv"]) == [
        Lying("b/base-ic-2022.csv", "a/base-ic-2022.CSV")
    ]


def test_an_extract_that_names_no_department_serves_the_one_it_covers():
    """37 quarters of Marseille once answered for any department, which they stopped."""
    extracts = [
        pattern
        for source in load_sources().values()
        for edition in source.editions
        for pattern in edition.fichiers
        if "marseille" in pattern.motif.lower() or "dep13" in pattern.motif
    ]
    assert extracts and all(pattern.territoires == ["13"] for pattern in extracts)
    assert all(pattern.covers("13") and not pattern.covers("69") for pattern in extracts)
