"""The summary of the indicators is read aloud by the one that weighs the most."""

from __future__ import annotations

from diagalim.analysis.score.rules import ScoreRules
from diagalim.report.indicateurs.page import summary_reading, summary_text
from diagalim.settings.indicators_file import load_indicators
from diagalim.settings.territory_file import load_territory


def test_the_foot_quotes_the_heaviest_indicator_as_its_table_writes_it():
    registry = load_indicators()
    given = ScoreRules.of(load_territory("exemple"), registry).weights
    weights = summary_text(registry, given)["Poids"]
    numbers = weights.str.extract(r"^([\d,]+)")[0].str.replace(",", ".").astype(float)
    assert f"pèse {weights[numbers.idxmax()]} du score" in summary_reading(registry, given)
