"""A figure as one image that says all of itself: caption above, four-part foot below."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path

import matplotlib as mpl
from PIL import Image, ImageDraw, ImageFont

from diagalim.chapter import theme
from diagalim.chapter.figures import DOTS_PER_INCH, KeptFigure
from diagalim.wording import french

MARGIN, GAP = 40, 24
"""Around the image, and between its parts, in pixels."""
BODY, CAPTION = 26, 32
"""Sizes of letters in pixels: 9.4 and 11.5 points when printed."""
LEADING = 1.35
NARROWEST = 1000
"""Width under which the foot would be a column of single words."""


def with_foot(figure: KeptFigure, caption: str, head: str = "", credit: str = "") -> bytes:
    """Return a figure between its caption and its foot, as PNG; the same bytes for the same parts.

    Parameters
    ----------
    figure : KeptFigure
        Image and foot.
    caption : str
        Says what it shows.
    head : str
        Written first, in colour: that the department is fictitious; nothing when empty.
    credit : str
        Written last: report, edition and licence.
    """
    drawn = Image.open(io.BytesIO(figure.png)).convert("RGB")
    width = max(drawn.width, NARROWEST)
    above = [
        (line, "bold", CAPTION, colour)
        for text, colour in ((head, theme.SECOND), (french.spaced(caption), theme.INK))
        for line in _wrapped(text, "bold", CAPTION, width)
    ]
    below = [
        (line, "plain", BODY, theme.MUTED)
        for text in [*(f"{n}{french.NO_BREAK}: {t}" for n, t in figure.foot.items()), credit]
        for line in _wrapped(text, "plain", BODY, width)
    ]
    height = _height(above) + GAP + drawn.height + GAP + _height(below) + 2 * MARGIN
    sheet = Image.new("RGB", (width + 2 * MARGIN, height), "white")
    down = _write(sheet, above, MARGIN) + GAP
    sheet.paste(drawn, (MARGIN + (width - drawn.width) // 2, down))
    _write(sheet, below, down + drawn.height + GAP)
    held = io.BytesIO()
    sheet.save(held, format="PNG", dpi=(DOTS_PER_INCH, DOTS_PER_INCH))
    return held.getvalue()


@lru_cache
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    # the letters of the figures themselves, shipped with matplotlib
    name = "DejaVuSans-Bold.ttf" if weight == "bold" else "DejaVuSans.ttf"
    return ImageFont.truetype(str(Path(mpl.get_data_path(), "fonts", "ttf", name)), size)


def _wrapped(text: str, weight: str, size: int, width: int) -> list[str]:
    """Return the lines of a text; only an ordinary space may break one."""
    font, lines = _font(weight, size), []
    for word in text.split(" ") if text else []:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _height(lines: list[tuple[str, str, int, str]]) -> int:
    return sum(round(size * LEADING) for _, _, size, _ in lines)


def _write(sheet: Image.Image, lines: list[tuple[str, str, int, str]], down: int) -> int:
    pen = ImageDraw.Draw(sheet)
    for text, weight, size, colour in lines:
        pen.text((MARGIN, down), text, font=_font(weight, size), fill=colour)
        down += round(size * LEADING)
    return down
