"""Do the indicators say different things, and do those of a dimension say the same one?

What is looked at before any score: how each column is distributed, which pairs nearly repeat or
contradict each other, whether the indicators of a dimension hang together (Cronbach's alpha), and
how much of the whole one component would carry.

Reference: OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 4.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from diagalim.analysis.score.treatment import LARGEST_KURTOSIS, LARGEST_SKEWNESS, moments

LARGEST_CORRELATION = 0.92
"""Above, inside a dimension, two indicators say the same thing twice (METHODS 3.2)."""
REDUNDANT, CONTRARY = "redondants", "contraires"


@dataclass(frozen=True)
class Components:
    """Principal components of the correlations between indicators.

    Attributes
    ----------
    eigenvalues : array (k,)
        Largest first; they sum to k.
    shares : array (k,)
        Percent of the variance.
    coefficients : array (k, k)
        Unit vectors in columns, each with a positive sum: the sign means nothing.
    loadings : array (k, k)
        Correlation of each indicator (rows) with each component.
    units : int
        Complete units that they rest on.
    """

    eigenvalues: np.ndarray
    shares: np.ndarray
    coefficients: np.ndarray
    loadings: np.ndarray
    units: int


def principal_components(values: pd.DataFrame) -> Components:
    """Return the principal components of the standardised indicators, on complete units.

    Parameters
    ----------
    values : DataFrame
        Oriented indicators, units in rows.

    Raises
    ------
    ValueError
        When fewer than three units are complete, or an indicator does not vary on them.
    """
    complete = values.dropna()
    if len(complete) < 3:
        raise ValueError(f"only {len(complete)} units are complete: no principal component")
    still = [name for name in complete.columns if complete[name].nunique() < 2]
    if still:
        raise ValueError(f"no principal component with indicators that do not vary: {still}")
    correlations = np.atleast_2d(np.corrcoef(complete.to_numpy(float), rowvar=False))
    found, vectors = np.linalg.eigh(correlations)
    eigenvalues, vectors = found[::-1].clip(min=0.0), vectors[:, ::-1]
    vectors = vectors * np.where(vectors.sum(axis=0) < 0, -1.0, 1.0)
    return Components(
        eigenvalues=eigenvalues,
        shares=100.0 * eigenvalues / eigenvalues.sum(),
        coefficients=vectors,
        loadings=vectors * np.sqrt(eigenvalues),
        units=len(complete),
    )


def cronbach_alpha(values: pd.DataFrame, *, standardised: bool = False) -> float:
    """Return Cronbach's alpha of indicators that are meant to say one thing.

    ``k / (k − 1) · (1 − Σ variances / variance of the sum)``, from pairwise complete covariances,
    or correlations when standardised. Missing with fewer than two indicators.

    Parameters
    ----------
    values : DataFrame
        Oriented indicators, units in rows.
    standardised : bool
        Give every indicator the same variance first: what indicators in different units need.
    """
    moving = values.loc[:, values.nunique() > 1]
    count = moving.shape[1]
    if count < 2:
        return float("nan")
    table = (moving.corr() if standardised else moving.cov()).to_numpy()
    whole = table.sum()
    return float(count / (count - 1) * (1 - np.trace(table) / whole)) if whole else float("nan")


def items(values: pd.DataFrame, *, standardised: bool = True) -> pd.DataFrame:
    """Say of each indicator how it hangs with the others.

    Returns
    -------
    DataFrame
        Indexed by indicator: ``alpha_sans`` (alpha of the others), ``correlation_reste`` (with the
        sum of the others; missing when it is alone).
    """
    complete = values.dropna()
    scores = (complete - complete.mean()) / complete.std() if standardised else complete
    rows = {}
    for name in values.columns:
        rest = values.columns.drop(name)
        rows[name] = {
            "alpha_sans": cronbach_alpha(values[rest], standardised=standardised),
            "correlation_reste": (
                scores[name].corr(scores[rest].sum(axis=1)) if len(rest) else float("nan")
            ),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("indicateur")


def screening(values: pd.DataFrame) -> pd.DataFrame:
    """Describe the distribution of each indicator.

    Parameters
    ----------
    values : DataFrame
        Raw indicators, units in rows.

    Returns
    -------
    DataFrame
        Indexed by indicator: ``connus``, ``distincts``, ``part_zeros`` (% of the known values),
        ``asymetrie``, ``aplatissement`` (type 2), ``extreme`` (both over their limits) and
        ``constant``.
    """
    rows = {}
    for name in values.columns:
        known = values[name].dropna()
        skewness, kurtosis = moments(known)
        rows[name] = {
            "connus": len(known),
            "distincts": known.nunique(),
            "part_zeros": 100.0 * (known == 0).mean(),
            "asymetrie": skewness,
            "aplatissement": kurtosis,
            "extreme": abs(skewness) > LARGEST_SKEWNESS and kurtosis > LARGEST_KURTOSIS,
            "constant": known.nunique() < 2,
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("indicateur")


def flagged_pairs(
    oriented: pd.DataFrame,
    dimension_of: dict[str, str],
    largest: float = LARGEST_CORRELATION,
) -> pd.DataFrame:
    """Return the pairs of a dimension that nearly repeat each other, and all that contradict.

    Parameters
    ----------
    oriented : DataFrame
        Indicators turned so that higher is riskier, units in rows: a negative correlation then
        means that one raises the risk where the other lowers it.
    dimension_of : dict of str to str
        Dimension of each column.
    largest : float
        Correlation of ranks above which a pair of one dimension is redundant.

    Returns
    -------
    DataFrame
        ``indicateur``, ``autre``, ``dimension`` (empty across dimensions), ``rho`` (Spearman, on
        units where both are known), ``motif`` (redondants, contraires); the largest ``rho`` first.
    """
    rho = oriented.corr(method="spearman").to_numpy()
    names = list(oriented.columns)
    rows = []
    for first, second in zip(*np.triu_indices(len(names), 1), strict=True):
        here, other = names[first], names[second]
        same = dimension_of[here] == dimension_of[other]
        value = rho[first, second]
        if value < 0 or (same and value > largest):
            motive = CONTRARY if value < 0 else REDUNDANT
            rows.append((here, other, dimension_of[here] if same else "", value, motive))
    table = pd.DataFrame(rows, columns=["indicateur", "autre", "dimension", "rho", "motif"])
    return table.sort_values("rho", ascending=False, ignore_index=True)


def coherence(oriented: pd.DataFrame, dimension_of: dict[str, str]) -> pd.DataFrame:
    """Say of each dimension how far its indicators hang together.

    Parameters
    ----------
    oriented, dimension_of
        See `flagged_pairs`.

    Returns
    -------
    DataFrame
        Indexed by dimension: ``indicateurs`` (how many), ``alpha`` (standardised; missing with
        one), ``part_premiere`` (% of the variance in its first component, on complete units;
        missing where there are too few).
    """
    rows = {}
    for dimension in dict.fromkeys(dimension_of.values()):
        names = [n for n in oriented.columns if dimension_of[n] == dimension]
        here = oriented[names]
        complete = here.dropna()
        enough = len(names) > 1 and len(complete) > 2 and (complete.nunique() > 1).all()
        rows[dimension] = {
            "indicateurs": len(names),
            "alpha": cronbach_alpha(here, standardised=True),
            "part_premiere": principal_components(here).shares[0] if enough else float("nan"),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("dimension")
