"""Who answers, how far, and when? The mechanism of non-response of the fictitious survey.

Answering follows a logit on what the frame knows, as the study fears: small structures, those of
the villages and those that no network supplies answer less. The counts are those of the study,
exactly: the structures the most inclined answer until there are 252, and the 34 the most inclined
to give up do so, most of them on a late page.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from exemple.survey.questionnaire import PAGES

ANSWERS, COMPLETE = 252, 218
"""Answers, and complete ones, as in the study."""
COEFFICIENTS = {
    "taille_petite": -1.40, "taille_moyenne": -0.55, "zone_intermediaire": -0.15,
    "zone_rural": -1.30, "sans_reseau": -0.75,
}  # fmt: skip
"""Logit of answering; a large structure of the city, in a network, is the reference."""
GIVING_UP = {"taille_petite": 0.50, "sans_reseau": 0.30}
"""Logit of giving up once started."""
LEFT_AFTER = {2: 1, 3: 2, 4: 2, 5: 3, 6: 5, 7: 6, 8: 5, 9: 7}
"""Last page sent by those who gave up: how many after each."""
SUBMITTED_THIN = 3
"""Answers sent to the end with too few core items: submitted, and yet not complete."""
OPENED, CLOSED = pd.Timestamp("2025-03-03 08:00"), pd.Timestamp("2025-04-18 18:00")
WAVES = (0, 14, 31)
"""Days of the invitation and of the two reminders."""


def traits(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the 0/1 variables of the response model."""
    return pd.DataFrame(
        {
            "taille_petite": frame["taille"] == "petite",
            "taille_moyenne": frame["taille"] == "moyenne",
            "zone_intermediaire": frame["zone"] == "intermediaire",
            "zone_rural": frame["zone"] == "rural",
            "sans_reseau": frame["reseau"] == "aucun",
        }
    ).astype(float)


def respondents(frame: pd.DataFrame, rng: np.random.Generator) -> tuple[pd.DataFrame, float]:
    """Return who answers, how far and when, and the constant of the logit.

    Parameters
    ----------
    frame : DataFrame
        Eligible contacts.
    rng : numpy.random.Generator
        Generator of this step.

    Returns
    -------
    answers : DataFrame
        `ANSWERS` rows on the index of ``frame``: ``page`` (last page sent), ``submitted``,
        ``thin`` (submitted with few core items), ``start`` and ``end``.
    constant : float
        Constant for which a logit gives this number of answers.
    """
    known = traits(frame)
    inclination = known @ pd.Series(COEFFICIENTS)[known.columns]
    luck = pd.Series(rng.logistic(size=len(frame)), frame.index)
    order = (inclination + luck).sort_values(ascending=False, kind="stable")
    constant = -(order.iloc[ANSWERS - 1] + order.iloc[ANSWERS]) / 2
    start = _starts(inclination[order.index[:ANSWERS]], rng)
    out = pd.DataFrame({"start": start}, index=order.index[:ANSWERS])
    weary = known.loc[out.index, list(GIVING_UP)] @ pd.Series(GIVING_UP)
    weary = (weary + rng.logistic(size=len(out))).sort_values(ascending=False, kind="stable")
    partial = weary.index[: ANSWERS - COMPLETE]
    thin, gone = partial[:SUBMITTED_THIN], partial[SUBMITTED_THIN:]
    out["page"] = len(PAGES)
    out.loc[gone, "page"] = rng.permutation(
        [page for page, count in LEFT_AFTER.items() for _ in range(count)]
    )
    out["submitted"], out["thin"] = ~out.index.isin(gone), out.index.isin(thin)
    minutes = np.exp(rng.normal(np.log(19), 0.45, len(out))) * out["page"] / len(PAGES)
    out["end"] = (out["start"] + pd.to_timedelta(minutes, "min")).dt.floor("s")
    return out.sort_values("start"), float(constant)


def _starts(inclination: pd.Series, rng: np.random.Generator) -> np.ndarray:
    """Draw when each answer starts: the less inclined wait for a reminder."""
    late = -inclination + rng.normal(0, 0.9, len(inclination))
    wave = np.digitize(late, late.quantile([0.48, 0.78]))
    days = np.array(WAVES)[wave] + np.minimum(rng.exponential(3.2, len(wave)).astype(int), 13)
    moment = OPENED.normalize() + pd.to_timedelta(days, "D")
    weekend = moment.day_of_week >= 5
    moment = moment + pd.to_timedelta(np.where(weekend, 2, 0), "D")
    return (moment + pd.to_timedelta(rng.integers(8 * 3600, 18 * 3600, len(wave)), "s")).to_numpy()
