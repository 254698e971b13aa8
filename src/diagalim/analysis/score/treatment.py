"""Does a handful of extreme values decide the scale of an indicator, and what is done about it?

An indicator is outlying when its skewness *and* its kurtosis are large: either alone is common and
harmless. Extreme values are then brought in one by one until the rule is satisfied; when too many
would have to be, the whole column is transformed instead. Parameters are estimated once, on the
published values, and may then be applied to any draw of them (`Treatment.apply`).

Reference: OECD/JRC (2008), step 4; Becker et al. (2022), COINr, for the order of the steps.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import stats

LARGEST_SKEWNESS = 2.0
LARGEST_KURTOSIS = 3.5
"""Excess kurtosis; both limits are those of the Global Innovation Index and of COINr."""
LARGEST_WINSORISED = 5
"""Values brought in on each side at most; 6 in the ASEM reference."""
TREATMENTS = ("aucun", "winsorisation", "box_cox")
"""Rules that `fit_treatment` knows."""


@dataclass(frozen=True)
class Treatment:
    """What is done to one indicator, and why.

    Attributes
    ----------
    kind : {"aucun", "winsorisation", "log", "box_cox"}
        What the rule led to.
    low, high : float
        Values under and above are brought to these (infinite when none is).
    moved_low, moved_high : int
        How many values that concerned when the parameters were estimated.
    origin : float
        Subtracted before a transformation, so that no value is negative.
    turned : bool
        The column is mirrored by the transformation: its long tail is on the low side.
    power : float
        λ of Box and Cox.
    before, after : tuple of (float, float)
        Skewness and kurtosis.
    """

    kind: str
    low: float = -np.inf
    high: float = np.inf
    moved_low: int = 0
    moved_high: int = 0
    origin: float = 0.0
    turned: bool = False
    power: float = 0.0
    before: tuple[float, float] = (np.nan, np.nan)
    after: tuple[float, float] = (np.nan, np.nan)

    def apply(self, values: ArrayLike) -> np.ndarray:
        """Return the values treated; their order is kept, missing stays missing."""
        found = np.asarray(values, dtype=float)
        if self.kind == "winsorisation":
            return np.clip(found, self.low, self.high)
        if self.kind == "aucun":
            return found.copy()
        side = -1.0 if self.turned else 1.0
        # a draw may fall beyond the values that the parameters rest on
        away = np.maximum(side * (found - self.origin), 0.0)
        bent = np.log1p(away) if self.kind == "log" else stats.boxcox(1.0 + away, self.power)
        return side * bent


def moments(values: ArrayLike) -> tuple[float, float]:
    """Return the skewness and the excess kurtosis of a sample (type 2, as R's e1071 calls it).

    Missing where there are too few values (3 and 4); 0 when all are equal.
    """
    found = np.asarray(values, dtype=float)
    known = pd.Series(found[~np.isnan(found)])
    return float(known.skew()), float(known.kurt())


def outlying(values: ArrayLike) -> bool:
    """Return whether both skewness and kurtosis are over their limits."""
    skewness, kurtosis = moments(values)
    return abs(skewness) > LARGEST_SKEWNESS and kurtosis > LARGEST_KURTOSIS


def fit_treatment(
    values: ArrayLike, rule: str = "winsorisation", most: int = LARGEST_WINSORISED
) -> Treatment:
    """Find what one indicator needs under a rule.

    Parameters
    ----------
    values : array (units,)
        Raw values, missing as NaN.
    rule : str
        One of `TREATMENTS`: nothing; winsorise, then ``log(1 + x)`` of the raw values if the column
        is still outlying; or the power of Box and Cox (of ``1 + x``) that is the most likely.
    most : int
        Values brought in at most.

    Raises
    ------
    ValueError
        When the rule is unknown or a value is infinite.
    """
    if rule not in TREATMENTS:
        raise ValueError(f"treatment {rule!r} is not one of {', '.join(TREATMENTS)}")
    found = np.asarray(values, dtype=float)
    if np.isinf(found).any():
        raise ValueError("infinite value among those to treat")
    before = moments(found)
    if rule == "aucun" or not outlying(found):
        return Treatment("aucun", before=before, after=before)
    known = found[~np.isnan(found)]
    if rule == "winsorisation":
        brought_in = _winsorised(known, most, before)
        if brought_in is not None:
            return brought_in
    return _transformed(known, "log" if rule == "winsorisation" else "box_cox", before)


def _winsorised(known: np.ndarray, most: int, before: tuple[float, float]) -> Treatment | None:
    """Bring in the farthest values one by one, on the side of the tail; None when not enough."""
    ordered = np.sort(known)
    low = high = 0
    while outlying(ordered):
        if moments(ordered)[0] > 0:
            high += 1
        else:
            low += 1
        if max(low, high) > most or low + high >= len(known):
            return None
        bounds = np.sort(known)[[low, len(known) - 1 - high]]
        ordered = np.clip(np.sort(known), *bounds)
    return Treatment(
        "winsorisation",
        low=float(ordered[0]) if low else -np.inf,
        high=float(ordered[-1]) if high else np.inf,
        moved_low=low,
        moved_high=high,
        before=before,
        after=moments(ordered),
    )


def _transformed(known: np.ndarray, kind: str, before: tuple[float, float]) -> Treatment:
    turned = before[0] < 0
    origin = float(known.max()) if turned else min(0.0, float(known.min()))
    power = 0.0
    if kind == "box_cox":
        power = float(stats.boxcox_normmax(1.0 + np.abs(known - origin), method="mle"))
    bent = Treatment(kind, origin=origin, turned=turned, power=power, before=before)
    return replace(bent, after=moments(bent.apply(known)))


def treat(
    values: pd.DataFrame, rule: str = "winsorisation", most: int = LARGEST_WINSORISED
) -> tuple[pd.DataFrame, dict[str, Treatment]]:
    """Treat each indicator by itself.

    Parameters
    ----------
    values : DataFrame
        Raw indicators, units in rows; not changed.
    rule, most
        See `fit_treatment`.

    Returns
    -------
    treated : DataFrame
        Same index and columns.
    treatments : dict of str to Treatment
        What was done to each indicator; `treatment_log` makes a table of it.
    """
    fitted = {name: fit_treatment(values[name], rule, most) for name in values.columns}
    treated = {name: one.apply(values[name]) for name, one in fitted.items()}
    return pd.DataFrame(treated, index=values.index, columns=values.columns), fitted


def treatment_log(treatments: dict[str, Treatment]) -> pd.DataFrame:
    """Return one row an indicator: ``traitement``, values moved, bounds, moments before and after.

    Bounds are missing where nothing was brought in.
    """
    rows = {
        name: {
            "traitement": one.kind,
            "ramenees_bas": one.moved_low,
            "ramenees_haut": one.moved_high,
            "borne_basse": one.low if one.moved_low else np.nan,
            "borne_haute": one.high if one.moved_high else np.nan,
            "puissance": one.power if one.kind == "box_cox" else np.nan,
            "asymetrie": one.before[0],
            "aplatissement": one.before[1],
            "asymetrie_apres": one.after[0],
            "aplatissement_apres": one.after[1],
        }
        for name, one in treatments.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("indicateur")
