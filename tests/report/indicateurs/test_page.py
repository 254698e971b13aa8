"""The summary of the indicators is read aloud by the one that weighs the most."""

from __future__ import annotations

from diagalim.analysis.score.rules import ScoreRules
from diagalim.report.indicateurs.page import reading, summary
from diagalim.settings.indicators_file import load_indicators
from diagalim.settings.territory_file import load_territory


def test_the_foot_quotes_the_heaviest_indicator_as_its_table_writes_it(as_shown):
    registry = load_indicators()
    given = ScoreRules.of(load_territory("exemple"), registry).weights
    weights = as_shown("indicateurs", "resume", summary(registry, given))["Poids"]
    numbers = weights.str.extract(r"^([\d,]+)")[0].str.replace(",", ".").astype(float)
    assert f"pèse {weights[numbers.idxmax()]} du score" in reading(registry, given)
