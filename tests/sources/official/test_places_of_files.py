"""Priority neighbourhoods, grid cells, communes: each place once, with its traps said."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import openpyxl
import pytest
from shapely.geometry import Polygon, box

from diagalim.settings.territory_file import load_territory
from diagalim.sources.datasets import read
from diagalim.wording.problems import InputError

BOW_TIE = Polygon([(0, 0), (100, 100), (100, 0), (0, 100)])


def study(**years: int):
    territory = load_territory("13")
    return territory.model_copy(update={"millesimes": {**territory.millesimes, **years}})


@pytest.fixture
def put_layer(data):
    def put(place, shapes):
        path = data / place
        path.parent.mkdir(parents=True, exist_ok=True)
        shapes.to_file(path, engine="pyogrio", driver="GPKG")

    return put


# ---- priority neighbourhoods ---------------------------------------------------------------


def quarters(codes=("QP013002", "QP013001", "QP084001")):
    west = [890_000 + 1000 * k for k in range(len(codes))]
    drawn = [box(x, 6_270_000, x + 100, 6_270_100) for x in west]
    drawn[0] = gpd.GeoSeries([BOW_TIE]).translate(890_000, 6_270_000).iloc[0]
    return gpd.GeoDataFrame(
        {"CODE_QP": codes, "NOM_QP": "Nom", "COMMUNE_QP": "Ville"}, geometry=drawn, crs="EPSG:2154"
    )


QUARTERS = "anct/qpv2014_marseille_area_l93.gpkg"


def test_a_quarter_that_crosses_itself_is_repaired_and_says_so(put_layer):
    put_layer(QUARTERS, quarters())
    table, _ = read("qpv", study())
    assert table["repare"].to_dict() == {"QP013001": False, "QP013002": True}
    assert table.geometry.is_valid.all()
    assert table.area.to_dict() == {"QP013001": 10_000.0, "QP013002": 5_000.0}


def test_a_layer_of_other_departments_is_refused(put_layer):
    put_layer(QUARTERS, quarters(("QP084001", "QP084002")))
    with pytest.raises(InputError, match="lu « QP084001, QP084002 ».*QP013001"):
        read("qpv", study())


def test_a_department_that_is_not_in_the_national_file_has_no_priority_neighbourhood(put_layer):
    elsewhere = tuple(f"QP{department:03d}001" for department in range(20, 80))
    put_layer(QUARTERS, quarters(elsewhere))
    table, _ = read("qpv", study())
    assert table.empty and "repare" in table.columns


def test_a_quarter_that_comes_twice_is_refused(put_layer):
    put_layer(QUARTERS, quarters(("QP013001", "QP013001")))
    with pytest.raises(InputError, match="QP013001.*chaque quartier une seule fois"):
        read("qpv", study())


def test_the_national_file_of_2024_is_read_under_its_own_names(put_layer):
    shapes = quarters(("QN01301M", "QN01302M"))
    shapes = shapes.rename(
        columns={"CODE_QP": "code_qp", "NOM_QP": "lib_qp", "COMMUNE_QP": "lib_com"}
    )
    put_layer("qpv/QP2024_France_Hexagonale_Outre_Mer_WGS84.gpkg", shapes.to_crs("EPSG:4326"))
    table, found = read("qpv", study(qpv=2024))
    assert found.nature == "officiel" and table.crs.to_epsg() == 2154
    assert table["nom"].tolist() == ["Nom", "Nom"]


def test_an_empty_cell_of_the_statistics_is_a_secret_and_not_a_zero(data):
    path = data / "anct" / "data_DEMO_2020_V1_QP.csv"
    path.parent.mkdir()
    path.write_text(
        "CODGEO;POP_MUN;TX_TOT_0A24;TX_TOT_60ETPLUS;A;PERCOU\n"
        "QP013001;945;37,3;;300;700\nQP084001;1;1;1;1;1\n",
        encoding="utf-8",
    )
    table, _ = read("qpv_statistiques", study())
    table = table.set_index("variable")
    assert table.loc["TX_TOT_60ETPLUS", "statut"] == "secret"
    assert table.loc["TX_TOT_0A24", "valeur"] == 37.3 and len(table) == 5


# ---- the grid ------------------------------------------------------------------------------

CELL = "CRS3035RES200mN{n}E{e}"
CELLS = [
    # id, imputed, communes, people, households, poor households, sum of standards of living
    (CELL.format(n=2239000, e=3962600), 1, "13001", 10.0, 4.0, 1.0, 200_000.0),
    (CELL.format(n=2239200, e=3962600), 0, "8405413001", 20.0, 8.0, 2.0, 500_000.0),
    (CELL.format(n=2239400, e=3962600), 0, "84054", 5.0, 2.0, 0.0, 100_000.0),
]
NAMES = ["idcar_200m", "i_est_200", "lcog_geo", "ind", "men", "men_pauv", "ind_snv"]


def put_cells(put_layer, data, form):
    import shapely

    table = gpd.pd.DataFrame(CELLS, columns=NAMES)
    if form == "csv":
        path = data / "carreaux" / "carreaux_200m_met.csv"
        path.parent.mkdir()
        table.to_csv(path, index=False)
        return
    south = table["idcar_200m"].str.extract(r"N(\d+)E")[0].astype(float)
    drawn = shapely.box(3962600, south, 3962800, south + 200)
    put_layer("carreaux/carreaux_200m_met.gpkg", gpd.GeoDataFrame(table, geometry=drawn, crs=3035))


@pytest.mark.parametrize("form", ["gpkg", "csv"])
def test_a_cell_gives_the_share_of_poor_households_and_the_mean_standard(form, put_layer, data):
    put_cells(put_layer, data, form)
    table, _ = read("carreaux", study(carreaux=2019))
    first = table.loc[CELLS[0][0]]
    assert (first["personnes"], first["part_menages_pauvres"], first["niveau_vie"]) == (
        10.0,
        0.25,
        20_000.0,
    )
    assert table["impute"].tolist() == [True, False]


@pytest.mark.parametrize("form", ["gpkg", "csv"])
def test_a_cell_across_a_border_belongs_to_both_departments(form, put_layer, data):
    put_cells(put_layer, data, form)
    table, _ = read("carreaux", study(carreaux=2019))
    assert list(table.index) == [CELLS[0][0], CELLS[1][0]]


def test_a_cell_drawn_from_its_identifier_is_the_published_one(put_layer, data):
    put_cells(put_layer, data, "csv")
    table, _ = read("carreaux", study(carreaux=2019))
    back = table.to_crs("EPSG:3035").bounds.iloc[0]
    assert np.allclose(back, (3962600, 2239000, 3962800, 2239200), atol=0.01)


def test_a_share_in_percent_is_refused(put_layer):
    shapes = gpd.GeoDataFrame(
        {
            "id": [CELLS[0][0]],
            "imputed": [0],
            "num_people": [9.0],
            "mean_std_living": [20_000.0],
            "poverty_ratio": [27.0],
        },
        geometry=[box(890_000, 6_270_000, 890_200, 6_270_200)],
        crs="EPSG:2154",
    )
    put_layer("insee/carreaux/filosofi2017_200m_arrdt_marseille_l93.gpkg", shapes)
    with pytest.raises(InputError, match="hors de 0 à 1.*une part, et non un pourcentage"):
        read("carreaux", study())


def test_the_cells_of_the_made_city_hold_its_people():
    table, _ = read("carreaux", load_territory("exemple"))
    assert len(table) == 4892 and table["part_menages_pauvres"].between(0, 1).all()


# ---- communes ------------------------------------------------------------------------------

CODES = """TYPECOM,COM,REG,DEP,CTCD,ARR,TNCC,NCC,NCCENR,LIBELLE,CAN,COMPARENT
COM,13055,93,13,13D,133,0,MARSEILLE,Marseille,Marseille,1398,
ARM,13201,,,,,0,MARSEILLE 1,Marseille 1er,Marseille 1er Arrondissement,,13055
COMD,13055,,,,,0,MARSEILLE,Marseille,Une commune déléguée,,13055
COM,01001,84,01,01D,012,5,ABERGEMENT,Abergement,L'Abergement,0108,
"""


def test_a_delegated_commune_does_not_take_the_place_of_its_commune(data):
    path = data / "cog" / "v_commune_2024.csv"
    path.parent.mkdir()
    path.write_text(CODES, encoding="utf-8")
    table, _ = read("cog", study())
    assert table.to_dict("index") == {
        "13055": {"nom": "Marseille", "type": "commune", "commune": "13055"},
        "13201": {
            "nom": "Marseille 1er Arrondissement",
            "type": "arrondissement",
            "commune": "13055",
        },
    }


@pytest.mark.parametrize(("seven", "three"), [(1, 1), (2, 2), (4, 2), (5, 3), (7, 3)])
def test_the_density_in_seven_levels_gives_that_in_three(seven, three, data):
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Maille communale"
    for row in [["Titre"], [], [], [], ["CODGEO", "LIBGEO", "DENS", "LIBDENS", "PMUN21"]]:
        page.append(row)
    page.append(["13001", "Aix-en-Provence", seven, "Libellé", 147_478])
    path = data / "densite" / "grille_densite_7_niveaux_2024.xlsx"
    path.parent.mkdir()
    book.save(path)
    table, _ = read("densite", study())
    assert table.loc["13001", ["dens7", "dens3"]].tolist() == [seven, three]


def test_the_made_communes_have_a_name_and_a_density():
    territory = load_territory("exemple")
    codes, _ = read("cog", territory)
    density, _ = read("densite", territory)
    whole = codes[codes["type"] == "commune"]
    assert list(density.index) == list(whole.index)
    assert (codes["type"] == "arrondissement").sum() == 10
