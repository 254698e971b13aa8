"""The 96 departments of metropolitan France, and the codes that are none of them."""

from __future__ import annotations

import re

import pytest

from diagalim.settings.territory import DEPARTMENTS
from diagalim.settings.territory_file import load_territory
from diagalim.sources.official.departments import (
    department_of,
    load_departments,
    region_departments,
)
from diagalim.wording.problems import InputError

ALL = load_departments()


def test_every_department_of_metropolitan_france_is_there_once():
    assert sorted(ALL) == sorted(set(DEPARTMENTS) - {"00"})
    assert len(ALL) == 96


@pytest.mark.parametrize(
    ("code", "of", "inside"),
    [
        ("01", "de l'Ain", "dans l'Ain"),
        ("13", "des Bouches-du-Rhône", "dans les Bouches-du-Rhône"),
        ("26", "de la Drôme", "dans la Drôme"),
        ("28", "d'Eure-et-Loir", "en Eure-et-Loir"),
        ("2A", "de la Corse-du-Sud", "en Corse-du-Sud"),
        ("69", "du Rhône", "dans le Rhône"),
        ("75", "de Paris", "à Paris"),
        ("77", "de Seine-et-Marne", "en Seine-et-Marne"),
    ],
)
def test_sentences_name_a_department_with_its_article(code, of, inside):
    assert (ALL[code].nom_de, ALL[code].nom_dans) == (of, inside)


@pytest.mark.parametrize("code", ALL)
def test_no_article_stands_unelided_before_a_vowel(code):
    department = ALL[code]
    for phrase in (department.nom_de, department.nom_dans, department.region_nom_de):
        # « Haut » begins with a breathed h: du Haut-Rhin, la Haute-Loire
        assert not re.search(r"\b(de|le|la) (?!Haut)[AEIOUYÉÈÎH]", phrase), phrase
        assert phrase.endswith((department.nom, department.region_nom))


def test_every_main_town_is_in_its_department_as_a_whole_commune():
    assert all(d.chef_lieu.startswith(d.code) for d in ALL.values())
    assert [ALL[code].chef_lieu for code in ("13", "69", "75")] == ["13055", "69123", "75056"]


def test_a_region_has_one_name_and_knows_its_departments():
    named = {(d.region, d.region_nom, d.region_nom_de) for d in ALL.values()}
    assert len(named) == len({code for code, _, _ in named}) == 13
    assert region_departments(ALL["2B"]) == ["2A", "2B"]


def test_the_table_agrees_with_the_territory_file_of_13():
    study, department = load_territory("13"), ALL["13"]
    assert (study.nom, study.nom_de, study.nom_dans) == (
        department.nom,
        department.nom_de,
        department.nom_dans,
    )
    assert study.region.nom_de == department.region_nom_de
    assert study.region.departements == region_departments(department)


@pytest.mark.parametrize("typed", ["2a", "2A", " 2A "])
def test_corsica_is_accepted_in_small_letters(typed):
    assert department_of(typed).nom == "Corse-du-Sud"


@pytest.mark.parametrize(
    ("typed", "remedy"),
    [
        ("1", "écrire 01"),
        ("20", "écrire 2A (Corse-du-Sud) ou 2B (Haute-Corse)"),
        ("99", "aucun département ne porte ce numéro"),
        ("abc", "donner le code, pas le nom"),
        ("", "donner le code, pas le nom"),
        ("00", "diagalim build --territoire exemple"),
        *((code, "Filosofi n'y est pas diffusé") for code in ("971", "974", "976", "978", "988")),
    ],
)
def test_another_code_is_refused_with_what_to_write(typed, remedy):
    with pytest.raises(InputError, match="un département de métropole") as refused:
        department_of(typed)
    assert remedy in str(refused.value)
