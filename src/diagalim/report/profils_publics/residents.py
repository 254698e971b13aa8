"""Who lives in the IRIS, helped or not: what the chapter « Publics » says beside those received."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from diagalim.wording import french

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter
    from diagalim.settings.indicators import Registry


def of_residents(
    known: pd.DataFrame, registry: Registry
) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Return the median of the IRIS for each profile of residents, then its label and its datasets.

    Parameters
    ----------
    known : DataFrame
        From `diagalim.analysis.values.coverage.coverage`, with ``sources``.
    registry : Registry
        Labels of the indicators.
    """
    labels = {name: registry.indicateurs[name].libelle for name in known.index}
    first = known.index[0]
    values = {"habitants_exemple": labels[first], "part_exemple": known.at[first, "mediane"]}
    given = {"label": {"part_exemple": labels[first]}}
    given["sources"] = dict.fromkeys(values, known.at[first, "sources"])
    for name, row in known.iterrows():
        fact = f"residents_{name}"
        values[fact] = (row["mediane"], row["p5"], row["p95"])
        given["label"][fact], given["sources"][fact] = labels[name], row["sources"]
    return values, given


def residents_table(known: pd.DataFrame, registry: Registry, chapter: Chapter) -> pd.DataFrame:
    """Return the profile of the residents of the IRIS: median and range, never of users."""
    labels = [french.sentence_case(registry.indicateurs[name].libelle) for name in known.index]
    bounds = zip(known["p5"], known["p95"], strict=True)
    years = [{str(chapter.resolved(name).vintage) for name in used} for used in known["sources"]]
    table = known[["mediane", "connus"]].assign(
        etendue=[f"{french.number(low)} à {french.with_unit(high, '%')}" for low, high in bounds],
        annee=[french.listed(sorted(found)) for found in years],
    )
    return table.set_axis(labels)
