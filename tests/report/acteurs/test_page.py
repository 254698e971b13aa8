"""The practices met elsewhere are read aloud by what the document leaves out."""

from __future__ import annotations

import pandas as pd

from diagalim.report.acteurs.page import practices_reading


def test_the_foot_counts_the_practices_of_which_something_is_not_said():
    practices = pd.DataFrame({"inconnu": ["", "moyens"]}, index=["Paris", "Bordeaux"])
    said = practices_reading(practices)
    assert said == "pour 1\u00a0démarche sur 2, le document tait quelque chose ; Bordeaux : moyens"
    assert practices_reading(practices.iloc[:1]) == (
        "pour 0\u00a0démarche sur 1, le document tait quelque chose"
    )
