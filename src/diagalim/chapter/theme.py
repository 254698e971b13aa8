"""One look for every figure: sober, readable on a phone, safe for colour-blind readers."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
from cmcrameri import cm
from matplotlib.colors import to_hex

INK, MUTED, LINE = "#1f2937", "#4b5563", "#9ca3af"
ACCENT, SECOND = "#0b4f6c", "#b5521b"
WITHHELD, EMPTY = "#d7dbe0", "#eef0f2"

CLASS_LABELS = (
    "1 · Plus faible",
    "2 · Plutôt faible",
    "3 · Intermédiaire",
    "4 · Plutôt élevé",
    "5 · Plus élevé",
)
"""Classes of relative risk, on every map and table."""

DIVERGING = cm.vik
"""Blue under zero, brown above, near white in the middle: told apart by any colour vision."""

_STYLE = {
    "figure.dpi": 110,
    "savefig.dpi": 150,
    "figure.constrained_layout.use": True,
    "font.family": "DejaVu Sans",  # shipped with matplotlib: the same on every machine
    "font.size": 11,
    "axes.edgecolor": LINE,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": False,
    "text.color": INK,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "svg.hashsalt": "diagalim",
    "axes.formatter.use_locale": False,
    "text.parse_math": False,  # a name from the data that holds « $ » is a name
}


def use_house_style() -> None:
    """Set the house style for the figures of a notebook."""
    mpl.rcParams.update(_STYLE)


def sequential(count: int) -> list[str]:
    """Return ``count`` ordered colours, light to dark, readable in grey and by any colour vision.

    Source: *lajolla*, Crameri, Shephard & Heron (2020), Nature Communications 11, on the misuse of
    colour. Cut before the end of the scale, which is too near the black of the outlines.
    """
    return [to_hex(colour) for colour in cm.lajolla_r(np.linspace(0.06, 0.74, count))]
