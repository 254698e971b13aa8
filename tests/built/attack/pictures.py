"""What can be measured on a picture: the lengths of its bars, the heights of its points?

A bar of 600 pixels gives a share to a tenth of a point, a curve of 300 an index to a tenth: more
than the tables that round them. No letter is read: bars are told apart by what the tables show of
them, and the scale of a curve by the marks of its axis and its line at 100.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

from attack.cells import Said, is_hidden, said

GAP = 6
"""Pixels of edge, or of a line drawn across, that do not part a bar."""
LEAST_BAR, LEAST_HEIGHT, LEAST_PARTS = 100, 5, 2
PIXELS = 1.0
"""How far a boundary may be from where it is seen: half a pixel at each of its two ends."""
POINT_PIXELS = 1.5
"""How far a point may be from where it is seen: its middle, its mark and the line at 100."""
STEPS = (1, 2, 2.5, 5, 10, 20, 25, 50)
"""What one mark of an axis is from the next."""
COLOURED = 60
"""Least difference between the channels of a colour that is no grey."""


class Part(NamedTuple):
    """A coloured part of a bar, from one column to another."""

    colour: int
    start: int
    end: int


def opened(path: Path) -> np.ndarray:
    """Return the pixels of a picture as one whole number each, on white."""
    image = Image.open(path).convert("RGBA")
    image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    red, green, blue, _ = np.moveaxis(np.asarray(image, dtype=np.int64), 2, 0)
    return (red << 16) | (green << 8) | blue


def runs_in(line: np.ndarray) -> list[Part]:
    """Return the runs of one colour of a line of pixels, white and thin ones left out."""
    edges = np.flatnonzero(np.diff(line)) + 1
    starts, ends = np.concatenate([[0], edges]), np.concatenate([edges, [len(line)]])
    kept = (ends - starts >= 2) & (line[starts] != 0xFFFFFF)
    return [
        Part(int(line[s]), int(s), int(e)) for s, e in zip(starts[kept], ends[kept], strict=True)
    ]


def bars_of(line: np.ndarray) -> list[tuple[Part, ...]]:
    """Return the bars that a line of pixels crosses: coloured parts that follow one another."""
    bars: list[list[Part]] = []
    for run in runs_in(line):
        if bars and run.start - bars[-1][-1].end <= GAP:
            join(bars[-1], run)
        else:
            bars.append([run])
    return [
        tuple(bar)
        for bar in bars
        if bar[-1].end - bar[0].start >= LEAST_BAR and len(bar) >= LEAST_PARTS
    ]


def join(bar: list[Part], run: Part) -> None:
    """Add a run to a bar; a thin line drawn across a part does not cut it in two."""
    if len(bar) > 1 and bar[-2].colour == run.colour and bar[-1].end - bar[-1].start <= GAP:
        bar.pop()
    if bar[-1].colour == run.colour:
        run = Part(run.colour, bar.pop().start, run.end)
    bar.append(run)


def bars_drawn(path: Path) -> list[list[Said]]:
    """Return the shares of each bar of a picture, in percent, with how far each may be wrong."""
    pixels = opened(path)
    seen = ((bar, y) for y, line in enumerate(pixels) for bar in bars_of(line))
    heights: dict[tuple[Part, ...], int] = {}
    for bar, _ in seen:
        heights[bar] = heights.get(bar, 0) + 1
    return [shares_of(bar) for bar, height in heights.items() if height >= LEAST_HEIGHT]


def shares_of(bar: tuple[Part, ...]) -> list[Said]:
    """Return the shares of the parts of a bar; a boundary is halfway between two colours."""
    pairs = list(zip(bar, bar[1:], strict=False))
    middles = [(one.end + other.start) / 2 for one, other in pairs]
    edge = min(other.start - one.end for one, other in pairs) / 2  # white, around each part
    ends = [bar[0].start - edge, *middles, bar[-1].end + edge]
    length = ends[-1] - ends[0]
    widths = [b - a for a, b in zip(ends, ends[1:], strict=False)]
    return [Said(100 * width / length, 100 * PIXELS / length) for width in widths]


def shares_drawn(
    path: Path, tables: dict[str, list[tuple[str, str]]]
) -> dict[str, list[tuple[str, Said]]]:
    """Return, for each table with hidden shares that a bar shows, what is read of each answer.

    Parameters
    ----------
    path : Path
        The picture.
    tables : dict of str to list of (answer, share as text)
        By name: the answers of the base, in order.
    """
    found: dict[str, list[tuple[str, Said]]] = {}
    for bar in bars_drawn(path):
        fits = [
            name
            for name, rows in tables.items()
            if len(rows) == len(bar)
            and sum(said(text) is not None for _, text in rows) >= 2
            and all(fit(said(text), read) for (_, text), read in zip(rows, bar, strict=True))
        ]
        if len(fits) == 1 and any(is_hidden(text) for _, text in tables[fits[0]]):
            answers = [answer for answer, _ in tables[fits[0]]]
            found[fits[0]] = list(zip(answers, bar, strict=True))
    return found


def fit(written: Said | None, read: Said) -> bool:
    """Tell whether a length may be that of a written share."""
    return written is None or abs(written.value - read.value) <= written.half + read.half


def is_coloured(colour: int) -> bool:
    """Tell whether a colour is no grey."""
    channels = (colour >> 16, (colour >> 8) & 255, colour & 255)
    return max(channels) - min(channels) > COLOURED


def centres(flags: np.ndarray) -> list[float]:
    """Return the middle of each run of true values."""
    places = np.flatnonzero(flags)
    parts = np.split(places, np.flatnonzero(np.diff(places) > 1) + 1) if len(places) else []
    return [float(part.mean()) for part in parts]


class Axes(NamedTuple):
    """Where the axes of a curve stand: its periods, its line at 100, a step of its marks."""

    periods: list[float]
    hundred: float
    step: float
    top: int
    bottom: int


def axes_of(pixels: np.ndarray) -> Axes | None:
    """Find the axes of a curve: two long level lines (100 and the foot), and marks outside."""
    ink = np.where(greys(pixels), 255 - (pixels & 255), 0)
    lines, spines = long_lines(ink), long_lines(ink.T)
    if len(lines) < 2 or not spines:
        return None
    hundred, foot, spine = lines[0], lines[-1], round(spines[0])
    blank = np.flatnonzero(ink[: int(foot), spine] == 0)
    top = int(blank[-1]) + 1 if len(blank) else 0
    outside = [centres(pixels[top : int(foot) + 4, spine - far] != 0xFFFFFF) for far in (3, 4, 5)]
    under = [centres(pixels[int(foot) + far, spine:] != 0xFFFFFF) for far in (3, 4, 5)]
    marks = next((found for found in outside if len(found) > 2 and np.ptp(np.diff(found)) <= 3), [])
    periods = next((found for found in under if len(found) > 1 and np.ptp(np.diff(found)) <= 3), [])
    if not marks or not periods:
        return None
    step = float(np.mean(np.diff(marks)))
    return Axes([spine + x for x in periods], hundred, step, top, int(foot))


def greys(pixels: np.ndarray) -> np.ndarray:
    """Return where a picture is grey, neither white nor coloured."""
    channels = np.stack([pixels >> 16, (pixels >> 8) & 255, pixels & 255])
    return (np.ptp(channels, axis=0) <= COLOURED) & (pixels != 0xFFFFFF)


def long_lines(ink: np.ndarray) -> list[float]:
    """Return where the longest lines of a drawing stand, by their ink: it may fall on two rows."""
    lengths = (ink > 0).sum(axis=1)
    rows = np.flatnonzero(lengths >= max(LEAST_BAR, 0.8 * lengths.max()))
    groups = np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1) if len(rows) else []
    return [float(np.average(group, weights=ink[group].sum(axis=1))) for group in groups]


def curves_in(pixels: np.ndarray, axes: Axes) -> list[dict[int, float]]:
    """Return, for each colour, how many steps over 100 its point stands at each period."""
    inside = pixels[axes.top : axes.bottom]
    columns = [round(x) for x in axes.periods]
    colours = {int(c) for x in columns for c in np.unique(inside[:, x]) if is_coloured(int(c))}
    curves = []
    for colour in colours:
        points = {}
        for place, x in enumerate(columns):
            rows = np.flatnonzero(inside[:, x] == colour)
            if len(rows) >= LEAST_HEIGHT and len(rows) == np.ptp(rows) + 1:
                middle = axes.top + (rows[0] + rows[-1]) / 2
                points[place] = (axes.hundred - middle) / axes.step
        if points:
            curves.append(points)
    return curves


def indices_drawn(
    path: Path, rows: list[dict[str, str]]
) -> dict[tuple[str, str], tuple[float, float]]:
    """Return between what the index of each network lies, as its curve shows it.

    Nothing where every point stands on a rounded index: the picture says no more than the table.

    Parameters
    ----------
    path : Path
        The picture.
    rows : list of dict
        The lines of the table of series, by heading.
    """
    pixels = opened(path)
    axes = axes_of(pixels)
    if axes is None:
        return {}
    periods = sorted({row["Période"] for row in rows})
    written: dict[str, dict[int, Said | None]] = {}
    for row in rows:
        if row["Indice"] not in ("–", "-"):
            own = written.setdefault(row["Réseau"], {})
            own[periods.index(row["Période"])] = said(row["Indice"])
    if len(axes.periods) != len(periods):
        return {}
    return best_reading(curves_in(pixels, axes), written, axes, periods)


def best_reading(
    curves: list[dict[int, float]],
    written: dict[str, dict[int, Said | None]],
    axes: Axes,
    periods: list[str],
) -> dict[tuple[str, str], tuple[float, float]]:
    """Return the readings at the step that gives every curve a network; nothing when rounded."""
    for step in STEPS:
        doubt = POINT_PIXELS * step / axes.step
        found: dict[tuple[str, str], float] = {}
        for curve in curves:
            read = {place: 100 + step * height for place, height in curve.items()}
            owners = [name for name, own in written.items() if owns(own, read, doubt)]
            if len(owners) == 1:
                found |= {(owners[0], periods[place]): value for place, value in read.items()}
        moved = [value for value in found.values() if abs(value - 100) > 2 * doubt]
        if moved:
            if all(abs(value - round(value)) <= doubt for value in moved):
                return {}
            return {
                key: (value - doubt, value + doubt)
                for key, value in found.items()
                if value in moved
            }
    return {}


def owns(own: dict[int, Said | None], read: dict[int, float], doubt: float) -> bool:
    """Tell whether a curve may be that of a network: its points stand where its table says."""
    shown = [(own[p], value) for p, value in read.items() if own.get(p)]
    away = [value for index, value in shown if index.value != 100]
    return (
        bool(away)
        and set(read) <= set(own)
        and all(abs(i.value - value) <= i.half + doubt for i, value in shown)
    )
