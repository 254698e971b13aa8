"""`diagalim new`: a territory file that is valid as it is, and never over another."""

from __future__ import annotations

import pytest
import yaml
from typer.testing import CliRunner

from diagalim.cli.commands import app
from diagalim.cli.new import chosen_edition, focus_commune, skeleton, write_territory
from diagalim.settings.territory_file import load_territory, parse_territory, territory_path
from diagalim.sources.official.departments import load_departments
from diagalim.sources.registry import load_sources
from diagalim.wording.problems import InputError

ALL = load_departments()


@pytest.fixture
def empty(own_project, tmp_path, monkeypatch):
    """A project where no official file is at hand."""
    monkeypatch.setenv("DIAGALIM_ROOT", str(own_project))
    monkeypatch.setenv("DIAGALIM_DATA", str(tmp_path))
    return own_project


@pytest.mark.parametrize("code", ALL)
def test_the_file_of_any_department_is_valid(code):
    department = ALL[code]
    capital = focus_commune(department.chef_lieu, department.chef_lieu_nom)
    study = parse_territory(skeleton(department, [capital]), f"{code}.yml")
    assert (study.code, study.nom) == (code, department.nom)
    assert study.titre == f"La précarité alimentaire {department.nom_dans}"
    assert study.communes_focus[0].code == department.chef_lieu


def test_weights_thresholds_and_keys_are_those_of_the_first_study():
    text = skeleton(ALL["69"], [focus_commune("69123", "Lyon")])
    study, model = parse_territory(text, "69.yml"), load_territory("13")
    assert study.score == model.score
    assert study.seuils == model.seuils
    file = yaml.safe_load(territory_path("13").read_text(encoding="utf-8"))
    own = [key for key in file if key != "etude_publiee"]  # of the department that it is about
    assert list(yaml.safe_load(text)) == own


@pytest.mark.parametrize(
    ("city", "first", "last", "count"),
    [
        ("75056", "75101", "75120", 20),
        ("69123", "69381", "69389", 9),
        ("13055", "13201", "13216", 16),
    ],
)
def test_a_city_cut_into_arrondissements_is_followed_by_them(city, first, last, count):
    codes = focus_commune(city, "x").arrondissements
    assert (codes[0], codes[-1], len(codes)) == (first, last, count)


def test_outlines_and_memberships_follow_the_geography_of_the_census():
    sources = load_sources()
    census = chosen_edition("recensement_population", sources)
    assert census.millesime == 2022
    for name in ("contours_iris", "appartenance_iris", "epci"):
        assert chosen_edition(name, sources).geographie == census.geographie


def test_a_dataset_without_a_producers_file_has_no_vintage():
    study = parse_territory(skeleton(ALL["69"], [focus_commune("69123", "Lyon")]), "69.yml")
    assert study.millesimes["filosofi_iris"] == 2021
    assert "population_iris" not in study.millesimes


def test_a_name_with_quotes_is_written_as_it_is():
    town = focus_commune("69001", 'L\'"Étoile" : \\ #1')
    study = parse_territory(skeleton(ALL["69"], [town]), "69.yml")
    assert study.communes_focus[0].nom == town.nom


def test_an_existing_file_is_never_written_over(empty):
    before = territory_path("13").read_bytes()
    with pytest.raises(InputError, match=r"data/territories/13\.yml .* déjà là, non modifié"):
        write_territory("13")
    assert territory_path("13").read_bytes() == before


def test_the_command_says_what_to_do_next(empty):
    done = CliRunner().invoke(app, ["new", "2b"])
    assert done.exit_code == 0
    for words in ("2B.yml", "fetch 2B", "check --territoire 2B", "build --territoire 2B"):
        assert words in done.output
    assert load_territory("2B").nom_dans == "en Haute-Corse"


def test_a_refused_code_ends_with_2_and_writes_nothing(empty):
    before = sorted(empty.rglob("*.yml"))
    done = CliRunner().invoke(app, ["new", "976"])
    assert done.exit_code == 2
    assert "outre-mer" in done.output
    assert sorted(empty.rglob("*.yml")) == before


def test_the_help_says_the_exit_codes():
    done = CliRunner().invoke(app, ["new", "--help"], env={"COLUMNS": "200"})
    assert done.exit_code == 0 and "Codes de sortie" in done.output


def test_an_unreadable_populations_file_is_named_and_nothing_is_written(empty, tmp_path):
    file = tmp_path / "populations_legales" / "donnees_communes.csv"
    file.parent.mkdir()
    file.write_text("CODDEP;CODCOM;COM;PMUN\n43;001;Un;mille\n", encoding="utf-8")
    with pytest.raises(InputError, match="donnees_communes.csv"):
        write_territory("43")
    assert not territory_path("43").exists()


def test_the_largest_communes_are_followed_after_the_main_town(empty, tmp_path):
    file = tmp_path / "populations_legales" / "donnees_communes.csv"
    file.parent.mkdir()
    rows = "43;157;Chef;20\n43;001;Un;10\n43;002;Deux;50\n43;003;Trois;40\n43;004;Quatre;30\n"
    file.write_text(f"CODDEP;CODCOM;COM;PMUN\n{rows}42;005;Ailleurs;999\n", encoding="utf-8")
    write_territory("43")
    followed = [(c.code, c.nom) for c in load_territory("43").communes_focus]
    assert followed == [
        ("43157", "Chef"),
        ("43002", "Deux"),
        ("43003", "Trois"),
        ("43004", "Quatre"),
    ]


def test_a_department_without_a_file_is_told_the_command_that_writes_it(empty):
    with pytest.raises(InputError, match="diagalim new 48"):
        load_territory("48")
    with pytest.raises(InputError, match="copier data/territories/13.yml"):
        load_territory("quarante-huit")
