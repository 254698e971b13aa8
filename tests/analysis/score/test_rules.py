"""The published score has one maker, and follows the registry and the territory file alone."""

from __future__ import annotations

import ast
import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from diagalim.analysis.score.classes import CLASSES
from diagalim.analysis.score.composite import composite
from diagalim.analysis.score.rules import ScoreRules, published, scored
from diagalim.analysis.score.weighting import Weights
from diagalim.pipeline.digests import PROSE
from diagalim.settings.indicators_file import load_indicators
from diagalim.settings.territory_file import load_territory
from diagalim.workspace.paths import project_root

REGISTRY = load_indicators()
WEIGHTS = Weights({"R": 1.0, "M": 1.0}, {"R": {"a": 1.0, "b": 1.0}, "M": {"c": 1.0}})
RULES = ScoreRules(
    WEIGHTS,
    {"a": 1, "b": -1, "c": 1},
    {},
    least_population=200,
    known_weight=0.5,
    least_dimensions=2,
    required="R",
)


@pytest.fixture
def iris() -> pd.DataFrame:
    """Return six places: the second is too small, the third small but a whole commune."""
    return pd.DataFrame(
        {"population": [900.0, 120, 120, 900, 900, 900], "type_iris": list("HHZHHH")},
        index=pd.Index([f"i{n}" for n in range(6)], name="code_iris"),
    )


@pytest.fixture
def values(iris) -> pd.DataFrame:
    """Return the long table; all that is known of the fourth place is borrowed."""
    table = pd.DataFrame(
        np.random.default_rng(2).normal(40, 8, (6, 3)), iris.index, pd.Index(["a", "b", "c"])
    )
    long = table.rename_axis(columns="indicateur").stack().rename("valeur").reset_index()
    return long.assign(statut=np.where(long["code_iris"] == "i3", "communal", "observe"))


def sources_of(path) -> str:
    """Return the code of a module, or of the cells of a notebook."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    cells = json.loads(text)["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    return "\n".join(source for source in sources if not source.startswith(PROSE))


def names_called(path) -> set[str]:
    tree = ast.parse(sources_of(path))
    functions = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {getattr(f, "id", getattr(f, "attr", "")) for f in functions}


def test_the_steps_of_a_score_are_called_from_its_rules_alone():
    root = project_root()
    files = [*(root / "src" / "diagalim").rglob("*.py"), *(root / "notebooks").rglob("*.ipynb")]
    assert [path.name for path in files if "composite" in names_called(path)] == ["rules.py"]


def test_rules_are_those_of_the_territory_and_of_the_registry():
    territory = load_territory("exemple")
    rules = ScoreRules.of(territory, REGISTRY)
    assert rules.weights == Weights.of(territory.score)
    assert rules.directions["niveau_vie_median"] == -1
    assert rules.bounds["taux_rsa"] == (0.0, 1000.0)
    assert (rules.least_population, rules.known_weight) == (200, 0.5)
    assert (rules.least_dimensions, rules.required, rules.classes) == (3, "ressources", CLASSES)


def test_an_indicator_that_nobody_weighed_counts_as_those_of_its_dimension():
    given = Weights({"R": 2.0, "M": 1.0}, {"R": {"a": 3.0, "b": 1.0, "z": 0.0}, "M": {"c": 5.0}})
    found = given.completed({"a": "R", "z": "R", "new": "R", "other": "M", "lost": "X"})
    assert found.indicators == {
        "R": {"a": 3.0, "b": 1.0, "z": 0.0, "new": 2.0},
        "M": {"c": 5.0, "other": 5.0},
    }
    assert found.dimensions == given.dimensions and given.indicators["M"] == {"c": 5.0}


def test_shares_are_those_of_the_indicators_that_count():
    inner = {"R": {"a": 1.0, "z": 0.0}, "M": {"b": 1.0, "c": 3.0}, "N": {"d": 1.0}}
    given = Weights({"R": 3.0, "M": 1.0, "N": 0.0}, inner)
    assert given.shares == {"a": 0.75, "b": 0.0625, "c": 0.1875}


def test_weights_are_even_when_nothing_that_counts_weighs_more():
    inner = {"R": {"a": 2.0, "z": 0.0}, "M": {"b": 1.0, "c": 1.0}, "N": {"d": 1.0, "e": 3.0}}
    assert Weights({"R": 1.0, "M": 1.0, "N": 0.0}, inner).even
    assert not Weights({"R": 1.0, "M": 1.0, "N": 1.0}, inner).even
    assert not Weights({"R": 1.0, "M": 2.0, "N": 0.0}, inner).even


def test_the_published_score_is_not_given_where_it_is_all_borrowed(values, iris):
    found = published(values, iris, RULES)
    assert found.score.index.equals(iris.index)
    assert found.score.notna().tolist() == [True, False, True, False, True, True]
    assert found.borrowed["i3"] == 1.0 and found.borrowed[["i0", "i2"]].tolist() == [0.0, 0.0]
    assert found.rank.sum() == 1 + 2 + 3 + 4


def test_the_order_of_the_rows_of_the_values_changes_nothing(values, iris):
    mixed = values.sample(frac=1, random_state=1)
    assert published(mixed, iris, RULES).score.equals(published(values, iris, RULES).score)


def test_other_rules_are_the_same_ones_with_one_thing_replaced(values, iris):
    raw = values.pivot(index="code_iris", columns="indicateur", values="valeur")
    everyone = pd.Series(True, iris.index)
    turned = replace(RULES, directions={"a": 1, "b": 1, "c": 1})
    found = scored(raw, everyone, turned)
    by_hand = composite(
        raw,
        turned.directions,
        WEIGHTS,
        scorable=everyone,
        known_weight=0.5,
        least_dimensions=2,
        required="R",
    )
    assert found.score.equals(by_hand.score)
    assert not found.score.equals(scored(raw, everyone, RULES).score)


def test_what_is_left_must_hold_the_required_dimension_and_enough_others():
    assert RULES.can_score and RULES.without(["a"]).can_score
    assert not RULES.without(["a", "b"]).can_score and not RULES.without(["c"]).can_score
