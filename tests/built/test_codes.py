"""Is the IRIS whose score is worked by hand named by its whole code, which one looks it up by?"""

from __future__ import annotations

import pandas as pd
import pytest

pytestmark = pytest.mark.site


def test_the_score_worked_by_hand_is_that_of_a_whole_code(site):
    results = site.path.parent / "results" / "score" / "iris.geoparquet"
    code = pd.read_parquet(results, columns=["rang"])["rang"].idxmin()
    text = site.page("score").read_text(encoding="utf-8")
    assert f"({code}), indicateur par indicateur" in text
