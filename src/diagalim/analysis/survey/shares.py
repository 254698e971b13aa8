"""Which answers to a question may be counted, and which shares given, of what may be shown?"""

from __future__ import annotations

from collections.abc import Iterable

from diagalim.analysis.disclosure.suppression import THRESHOLD
from diagalim.analysis.survey.estimation import Share, share
from diagalim.analysis.survey.shown import BASE, SurveyShown
from diagalim.analysis.survey.system import LEAST_ROUNDED, shown_alone
from diagalim.analysis.survey.tabulation import Tabulated


def hidden_answers(table: Tabulated, shown: SurveyShown | None = None) -> set[str] | None:
    """Return the answers whose count may not be shown, or None when nothing is left to show.

    Parameters
    ----------
    table : Tabulated
        Counts of one item.
    shown : SurveyShown, optional
        What may be shown of the whole survey; of this table alone by default.
    """
    hidden = (shown or shown_alone(table)).answers(table.item)
    given = {answer for answer, count in table.counts.items() if count and answer not in hidden}
    return hidden if given or table.base >= THRESHOLD else None


def share_shown(count: int, table: Tabulated, shown: SurveyShown, population: int) -> Share | None:
    """Return a share as it may be shown: of the base, rounded or not; None when it may not."""
    base, rounded = shown.base((BASE, table.item))
    if not base or count > base or (rounded and base < LEAST_ROUNDED):
        return None
    return share(count, base, max(population, base))


def share_of(
    answers: Iterable[str], table: Tabulated, shown: SurveyShown, population: int
) -> Share | None:
    """Return the share of some answers together; None when one of them or the share is hidden."""
    kept = list(answers)
    if shown.answers(table.item) & set(kept):
        return None
    return share_shown(int(table.counts[kept].sum()), table, shown, population)
