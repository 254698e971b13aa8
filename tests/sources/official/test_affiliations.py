"""Insee's own membership tables: an IRIS finds its EPCI through its commune."""

from __future__ import annotations

import openpyxl
import pytest

from diagalim.settings.territory_file import load_territory
from diagalim.sources.datasets import read
from diagalim.sources.official.affiliations import city_of
from diagalim.wording.problems import InputError

TITLE = [["Titre"], ["Source : Insee"], [], ["Mise à jour"], []]
IRIS = [
    ["CODE_IRIS", "LIB_IRIS", "TYP_IRIS", "MODIF_IRIS", "GRD_QUART", "LIB_GRD_QUART", "DEPCOM",
     "LIBCOM", "UU2020", "REG", "DEP"],
    ["010010000", "L'Abergement", "Z", "0", "0100100", "L'Abergement", "01001", "L'Abergement",
     "01000", 84, "01"],
    ["130010101", "Mazarin", "H", "0", "1300101", "Centre", "13001", "Aix-en-Provence", "00759",
     93, "13"],
    ["132010101", "Belsunce", "H", "0", "1320101", "Belsunce", "13201",
     "Marseille 1er Arrondissement", "00759", 93, "13"],
]  # fmt: skip
METROPOLIS = "200054807"
COMMUNES = [
    ["CODGEO", "LIBGEO", "EPCI", "LIBEPCI", "DEP", "REG"],
    ["01001", "L'Abergement", "200069193", "CC de la Dombes", "01", 84],
    ["13001", "Aix-en-Provence", METROPOLIS, "Métropole d'Aix-Marseille-Provence", "13", 93],
    ["13055", "Marseille", METROPOLIS, "Métropole d'Aix-Marseille-Provence", "13", 93],
    ["83120", "Saint-Zacharie", METROPOLIS, "Métropole d'Aix-Marseille-Provence", "83", 93],
]


@pytest.fixture
def study():
    territory = load_territory("13")
    years = {**territory.millesimes, "appartenance_iris": 2024, "epci": 2025}
    return territory.model_copy(update={"millesimes": years})


@pytest.fixture
def put_book(data):
    def put(place, sheet, rows):
        path = data / place
        path.parent.mkdir(parents=True, exist_ok=True)
        book = openpyxl.Workbook()
        page = book.active
        page.title = sheet
        for row in [*TITLE, *rows]:
            page.append(row)
        book.save(path)

    return put


@pytest.fixture
def put_both(put_book):
    def put(iris=IRIS, communes=COMMUNES):
        put_book("appartenance_iris/reference_IRIS_geo2024.xlsx", "Emboitements_IRIS", iris)
        put_book("epci/EPCI_au_01-01-2025.xlsx", "Composition_communale", communes)

    return put


def test_an_iris_of_an_arrondissement_takes_the_epci_of_its_city(put_both, study):
    put_both()
    table, found = read("appartenance_iris", study)
    assert found.nature == "officiel"
    assert table.loc["132010101"].to_dict() == {
        "commune": "13201",
        "nom_commune": "Marseille 1er Arrondissement",
        "epci": METROPOLIS,
        "type_iris": "H",
    }
    assert list(table.index) == ["130010101", "132010101"]


def test_the_communes_of_an_epci_that_crosses_departments_are_all_there(put_both, study):
    put_both()
    table, _ = read("epci", study)
    assert list(table.index) == ["13001", "13055", "83120"]
    assert table.loc["83120", "departement"] == "83"


def test_a_table_of_the_iris_without_that_of_the_epci_asks_for_it(put_book, study):
    put_book("appartenance_iris/reference_IRIS_geo2024.xlsx", "Emboitements_IRIS", IRIS)
    with pytest.raises(InputError, match=r"EPCI_au_01-01-2025\.xlsx.*fichier introuvable"):
        read("appartenance_iris", study)


def test_two_tables_of_two_geographies_are_refused_with_the_communes_lost(put_both, study):
    put_both(communes=[*COMMUNES[:2], *COMMUNES[3:]])
    with pytest.raises(InputError, match=r"1 commune sans intercommunalité : lu « 13001 »"):
        read("appartenance_iris", study)


def test_an_epci_of_another_form_than_a_siren_code_is_refused(put_both, study):
    put_both(communes=[*COMMUNES, ["13002", "Allauch", "Métropole", "Métropole", "13", 93]])
    with pytest.raises(InputError, match="ligne 11, colonne EPCI : lu « Métropole »"):
        read("epci", study)


@pytest.mark.parametrize(
    ("code", "city"),
    [("13216", "13055"), ("75112", "75056"), ("69389", "69123"), ("13001", "13001")],
)
def test_the_city_of_an_arrondissement_is_known(code, city, study):
    assert city_of(code, study) == city


def test_the_districts_of_a_focus_commune_are_known_from_the_territory_file():
    assert city_of("00203", load_territory("exemple")) == "00055"


def test_the_made_communes_have_the_epci_that_their_iris_have():
    territory = load_territory("exemple")
    composition, _ = read("epci", territory)
    iris, _ = read("appartenance_iris", territory)
    cities = iris["commune"].map(lambda code: city_of(code, territory))
    assert (cities.map(composition["epci"]) == iris["epci"]).all()
    assert composition.groupby("epci")["nom_epci"].first().to_dict() == territory.epci
