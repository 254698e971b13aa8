"""Outlines spoilt one way at a time: the geometry, its coordinates, its codes, its file."""

from __future__ import annotations

import geopandas as gpd
import pytest
from shapely.geometry import Point, Polygon, box

FILE = "CONTOURS-IRIS_2-1_GPKG_LAMB93_D000-2020.gpkg"
PLACE = f"contours_iris/{FILE}"
WFS = "contours_iris/contours_iris_wfs_00_2025.geojson"
FIRST, SECOND = "000010000", "000040101"
BOW = Polygon(
    [(230_000, 6_490_000), (231_000, 6_491_000), (231_000, 6_490_000), (230_000, 6_491_000)]
)


def drawn(shapes, code, shape):
    """Give an IRIS another shape; ``shape`` may be a function of its own."""
    mask = shapes["code_iris" if "code_iris" in shapes else "CODE_IRIS"] == code
    new = shape(shapes.loc[mask, "geometry"].iloc[0]) if callable(shape) else shape
    return shapes.set_geometry(shapes.geometry.where(~mask, new))


def shape_of(shapes, code):
    return shapes.loc[shapes["CODE_IRIS"] == code, "geometry"].iloc[0]


def recoded(old, new, column="CODE_IRIS"):
    return lambda s: s.assign(**{column: s[column].replace(old, new)})


def cut_again(codes):
    """Give the IRIS of three cut communes the codes of another year."""
    return codes.str.replace(r"^(000(?:04|11|18))01", r"\g<1>09", regex=True)


REFUSED = {
    "coordinates not declared": (
        lambda s: s.set_crs(None, allow_override=True),
        ["système de coordonnées : lu « absent »", "définir sa projection"],
    ),
    "degrees declared as metres": (
        lambda s: s.to_crs("EPSG:4326").set_crs("EPSG:2154", allow_override=True),
        ["système de coordonnées : lu « x de", "situées en France métropolitaine"],
    ),
    "another projection declared": (
        lambda s: s.set_crs("EPSG:32631", allow_override=True),
        ["système de coordonnées : lu « x de", "n'est pas celui des coordonnées"],
    ),
    "an empty outline": (
        lambda s: drawn(s, FIRST, Polygon()),
        [f"IRIS {FIRST} : lu « contour vide"],
    ),
    "no outline": (lambda s: drawn(s, FIRST, None), [f"IRIS {FIRST} : lu « contour vide"]),
    "an outline that crosses itself": (
        lambda s: drawn(s, FIRST, BOW),
        [f"IRIS {FIRST} : lu « contour invalide", "Réparer les géométries"],
    ),
    "a point for an outline": (
        lambda s: drawn(s, FIRST, lambda shape: shape.centroid),
        [f"IRIS {FIRST} : lu « point ou ligne »"],
    ),
    "an outline over its neighbour": (
        lambda s: drawn(s, SECOND, lambda shape: shape.union(shape_of(s, "000040102").buffer(-1))),
        ["1 paire d'IRIS qui se recouvrent", "000040101 et 000040102 (", " ha)", "1\u202f%"],
    ),
    "the same outline twice under two codes": (
        lambda s: drawn(s, SECOND, shape_of(s, "000040102")),
        ["1 paire d'IRIS", "000040101 et 000040102 (contours identiques)", "deux années"],
    ),
    "one outline over many": (
        lambda s: drawn(s, FIRST, box(*s.total_bounds)),
        ["299 paires d'IRIS qui se recouvrent", " ; …"],
    ),
    "a code twice": (recoded(SECOND, "000040102"), ["IRIS 000040102 : lu « code répété »"]),
    "a code cut short": (recoded(SECOND, "00004010"), ["IRIS 00004010 : lu « code d'IRIS mal"]),
    "codes without their zeros": (
        lambda s: s.assign(CODE_IRIS=s["CODE_IRIS"].str.lstrip("0")),
        ["aucun IRIS du département (", "gardé leurs zéros"],
    ),
    "the commune of another place": (
        lambda s: s.assign(INSEE_COM=s["INSEE_COM"].where(s["CODE_IRIS"] != SECOND, "00001")),
        [f"IRIS {SECOND} : lu « commune qui n'est pas celle du code d'IRIS »"],
    ),
    "a city whole and not by district": (
        recoded([f"{code:05d}" for code in range(201, 211)], "00055", "INSEE_COM"),
        ["(et ", "l'arrondissement à Marseille, Lyon et Paris"],
    ),
    "a type of its own": (recoded("D", "X", "TYP_IRIS"), ["type inconnu", "H, A, D ou Z"]),
    "a column missing": (
        lambda s: s.drop(columns="TYP_IRIS"),
        ["table attributaire", "une colonne « TYP_IRIS »"],
    ),
    "IRIS that the tables know and nobody drew": (
        lambda s: s.iloc[20:],
        ["20 codes d'IRIS", "même géographie"],
    ),
    "outlines cut another way than the tables": (
        lambda s: s.assign(CODE_IRIS=cut_again(s["CODE_IRIS"])),
        ["sans ligne : 00", "deux géographies mêlées"],
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_spoilt_outlines_are_refused_with_their_iris(case, study, refused):
    change, fragments = REFUSED[case]
    study.shapes(change)
    # when codes differ it is the tables that are named: nothing says which side is wrong
    refused(
        "" if "codes d'IRIS" in fragments[0] or "sans ligne" in fragments[0] else FILE, fragments
    )


CONTENTS = {
    "cut in its middle": lambda raw: raw[: len(raw) // 2],
    "cut after its header": lambda raw: raw[:500],
    "empty": lambda raw: b"",
    "a table of text": lambda raw: b"IRIS;DISP_MED21\n130010101;27510\n" * 1000,
    "an archive": lambda raw: b"PK\x03\x04" + raw,
    "with damaged pages": lambda raw: raw[:100] + b"\xff" * 4000 + raw[4100:],
}


@pytest.mark.parametrize("case", CONTENTS)
def test_a_file_of_outlines_that_cannot_be_read_is_refused(case, study, refused):
    path = study.file(PLACE)
    path.write_bytes(CONTENTS[case](path.read_bytes()))
    refused(FILE, ["fichier : lu « ", "télécharger de nouveau le fichier"])


def test_outlines_in_degrees_are_put_in_metres(study, accepted):
    study.shapes(lambda s: s.to_crs("EPSG:4326"))
    accepted()


def test_a_border_drawn_twice_within_a_metre_is_no_overlap(study, accepted):
    study.shapes(lambda s: drawn(s, SECOND, lambda shape: shape.buffer(0.5)))
    accepted()


def test_the_layer_that_has_the_columns_is_read_among_several(study, accepted):
    path = study.file(PLACE)
    shapes = gpd.read_file(path)
    path.unlink()
    other = gpd.GeoDataFrame({"nom": ["mairie"]}, geometry=[Point(0, 0)], crs="EPSG:2154")
    other.to_file(path, layer="a_lieux", driver="GPKG", engine="pyogrio")
    shapes.to_file(path, layer="contours", driver="GPKG", engine="pyogrio")
    accepted()


def of_the_service(study, change=lambda shapes: shapes):
    """Lay the outlines as the WFS of the IGN gives them, instead of the GeoPackage."""
    names = {
        "CODE_IRIS": "code_iris",
        "INSEE_COM": "code_insee",
        "NOM_COM": "nom_commune",
        "NOM_IRIS": "nom_iris",
        "TYP_IRIS": "type_iris",
    }
    path = study.file(PLACE)
    shapes = gpd.read_file(path).rename(columns=names).to_crs("EPSG:4326")
    path.unlink()
    change(shapes).to_file(study.file(WFS), driver="GeoJSON", engine="pyogrio")
    study.text("exemple.yml", lambda t: t.replace("contours_iris: 2020", "contours_iris: 2025"))


def test_outlines_of_the_web_service_are_read(study, accepted):
    of_the_service(study)
    accepted()


def test_an_answer_of_the_web_service_cut_short_is_refused(study, refused):
    of_the_service(study)
    path = study.file(WFS)
    path.write_bytes(path.read_bytes()[:-5000])
    refused(path.name, ["illisible"])


def test_an_error_page_in_place_of_outlines_is_refused(study, refused):
    of_the_service(study)
    path = study.file(WFS)
    path.write_text("<html><body>Service unavailable</body></html>", encoding="utf-8")
    refused(path.name, ["illisible", "télécharger de nouveau"])


SHAPEFILE = "contours_iris/livraison/CONTOURS-IRIS_2-1_SHP_LAMB93_FXX-2020/CONTOURS-IRIS.shp"


@pytest.mark.parametrize(
    ("part", "fragment"),
    [
        (".dbf", "aucune colonne"),
        (".shx", "illisible"),
        (".prj", "système de coordonnées : lu « absent »"),
        ("cut", "(et 239 autres) : lu « contour vide »"),
    ],
)
def test_a_shapefile_that_lost_a_part_is_refused(part, fragment, study, refused):
    shapes = gpd.read_file(study.file(PLACE))
    study.file(PLACE).unlink()
    path = study.file(SHAPEFILE)
    path.parent.mkdir(parents=True)
    shapes.to_file(path, engine="pyogrio")
    if part == "cut":
        path.write_bytes(path.read_bytes()[:50_000])
    else:
        path.with_suffix(part).unlink()
    refused("CONTOURS-IRIS.shp", [fragment])
