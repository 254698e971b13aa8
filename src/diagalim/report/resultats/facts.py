"""Which figures of the answers do the sentences and the recommendations quote?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from diagalim.analysis.survey.shares import share_of
from diagalim.analysis.survey.system import shown_alone
from diagalim.analysis.survey.tabulation import SEVERAL
from diagalim.chapter.survey import tabulated
from diagalim.wording import french

if TYPE_CHECKING:
    import pandas as pd

    from diagalim.analysis.survey.shown import SurveyShown
    from diagalim.collected.survey.answers import Survey
    from diagalim.collected.survey.codebook import Codebook

AT_RANDOM = "{ends}, si les répondantes avaient été tirées au hasard"
"""What is known of the error of a share or of a balance."""
Stated = tuple[float, float, float]


def shares(
    survey: Survey,
    codebook: Codebook,
    wanted: Iterable[str],
    population: int,
    shown: SurveyShown | None = None,
) -> tuple[dict[str, Stated], dict[str, dict[str, str]]]:
    """Return the shares that other chapters quote, and their label and certainty.

    Parameters
    ----------
    wanted : iterable of str
        ``fact: item: code code``: the fact, the item, and the codes that count. A share that
        disclosure control hides is left out.
    population : int
        Structures of the frame.
    shown : SurveyShown, optional
        What may be shown of the whole survey; of each question alone by default.

    Raises
    ------
    ValueError
        When several boxes of a question with several answers are wanted as one share.
    """
    values: dict[str, Stated] = {}
    words: dict[str, dict[str, str]] = {"label": {}, "certainty": {}}
    for line in wanted:
        fact, item, codes = (part.strip() for part in line.split(":"))
        table = tabulated(survey, codebook, item)
        choices = codebook.choices[codebook.choice_list(item)]
        if table.kind == SEVERAL and len(codes.split()) > 1:
            raise ValueError(f"{fact}: boxes of {item} overlap, one at a time may be counted")
        kept = [choices[code] for code in codes.split()]
        found = share_of(kept, table, shown or shown_alone(table), population)
        if found is not None:
            low, high = 100 * found.low, 100 * found.high
            values[fact] = (100 * found.value, low, high)
            words["label"][fact] = f"{table.label} : {french.listed(kept)}"
            words["certainty"][fact] = AT_RANDOM.format(ends=french.interval(low, high, "%"))
    return values, words


def most_shared(balanced: pd.DataFrame) -> tuple[dict[str, float | str], str]:
    """Return the statement that gathers the most agreement, and its certainty; none may be shown.

    Parameters
    ----------
    balanced : DataFrame
        From `diagalim.report.resultats.agreement.balance_table`.
    """
    if balanced.empty:
        return {}, ""
    first = balanced.iloc[0]
    named = {"accord": first["accord"], "desaccord": first["desaccord"]}
    values = {f"affirmation_{name}": value for name, value in named.items()}
    ends = f"solde de {first['intervalle']} points"
    return {"affirmation_premiere": str(balanced.index[0]), **values}, AT_RANDOM.format(ends=ends)


def most_shared_reading(balanced: pd.DataFrame) -> str:
    """Return how to read the balance of statements: the first of them."""
    if balanced.empty:
        return "aucune affirmation n'a assez de réponses pour être montrée"
    shares = "{affirmation_accord} d'accord, {affirmation_desaccord} pas d'accord"
    return f"« {{affirmation_premiere}} » : {shares}"
