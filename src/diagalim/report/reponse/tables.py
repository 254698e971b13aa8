"""Who was asked, who answered, and how do those who did differ from all?

A kind of structure with too few answers is hidden, and so is what would give it away. Stages and
pages where few were lost are put together rather than hidden.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagalim.analysis.disclosure.suppression import THRESHOLD
from diagalim.chapter.survey_words import KINDS
from diagalim.chapter.tables import HIDDEN
from diagalim.wording import french

if TYPE_CHECKING:
    from diagalim.analysis.survey.shown import SurveyShown
    from diagalim.chapter.chapter import Chapter
    from diagalim.chapter.facts import Facts
    from diagalim.chapter.survey import HeldSurvey

FRAME_LABELS = {
    "taille": "Taille",
    "zone": "Zone",
    "type_structure": "Type",
    "reseau": "Réseau",
    "habilitation_type": "Habilitation",
}
"""French names of the variables of the frame."""
KEPT = "lignes gardées"
"""A stage between the lines of the export and the answers."""


def show_stages(chapter: Chapter, held: HeldSurvey | None) -> None:
    """Show the stages from contacts to complete answers, as counted or as the study says them."""
    if held is not None:
        chapter.show("etapes", flow(held.survey.flow))
    else:
        chapter.show("effectifs", published_flow(chapter.facts))


def published_flow(facts: Facts) -> pd.DataFrame:
    """Return the counts that the study publishes of its own survey; empty without them.

    Returns
    -------
    DataFrame
        ``effectif`` and ``part`` (percent of the contacts), by stage.
    """
    kept = {
        "Contacts fournis": ("contacts", None),
        "Réponses": ("reponses", "taux_reponse"),
        "Réponses complètes": ("completes", "taux_complet"),
    }
    rows = {
        stage: [facts[count].value, facts[rate].value if rate else "–"]
        for stage, (count, rate) in kept.items()
        if count in facts
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=["effectif", "part"])


def flow(stages: pd.DataFrame, threshold: int = THRESHOLD) -> pd.DataFrame:
    """Return the stages from contacts to complete answers: ``effectif`` and ``retire`` (text).

    A stage that takes few away is told with the next one, and reasons of which one is rare are told
    together, with one number: what is rare is put together rather than hidden.
    """
    rows, waiting = [], []
    for row, after in zip(stages.itertuples(), [*stages["etape"].iloc[1:], ""], strict=True):
        waiting += row.retires
        few = 0 < sum(count for _, count in waiting) < threshold
        if few and row.etape == KEPT and after:
            continue
        told = french.spaced(_reasons(waiting, threshold))
        rows.append((row.etape.capitalize(), row.effectif, told))
        waiting = []
    table = pd.DataFrame(rows, columns=["etape", "effectif", "retire"])
    return table.set_index("etape").rename_axis(None)


def _reasons(gone: list[tuple[str, int]], threshold: int) -> str:
    """Return why a stage is smaller: a number a reason, or one for all when a reason is rare."""
    if len(gone) > 1 and any(0 < count < threshold for _, count in gone):
        total = french.number(sum(count for _, count in gone))
        return f"{total} en tout : {' ; '.join(reason for reason, _ in gone)}"
    return ", ".join(f"{reason} : {french.number(count)}" for reason, count in gone) or "–"


def comparison(held: HeldSurvey | None, compared: pd.DataFrame | None) -> pd.DataFrame:
    """Return the frame beside those who answered; empty without a survey at hand."""
    if held is None:
        return pd.DataFrame()
    return beside_frame(compared, held.rates, held.shown)


def beside_frame(compared: pd.DataFrame, rates: pd.DataFrame, shown: SurveyShown) -> pd.DataFrame:
    """Return the frame beside those who answered; a kind with too few answers is hidden.

    Cramér's V is one number for all the kinds of a variable: where some are hidden, it would give
    them back, and is hidden with them.

    Parameters
    ----------
    compared : DataFrame
        From `diagalim.analysis.survey.response.compare_with_frame`.
    rates : DataFrame
        From `diagalim.chapter.survey.kind_rates`, same index: ``reponses`` and ``taux``.
    shown : SurveyShown
        What may be shown of the whole survey.

    Returns
    -------
    DataFrame
        ``repondu``, ``base`` and ``repondantes`` (percent), ``v``, by kind.
    """
    hidden = [kind in shown.kinds(variable) for variable, kind in compared.index]
    some = [bool(shown.kinds(variable)) for variable, _ in compared.index]
    table = pd.DataFrame(
        {
            "repondu": (100 * rates["taux"].reindex(compared.index))
            .astype(object)
            .mask(hidden, HIDDEN),
            "base": 100 * compared["base"],
            "repondantes": (100 * compared["repondants"]).astype(object).mask(hidden, HIDDEN),
            "v": compared["v"].astype(object).mask(some, HIDDEN),
        }
    )
    named = [
        f"{FRAME_LABELS[variable]} · {KINDS.get(kind, kind)}" for variable, kind in table.index
    ]
    return table.set_axis(named)


def stops(held: HeldSurvey | None) -> pd.DataFrame:
    """Return how many partial answers had stopped at some pages (``arrets``); empty without any.

    Pages of few stops are skipped.
    """
    return pages(held.shown) if held is not None else pd.DataFrame()


def pages(shown: SurveyShown) -> pd.DataFrame:
    """Return how many partial answers had stopped at some pages, where they may be shown."""
    counts = {str(p): HIDDEN if n is None else n for p, n in shown.stops().items()}
    return pd.DataFrame({"arrets": pd.Series(counts, dtype=object)})
