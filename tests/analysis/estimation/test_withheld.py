"""Withheld values on a made-up territory where the truth is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from diagalim.analysis.estimation.estimates import Surroundings
from diagalim.analysis.estimation.validation import hidden_cells, summary_of, validate_estimation
from diagalim.analysis.estimation.withheld import estimate_withheld
from diagalim.analysis.score.composite import Weights
from diagalim.analysis.score.status import may_be_estimated, observed_share, scorable
from diagalim.settings.indicators_file import load_indicators, parse_indicators
from diagalim.wording.problems import InputError
from diagalim.workspace.paths import project_root

REGISTRY = load_indicators()
COUNT, UNCUT = 160, 40
INDEX = pd.Index([f"{n:09d}" for n in range(COUNT + UNCUT)], name="code_iris")


def iris() -> pd.DataFrame:
    communes = [f"C{n // 10:03d}" for n in range(COUNT)] + [f"Z{n:03d}" for n in range(UNCUT)]
    return pd.DataFrame(
        {
            "commune": communes,
            "type_iris": ["H"] * COUNT + ["Z"] * UNCUT,
            "population": 2000.0,
        },
        INDEX,
    )


def truth(noise: float = 0.05) -> pd.DataFrame:
    """Return incomes that depend on cars; uncut communes get half the minimum benefits."""
    rng = np.random.default_rng(8)
    cars = rng.uniform(5, 60, len(INDEX))
    income = 30_000 * np.exp(-0.012 * cars + rng.normal(scale=noise, size=len(INDEX)))
    poverty = 100 / (1 + (income / 14_000) ** 3)
    benefits = 3 * (income / 20_000) ** -2.5 * np.exp(rng.normal(scale=noise, size=len(INDEX)))
    benefits[COUNT:] /= 2
    return pd.DataFrame(
        {
            "part_sans_voiture": cars,
            "niveau_vie_median": income,
            "taux_pauvrete": poverty,
            "part_minima_sociaux": benefits,
        },
        INDEX,
    )


def long(table: pd.DataFrame, withheld: dict[str, list[str]]) -> pd.DataFrame:
    values = table.rename_axis(columns="indicateur").stack().rename("valeur").reset_index()
    values = values.assign(
        statut="observe", motif="", demi_arrondi=0.0, ecart=0.0, erreur_sondage=0.0,
        source="filosofi_iris", recette=1,
    )  # fmt: skip
    for name, codes in withheld.items():
        hidden = (values["indicateur"] == name) & values["code_iris"].isin(codes)
        values.loc[hidden, ["valeur", "statut", "motif"]] = [np.nan, "secret", "ns"]
    return values


def surroundings(**more) -> Surroundings:
    known = {"communes": pd.DataFrame(index=INDEX), "grid": None}
    chain = [(a, b) for a, b in zip(INDEX[:-1], INDEX[1:], strict=True)]
    pairs = pd.DataFrame([*chain, *((b, a) for a, b in chain)], columns=["code_iris", "voisin"])
    return Surroundings(iris(), pairs, **{**known, **more})


def estimated(values: pd.DataFrame, around: Surroundings | None = None, **more):
    options = {"allowed": pd.Series(True, INDEX), "seed": 4, **more}
    return estimate_withheld(values, REGISTRY, around or surroundings(), **options)


ALL_INCOMES = ["niveau_vie_median", "taux_pauvrete", "part_minima_sociaux"]


def one(values: pd.DataFrame, name: str, code: str) -> pd.Series:
    return values.set_index(["indicateur", "code_iris"]).loc[(name, code)]


def test_an_exact_relation_is_found_again():
    known = truth(noise=0.0)
    code = INDEX[7]
    found = estimated(long(known, {"niveau_vie_median": [code]}))
    row = one(found.values, "niveau_vie_median", code)
    assert row["valeur"] == pytest.approx(known.loc[code, "niveau_vie_median"], rel=1e-6)
    assert (row["statut"], row["motif"]) == ("estime", "ns") and row["ecart"] < 1e-3


def test_what_is_published_does_not_change_and_is_constant_over_draws():
    values = long(truth(), {name: list(INDEX[:5]) for name in ALL_INCOMES})
    found = estimated(values)
    kept = values["statut"] == "observe"
    pd.testing.assert_frame_equal(found.values[kept], values[kept])
    draws = found.imputations.draws
    assert draws.shape == (20, len(INDEX), 4) and not np.isnan(draws).any()
    names = found.imputations.names
    moving = np.ptp(draws, axis=0) > 0
    assert moving.sum() == 15 and moving[:5, [names.index(n) for n in ALL_INCOMES]].all()


def test_the_spread_stated_is_that_of_the_noise():
    values = long(truth(noise=0.05), {"niveau_vie_median": list(INDEX[:10])})
    rows = estimated(values).values.query("statut == 'estime'")
    assert (rows["ecart"] / rows["valeur"]).median() == pytest.approx(0.05, rel=0.25)


def test_the_same_seed_gives_the_same_draws_and_another_does_not():
    values = long(truth(), {"niveau_vie_median": list(INDEX[:3])})
    first, again, other = (estimated(values, seed=s).imputations.draws for s in (4, 4, 5))
    assert np.array_equal(first, again) and not np.array_equal(first, other)


def test_draws_of_two_incomes_of_a_place_go_together():
    values = long(truth(), {name: [INDEX[9]] for name in ALL_INCOMES})
    found = estimated(values, count=400).imputations
    income, poverty = (
        found.draws[:, 9, found.names.index(n)] for n in ("niveau_vie_median", "taux_pauvrete")
    )
    assert np.corrcoef(np.log(income), np.log(poverty / (100 - poverty)))[0, 1] < -0.9


def test_an_uncut_commune_is_not_taken_for_a_neighbourhood():
    known = truth()
    hidden = list(INDEX[COUNT : COUNT + 4])
    found = estimated(long(known, {"part_minima_sociaux": hidden}))
    rows = found.values[found.values["statut"] == "estime"].set_index("code_iris")["valeur"]
    ratio = rows / known.loc[hidden, "part_minima_sociaux"]
    assert ratio.mean() == pytest.approx(1.0, abs=0.1)
    assert "non_decoupee" in found.models.loc[0, "variables"]


def test_the_grid_serves_where_it_is_and_only_there():
    known = truth()
    grid = pd.DataFrame({"niveau_vie": 1.1 * known["niveau_vie_median"]}).iloc[:100]
    grid["part_menages_pauvres"] = known["taux_pauvrete"] * 0.9
    hidden = [INDEX[3], INDEX[120]]
    found = estimated(long(known, {"niveau_vie_median": hidden}), surroundings(grid=grid))
    inside, outside = (one(found.values, "niveau_vie_median", code) for code in hidden)
    assert (inside["statut"], inside["source"]) == ("carreaux", "carreaux")
    assert inside["valeur"] == pytest.approx(known.loc[hidden[0], "niveau_vie_median"], rel=1e-3)
    assert (outside["statut"], outside["source"]) == ("estime", "filosofi_iris")
    assert inside["ecart"] < outside["ecart"] / 10


def test_no_draw_leaves_the_range_of_what_is_published():
    known = truth()
    known.loc[INDEX[0], "part_sans_voiture"] = 300.0  # as if the line were to be followed for ever
    found = estimated(long(known, {"niveau_vie_median": [INDEX[0]]}))
    low = known["niveau_vie_median"].iloc[1:].min()
    row = one(found.values, "niveau_vie_median", INDEX[0])
    assert row["valeur"] == low and row["ecart"] > 0, "the bound gives no certainty"


def test_with_too_few_places_the_commune_is_lent_with_the_spread_of_its_iris():
    known = truth().iloc[:20]
    values = long(known, {"niveau_vie_median": [INDEX[0]]})
    lent = pd.DataFrame({"niveau_vie_median": 21_000.0}, INDEX)
    around = surroundings(communes=lent)
    row = one(estimated(values, around).values, "niveau_vie_median", INDEX[0])
    same_commune = known["niveau_vie_median"].iloc[1:10]
    assert (row["valeur"], row["statut"]) == (21_000.0, "communal")
    assert row["ecart"] == pytest.approx(same_commune.std(), rel=0.15)


def test_with_too_few_places_and_no_commune_the_value_stays_withheld():
    values = long(truth().iloc[:20], {"niveau_vie_median": [INDEX[0]]})
    row = one(estimated(values).values, "niveau_vie_median", INDEX[0])
    assert np.isnan(row["valeur"]) and row["statut"] == "secret"


def test_an_iris_that_may_not_be_estimated_stays_withheld():
    values = long(truth(), {"niveau_vie_median": list(INDEX[:2])})
    allowed = pd.Series(True, INDEX)
    allowed[INDEX[0]] = False
    found = estimated(values, allowed=allowed)
    assert one(found.values, "niveau_vie_median", INDEX[0])["statut"] == "secret"
    assert np.isnan(
        found.imputations.draws[:, 0, found.imputations.names.index(ALL_INCOMES[0])]
    ).all()


def test_nothing_withheld_leaves_everything_as_it_is():
    values = long(truth(), {})
    found = estimated(values)
    pd.testing.assert_frame_equal(found.values, values)
    assert found.models.empty and found.intervals.empty


def test_a_value_lent_or_of_another_definition_is_drawn_with_its_spread():
    values = long(truth(), {})
    lent = (values["indicateur"] == "part_sans_voiture") & (values["code_iris"] == INDEX[2])
    values.loc[lent, ["statut", "ecart"]] = ["proxy", 4.0]
    found = estimated(values, count=400).imputations
    drawn = found.draws[:, 2, found.names.index("part_sans_voiture")]
    assert drawn.std() == pytest.approx(4.0, rel=0.15) and (drawn >= 0).all()


@pytest.mark.parametrize("count", [0, 401])
def test_a_number_of_imputations_out_of_reach_is_refused(count):
    with pytest.raises(ValueError, match=f"{count} imputations"):
        estimated(long(truth(), {}), count=count)


def test_intervals_hold_hidden_values_nine_times_in_ten():
    values = long(truth(), {name: list(INDEX[::16]) for name in ALL_INCOMES})
    compared = validate_estimation(
        values, REGISTRY, surroundings(), allowed=pd.Series(True, INDEX), seed=1
    )
    summary = summary_of(compared)
    assert summary.loc[("", ""), "couverture"] == pytest.approx(0.9, abs=0.05)
    assert summary.loc[("niveau_vie_median", "estime"), "rmse"] < 0.1 * 20_000


def test_values_are_hidden_as_the_producer_withholds_them():
    states = pd.DataFrame("observe", INDEX, ALL_INCOMES)
    states.iloc[0] = "secret"  # an IRIS withheld whole
    states.loc[INDEX[COUNT], "taux_pauvrete"] = "secret"  # a commune of which only the rate is
    types = iris()["type_iris"]
    everyone = pd.Series(True, INDEX)
    hidden = hidden_cells(states, ALL_INCOMES, types, everyone, np.random.default_rng(0))
    by_type = hidden.groupby(types).sum()
    assert by_type.loc["H"].tolist() == [16, 16, 16], "a tenth, all incomes at once"
    assert by_type.loc["Z"].to_dict() == {
        "niveau_vie_median": 0, "taux_pauvrete": 4, "part_minima_sociaux": 0,
    }  # fmt: skip


# ---- which places -----------------------------------------------------------------------------

PLACES = pd.DataFrame(
    {"type_iris": list("HHAADZZ"), "population": [900.0, 150, 900, 900, 0, 124, 0]},
    index=list("abcdefg"),
)


def test_a_whole_commune_is_scorable_whatever_its_size():
    assert scorable(PLACES, 200).tolist() == [True, False, True, True, False, True, False]


def test_an_iris_of_activities_is_estimated_when_half_of_the_weights_are_observed():
    weights = Weights({"R": 1.0, "M": 1.0}, {"R": {"r": 1.0}, "M": {"m": 3.0, "n": 1.0}})
    states = pd.DataFrame({"r": "secret", "m": "observe", "n": "observe"}, PLACES.index)
    states.loc["d", "n"] = "communal"
    assert observed_share(states, weights)[["c", "d"]].tolist() == [0.5, 0.375]
    assert may_be_estimated(PLACES, states, weights, 200).tolist() == [
        True, False, True, False, False, True, False,
    ]  # fmt: skip


# ---- the registry -----------------------------------------------------------------------------

TEXT = (project_root() / "data" / "indicators.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "fragment"),
    [
        ("echelle: logit", "echelle: racine", "racine"),
        ("        - part_minima_sociaux\n", "        - part_minima\n", "indicateur inconnu"),
        (
            "explique_par: &revenu_et_logement\n        - niveau_vie_median\n",
            "explique_par: &revenu_et_logement\n        - taux_pauvrete\n",
            "s'expliquent l'une par l'autre",
        ),
        ("carreaux: niveau_vie\n", "carreaux: niveau\n", "carreaux"),
    ],
)
def test_a_wrong_estimation_is_named(old, new, fragment):
    assert old in TEXT
    with pytest.raises(InputError, match=r"data/indicators\.yml") as caught:
        parse_indicators(TEXT.replace(old, new, 1))
    assert fragment in str(caught.value)


def test_each_indicator_is_estimated_after_those_that_explain_it():
    order = REGISTRY.estimation_order()
    for name in order:
        models = REGISTRY.indicateurs[name].estimation.explique_par
        assert all(order.index(m) < order.index(name) for m in models if m in order)
    assert order[0] == "niveau_vie_median"
