"""How certain is it that a place belongs to the top decile? Five words, one rule for each boundary.

The two outer words use the usual 95 %; a place at even odds is never given a side. A boundary goes
to the surer word: .95 is *assuré*, .05 *assuré hors*, .80 *probable*, .20 *probable hors*.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from diagalim.wording import french

SURE, LIKELY = 0.95, 0.80
"""Least probability of the words *assuré* and *probable* (METHODS, certainty)."""
TOLERANCE = 1e-9
"""Slack of a comparison with a boundary: 950 draws in 1,000 are 0.95."""

ASSURED = "assuré"
PROBABLE = "probable"
UNDECIDED = "indécis"
PROBABLY_OUT = "probable hors"
OUT = "assuré hors"
WORDS = (ASSURED, PROBABLE, UNDECIDED, PROBABLY_OUT, OUT)
PLURALS = dict(
    zip(WORDS, ("assurés", "probables", "indécis", "probables hors", "assurés hors"), strict=True)
)


def defined() -> str:
    """Define the five words, in French, by the share of draws in the highest decile."""
    bounds = (SURE, LIKELY, 1 - LIKELY, 1 - SURE)
    sure, likely, hardly, never = (f"{100 * share:.0f}" for share in bounds)
    shares = (
        f"{sure} % ou plus",
        f"de {likely} à {sure} %",
        f"de {hardly} à {likely} %",
        f"de {never} à {hardly} %",
        f"{never} % ou moins",
    )
    said = zip(WORDS, shares, strict=True)
    return french.spaced(" ; ".join(f"{word} : {share}" for word, share in said))


def certainty_word(probability: pd.Series) -> pd.Series:
    """Give each probability its word.

    Parameters
    ----------
    probability : Series
        Between 0 and 1; missing where not scored.

    Returns
    -------
    Series of str
        One of `WORDS`, same index; empty where missing.

    Raises
    ------
    ValueError
        When a probability is outside [0, 1].
    """
    known = probability.dropna()
    if ((known < -TOLERANCE) | (known > 1 + TOLERANCE)).any():
        raise ValueError(f"probability outside [0, 1] in {probability.name}")
    conditions = {
        ASSURED: probability >= SURE - TOLERANCE,
        PROBABLE: probability >= LIKELY - TOLERANCE,
        OUT: probability <= 1 - SURE + TOLERANCE,
        PROBABLY_OUT: probability <= 1 - LIKELY + TOLERANCE,
        UNDECIDED: probability.notna(),
    }
    words = np.select(list(conditions.values()), list(conditions), "")
    return pd.Series(words, index=probability.index, name="mot")


def count_words(words: pd.Series, among: pd.Series | None = None) -> pd.Series:
    """Count the places of each word, in the order of `WORDS`.

    Parameters
    ----------
    words : Series of str
        From `certainty_word`.
    among : Series of bool, optional
        Places to count: those of the top decile, for the sentence of the page.
    """
    counted = words if among is None else words[among]
    return counted.value_counts().reindex(WORDS, fill_value=0).rename("iris")
