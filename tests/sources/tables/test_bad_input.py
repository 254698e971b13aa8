"""What a reader answers to a file that is not as declared: where, what, and how to mend it."""

from __future__ import annotations

import re
import shutil

import geopandas as gpd
import pytest
from shapely.geometry import Polygon

from diagalim.pipeline.check import check_inputs
from diagalim.sources.datasets import read
from diagalim.sources.registry import resolve
from diagalim.wording.problems import InputError


def refused(source, territory) -> str:
    with pytest.raises(InputError) as caught:
        read(source, territory)
    for problem in caught.value.problems:
        for part in (
            problem.file,
            problem.place,
            problem.value,
            problem.expected,
            problem.remedy,
        ):
            assert part.strip(), problem
        assert "/" not in problem.file or problem.file.startswith("data/"), "no path of a machine"
    return str(caught.value)


TEXT_CASES = {
    "column renamed": (
        "filosofi_iris",
        lambda t: t.replace("DISP_MED21", "DISP_MED20"),
        ["en-tête", "DISP_MED20", "une colonne « DISP_MED21 »", "millésime"],
    ),
    "column missing": (
        "caf_rsa",
        lambda t: re.sub(r"(?m)^([^,]*,[^,]*,[^,]*),[^,\n]*$", r"\1", t),
        ["une colonne « ARSAS »"],
    ),
    "column doubled": (
        "sans_voiture",
        lambda t: re.sub(r"(?m)^(.*),(.*)$", r"\1,\2,\2", t),
        ["perc_voit", "une seule fois"],
    ),
    "wrong separator": (
        "filosofi_iris",
        lambda t: t.replace(";", "\t"),
        ["séparateur tabulation", "séparateur point-virgule"],
    ),
    "wrong decimal mark": (
        "filosofi_iris",
        lambda t: t.replace(",", "."),
        ["ligne 2, colonne DISP_TP6021", "« 19.0 »", "« , » comme marque décimale"],
    ),
    "comma where a point is expected": (
        "sans_voiture",
        lambda t: t.replace("0.5256336500969316", '"0,52"'),
        ["ligne 2, colonne perc_voit", "« 0,52 »", "« . » comme marque décimale"],
    ),
    "codes read as numbers": (
        "caf_rsa",
        lambda t: t.replace("130010101", "130010101.0"),
        ["ligne 2, colonne CODE_IRIS", "« 130010101.0 »", "lu comme un nombre :", "tableur"],
    ),
    "codes in scientific form": (
        "caf_rsa",
        lambda t: t.replace("130010101", "1.30E+08"),
        ["« 1.30E+08 »", "lu comme un nombre"],
    ),
    "leading zero lost": (
        "filosofi_iris",
        lambda t: t.replace("750010101", "10010101"),
        ["ligne 5, colonne IRIS", "« 10010101 »", "zéro perdu"],
    ),
    "text in a numeric column": (
        "filosofi_iris",
        lambda t: t.replace("27510", "environ 27000"),
        ["ligne 2, colonne DISP_MED21", "« environ 27000 »", "corriger la cellule"],
    ),
    "rate out of bounds": (
        "filosofi_iris",
        lambda t: t.replace("19,0;2", "190,0;2"),
        ["ligne 2, colonne DISP_TP6021", "« 190,0 »", "entre 0 et 100"],
    ),
    "code twice": (
        "caf_rsa",
        lambda t: t.replace("130010102", "130010101"),
        ["lignes 2, 3", "« 130010101 »", "une seule fois"],
    ),
    "no row of the territory": (
        "filosofi_iris",
        lambda t: t.replace("\n13", "\n84"),
        ["« 840010101 »", "commence par 13"],
    ),
    "header only": (
        "caf_rsa",
        lambda t: t.splitlines()[0] + "\n",
        ["aucune ligne sous l'en-tête"],
    ),
    "empty file": ("caf_rsa", lambda t: "  \n", ["« vide »", "télécharger"]),
    "cut in the middle of a line": (
        "filosofi_iris",
        lambda t: t[: t.index("45540")],
        ["ligne 3", "6 champs", "11 champs"],
    ),
    "commune twice": (
        "populations_legales",
        lambda t: t.replace(";002;", ";001;"),
        ["« 13001 »", "une seule fois"],
    ),
    "other department": (
        "populations_legales",
        lambda t: t.replace(";13;", ";84;"),
        ["« 84 »", "département 13"],
    ),
    "measure missing": (
        "population_iris",
        lambda t: t.replace("Population", "Habitants"),
        ["Noms de mesures", "« Population »"],
    ),
    "zip under a csv name": ("caf_rsa", lambda t: "PK\x03\x04" + t, ["archive", "décompresser"]),
    "binary content": ("caf_rsa", lambda t: "\x00\x01\x02" + t, ["contenu binaire"]),
}


@pytest.mark.parametrize("case", TEXT_CASES)
def test_a_file_not_as_declared_is_refused_with_its_place_and_remedy(case, put, territory):
    source, change, fragments = TEXT_CASES[case]
    path = put(source, change)
    message = refused(source, territory)
    assert path.name in message
    for fragment in fragments:
        assert fragment in message, message


@pytest.mark.parametrize(
    ("encoding", "seen"), [("cp1252", "autre que UTF-8"), ("utf-16", "UTF-16")]
)
def test_another_encoding_is_named(encoding, seen, put, territory):
    put("populations_legales", encoding=encoding)
    message = refused("populations_legales", territory)
    assert seen in message and "CSV UTF-8" in message


def test_all_the_problems_of_a_file_are_said_at_once(put, territory):
    put("filosofi_iris", lambda t: t.replace("27510", "a").replace("19590", "b"))
    with pytest.raises(InputError) as caught:
        read("filosofi_iris", territory)
    assert len(caught.value.problems) == 2


def test_many_problems_of_one_kind_are_counted_and_not_listed(put, territory):
    rows = "".join(f"{n},13001{n:04d},200054807,x\n" for n in range(20))
    put("caf_rsa", lambda t: t.splitlines()[0] + "\n" + rows)
    with pytest.raises(InputError) as caught:
        read("caf_rsa", territory)
    assert len(caught.value.problems) == 5
    assert "et 15 autres du même genre" in str(caught.value)


def broken(outlines: gpd.GeoDataFrame, kind: str) -> gpd.GeoDataFrame:
    bow = Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    if kind == "twice":
        outlines["CODE_IRIS"] = "130010101"
    elif kind == "invalid":
        outlines.geometry = [bow, *outlines.geometry[1:]]
    elif kind == "empty":
        outlines.geometry = [Polygon(), *outlines.geometry[1:]]
    elif kind == "no crs":
        outlines = outlines.set_crs(None, allow_override=True)
    elif kind == "elsewhere":
        outlines["CODE_IRIS"] = ["840010101", "840010102", "840010103"]
    elif kind == "column":
        outlines = outlines.rename(columns={"TYP_IRIS": "GENRE"})
    elif kind == "type":
        outlines["TYP_IRIS"] = "X"
    return outlines


@pytest.mark.filterwarnings("ignore:'crs' was not provided")  # that case has none
@pytest.mark.parametrize(
    ("kind", "fragment"),
    [
        ("twice", "code répété"),
        ("invalid", "contour invalide"),
        ("empty", "contour vide"),
        ("no crs", "système de coordonnées"),
        ("elsewhere", "aucun IRIS du département"),
        ("column", "une colonne « TYP_IRIS »"),
        ("type", "H, A, D ou Z"),
    ],
)
def test_an_outline_that_cannot_be_drawn_is_refused(
    kind, fragment, outlines, put_outlines, territory
):
    put_outlines(broken(outlines, kind))
    assert fragment in refused("contours_iris", territory)


def test_a_truncated_outline_file_is_refused(outlines, put_outlines, territory):
    path = put_outlines(outlines)
    path.write_bytes(path.read_bytes()[:500])
    assert "illisible" in refused("contours_iris", territory)


def test_every_missing_required_file_is_named_with_where_to_get_it(data, territory):
    problems = check_inputs(territory)
    missing = [p for p in problems if p.value == "fichier introuvable"]
    assert len(missing) == 9
    assert all("https://" in problem.remedy for problem in missing)


@pytest.mark.parametrize(
    "source", ["deplacements", "caf_rsa", "sans_voiture", "recensement_communes"]
)
def test_an_optional_file_that_is_missing_is_no_problem(source, data, territory):
    assert not [p for p in check_inputs(territory) if source in p.place]


def test_codes_of_another_geography_are_named(outlines, put, put_outlines, territory):
    put_outlines(outlines)
    put("caf_rsa", lambda t: t.replace("130010102", "130019999"))
    messages = [str(problem) for problem in check_inputs(territory)]
    assert any("130019999" in m and "même géographie" in m for m in messages)


def test_iris_of_the_outlines_without_a_row_are_counted_and_shown(
    outlines, put, put_outlines, territory
):
    put_outlines(outlines)
    put("appartenance_iris", lambda t: re.sub(r"(?m)^13001010[12].*\n", "", t))
    put("population_iris")
    said = {p.file: p for p in check_inputs(territory) if "sans ligne" in p.place}
    assert set(said) == {"table_iris_insee_epci.csv", "ifn2020_iris_long.csv"}
    lost = said["table_iris_insee_epci.csv"]
    assert lost.place.startswith("2 IRIS") and lost.value == "130010101, 130010102"
    assert said["ifn2020_iris_long.csv"].value == "130010103"


def test_only_the_file_that_gives_the_inhabitants_has_to_hold_every_iris(
    outlines, put, put_outlines, territory
):
    put_outlines(outlines)
    put("appartenance_iris")
    put("population_iris", lambda t: t + "x,130010103,x,Population,1,0\n")
    put("caf_rsa")
    assert not [p for p in check_inputs(territory) if "sans ligne" in p.place]


def test_an_epci_that_the_territory_does_not_name_is_asked_for_by_its_code(put, territory):
    put("appartenance_iris", lambda t: t.replace("200054807,A", "248400251,A"))
    (problem,) = [p for p in check_inputs(territory) if p.place == "clé epci"]
    assert problem.file == "data/territories/13.yml"
    assert "248400251" in problem.value and "Aix-en-Provence" in problem.expected


def test_a_commune_without_epci_is_no_problem(put, territory):
    put("appartenance_iris", lambda t: t.replace("200054807,A", "ZZZZZZZZZ,A"))
    assert not [p for p in check_inputs(territory) if p.place == "clé epci"]


def test_two_files_for_one_dataset_are_named_instead_of_guessed(
    data, outlines, put_outlines, territory
):
    path = put_outlines(outlines)
    folder = data / "contours_iris"
    folder.mkdir()
    for release in ("2-1", "3-0"):
        shutil.copyfile(path, folder / f"CONTOURS-IRIS_{release}_FXX-2020.gpkg")
    message = refused("contours_iris", territory)
    assert "contours_iris/CONTOURS-IRIS_2-1_FXX-2020.gpkg et contours_iris/CONTOURS" in message
    assert "garder le bon fichier et retirer l'autre" in message
    places = [problem.place for problem in check_inputs(territory)]
    assert places.count("source « contours_iris »") == 1


def test_outlines_of_another_vintage_beside_the_right_ones_are_left_aside(
    data, outlines, put_outlines, territory
):
    path = put_outlines(outlines)
    for year in (2020, 2024):
        folder = data / "contours_iris" / "livraison" / f"CONTOURS-IRIS_2-1_SHP_LAMB93_FXX-{year}"
        folder.mkdir(parents=True)
        outlines.to_file(folder / "CONTOURS-IRIS.shp", engine="pyogrio")
        shutil.copyfile(path, data / "contours_iris" / f"CONTOURS-IRIS_{year}.gpkg")
    found = resolve("contours_iris", territory)
    assert found.path.parent.name.endswith("2020") and found.nature == "officiel"
    assert len(read("contours_iris", territory)[0]) == 3


def test_a_focus_commune_without_outline_is_named(outlines, put_outlines, territory):
    put_outlines(outlines)
    messages = [str(problem) for problem in check_inputs(territory)]
    assert any("communes_focus" in m and "Arles, Aubagne, Marseille" in m for m in messages)


def test_a_vintage_that_the_registry_does_not_know_is_refused(data, territory):
    other = territory.model_copy(
        update={"millesimes": {**territory.millesimes, "filosofi_iris": 1999}}
    )
    message = refused("filosofi_iris", other)
    assert "millesimes.filosofi_iris" in message and "2021" in message


def test_a_file_cut_between_two_lines_is_found_by_the_iris_it_lacks(
    outlines, put, put_outlines, territory
):
    put_outlines(outlines)
    put("filosofi_iris", lambda t: "\n".join(t.splitlines()[:2]) + "\n")
    messages = [str(problem) for problem in check_inputs(territory)]
    assert any("1 IRIS d'habitat sans ligne sur 2" in m and "tronqué" in m for m in messages)


def test_a_whole_file_is_not_said_to_be_cut(outlines, put, put_outlines, territory):
    put_outlines(outlines)
    put("filosofi_iris")
    assert not [p for p in check_inputs(territory) if "tronqué" in p.remedy]
