"""What do the pages on the survey share: its answers, its frame, and what may be shown of both?

A count is found again through those of another page as well as through those of its own: what may
be shown is decided for all the pages together, the same way from each of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from diagalim.analysis.survey.response import response_rates
from diagalim.analysis.survey.shown import REACHED, SurveyShown
from diagalim.analysis.survey.system import SurveySystem
from diagalim.analysis.survey.tabulation import Tabulated, tabulate_several, tabulate_single
from diagalim.chapter.inputs import Reading
from diagalim.chapter.survey_words import KINDS
from diagalim.collected.inputs import collected_schema
from diagalim.collected.survey.answers import Survey, read_survey
from diagalim.collected.survey.codebook import Codebook, read_codebook
from diagalim.sources.tables.collected import read_collected
from diagalim.wording.french import sentence_case

CROSSED = {"refus": "type_structure"}
"""Questions that a page crosses with a variable of the frame."""


@dataclass(frozen=True)
class HeldSurvey:
    """A survey at hand, and what may be shown of everything that the pages count of it.

    Attributes
    ----------
    survey : Survey
        Answers, progress and flow.
    codebook : Codebook
        The questions.
    frame : DataFrame
        Structures that could be asked, indexed by token.
    answered : Series of bool
        Those that gave a complete answer.
    rates : DataFrame
        From `kind_rates`.
    crossed : dict of str to DataFrame of int
        From `crossed`, by item.
    shown : SurveyShown
        What may be shown of all that.
    """

    survey: Survey
    codebook: Codebook
    frame: pd.DataFrame
    answered: pd.Series
    rates: pd.DataFrame
    crossed: dict[str, pd.DataFrame]
    shown: SurveyShown

    @property
    def population(self) -> int:
        """Structures of the frame, for the finite population correction."""
        return len(self.frame)

    def tabulated(self, item: str) -> Tabulated:
        """Count the answers to a closed item."""
        return tabulated(self.survey, self.codebook, item)


def read_held(chapter: Reading, variables: Sequence[str]) -> HeldSurvey | None:
    """Read the survey and the frame of a chapter; None when either is not at hand.

    Parameters
    ----------
    chapter : Chapter
        Declares both.
    variables : sequence of str
        Variables of the frame by which those who answered are compared.
    """
    folders, frames = chapter.collected("enquete"), chapter.collected("base_contacts")
    if not (folders and frames):
        return None
    contacts = read_collected(frames[0], collected_schema("base_contacts"))
    survey, codebook = read_survey(folders[0], contacts), read_codebook(folders[0])
    frame = contacts[contacts["statut_contact"] == "valide"].set_index("jeton")
    return held(survey, codebook, frame, variables)


def held(
    survey: Survey, codebook: Codebook, frame: pd.DataFrame, variables: Sequence[str]
) -> HeldSurvey:
    """Return a survey with what may be shown of it, decided before anything is said or drawn."""
    answered = answered_in(frame, survey)
    rates = kind_rates(frame, answered, variables)
    tables = {
        item: crossed(survey, frame, item, variable, codebook) for item, variable in CROSSED.items()
    }
    shown = survey_shown(survey, codebook, crossed=tables, rates=rates)
    return HeldSurvey(survey, codebook, frame, answered, rates, tables, shown)


def answered_in(frame: pd.DataFrame, survey: Survey) -> pd.Series:
    """Tell which structures of the frame, indexed by token, gave a complete answer."""
    tokens = survey.contacts.loc[survey.progress["complete"], "jeton"]
    return frame.index.to_series().isin(tokens)


def kind_rates(frame: pd.DataFrame, answered: pd.Series, variables: Sequence[str]) -> pd.DataFrame:
    """Return how many structures of each kind were asked and answered, by (variable, category)."""
    return pd.concat({name: response_rates(frame, answered, name) for name in variables})


def tabulated(survey: Survey, codebook: Codebook, item: str) -> Tabulated:
    """Count the answers to a closed item."""
    label = codebook.items.at[item, "label"]
    choices = codebook.choices[codebook.choice_list(item)]
    shown = survey.states[item] != "non montré"
    if codebook.is_multiple(item):
        boxes = survey.answers[codebook.columns_of(item)].notna()
        boxes.columns = list(choices)
        reached = shown & (survey.states[item] != "non atteint")
        return tabulate_several(item, label, boxes, choices, reached, int((~shown).sum()))
    return tabulate_single(item, label, survey.answers[item], choices, int((~shown).sum()))


def crossed(
    survey: Survey, frame: pd.DataFrame, item: str, variable: str, codebook: Codebook
) -> pd.DataFrame:
    """Count an item by a variable of the frame: counts only, nothing of one structure.

    Parameters
    ----------
    frame : DataFrame
        Indexed by token.
    """
    choices = codebook.choices[codebook.choice_list(item)]
    kind = survey.contacts["jeton"].map(frame[variable])
    table = pd.crosstab(kind, survey.answers[item].map(choices))
    return table.rename(index=lambda name: sentence_case(KINDS.get(name, str(name))))


def closed(codebook: Codebook, theme: str = "") -> list[str]:
    """Return the items whose answers are counted, or those of one theme, in their order."""
    items = [item for item in codebook.substantive() if codebook.choice_list(item)]
    return [item for item in items if not theme or codebook.items.at[item, "theme"] == theme]


def quantities(codebook: Codebook) -> list[str]:
    """Return the items that ask how much or how many; a year is neither."""
    asked = codebook.items.loc[codebook.substantive()]
    numbers = asked["type"].isin(["integer", "decimal"]) & asked["unite"].notna()
    return list(asked.index[numbers & (asked["unite"] != "année")])


def survey_shown(
    survey: Survey,
    codebook: Codebook,
    *,
    crossed: dict[str, pd.DataFrame],
    rates: pd.DataFrame,
) -> SurveyShown:
    """Return what may be shown of everything that the pages count.

    Parameters
    ----------
    crossed : dict of str to DataFrame of int
        Questions crossed with a variable of the frame, without totals, by item.
    rates : DataFrame
        From `kind_rates`.
    """
    system, items = SurveySystem(), codebook.items
    tables = {item: tabulated(survey, codebook, item) for item in closed(codebook)}
    asked = [*tables, *quantities(codebook)]
    system.add_pages(survey.progress, int(items["page"].max()))
    for table in tables.values():
        system.add_table(table)
    for item in quantities(codebook):
        system.add_number(item, int(survey.answers[item].notna().sum()))
    for item in asked:
        _add_way(system, survey, codebook, item)
    grids = items.loc[list(tables), "label"].str.rpartition("[")[0]
    pages = items.loc[list(tables), "page"].astype(str)
    system.tie_grids((pages + grids)[grids != ""])
    for item, table in crossed.items():
        system.add_crossed(item, table)
    system.add_kinds(rates)
    return system.protected()


def _add_way(system: SurveySystem, survey: Survey, codebook: Codebook, item: str) -> None:
    """Tie a question to those who reached its page, and to the answer that opens it."""
    items = codebook.items
    page, required = items.at[item, "page"], bool(items.at[item, "required"])
    system.add_flow(item, survey.states[item], (REACHED, max(1, int(page))), required)
    opened = codebook.filter_of(item)
    if opened is None or opened[0] not in closed(codebook):
        return
    before, code = opened
    answer = codebook.choices[codebook.choice_list(before)][code]
    system.add_filter(item, before, answer, same_page=page == items.at[before, "page"])
