"""How does a figure leave its chapter: as an image fine enough to print, with its four-part foot.

The page shows a figure at the size of a screen. Whoever takes it away puts it in a report or a
slide, where it must stay sharp and must not part from its foot.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

DOTS_PER_INCH = 200
"""Sharp in print at the width of a page, and some hundred kilobytes a map."""


@dataclass(frozen=True)
class KeptFigure:
    """A figure and what stands under it.

    Parameters
    ----------
    png : bytes
        The image, without its foot.
    foot : dict of str to str
        Lecture, Champ, Source, Certitude, as plain text.
    """

    png: bytes
    foot: dict[str, str]


def drawn(figure: Figure) -> bytes:
    """Return a figure as PNG, the same bytes for the same figure."""
    held = io.BytesIO()
    options = {"format": "png", "dpi": DOTS_PER_INCH, "bbox_inches": "tight", "pad_inches": 0.1}
    # a tight save gives a figure without layout the one of the style, and the page would show it
    with mpl.rc_context({"figure.constrained_layout.use": False}):
        # the version of matplotlib says nothing of the figure
        figure.savefig(held, metadata={"Software": None}, **options)
    return held.getvalue()


def read_figures(folder: Path) -> dict[str, KeptFigure]:
    """Read the figures that a chapter left, by name; none when it left none."""
    return {
        image.stem: KeptFigure(
            image.read_bytes(), json.loads(image.with_suffix(".json").read_text(encoding="utf-8"))
        )
        for image in sorted(folder.glob("*.png"))
    }
