"""A slip in any setting file is answered in French, with its place, and never by a stack trace."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from diagalim.cli.commands import app
from diagalim.settings.indicators_file import parse_indicators
from diagalim.settings.plan import load_plan
from diagalim.settings.territory_file import parse_territory
from diagalim.settings.words_file import parse_words
from diagalim.sources.registry import parse_sources
from diagalim.wording.problems import InputError

REPOSITORY = Path(__file__).resolve().parents[2]
FILES = ["chapters.yml", "indicators.yml", "sources.yml", "territories/13.yml"]
ENGLISH = re.compile(
    r"\b(should|must|required|valid|expected|found|while|mapping|input|string|or)\b", re.IGNORECASE
)


def parse(file: str, text: str, folder: Path) -> None:
    """Read a text as the setting file of that name."""
    if file == "chapters.yml":
        (folder / "plan.yml").write_text(text, encoding="utf-8")
        load_plan(folder / "plan.yml")
    elif file == "indicators.yml":
        parse_indicators(text)
    elif file == "sources.yml":
        parse_sources(text)
    else:
        parse_territory(text, "data/territories/13.yml")


def refused(file: str, text: str, folder: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        parse(file, text, folder)
    return caught.value


def content(file: str) -> str:
    return (REPOSITORY / "data" / file).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("broken", "seen"),
    [
        ("a: [1, 2\nb: 3\n", "ligne 2"),
        ("a: b: c\n", "« a: b: c »"),
        ("\ta: 1\n", "ligne 1"),
        ("a: {x: 1}}\n", "ligne 1"),
        ("a: 1\na: 2\n", "clé « a » écrite deux fois"),
        ("{valeur}: 1\n", "en guise de clé"),
        ("a: 2024-13-45\n", "« 2024-13-45 », date ou nombre impossible"),
        ("a: !inconnu 1\n", "ligne 1"),
        ("a: \x07\n", "un caractère interdit"),
        ("", "« vide »"),
        ("- a\n- b\n", "des clés et leurs valeurs"),
    ],
)
@pytest.mark.parametrize("file", FILES)
def test_broken_yaml_is_shown_with_its_line(file, broken, seen, tmp_path):
    error = refused(file, broken, tmp_path)
    assert seen in str(error) and f"data/{file}" in str(error)
    assert not ENGLISH.search(str(error)), str(error)


@pytest.mark.parametrize("wrong", ["[]", "{}", "{inconnue: 1}", "-5", "", "1.5", "2024-01-01"])
@pytest.mark.parametrize("file", FILES)
def test_no_wrong_value_is_answered_in_english(file, wrong, tmp_path):
    # every value of the file at once: a file a value would take a minute
    text = re.sub(r"(?m)^( *\w+): +[^>&|\[{\n].*$", rf"\1: {wrong}", content(file))
    problems = []
    try:
        parse(file, text, tmp_path)
    except InputError as error:
        problems = error.problems
    for problem in problems:
        said = f"{problem.place} {problem.expected} {problem.remedy}"
        assert not ENGLISH.search(said), said
        assert problem.value.strip(), problem
    if file != "chapters.yml":  # which has lists only
        assert len(problems) > 5


def test_wrong_datasets_of_the_registry_are_named_all_at_once(tmp_path):
    text = content("sources.yml")
    text = text.replace("    - millesime: 2018\n", "    - millesime: récent\n", 1)
    text = text.replace("  titre: Populations légales\n", "", 1).replace(
        "nature: repris", "nature: x", 1
    )
    problems = refused("sources.yml", text, tmp_path).problems
    assert {problem.place for problem in problems} == {
        "clé contours_iris.editions.0.fichiers.2.nature",
        "clé populations_legales.titre",
        "clé caf_rsa.editions.0.millesime",
    }
    said = {problem.place: problem for problem in problems}["clé populations_legales.titre"]
    assert (said.value, said.expected) == ("absente", "cette clé")


def test_unknown_key_deep_in_the_registry_gets_the_keys_of_its_place(tmp_path):
    text = content("sources.yml").replace("      geographie: 2020\n", "      geografie: 2020\n", 1)
    (problem,) = refused("sources.yml", text, tmp_path).problems
    assert "vouliez-vous « geographie »" in problem.remedy


def test_unknown_key_of_a_recipe_gets_the_keys_of_a_recipe(tmp_path):
    text = content("indicators.yml").replace("        plafond: 100\n", "        plafon: 100\n", 1)
    (problem,) = refused("indicators.yml", text, tmp_path).problems
    assert "vouliez-vous « plafond »" in problem.remedy
    assert problem.place == "clé indicateurs.part_hlm.recettes.0.plafon"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("unite: €/an", "unite: euros", "'%', '€/an' ou '‰'"),
        ('"{valeur} de logements HLM"', '"des logements HLM"', "contient {valeur}"),
        ('"{valeur} de logements HLM"', '"{valeurs} de logements HLM"', "contient {valeur}"),
        ('"{valeur} de logements HLM"', '"{valeur de logements HLM"', "contient {valeur}"),
    ],
)
def test_indicator_without_known_unit_or_place_for_its_value_is_refused(
    old, new, expected, tmp_path
):
    assert old in content("indicators.yml")
    error = refused("indicators.yml", content("indicators.yml").replace(old, new, 1), tmp_path)
    assert expected in str(error)


@pytest.fixture
def project(tmp_path, monkeypatch) -> Path:
    """Return a copy of the settings of the project, used as the project."""
    shutil.copytree(
        REPOSITORY / "data", tmp_path / "data", ignore=shutil.ignore_patterns("officiel")
    )
    monkeypatch.setenv("DIAGALIM_ROOT", str(tmp_path))
    # one file is enough to pass the first look at the data
    monkeypatch.setattr("diagalim.cli.build.require_data", lambda territory: None)
    return tmp_path


@pytest.mark.parametrize("file", FILES)
def test_build_says_what_is_wrong_with_code_2_and_no_trace(file, project):
    (project / "data" / file).write_text("a: [1\nb: 2\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["build"])
    assert result.exit_code == 2, result.output
    assert f"data/{file} — ligne 2" in result.output and "Traceback" not in result.output


@pytest.mark.parametrize("file", FILES)
def test_file_saved_in_another_encoding_is_said_to_be(file, project):
    path = project / "data" / file
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    result = CliRunner().invoke(app, ["build"])
    assert result.exit_code == 2 and "UTF-8" in result.output, result.output


@pytest.mark.parametrize("file", ["chapters.yml", "indicators.yml"])
def test_absent_setting_file_is_said_to_be(file, project):
    (project / "data" / file).unlink()
    result = CliRunner().invoke(app, ["build"])
    assert result.exit_code == 2 and f"data/{file} — fichier : lu « absent »" in result.output


WORDS = "notebooks/etat_des_lieux/examen.yml"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("faits:\n  a:\n    libele: A\n    choix: true\n", "ligne 3, clé faits.a.libele"),
        ("faits:\n  a: {libelle: A}\n", "ligne 2, clé faits.a"),
        ("faits:\n  a: {libelle: A, choix: true, document: x}\n", "une origine et une seule"),
        ("faits: {a: {libelle: A, collecte: x, document: y}}\n", "une origine et une seule"),
        ("faits:\n  a: {libelle: '{b', choix: true}\n", "une accolade n'est pas fermée"),
        ("faits:\n  a: {libelle: '{b:.2f}', choix: true}\n", "seuls « annee » et « un|plusieurs »"),
        ("faits:\n  a: {libelle: '{b!r}', choix: true}\n", "n'est pas le nom d'un fait"),
        ("faits:\n  a: {libelle: A, choix: true}\n  a: {}\n", "clé « a » écrite deux fois"),
        ("montre:\n  t: {titre: T, ligne: L, fait: a}\n", "les colonnes d'un tableau"),
        ("faits: {a: {libelle: A, de: b.c, annee: '2021'}}\n", "sans « annee »"),
        ("montre: {t: {pied: b, lecture: c}}\n", "le pied d'une autre entrée"),
        ("par_default: {}\n", "vouliez-vous « par_defaut »"),
        ("par_defaut: [a]\nfaits: {a: {libelle: A}}\n", "ligne 1, clé par_defaut"),
        ("faits: [a]\n", "ligne 1, clé faits"),
        ("faits: {a: b}\n", "ligne 1, clé faits.a"),
    ],
)
def test_a_slip_in_the_words_of_a_chapter_is_told_with_its_key_and_line(words, told):
    with pytest.raises(InputError) as caught:
        parse_words(words, WORDS)
    said = str(caught.value)
    assert WORDS in said and told in said and not ENGLISH.search(said), said
