"""A linear regression whose draws carry all that it does not know.

Repeating one predicted value would make an estimate look as sure as an observation. A *proper* draw
takes the variance, then the coefficients, from what the data leave open, then adds a residual:
σ² = RSS / χ², β = β̂ + σ (X'X)^(-1/2) z, y = xβ + σ e.

Reference: Rubin (1987), Multiple Imputation for Nonresponse in Surveys, example 5.1; Van Buuren
(2018), Flexible Imputation of Missing Data, algorithm 3.1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_RANK = 1e-9
"""Singular values under this share of the largest are taken for zero (columns that repeat)."""


@dataclass(frozen=True)
class ProperRegression:
    """Ordinary least squares, kept in the form that draws need.

    Attributes
    ----------
    coefficients : ndarray of shape (p,)
        β̂, the intercept first.
    root : ndarray of shape (p, r)
        Square root of (X'X)⁻¹ on the r directions that the data determine.
    rss : float
        Residual sum of squares.
    freedom : int
        Rows less r.
    """

    coefficients: np.ndarray
    root: np.ndarray
    rss: float
    freedom: int

    @classmethod
    def fit(cls, x: np.ndarray, y: np.ndarray) -> ProperRegression:
        """Fit ``y`` on an intercept and the columns of ``x``.

        Parameters
        ----------
        x : ndarray of shape (n, p − 1)
        y : ndarray of shape (n,)

        Raises
        ------
        ValueError
            When the rows are too few to leave any residual.
        """
        # one unit for all columns, else the rank of euros beside shares is decided by their units
        design = _with_intercept(x)
        unit = np.sqrt((design**2).mean(axis=0))
        unit[unit == 0] = 1.0
        left, singular, right = np.linalg.svd(design / unit, full_matrices=False)
        kept = singular > _RANK * singular[0]
        freedom = len(y) - int(kept.sum())
        if freedom < 1:
            raise ValueError(f"{len(y)} rows for {int(kept.sum())} coefficients")
        root = (right[kept].T / singular[kept]) / unit[:, None]
        coefficients = root @ (left[:, kept].T @ y)
        residual = y - design @ coefficients
        return cls(coefficients, root, float(residual @ residual), freedom)

    @property
    def residual_sd(self) -> float:
        """Standard deviation of the residuals."""
        return float(np.sqrt(self.rss / self.freedom))

    def draws(self, x: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Return a prediction, then proper draws.

        Parameters
        ----------
        x : ndarray of shape (1 + m, rows, p − 1)
            Explaining values; they may themselves differ between draws.
        rng : Generator

        Returns
        -------
        ndarray of shape (1 + m, rows)
            Row 0 is the prediction x β̂, without noise; the others are draws.
        """
        count, rows = x.shape[0] - 1, x.shape[1]
        sigma = np.sqrt(self.rss / rng.chisquare(self.freedom, count))
        shift = rng.standard_normal((count, self.root.shape[1])) @ self.root.T
        coefficients = np.vstack([self.coefficients, self.coefficients + sigma[:, None] * shift])
        noise = np.vstack([np.zeros(rows), sigma[:, None] * rng.standard_normal((count, rows))])
        return np.einsum("mrp,mp->mr", _with_intercept(x), coefficients) + noise


def _with_intercept(x: np.ndarray) -> np.ndarray:
    return np.concatenate([np.ones((*x.shape[:-1], 1)), x], axis=-1)
