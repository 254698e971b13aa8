"""The aid lists of 2015 give counts by commune and nothing else: no name, no address, no point."""

from __future__ import annotations

import pytest

from diagalim.sources.datasets import read
from diagalim.sources.official.aid_lists import recognise, town_name
from diagalim.wording.problems import InputError

LEGAL = """Code région;Nom de la région;Code département;Code arrondissement;Code canton;\
Code commune;Nom de la commune;Population municipale;Population comptée à part;Population totale
93;Provence-Alpes-Côte d'Azur;13;1;97;001;Aix-en-Provence;147478;0;147478
93;Provence-Alpes-Côte d'Azur;13;3;98;070;La Penne-sur-Huveaune;6000;0;6000
93;Provence-Alpes-Côte d'Azur;13;3;98;098;Saint-Mitre-les-Remparts;6000;0;6000
93;Provence-Alpes-Côte d'Azur;13;3;98;100;Saint-Rémy-de-Provence;9000;0;9000
93;Provence-Alpes-Côte d'Azur;13;3;12;201;Marseille 1er Arrondissement;39436;0;39436
93;Provence-Alpes-Côte d'Azur;13;3;13;202;Marseille 2e Arrondissement;23627;0;23627
"""
UNITS = """Code U2A;Libellé U2A;Action menée;Adresse;latitude;longitude
U1301;Centre imaginaire;Distribution;1 rue Inventée   13100 Aix en Provence;43.11111;5.22222
U1302;Tournée imaginaire;Samu social;;;
U1303;Entrepôt imaginaire;Entrepôt pour aide matérielle;2 rue Inventée   13290 LIEU-DIT;43.3;5.3
U1304;FERMER - Centre imaginaire;Distribution;3 rue Inventée 13001 MARSEILLE 1ER ARRONDISSE;;
U8401;Ailleurs;Centre de Distribution Alimentaire;4 rue Inventée   84000 AVIGNON;43.9;4.8
"""
BRANCHES = """Code structure;Nom de la structure;N° rue;Nom de rue;CP;Bureau de distribution
ANT 10 013 0 1;Antenne imaginaire;1;rue Inventée;13002;MARSEILLE 2E  ARRONDISSEMENT
ANT 10 013 0 2;Antenne imaginaire;2;rue Inventée;13821;PENNE SUR HUVEAUNE
ANT 10 084 0 3;Antenne imaginaire;3;rue Inventée;13920;SAINT MITRE
ANT 10 013 0 4;Antenne imaginaire;4;rue Inventée;84000;AVIGNON
"""
RESTOS = """ville;departement;ota;coord.lat;coord.lng
SSaint%20R%C3%A9my%20de%20Provence;Bouches-du-Rh%C3%B4ne;FALSE;43.7;4.8
Ville%20Inconnue;Bouches-du-Rh%C3%B4ne;FALSE;43.7;4.8
Avignon;Vaucluse;FALSE;43.9;4.8
"""
WAREHOUSES = """;coord.lat;coord.lng
Marseille;43.2;5.3
Avignon;43.9;4.8
"""
FILES = {
    "aide_croix_rouge_2015": ("croixrouge_u2a_2015_geocoded.csv", UNITS),
    "aide_secours_populaire_2015": ("secours_populaire_2015_adresses_dep13.csv", BRANCHES),
    "aide_restos_2015": ("restos_du_coeur_2015_communes.csv", RESTOS),
    "aide_banque_alimentaire_2015": ("banque_alimentaire_2015.csv", WAREHOUSES),
}


@pytest.fixture
def lists(put, data):
    """Write the lists, one of them changed or not."""
    put("populations_legales", lambda _: LEGAL)
    folder = data / "aide_alimentaire_2015"
    folder.mkdir()
    for name, text in FILES.values():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def counted(name, territory):
    table = read(name, territory)[0]
    table["commune"] = table["commune"].fillna("?")
    return {(row.commune, row.sorte): row.nombre for row in table.itertuples()}


def test_units_are_counted_by_commune_what_receives_nobody_apart(lists, territory):
    assert counted("aide_croix_rouge_2015", territory) == {
        ("13001", "lieu"): 1,
        ("?", "tournée"): 1,
        ("?", "entrepôt"): 1,
        ("13055", "fermé"): 1,
    }


def test_a_branch_is_of_the_department_of_its_postcode(lists, territory):
    assert counted("aide_secours_populaire_2015", territory) == {
        ("13055", "lieu"): 1,
        ("13070", "lieu"): 1,
        ("13098", "lieu"): 1,
    }


def test_a_slip_of_the_pen_is_recognised_and_an_unknown_town_is_counted_apart(lists, territory):
    assert counted("aide_restos_2015", territory) == {
        ("13100", "commune citée"): 1,
        ("?", "commune citée"): 1,
    }


def test_a_warehouse_of_another_department_is_left_out(lists, territory):
    assert counted("aide_banque_alimentaire_2015", territory) == {("13055", "entrepôt"): 1}


@pytest.mark.parametrize("name", FILES)
def test_nothing_but_counts_by_commune_leaves_the_reader(name, lists, territory):
    table = read(name, territory)[0]
    assert list(table.columns) == ["commune", "sorte", "nombre"]
    said = table.to_csv()
    for secret in ("nventée", "maginaire", "43.", "5.2", "Inconnue"):
        assert secret not in said


@pytest.mark.parametrize(
    ("name", "lines"),
    [("aide_croix_rouge_2015", 1), ("aide_restos_2015", 0), ("aide_banque_alimentaire_2015", 0)],
)
def test_another_department_finds_its_own_lines_only(name, lines, lists, territory, data):
    other = "\n".join([LEGAL.splitlines()[0], "93;PACA;84;1;97;003;Apt;11000;0;11000"])
    place = data / "insee" / "communes" / "populations_legales_communes_2021_dep84.csv"
    place.write_text(other, encoding="utf-8")
    vaucluse = territory.model_copy(update={"code": "84", "nom": "Luberon"})
    assert read(name, vaucluse)[0]["nombre"].sum() == lines


def test_a_town_that_could_be_two_is_not_guessed():
    known = {"port de bouc": "13077", "port saint louis du rhone": "13078"}
    assert recognise("PORT", known) is None
    assert recognise("Port St Louis du Rhône", known) == "13078"


def test_the_article_and_the_district_of_a_town_are_no_part_of_its_name():
    assert town_name("La Ciotat") == town_name("CIOTAT") == "ciotat"
    assert town_name("MARSEILLE 1ER ARRONDISSEM") == "marseille"


def test_a_list_without_the_column_of_towns_is_refused_in_french(lists, territory):
    (lists / "restos_du_coeur_2015_communes.csv").write_text(RESTOS.replace("ville", "town"))
    with pytest.raises(InputError, match="en-tête.*une colonne « ville »"):
        read("aide_restos_2015", territory)


def test_warehouses_in_another_encoding_are_refused_in_french(lists, territory):
    (lists / "banque_alimentaire_2015.csv").write_bytes("é;a;b\nAix;1;2\n".encode("latin-1"))
    with pytest.raises(InputError, match="banque_alimentaire_2015.csv"):
        read("aide_banque_alimentaire_2015", territory)
