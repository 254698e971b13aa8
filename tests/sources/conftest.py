"""A very small department in the official formats, written by hand: every value is in sight."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest
from shapely.geometry import box

from diagalim.settings.territory import Territory
from diagalim.settings.territory_file import load_territory

# some columns of these files are read by no chapter, and stand here as in the official files
FILOSOFI_IRIS = """IRIS;DISP_TP6021;DISP_INCERT21;DISP_MED21;DISP_D121;DISP_D921;DISP_RD21;\
DISP_PCHO21;DISP_PPSOC21;DISP_PPMINI21;DISP_NOTE21
130010101;19,0;2;27510;9650;65220;6,8;2,2;2,6;1,3;0
130010102;27,0;1;19590;8060;45540;5,6;4,4;7,7;4,5;0
130010103;ns;so;ns;ns;ns;so;s;ns;ns;so
750010101;12,0;1;30000;12000;60000;5,0;2,0;3,0;1,0;0
"""
FILOSOFI_COMMUNES = """CODGEO;NBMENFISC21;NBPERSMENFISC21;MED21;TP6021;PCHO21;PPSOC21;PPMINI21;\
D121;D921;RD21
13001;60000;130000;25810;15;2,9;3,9;2,0;11660;49660;4,3
13002;9000;21000;24000;s;s;s;s;s;s;s
"""
CAF = """,CODE_IRIS,EPCI,ARSAS
1,130010101,200054807,40.0
2,130010102,200054807,
"""
CAF_OPEN = """dtreffre;numcomdo;numirisd;rsa_type;indfoy_rsa;indnbp_rsa
2023-11;13001;0101;RSA socle;95;200
2023-12;13001;0101;RSA socle;40;90
2023-12;13001;0101;RSA majoré;15;40
2023-12;13001;0102;RSA socle;30;60
2023-12;13001;0102;RSA majoré;;
2023-12;13001;XXXX;RSA socle;20;40
"""
CARLESS = """IRIS,perc_voit
130010101,0.5256336500969316
130010102,-1e-15
"""
LEGAL = """Code région;Nom de la région;Code département;Code arrondissement;Code canton;\
Code commune;Nom de la commune;Population municipale;Population comptée à part;Population totale
93;Provence-Alpes-Côte d'Azur;13;1;97;001;Aix-en-Provence;147478;3163;150641
93;Provence-Alpes-Côte d'Azur;13;3;03;002;Allauch;21490;227;21717
"""
MEDNUM = """Nom Com,Code Iris,Nom Iris,Noms de mesures,Classement,Valeurs de mesures
Aix-en-Provence,130010101,Mazarin,SCORE GLOBAL ,1,101.5
Aix-en-Provence,130010101,Mazarin,Population ,1,2378.64
Aix-en-Provence,130010102,Cardeurs,Population,1,3000
"""
AFFILIATIONS = """CODE_IRIS,CODE_INSEE,LIBCOM,EPCI,TYP_IRIS
130010101,13001,Aix-en-Provence,200054807,H
130010102,13001,Aix-en-Provence,200054807,H
130010103,13001,Aix-en-Provence,200054807,A
"""

PLACES = {
    "filosofi_iris": ("insee/filosofi/BASE_TD_FILO_IRIS_2021_DISP.csv", FILOSOFI_IRIS),
    "filosofi_communes": ("insee/filosofi/cc_filosofi_2021_COM.csv", FILOSOFI_COMMUNES),
    "caf_rsa": ("caf/caf_arsas_iris.csv", CAF),
    "caf_rsa_2023": ("caf_rsa/rsa_s_type_iris_f.csv", CAF_OPEN),
    "sans_voiture": ("insee/recensement/rp2020_iris_data_perc_voit.csv", CARLESS),
    "populations_legales": (
        "insee/communes/populations_legales_communes_2021_dep13.csv",
        LEGAL,
    ),
    "appartenance_iris": ("insee/communes/table_iris_insee_epci.csv", AFFILIATIONS),
    "population_iris": ("anct-mednum/ifn2020_iris_long.csv", MEDNUM),
}
OUTLINES = "ign/contours_iris_2020_dep13_l93_coverage.gpkg"


@pytest.fixture
def territory() -> Territory:
    return load_territory("13")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder, empty, that the registry looks into."""
    folder = tmp_path / "données officielles"
    folder.mkdir()
    monkeypatch.setenv("DIAGALIM_DATA", str(folder))
    return folder


@pytest.fixture
def put(data: Path) -> Callable[..., Path]:
    """Write the file of a dataset, whole or with its text changed."""

    def write(
        source: str,
        change: Callable[[str], str] = lambda text: text,
        *,
        encoding: str = "utf-8",
    ) -> Path:
        place, text = PLACES[source]
        path = data / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(change(text).encode(encoding))
        return path

    return write


@pytest.fixture
def outlines() -> gpd.GeoDataFrame:
    """Three square IRIS, a kilometre wide, side by side."""
    codes = ["130010101", "130010102", "130010103"]
    return gpd.GeoDataFrame(
        {
            "CODE_IRIS": codes,
            "INSEE_COM": ["13001"] * 3,
            "NOM_COM": ["Aix-en-Provence"] * 3,
            "NOM_IRIS": ["Mazarin", "Cardeurs", "Zone d'activité"],
            "TYP_IRIS": ["H", "H", "A"],
        },
        geometry=[
            box(890_000 + 1000 * k, 6_270_000, 891_000 + 1000 * k, 6_271_000) for k in range(3)
        ],
        crs="EPSG:2154",
    )


@pytest.fixture
def put_outlines(data: Path) -> Callable[[gpd.GeoDataFrame], Path]:
    """Write outlines where the registry looks for them."""

    def write(shapes: gpd.GeoDataFrame) -> Path:
        path = data / OUTLINES
        path.parent.mkdir(parents=True, exist_ok=True)
        shapes.to_file(path, layer="contours_iris", driver="GPKG", engine="pyogrio")
        return path

    return write
