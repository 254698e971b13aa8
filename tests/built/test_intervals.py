"""Nothing that a report publishes stands out of its own interval.

Five IRIS of 13 once had a rank beyond the end of its own interval. Facts, tables handed on and the
files given to readers are all read again, in whichever report is built.
"""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest

from diagalim.chapter.facts import read_facts
from diagalim.workspace.paths import build_dir

pytestmark = pytest.mark.site
SLACK = 1e-9


def outside(table: pd.DataFrame, value: str, low: str, high: str) -> list[str]:
    known = table.dropna(subset=[value, low, high])
    inside = (known[value] >= known[low] - SLACK) & (known[value] <= known[high] + SLACK)
    assert len(known), f"nothing to look at in {value}"
    return list(known.index[~inside].astype(str))


def out_of_their_intervals(code: str) -> dict[str, list[str]]:
    """Return what stands out of its own interval in the report of a territory, by place."""
    results = build_dir(code) / "results"
    ranks = ("rang", "rang_bas", "rang_haut")
    certain = pd.read_parquet(results / "score" / "certitude.parquet")
    mapped = gpd.read_parquet(results / "score" / "iris.geoparquet")
    agreed = pd.read_parquet(results / "profils" / "accords.parquet")
    found = {
        "certitude.parquet": outside(certain.set_index("code_iris"), *ranks),
        "iris.geoparquet": outside(mapped, *ranks),
        "accords.parquet": outside(agreed, "rho", "bas", "haut"),
    }
    for file in (build_dir(code) / "html" / "telechargements").glob("*_score_iris.csv"):
        found[file.name] = outside(pd.read_csv(file, dtype={"code_iris": str}), *ranks)
    for file in sorted(results.glob("*/facts.json")):
        found[file.parent.name] = [
            fact.id
            for fact in read_facts(file)
            if fact.interval is not None
            and not isinstance(fact.value, str)
            and not fact.interval[0] - SLACK <= fact.value <= fact.interval[1] + SLACK
        ]
    return {place: names for place, names in found.items() if names}


def test_nothing_of_the_fictitious_report_is_out_of_its_interval(fictitious_site):
    assert out_of_their_intervals(fictitious_site.code) == {}


def test_nothing_of_the_report_of_13_is_out_of_its_interval(site_of_13):
    assert out_of_their_intervals(site_of_13.code) == {}
