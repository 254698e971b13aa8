"""The ASEM index of COINr (Becker et al., 2022), stage by stage: 51 countries, 49 indicators."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from diagalim.analysis.estimation.group_mean import impute_group_mean
from diagalim.analysis.score.aggregation import weighted_mean
from diagalim.analysis.score.multivariate import cronbach_alpha, principal_components
from diagalim.analysis.score.normalisation import min_max, oriented, percentile
from diagalim.analysis.score.treatment import outlying, treat, treatment_log

WINSORISED = {
    "Services": 4, "FDI": 2, "ForPort": 3, "CostImpEx": 1, "Tariff": 3, "StMob": 2, "CultServ": 3,
    "Flights": 1, "Bord": 3, "Gas": 3, "Forest": 2, "Poverty": 3, "NGOs": 3, "FemLab": 1,
    "PubDebt": 1,
}  # fmt: skip
"""Indicators treated and values brought in; on the high side but for FemLab."""
MOST = 6
"""Values that COINr may bring in for this index."""


@pytest.fixture(scope="module")
def names(asem_indicators) -> list[str]:
    return list(asem_indicators.index)


def test_65_values_are_imputed_by_the_mean_of_their_group(asem, names):
    given = asem("Denominated")
    filled, imputed = impute_group_mean(given[names], given["Group_EurAsia"])
    assert imputed.to_numpy().sum() == 65 and filled.notna().all(axis=None)
    np.testing.assert_allclose(filled, asem("Imputed")[names], rtol=1e-14, atol=1e-16)


def test_fifteen_indicators_are_treated_and_no_other(asem, names):
    given = asem("Imputed")[names]
    assert {name for name in names if outlying(given[name])} == set(WINSORISED)
    treated, treatments = treat(given, most=MOST)
    log = treatment_log(treatments)
    moved = (log["ramenees_bas"] + log["ramenees_haut"])[log["traitement"] == "winsorisation"]
    assert moved.to_dict() == WINSORISED
    assert log.index[log["ramenees_bas"] > 0].tolist() == ["FemLab"]
    assert not (log["traitement"] == "log").any()
    np.testing.assert_allclose(treated, asem("Treated")[names], rtol=1e-14, atol=1e-16)


def test_min_max_of_the_treated_values_with_their_direction(asem, asem_indicators, names):
    turned = oriented(asem("Treated")[names].to_numpy(), asem_indicators["Direction"].to_numpy())
    np.testing.assert_allclose(min_max(turned), asem("Normalised")[names], atol=1e-10)


def aggregated(normalised: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """Average three times with equal weights: indicators, eight pillars, two sub-indices."""
    parts = normalised
    for level, below in (("Agg1", None), ("Agg2", "Agg1"), ("Agg3", "Agg2")):
        groups = indicators[level] if below is None else indicators.groupby(below)[level].first()
        for group, members in groups.groupby(groups).groups.items():
            mean = weighted_mean(parts[list(members)].to_numpy(), np.ones(len(members)))
            parts = parts.assign(**{group: mean})
    return parts.drop(columns=normalised.columns)


def test_three_levels_of_arithmetic_means(asem, asem_indicators, names):
    found = aggregated(asem("Normalised")[names], asem_indicators)
    assert found.shape == (51, 11)
    np.testing.assert_allclose(found, asem("Aggregated")[found.columns], atol=1e-10)


def test_correlations_of_the_index_with_its_two_halves(asem, asem_indicators, names):
    found = aggregated(asem("Normalised")[names], asem_indicators).corr()["Index"]
    assert found["Conn"] == pytest.approx(0.9397805, abs=1e-6)
    assert found["Sust"] == pytest.approx(0.8382873, abs=1e-6)


def test_from_raw_values_to_ranks_in_one_go(asem, asem_indicators, names):
    given = asem("Denominated")
    filled, _ = impute_group_mean(given[names], given["Group_EurAsia"])
    treated, _ = treat(filled, most=MOST)
    turned = oriented(treated.to_numpy(), asem_indicators["Direction"].to_numpy())
    normalised = pd.DataFrame(min_max(turned), given.index, names)
    index = aggregated(normalised, asem_indicators)["Index"]
    np.testing.assert_allclose(index, asem("Aggregated")["Index"], atol=1e-10)
    assert index.idxmax() == "CHE"


def test_cronbach_alpha_of_the_raw_values_of_people_to_people(asem, asem_indicators):
    members = asem_indicators.index[asem_indicators["Agg1"] == "P2P"]
    assert cronbach_alpha(asem("Raw")[members]) == pytest.approx(0.05126659, abs=1e-6)


def test_largest_shift_when_percentiles_replace_min_max(asem, asem_indicators, names):
    given = asem("Treated")[names].to_numpy()
    turned = oriented(given, asem_indicators["Direction"].to_numpy())
    ranks = {}
    for name, way in (("min_max", min_max), ("percentile", percentile)):
        table = pd.DataFrame(way(turned), asem("Treated").index, names)
        index = aggregated(table, asem_indicators)["Index"]
        ranks[name] = index.rank(ascending=False)
    shift = (ranks["min_max"] - ranks["percentile"]).abs()
    assert shift.idxmax() == "PRT"
    # COINr gives ties their lowest rank, we give their mean: one place apart
    assert ranks["min_max"]["PRT"] == 27 and abs(ranks["percentile"]["PRT"] - 17) <= 1


def test_share_of_the_first_component_of_the_social_pillar(asem, asem_indicators):
    members = asem_indicators.index[asem_indicators["Agg1"] == "Social"]
    found = principal_components(asem("Raw")[members])
    assert found.units == 37
    assert found.shares[0] == pytest.approx(53.98, abs=0.005)
