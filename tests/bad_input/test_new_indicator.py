"""A new indicator is one entry of ``data/indicators.yml``: the rest of the report follows it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from diagalim.analysis.score.rules import ScoreRules, published
from diagalim.analysis.values.recipes import (
    Tables,
    all_values,
    indicator_values,
    population_of_iris,
    unavailable,
)
from diagalim.chapter.columns import written
from diagalim.chapter.profile_words import trait_words
from diagalim.map.scoring import scoring_basis
from diagalim.pipeline.check import check_inputs
from diagalim.report.indicateurs.page import indicator_html, summary
from diagalim.settings.indicators_file import load_indicators
from diagalim.settings.territory import Territory
from diagalim.settings.territory_file import load_territory
from diagalim.settings.words_file import words_of
from diagalim.sources.datasets import read
from diagalim.sources.described import official_schemas
from diagalim.sources.registry import find
from diagalim.workspace.paths import project_root

ENTRY = """
  part_logements_vacants:
    libelle: part de logements vacants
    dimension: logement
    sens: 1
    unite: "%"
    univers: logements
    raison: Essai.
    phrase: "{valeur} de logements vacants"
    recettes:
      - numerateur: {source: recensement_logement, colonnes: ["P{aa}_LOGVAC"], format: base-ic}
        denominateur: {source: recensement_logement, colonnes: ["P{aa}_LOG"], format: base-ic}
        echelle: 100
"""
NAME = "part_logements_vacants"
SCORED = "part_aides_logement"
SCORED_ENTRY = f"""
  {SCORED}:
    libelle: part des aides au logement dans le revenu
    dimension: logement
    sens: 1
    unite: "%"
    univers: revenu disponible total de la zone
    raison: Essai.
    phrase: "{{valeur}} du revenu vient des aides au logement"
    traits: {{plus: plus d'aides au logement, moins: moins d'aides au logement}}
    recettes:
      - valeur: {{source: filosofi_iris, colonnes: ["DISP_PPLOGT{{aa}}"]}}
      - valeur: {{source: filosofi_communes, colonnes: ["PPLOGT{{aa}}"]}}
        niveau: commune
        types: [Z]
"""
SHOWN = words_of("indicateurs").montre["resume"]
PLACE = f"indicateurs.{NAME}.recettes.0"


@pytest.fixture
def copy(tmp_path, monkeypatch) -> Path:
    """Return a copy of what the readers read of the project, which they read from now on."""
    shutil.copytree(project_root() / "data", tmp_path / "data")
    monkeypatch.setenv("DIAGALIM_ROOT", str(tmp_path))
    monkeypatch.setenv("DIAGALIM_DATA", str(tmp_path / "officiel"))  # none there
    return tmp_path


def with_entry(root: Path, entry: str = ENTRY) -> Territory:
    """Add an entry to the registry of a copy, and return its fictitious department."""
    with (root / "data" / "indicators.yml").open("a", encoding="utf-8") as file:
        file.write(entry)
    return load_territory("exemple")


def test_the_column_is_not_in_the_schema_beforehand(copy):
    schema = next(d for d in official_schemas() if d.name == "recensement_logement.base-ic")
    assert "P22_LOGVAC" not in {field["name"] for field in schema.schema["fields"]}


def test_one_entry_is_enough_for_the_check_the_values_and_the_dictionary(copy):
    exemple = with_entry(copy)
    assert check_inputs(exemple) == []
    counts, found = read("recensement_logement", exemple)
    here = counts[counts["variable"] == "P22_LOGVAC"]
    assert len(here) == 300 and here["valeur"].notna().any() and found.vintage == 2022
    registry, outlines = load_indicators(), read("contours_iris", exemple)[0]
    tables = Tables({found.id: counts}, {found.id: "base-ic"}, {found.id: found.vintage})
    outlines["population"] = 1000.0
    indicator = registry.indicateurs[NAME]
    values, _ = indicator_values(NAME, indicator, outlines, tables, least=50)
    assert values["valeur"].between(0, 100).sum() > 200
    described = next(d for d in official_schemas() if d.name == "recensement_logement.base-ic")
    field = next(f for f in described.schema["fields"] if f["name"] == "P22_LOGVAC")
    assert field["title"] == "Colonne demandée par l'indicateur « part de logements vacants »"


@pytest.fixture
def scored(copy) -> dict:
    """Compute the score of the fictitious department with a column that Filosofi already holds."""
    territory, registry = with_entry(copy, SCORED_ENTRY), load_indicators()
    iris = read("contours_iris", territory)[0]
    found = {name: read(name, territory) for name in registry.sources() if find(name, territory)}
    tables = Tables(
        {name: table for name, (table, _) in found.items()},
        {name: resolved.pattern.format for name, (_, resolved) in found.items()},
        {name: resolved.vintage for name, (_, resolved) in found.items()},
    )
    iris["population"], _ = population_of_iris(registry, iris.index, tables)
    values, _ = all_values(registry, iris, tables, territory.seuils.effectif_minimal)
    rules = ScoreRules.of(territory, registry).without(unavailable(values))
    return {
        "registry": registry,
        "iris": iris,
        "values": values,
        "rules": rules,
        "result": published(values, iris, rules),
    }


def test_one_entry_is_enough_for_the_score_the_dictionary_the_page_and_the_map(scored):
    rules, result, registry = scored["rules"], scored["result"], scored["registry"]
    assert SCORED not in load_territory("exemple").score.dimensions["logement"].indicateurs
    assert rules.weights.inside("logement") == {
        "part_hlm": 1.0, "part_sans_voiture": 1.0, SCORED: 1.0
    }  # fmt: skip
    assert (result.contributions[SCORED].abs() > 0).sum() > 200
    without = published(scored["values"], scored["iris"], rules.without([SCORED]))
    assert (result.score - without.score).abs().max() > 1
    described = next(d for d in official_schemas() if d.name == "filosofi_iris.filosofi")
    field = next(f for f in described.schema["fields"] if f["name"] == "DISP_PPLOGT21")
    assert "part des aides au logement dans le revenu" in field["title"]
    table = written(summary(registry, rules.weights), SHOWN)[0]
    line = table.loc["Part des aides au logement dans le revenu"]
    assert line["Poids"].replace("\u00a0", " ") == "6,7 %"
    entry = indicator_html(SCORED, registry.indicateurs[SCORED], registry.dimensions["logement"])
    assert f'id="ind-{SCORED}"' in entry and "PPLOGT" in entry
    iris = scored["iris"].assign(score=result.score)
    basis = scoring_basis(scored["values"], iris, registry, rules)
    (shown,) = [indicator for indicator in basis["indicators"] if indicator["id"] == SCORED]
    assert shown["label"] == "part des aides au logement dans le revenu" and shown["weight"] == 1
    assert trait_words(SCORED, 2.0, registry) == "plus d'aides au logement"


def test_its_weight_may_be_one_line_of_the_territory_file(copy):
    path = copy / "data" / "territories" / "exemple.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("part_hlm: 1,", "part_hlm: 1, part_logements_vacants: 1,"), "utf-8"
    )
    assert [p for p in check_inputs(load_territory("exemple")) if "un indicateur de" in p.expected]
    assert check_inputs(with_entry(copy)) == []


@pytest.mark.parametrize(("old", "new"), [("P{aa}_LOGVAC", "P{aa}_LOGVACC"), ('_LOG"', '_LOGS"')])
def test_a_column_that_the_file_does_not_hold_sends_to_the_recipe(copy, old, new):
    (problem,) = check_inputs(with_entry(copy, ENTRY.replace(old, new)))
    assert problem.file == "data/indicators.yml" and problem.place == f"clé {PLACE}"
    assert find("recensement_logement", load_territory("exemple")).path.name in problem.expected
    assert "corriger ce nom ici" in problem.remedy


def test_a_name_that_a_reader_makes_is_no_column_to_describe(copy):
    described = next(d for d in official_schemas() if d.name == "population_iris.ifn")
    assert "population" not in {field["name"] for field in described.schema["fields"]}
    assert load_indicators().population[-1].source == "population_iris"


@pytest.mark.parametrize(
    "damage", [b"\0" * 200_000, b"\x50\x4b\x03\x04", b"", b'"' + b"x" * 200_000]
)
def test_a_damaged_file_has_no_trace_for_its_head(copy, damage):
    exemple = with_entry(copy)
    path = find("recensement_logement", exemple).path
    path.write_bytes(damage)
    problems = [p for p in check_inputs(exemple) if p.file == path.name]
    assert problems and all(p.remedy for p in problems)
