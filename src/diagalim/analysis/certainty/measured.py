"""What the data do not know of each value, and one draw of what they might have been.

A published value may be rounded, estimated from a sample, withheld between two bounds, or estimated
by a model. Each has its own draw; a value that has none of them stays as it is. Draws are made
independently from one indicator to the next: columns of one file are not independent, so the
intervals leave that out (said on the page).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri

WITHHELD_BELOW = 5
"""The family benefit office (CAF) withholds counts under 5: 0 to 4 are equally likely."""


class Completed(Protocol):
    """The same table completed m times: indicators, units, values (m, n, k)."""

    names: Sequence[str]
    codes: pd.Index
    draws: np.ndarray


@dataclass(frozen=True)
class Measured:
    """Values of n units and k indicators with what is not known of them.

    Every array has one row a unit and one column an indicator; zero where a source does not apply.

    Attributes
    ----------
    values : ndarray of float, shape (n, k)
        NaN where nothing is known, not even an estimate.
    half_rounding : ndarray of float, shape (n, k)
        Half-width of the interval of a rounded value, in the unit of the indicator.
    sampling_error : ndarray of float, shape (n, k)
        Standard error of a value that comes from a sample.
    estimation_error : ndarray of float, shape (n, k)
        Standard error of an estimated value for which there are no imputations.
    withheld_unit : ndarray of float, shape (n, k)
        What one person more adds to a value whose count is withheld below 5 (1000 / inhabitants
        for a rate in ‰). The value itself must then be given: the middle, two persons.
    imputations : ndarray of float, shape (m, n, k), optional
        m complete tables drawn by the estimation; cells equal to ``values`` in all m are observed.
    bounds : ndarray of float, shape (k, 2)
        Least and largest possible value of each indicator, for draws around it.
    """

    values: np.ndarray
    half_rounding: np.ndarray
    sampling_error: np.ndarray
    estimation_error: np.ndarray
    withheld_unit: np.ndarray
    bounds: np.ndarray
    imputations: np.ndarray | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Refuse arrays that do not fit together.

        Raises
        ------
        ValueError
            When shapes differ, a spread is negative or missing, a value is infinite, or a count is
            withheld where no value is given.
        """
        shape = self.values.shape
        for name in ("half_rounding", "sampling_error", "estimation_error", "withheld_unit"):
            spread = getattr(self, name)
            if spread.shape != shape:
                raise ValueError(f"{name} is {spread.shape}, the values are {shape}")
            if not (np.isfinite(spread) & (spread >= 0)).all():
                raise ValueError(f"{name} has a negative, missing or infinite value")
        if np.isinf(self.values).any():
            raise ValueError("infinite value")
        if np.isnan(self.values[self.withheld_unit > 0]).any():
            raise ValueError("a withheld count needs a value: its middle")
        if self.bounds.shape != (shape[1], 2):
            raise ValueError(f"bounds are {self.bounds.shape}, there are {shape[1]} indicators")
        if self.imputations is not None:
            if self.imputations.shape[1:] != shape:
                raise ValueError(f"imputations are {self.imputations.shape}, values {shape}")
            if (np.isnan(self.imputations) != np.isnan(self.values)).any():
                raise ValueError("imputations and values are not known at the same places")

    @classmethod
    def exact(cls, values: np.ndarray, **spreads: np.ndarray) -> Measured:
        """Return values known exactly, but for the spreads given; others are zero.

        Parameters
        ----------
        values : ndarray of float, shape (n, k)
        spreads : ndarray
            Any attribute of the class.
        """
        values = np.asarray(values, dtype=np.float64)
        zero = np.zeros(values.shape)
        unbounded = np.tile([-np.inf, np.inf], (values.shape[1], 1))
        names = ("half_rounding", "sampling_error", "estimation_error", "withheld_unit")
        return cls(**{"values": values, "bounds": unbounded} | dict.fromkeys(names, zero) | spreads)

    @classmethod
    def of_table(
        cls,
        table: pd.DataFrame,
        units: pd.Index,
        indicators: Sequence[str],
        *,
        bounds: Mapping[str, tuple[float, float]],
        imputations: Completed | None = None,
    ) -> Measured:
        """Return the values of the long table of `diagalim.analysis.values.recipes`.

        Parameters
        ----------
        table : DataFrame
            ``code_iris``, ``indicateur``, ``valeur``; ``demi_arrondi``, ``erreur_sondage`` and
            ``ecart`` where the columns are there, missing or zero where they do not apply.
        units : Index
            Rows to keep, in this order.
        indicators : sequence of str
            Columns to keep, in this order.
        bounds : mapping of str to (float, float)
            Possible values of an indicator; without an entry it has no bounds.
        imputations : Completed, optional
            Units and indicators in any order; ``ecart`` is then left out.

        Raises
        ------
        ValueError
            When the imputations lack a unit or an indicator.
        """

        def wide(column: str, missing: float) -> np.ndarray:
            if column not in table:
                return np.full((len(units), len(indicators)), missing)
            found = table.pivot(index="code_iris", columns="indicateur", values=column)
            return found.reindex(index=units, columns=indicators).fillna(missing).to_numpy(float)

        limits = [bounds.get(name, (-np.inf, np.inf)) for name in indicators]
        spreads = {
            "half_rounding": wide("demi_arrondi", 0.0),
            "sampling_error": wide("erreur_sondage", 0.0),
            "bounds": np.asarray(limits, dtype=np.float64),
        }
        if imputations is not None:
            spreads["imputations"] = _reordered(imputations, units, indicators)
        if imputations is None:
            spreads["estimation_error"] = wide("ecart", 0.0)
        return cls.exact(wide("valeur", np.nan), **spreads)

    @property
    def shape(self) -> tuple[int, int]:
        """Numbers of units and of indicators."""
        return self.values.shape


def _reordered(tables: Completed, units: pd.Index, indicators: Sequence[str]) -> np.ndarray:
    rows = pd.Index(tables.codes).get_indexer(units)
    columns = pd.Index(tables.names).get_indexer(list(indicators))
    if (rows < 0).any() or (columns < 0).any():
        raise ValueError("imputations without some of the units or indicators")
    return tables.draws[:, rows][:, :, columns]


@dataclass(frozen=True)
class Spreads:
    """A `Measured` laid out for draws: only the columns that a source of uncertainty moves.

    Attributes
    ----------
    columns : ndarray of int, shape (c,)
        Indicators that change from one draw to the next.
    values : ndarray of float64, shape (c, n)
        Their values.
    error, half : ndarray of float32 or None, shape (c, n)
        Standard errors and half-widths; None when all are zero.
    bounds : ndarray, shape (c, 2)
    withheld : tuple of ndarray or None
        Places in the flat ``values`` and what one person adds.
    imputed : tuple of ndarray or None
        Places in the flat ``values`` and their m values, shape (m, places).
    """

    columns: np.ndarray
    values: np.ndarray
    error: np.ndarray | None
    half: np.ndarray | None
    bounds: np.ndarray
    withheld: tuple[np.ndarray, np.ndarray] | None
    imputed: tuple[np.ndarray, np.ndarray] | None

    @classmethod
    def of(
        cls, measured: Measured, *, rounding: bool, sampling: bool, withheld: bool, estimation: bool
    ) -> Spreads:
        """Keep the sources that are on.

        Parameters
        ----------
        measured : Measured
        rounding, sampling, withheld, estimation : bool
            Whether each source moves the values.
        """
        variance = sampling * measured.sampling_error**2 + (
            estimation * measured.estimation_error**2
        )
        half = rounding * measured.half_rounding
        unit = withheld * measured.withheld_unit
        changed = np.zeros(measured.shape, dtype=bool)
        if estimation and measured.imputations is not None:
            changed = (measured.imputations != measured.values).any(axis=0)
            changed &= ~np.isnan(measured.values)
        moved = (variance > 0) | (half > 0) | (unit > 0) | changed
        columns = np.flatnonzero((moved & ~np.isnan(measured.values)).any(axis=0))

        def laid_out(array: np.ndarray) -> np.ndarray:
            return np.ascontiguousarray(array[:, columns].T)

        places = np.flatnonzero(laid_out(changed))
        persons = np.flatnonzero(laid_out(unit))
        drawn = None
        if len(places):
            flat = measured.imputations[:, :, columns].transpose(0, 2, 1)
            drawn = (places, flat.reshape(len(flat), -1)[:, places].astype(np.float64))
        return cls(
            columns=columns,
            values=laid_out(measured.values),
            error=laid_out(np.sqrt(variance)).astype(np.float32) if variance.any() else None,
            half=laid_out(half).astype(np.float32) if half.any() else None,
            bounds=measured.bounds[columns],
            withheld=(persons, laid_out(unit).ravel()[persons]) if len(persons) else None,
            imputed=drawn,
        )

    def draw(self, count: int, rng: np.random.Generator) -> np.ndarray:
        """Return what the values might have been.

        Parameters
        ----------
        count : int
            Number of draws.
        rng : Generator

        Returns
        -------
        ndarray of float64, shape (count, c, n)
        """
        columns, units = self.values.shape
        drawn = np.empty((count, columns, units))
        noise = np.empty((count, units), dtype=np.float32)
        for c in range(columns):
            drawn[:, c] = self.values[c]
            if self.error is not None and self.error[c].any():
                rng.standard_normal(dtype=np.float32, out=noise)
                noise *= self.error[c]
                drawn[:, c] += noise
                self._draw_again_inside(drawn[:, c], c, rng)
            if self.half is not None and self.half[c].any():
                rng.random(dtype=np.float32, out=noise)
                noise -= np.float32(0.5)
                noise *= 2 * self.half[c]
                drawn[:, c] += noise
        flat = drawn.reshape(count, -1)
        if self.imputed is not None:
            places, tables = self.imputed
            flat[:, places] = tables[rng.integers(len(tables), size=count)]
        if self.withheld is not None:
            places, unit = self.withheld
            flat[:, places] = unit * rng.integers(WITHHELD_BELOW, size=(count, len(places)))
        return drawn

    def _draw_again_inside(self, drawn: np.ndarray, c: int, rng: np.random.Generator) -> None:
        """Redraw what fell out of the bounds of column c from the normal law truncated to them.

        A normal value kept when inside, and drawn from the truncated law when not, follows the
        truncated law.
        """
        low, high = self.bounds[c]
        outside = ((drawn < low) | (drawn > high)) & (self.error[c] > 0)
        if not outside.any():
            return
        unit = np.nonzero(outside)[1]
        mean, error = self.values[c, unit], self.error[c, unit].astype(np.float64)
        below, above = ndtr((low - mean) / error), ndtr((high - mean) / error)
        again = mean + error * ndtri(below + (above - below) * rng.random(len(unit)))
        drawn[outside] = np.clip(again, low, high)
