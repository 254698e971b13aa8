"""The facts of the chapter « Enquête »: what its sentences and the recommendations quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagalim.analysis.survey.tabulation import SEVERAL
from diagalim.chapter.survey_words import SOURCE
from diagalim.report.resultats.page import share_shown, tabulated
from diagalim.report.resultats.system import shown_alone
from diagalim.wording import french

if TYPE_CHECKING:
    from diagalim.analysis.survey.shown import SurveyShown
    from diagalim.chapter.chapter import Chapter
    from diagalim.collected.survey.answers import Survey
    from diagalim.collected.survey.codebook import Codebook


def state_shares(
    chapter: Chapter,
    survey: Survey,
    codebook: Codebook,
    wanted: list[str],
    year: int,
    shown: SurveyShown | None = None,
) -> None:
    """State the shares that other chapters quote.

    Parameters
    ----------
    wanted : list of str
        ``fact: item: code code``: the fact, the item, and the codes that count. A share that
        disclosure control hides is not stated.
    year : int
        Year of the survey.
    shown : SurveyShown, optional
        What may be shown of the whole survey; of each question alone by default.

    Raises
    ------
    ValueError
        When several boxes of a question with several answers are wanted as one share.
    """
    population = int(chapter.facts["eligibles"].value)
    for line in wanted:
        fact, item, codes = (part.strip() for part in line.split(":"))
        table = tabulated(survey, codebook, item)
        if table.kind == SEVERAL and len(codes.split()) > 1:
            raise ValueError(f"{fact}: boxes of {item} overlap, one at a time may be counted")
        choices = codebook.choices[codebook.choice_list(item)]
        kept = [choices[code] for code in codes.split()]
        allowed = shown or shown_alone(table)
        if allowed.answers(item) & set(kept):
            continue
        found = share_shown(int(table.counts[kept].sum()), table, allowed, population)
        if found is None:
            continue
        ends = french.interval(100 * found.low, 100 * found.high, "%")
        chapter.count_shown(
            fact, 100 * found.value, "%", f"{table.label} : {french.listed(kept)}", year=year,
            source=SOURCE, interval=(100 * found.low, 100 * found.high),
            certainty=f"{ends}, si les répondantes avaient été tirées au hasard",
        )  # fmt: skip
