"""The territory file: every wrong key and value is named, with what was expected."""

from __future__ import annotations

import pytest

from diagalim.settings.indicators_file import load_indicators
from diagalim.settings.territory_file import load_territory, parse_territory, territory_path
from diagalim.settings.weights import check_weights
from diagalim.wording.problems import InputError

TEXT = territory_path("13").read_text(encoding="utf-8")


def refused(text: str) -> str:
    with pytest.raises(InputError) as caught:
        parse_territory(text, "13.yml")
    return str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "fragments"),
    [
        ("nom: Bouches", "nome: Bouches", ["clé nome", "vouliez-vous « nom »", "absente"]),
        ('code: "13"\n', "code: 13\n", ["clé code", "texte entre guillemets"]),
        ('code: "13"\n', 'code: "99"\n', ["« 99 »", "pas un département de métropole"]),
        ('code: "13"\n', 'code: "971"\n', ["outre-mer"]),
        ("graine: 20251121", "graine: -3", ["clé graine", "« -3 »", "au moins 0"]),
        ("graine: 20251121", "graine: beaucoup", ["clé graine", "nombre entier"]),
        ("taux_rsa: 1", "taux_rsa: -1", ["taux_rsa", "« -1 »", "au moins 0"]),
        ("taux_rsa: 1", "taux_rsa: .inf", ["taux_rsa", "inf"]),
        ("nature: officiel", "nature: vrai", ["clé nature", "« vrai »", "synthétique"]),
        ('{code: "13004"', '{code: "84007"', ["84007", "hors du département"]),
        ('{code: "13004"', '{code: "1304"', ["communes_focus", "« 1304 »", "zéros compris"]),
        ("population_minimale: 200", "population_minimal: 200", ["population_minimale"]),
        ("edition: \"2026-11\"", "edition: novembre", ["clé edition", "« novembre »"]),
        ("graine: 20251121", "graine: 1\ngraine: 2", ["écrite deux fois", "ligne"]),
        ("region:", "region: [", ["ligne", "indentation"]),
    ],
)  # fmt: skip
def test_a_wrong_key_or_value_is_named_with_what_was_expected(old, new, fragments):
    assert old in TEXT
    message = refused(TEXT.replace(old, new, 1))
    for fragment in fragments:
        assert fragment in message, message


def test_all_weights_null_is_refused():
    zero = TEXT.replace("poids: 1", "poids: 0")
    assert "tous les poids des dimensions sont nuls" in refused(zero)


def test_an_indicator_in_two_dimensions_is_refused():
    twice = TEXT.replace("part_0_14: 1", "part_0_14: 1, part_hlm: 1")
    assert "deux dimensions : part_hlm" in refused(twice)


def test_every_error_comes_out_at_once():
    text = TEXT.replace("graine: 20251121", "graine: -3").replace("nature: officiel", "nature: x")
    with pytest.raises(InputError) as caught:
        parse_territory(text, "13.yml")
    assert len(caught.value.problems) == 2


def test_an_empty_file_is_refused_with_a_model_to_copy():
    assert "data/territories/13.yml" in refused("# rien\n")


def test_an_unknown_territory_names_those_that_exist():
    with pytest.raises(InputError, match=r"disponibles : .*13"):
        load_territory("99")


@pytest.mark.parametrize("code", ["971", "974", "976"])
def test_overseas_departments_are_refused_with_the_reason(code):
    with pytest.raises(InputError, match="outre-mer"):
        load_territory(code)


def test_weights_of_the_territory_are_those_of_known_indicators():
    assert check_weights(load_territory("13"), load_indicators()) == []


@pytest.mark.parametrize(
    ("old", "new", "fragment"),
    [
        ("taux_rsa: 1", "taux_rsaa: 1", "un indicateur de data/indicators.yml"),
        ("taux_rsa: 1", "part_hlmx: 1", "un indicateur de data/indicators.yml"),
        ("part_hlm: 1, ", "part_75_plus: 1, ", "« ages »"),
        ("part_0_14: 1", "part_75_plus: 1", "décrit sans compter"),
        ("    ages:\n", "    age:\n", "une dimension connue"),
    ],
)
def test_a_weight_that_names_nothing_known_is_refused(old, new, fragment):
    territory = parse_territory(TEXT.replace(old, new, 1), "13.yml")
    problems = check_weights(territory, load_indicators())
    assert len(problems) == 1 and fragment in str(problems[0])


def test_a_score_without_resources_is_refused():
    start = TEXT.index("    ressources:\n      poids: 1")
    text = TEXT[:start] + TEXT[start:].replace("poids: 1", "poids: 0", 1)
    problems = check_weights(parse_territory(text, "13.yml"), load_indicators())
    assert [problem.value for problem in problems] == ["poids nul"]
