"""How does each network change? The table and the figure of its index, in the chapter « Publics ».

Both show what `diagalim.analysis.publics.shown` lets through, and the index as it is written.
"""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.figure import Figure

from diagalim.chapter import theme
from diagalim.chapter.tables import HIDDEN
from diagalim.wording import french

MARKERS = ("o", "s", "^", "D", "v", "P")


def series_table(shown: pd.DataFrame) -> pd.DataFrame:
    """Return what each network declares at each period; sums that show too few are hidden.

    Parameters
    ----------
    shown : DataFrame
        From `diagalim.analysis.publics.shown.shown_series`.
    """
    units = shown.index.get_level_values("unite")
    declared = [
        None if pd.isna(total) else french.with_unit(total, unit)
        for total, unit in zip(shown["total"], units, strict=True)
    ]
    counted = zip(shown["comptees"], shown["lignes"], strict=True)
    table = pd.DataFrame(
        {
            "periode": shown.index.get_level_values("periode"),
            "comptees": [f"{french.number(n)} sur {french.number(of)}" for n, of in counted],
            "declare": declared,
            "indice": shown["indice"].astype(object).to_numpy(),
            "suivies": shown["suivies"].to_numpy(),
        },
        index=shown.index.get_level_values("reseau"),
    )
    for column, hidden in (("declare", "total_masque"), ("indice", "indice_masque")):
        table.loc[shown[hidden].to_numpy(bool), column] = HIDDEN
    return table


def series_figure(shown: pd.DataFrame) -> Figure | None:
    """Draw the index of each network, as it is written: 100 at its own first period.

    There is no figure where no network has one that may be shown.

    Parameters
    ----------
    shown : DataFrame
        From `diagalim.analysis.publics.shown.shown_series`.
    """
    drawn = shown[shown["indice"].notna()]
    if drawn.empty:
        return None
    periods = sorted(shown.index.get_level_values("periode").unique())
    figure, axes = plt.subplots(figsize=(8, 3.8))
    for position, ((network, unit), own) in enumerate(drawn.groupby(level=[0, 1])):
        known = own["indice"].droplevel([0, 1]).reindex(periods)  # a gap breaks the line
        axes.plot(
            range(len(periods)), known, marker=MARKERS[position % len(MARKERS)], lw=1.8,
            label=f"{network} ({unit})",
        )  # fmt: skip
    axes.axhline(100, color=theme.LINE, lw=1)
    axes.set_xticks(range(len(periods)), periods)
    axes.set_ylabel("Indice")
    axes.set_ylim(bottom=min(90, axes.get_ylim()[0]))
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.12), frameon=False, fontsize=9)
    return figure
