"""From observations to the value of an indicator: recipes, states, reasons."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from diagalim.analysis.score.composite import Composite, Weights
from diagalim.analysis.score.status import bearable, borrowed_share, why_unscored
from diagalim.analysis.values.recipes import indicator_values, population_of_iris, unavailable
from diagalim.analysis.values.redefine import fit_line
from diagalim.analysis.values.tables import Tables
from diagalim.settings.indicators import Indicator
from diagalim.settings.indicators_file import load_indicators, parse_indicators
from diagalim.wording.problems import InputError
from diagalim.workspace.paths import project_root

IRIS = pd.DataFrame(
    {
        "commune": ["13001", "13001", "13001", "13002", "13001"],
        "type_iris": ["H", "H", "A", "Z", "H"],
        "population": [1000.0, 2000, 50, 3000, 0],
    },
    index=["130010101", "130010102", "130010103", "130020000", "130010104"],
)


def observed(rows: list[tuple], **more) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["code", "variable", "valeur", "statut"])
    return table.assign(motif="", demi_arrondi=more.get("half", 0.0))


def indicator(*recipes: dict) -> Indicator:
    return Indicator.model_validate(
        {
            "libelle": "taux",
            "dimension": "ressources",
            "sens": 1,
            "unite": "%",
            "univers": "personnes",
            "raison": "essai",
            "phrase": "{valeur}",
            "recettes": recipes,
        }
    )


def computed(tables: Tables, *recipes: dict, least: int = 50) -> pd.DataFrame:
    values, _ = indicator_values("taux", indicator(*recipes), IRIS, tables, least)
    return values.set_index("code_iris")


def tables_of(**observations) -> Tables:
    return Tables(
        observations,
        dict.fromkeys(observations, "essai"),
        dict.fromkeys(observations, 2021),
    )


DIRECT = {"valeur": {"source": "a", "colonnes": ["T{aa}"]}}
COMMUNE = {"valeur": {"source": "b", "colonnes": ["C{aa}"]}, "niveau": "commune", "types": ["Z"]}
RATIO = {
    "numerateur": {"source": "a", "colonnes": ["N"]},
    "denominateur": {"source": "a", "colonnes": ["D", "E"]},
    "echelle": 100,
}


def test_a_withheld_value_is_not_filled_by_the_commune():
    tables = tables_of(
        a=observed([("130010101", "T21", 12.0, "observe"), ("130010102", "T21", np.nan, "secret")]),
        b=observed([("13001", "C21", 99.0, "observe"), ("13002", "C21", 7.0, "arrondi")]),
    )
    found = computed(tables, DIRECT, COMMUNE)
    assert found.loc["130010101", ["valeur", "statut"]].tolist() == [12.0, "observe"]
    assert np.isnan(found.loc["130010102", "valeur"])
    assert found.loc["130010102", "statut"] == "secret"


def test_the_commune_value_of_an_uncut_commune_is_an_observation():
    tables = tables_of(
        a=observed([("130010101", "T21", 12.0, "observe")]),
        b=observed([("13002", "C21", 7.0, "arrondi")], half=0.5),
    )
    row = computed(tables, DIRECT, COMMUNE).loc["130020000"]
    assert (row["valeur"], row["statut"], row["demi_arrondi"]) == (7.0, "arrondi", 0.5)
    assert (row["source"], row["recette"]) == ("b", 2)


def test_the_value_of_a_larger_commune_is_marked_as_lent():
    everyone = {**COMMUNE, "types": ["H", "A", "D", "Z"]}
    tables = tables_of(
        b=observed([("13001", "C21", 5.0, "observe"), ("13002", "C21", 7.0, "observe")])
    )
    found = computed(tables, everyone)
    assert found.loc["130010101", "statut"] == "communal"
    assert found.loc["130020000", "statut"] == "observe"


def test_a_ratio_adds_its_columns_and_is_missing_on_too_few():
    tables = tables_of(
        a=observed(
            [
                ("130010101", "N", 30.0, "observe"),
                ("130010101", "D", 100.0, "observe"),
                ("130010101", "E", 50.0, "observe"),
                ("130010103", "N", 10.0, "observe"),
                ("130010103", "D", 20.0, "observe"),
                ("130010103", "E", 20.0, "observe"),
            ]
        )
    )
    found = computed(tables, RATIO)
    assert found.loc["130010101", "valeur"] == 20.0
    assert np.isnan(found.loc["130010103", "valeur"])
    assert found.loc["130010103", "statut"] == "petit_effectif"
    assert found.loc["130010102", "statut"] == "absent"


def test_an_iris_without_inhabitants_has_no_value_whatever_the_file_says():
    tables = tables_of(a=observed([("130010104", "T21", 12.0, "observe")]))
    row = computed(tables, DIRECT).loc["130010104"]
    assert np.isnan(row["valeur"]) and row["statut"] == "sans_population"


def test_a_recipe_waits_for_its_layout():
    tables = tables_of(a=observed([("130010101", "T21", 12.0, "observe")]))
    found = computed(tables, {**DIRECT, "format": "base-ic"}, DIRECT)
    assert found.loc["130010101", ["valeur", "recette"]].tolist() == [12.0, 2]


def test_a_complement_and_a_ceiling_apply():
    tables = tables_of(a=observed([("130010101", "T21", -0.2, "observe")]))
    turned = {**DIRECT, "complement": True, "echelle": 100, "plafond": 100}
    assert computed(tables, turned).loc["130010101", "valeur"] == 100.0


def test_a_line_brings_one_definition_to_the_other():
    theirs = pd.Series(np.arange(12.0))
    line = fit_line(theirs, 2.0 + 3.0 * theirs, pd.Series(1.0, theirs.index))
    assert (round(line.intercept, 9), round(line.slope, 9)) == (2.0, 3.0)
    assert round(line.residual_sd, 9) == 0.0 and round(line.r2, 9) == 1.0
    assert line.predict(pd.Series([-5.0])).tolist() == [0.0], "a share is never under zero"


FEW_ALONE = pd.Series(np.linspace(20.0, 56.0, 12))
"""Households of one person, in percent, in the communes where people living alone are known."""


@pytest.mark.parametrize(
    ("theirs", "expected"),
    [
        (20.0, 5.6),  # the lowest commune: the line itself, -8.4 + 0.7 × 20
        (10.0, 2.8),  # half of it, where the line would say -1.4
        (8.57, 2.3996),  # once brought to 0.0
        (0.0, 0.0),
        (60.0, 33.6),
        (np.nan, np.nan),
    ],
)
def test_a_small_share_is_not_brought_to_zero_by_a_line_that_crosses_it(theirs, expected):
    line = fit_line(FEW_ALONE, -8.4 + 0.7 * FEW_ALONE, pd.Series(1.0, FEW_ALONE.index))
    found = line.predict(pd.Series([theirs]))[0]
    assert found == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize("intercept", [-30.0, -8.4, 0.0, 3.0])
def test_a_redefined_share_rises_from_zero_without_a_jump(intercept):
    """-30 is under zero in the lowest communes fitted too: they are few and weigh little."""
    noise = np.random.default_rng(1).uniform(0.1, 2.0, len(FEW_ALONE))
    ours = (intercept + 0.9 * FEW_ALONE).clip(lower=0.0) + noise
    line = fit_line(FEW_ALONE, ours, pd.Series(1.0, FEW_ALONE.index))
    found = line.predict(pd.Series(np.linspace(0.0, 60.0, 6_001)))
    assert (np.diff(found) >= 0).all() and np.diff(found).max() < 0.02
    assert (found[1:] > 0).all()


def test_a_line_above_the_way_to_zero_is_followed_to_its_end():
    line = fit_line(FEW_ALONE, 3.0 + 0.9 * FEW_ALONE, pd.Series(1.0, FEW_ALONE.index))
    assert line.predict(pd.Series([10.0])).tolist() == pytest.approx([12.0])


def test_two_definitions_that_go_apart_are_not_tied():
    communes = [f"130{n:02d}" for n in range(1, 13)]
    iris = pd.DataFrame(
        {"commune": [*communes, "13099"], "type_iris": ["H"] * 12 + ["Z"], "population": 1000.0},
        index=[f"{code}0101" for code in communes] + ["130990000"],
    )
    tables = tables_of(
        a=observed(
            [(code, "N", 10.0 + n, "observe") for n, code in enumerate(iris.index[:12])]
            + [(code, "D", 100.0, "observe") for code in iris.index[:12]]
        ),
        b=observed([(code, "C21", 60.0 - n, "observe") for n, code in enumerate(iris["commune"])]),
    )
    ratio = {
        "numerateur": {"source": "a", "colonnes": ["N"]},
        "denominateur": {"source": "a", "colonnes": ["D"]},
        "echelle": 100,
    }
    theirs = {**COMMUNE, "redefinie": True}
    values, line = indicator_values("taux", indicator(ratio, theirs), iris, tables, least=0)
    assert line is None
    assert values.set_index("code_iris").loc["130990000", "statut"] == "absent"


def test_a_line_matches_weighted_least_squares_of_numpy():
    rng = np.random.default_rng(3)
    x, w = rng.normal(size=40), rng.uniform(1, 9, 40)
    y = 1.5 - 0.7 * x + rng.normal(size=40)
    slope, intercept = np.polyfit(x, y, 1, w=np.sqrt(w))
    line = fit_line(pd.Series(x), pd.Series(y), pd.Series(w))
    assert line.slope == pytest.approx(slope) and line.intercept == pytest.approx(intercept)


@pytest.mark.parametrize(("x", "message"), [([1.0] * 12, "does not vary"), ([1.0, 2.0], "only 2")])
def test_a_line_that_rests_on_nothing_is_refused(x, message):
    series = pd.Series(x)
    with pytest.raises(ValueError, match=message):
        fit_line(series, series, pd.Series(1.0, series.index))


def test_inhabitants_come_from_the_first_dataset_that_is_there():
    registry = load_indicators()
    dashboard = observed([(code, "population", 10.0, "observe") for code in IRIS.index])
    people, source = population_of_iris(
        registry,
        IRIS.index,
        Tables(
            {"population_iris": dashboard}, {"population_iris": "ifn"}, {"population_iris": 2016}
        ),
    )
    assert (people.sum(), source) == (50.0, "population_iris")
    with pytest.raises(ValueError, match="no dataset gives"):
        population_of_iris(registry, IRIS.index, tables_of())
    short = Tables(
        {"population_iris": dashboard.iloc[1:]},
        {"population_iris": "ifn"},
        {"population_iris": 2016},
    )
    people, _ = population_of_iris(registry, IRIS.index, short)
    assert people.isna().to_dict() == {code: code == "130010101" for code in IRIS.index}


def test_an_indicator_whose_file_is_missing_is_named_and_leaves_the_weights():
    present = computed(tables_of(a=observed([("130010101", "T21", 12.0, "observe")])), DIRECT)
    absent = computed(tables_of(), DIRECT).assign(indicateur="autre")
    both = pd.concat([present, absent])
    assert unavailable(both) == ["autre"]
    weights = Weights({"R": 1.0, "M": 1.0}, {"R": {"taux": 1.0, "autre": 1.0}, "M": {"autre": 1.0}})
    assert weights.without(["autre"]) == Weights({"R": 1.0}, {"R": {"taux": 1.0}})


def test_another_definition_that_nothing_ties_to_ours_stays_absent():
    other = {**COMMUNE, "redefinie": True}
    tables = tables_of(
        a=observed([("130010101", "N", 5.0, "observe")]),
        b=observed([("13002", "C21", 7.0, "observe")]),
    )
    ours = {"valeur": {"source": "ailleurs", "colonnes": ["T"]}}
    assert computed(tables, ours, other).loc["130020000", "statut"] == "absent"


def composite_of(scores: list[float], resources: list[float]) -> Composite:
    empty = pd.DataFrame(index=IRIS.index)
    return Composite(
        score=pd.Series(scores, IRIS.index),
        rank=pd.Series(scores, IRIS.index),
        dimensions=pd.DataFrame({"ressources": resources}, IRIS.index),
        normalised=empty,
        effective_weights=empty,
        reference=pd.Series(dtype=float),
        contributions=empty,
    )


def test_each_iris_without_a_score_has_its_own_reason():
    none = float("nan")
    inhabited = IRIS.assign(population=1000.0)
    states = pd.DataFrame(
        {
            "r1": ["observe", "secret", "secret", "absent", "observe"],
            "r2": ["observe", "secret", "observe", "absent", "observe"],
        },
        index=IRIS.index,
    )
    result = composite_of([50.0, none, none, none, none], [50.0, none, none, none, 40.0])
    why = why_unscored(
        inhabited,
        states,
        result,
        pd.Series(0.0, IRIS.index),
        resources=["r1", "r2"],
        income="r2",
        least_population=200,
    )
    assert why["raison"].tolist() == [
        "",
        "ressources_secretes",
        "ressources_partielles",
        "ressources_absentes",
        "trop_peu",  # its resources are known, other dimensions are not
    ]


def test_too_few_inhabitants_come_before_any_other_reason():
    states = pd.DataFrame({"r1": ["observe"] * 5}, index=IRIS.index)
    result = composite_of([50.0] * 5, [50.0] * 5)
    why = why_unscored(
        IRIS,
        states,
        result,
        pd.Series(0.0, IRIS.index),
        resources=["r1"],
        income="r1",
        least_population=200,
    )
    assert why["motif"].tolist() == [
        "", "", "moins de 200 habitants", "", "aucun habitant au recensement",
    ]  # fmt: skip
    assert why["statut"].tolist() == ["note", "note", "non_note", "note", "sans_population"]


@pytest.mark.parametrize(
    ("share", "status"),
    [(0.5, "note"), (0.51, "indicatif"), (0.8, "indicatif"), (0.81, "non_note")],
)
def test_a_score_on_borrowed_values_is_marked_then_not_given(share, status):
    borrowed = pd.Series(share, IRIS.index)
    result = composite_of([50.0] * 5, [50.0] * 5)
    kept = composite_of([50.0 if ok else float("nan") for ok in bearable(borrowed)], [50.0] * 5)
    states = pd.DataFrame({"r1": ["observe"] * 5}, index=IRIS.index)
    why = why_unscored(
        IRIS, states, kept, borrowed, resources=["r1"], income="r1", least_population=0
    )
    assert why["statut"].iloc[0] == status
    assert kept.score.notna().iloc[0] == (status != "non_note")
    assert result.score.notna().all()


def test_the_borrowed_share_counts_a_proxy_for_half():
    states = pd.DataFrame({"a": ["observe"], "b": ["communal"], "c": ["proxy"]})
    weights = pd.DataFrame({"a": [0.5], "b": [0.3], "c": [0.2]})
    assert borrowed_share(states, weights).tolist() == [pytest.approx(0.4)]


REGISTRY = (project_root() / "data" / "indicators.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "fragment"),
    [
        ("sens: 1", "sens: 0", "sens"),
        ("    sens: 1\n", "", "absente"),
        ("sens: 1", "direction: 1", "direction"),
        ("dimension: ressources", "dimension: argent", "dimension inconnue"),
        ("- valeur: {source: filosofi_iris", "- valeurs: {source: filosofi_iris", "valeurs"),
        (
            "denominateur: {source: population_iris, colonnes: [population]}\n",
            "plafond: 900\n",
            "soit valeur, soit numerateur et denominateur",
        ),
    ],
)  # fmt: skip
def test_a_wrong_indicator_is_named(old, new, fragment):
    assert old in REGISTRY
    with pytest.raises(InputError, match=r"data/indicators\.yml") as caught:
        parse_indicators(REGISTRY.replace(old, new, 1))
    assert fragment in str(caught.value)


FORBIDDEN = (
    "bpe",
    "offre",
    "aide_",
    "commerce",
    "qpv",
    "quartier",
    "immi",
    "etran",
    "nati",
    "nais",
)
"""Words of columns and datasets that may not enter the score (METHODS 3.1): offer, priority
neighbourhoods, nationality, country of birth."""


def test_neither_offer_nor_label_nor_origin_enters_the_score():
    registry = load_indicators()
    named = [
        name.lower()
        for indicator in registry.indicateurs.values()
        for recipe in indicator.recettes
        for part in recipe.parts
        for name in (part.source, *part.colonnes)
    ]
    assert len(named) > 50
    assert not [name for name in named if any(word in name for word in FORBIDDEN)]
