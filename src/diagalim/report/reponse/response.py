"""The chapter « Enquête »: who was asked, who answered, and how those who did differ.

A kind of structure with too few answers is hidden, and so is what would give it away. Stages and
pages where few were lost are put together rather than hidden.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagalim.analysis.disclosure.suppression import THRESHOLD
from diagalim.analysis.survey.response import response_rates
from diagalim.chapter.survey_words import KINDS
from diagalim.chapter.tables import HIDDEN
from diagalim.wording import french

if TYPE_CHECKING:
    from diagalim.analysis.survey.shown import SurveyShown
    from diagalim.chapter.chapter import Chapter
    from diagalim.chapter.facts import Facts
    from diagalim.collected.survey.answers import Survey

FRAME_LABELS = {
    "taille": "Taille",
    "zone": "Zone",
    "type_structure": "Type",
    "reseau": "Réseau",
    "habilitation_type": "Habilitation",
}
"""French names of the variables of the frame."""
PUBLISHED = (
    "L'étude signale un **risque** : petites structures et structures loin des institutions ont pu "
    "moins répondre ; rien ne le mesure ici.",
    "Les réponses elles-mêmes **ne sont pas publiques** : rien de plus n'est dit ici de ce que "
    "vivent les structures.",
    "La méthode est montrée, sur des réponses fictives, dans le rapport du département d'exemple.",
)
"""What to retain where the study of the territory publishes its counts, and no answer."""


KEPT = "lignes gardées"
"""A stage between the lines of the export and the answers."""
PUBLISHED_FOOT = {
    "reading": "{taux_achevement} des réponses reçues sont complètes",
    "scope": "contacts auxquels l'étude a envoyé le questionnaire",
    "certainty": "effectifs publiés ; la règle d'une réponse « complète » n'est pas publiée",
}
"""Under those counts, with facts in braces."""


def published_flow_text(facts: Facts) -> pd.DataFrame:
    """Return the counts that the study publishes of its own survey, as a table."""
    rows = {
        "Contacts fournis": [facts["contacts"].text, "–"],
        "Réponses": [facts["reponses"].text, facts["taux_reponse"].text],
        "Réponses complètes": [facts["completes"].text, facts["taux_complet"].text],
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=["Effectif", "Part des contacts"])


def say_no_survey(chapter: Chapter) -> None:
    """Say that no survey of this territory is known, neither published nor at hand."""
    chapter.say(
        "**Non disponible** : aucune enquête auprès des structures de ce territoire n'est publiée "
        "ni fournie. La méthode est montrée, sur des réponses fictives, dans le rapport du "
        "département d'exemple."
    )


def say_no_answers(chapter: Chapter) -> None:
    """Say that the answers are not at hand, and how to supply them."""
    chapter.say(
        "**Non disponible** : les réponses des structures ne sont pas à disposition. Pour les "
        "fournir, déposer l'export du questionnaire et la base de contacts dans le dossier des "
        "données collectées, puis les nommer sous `collecte` (`enquete`, `base_contacts`) dans "
        "`{fichier_territoire}`."
    )


def flow_text(flow: pd.DataFrame, threshold: int = THRESHOLD) -> pd.DataFrame:
    """Return the stages from contacts to complete answers.

    A stage that takes few away is told with the next one, and reasons of which one is rare are told
    together, with one number: what is rare is put together rather than hidden.
    """
    stages, waiting = [], []
    for row, after in zip(flow.itertuples(), [*flow["etape"].iloc[1:], ""], strict=True):
        waiting += row.retires
        few = 0 < sum(count for _, count in waiting) < threshold
        if few and row.etape == KEPT and after:
            continue
        stages.append((row.etape, row.effectif, _reasons(waiting, threshold)))
        waiting = []
    return pd.DataFrame(
        {
            "Effectif": [french.number(count) for _, count, _ in stages],
            "Ce qui est retiré": [french.spaced(reason) for _, _, reason in stages],
        },
        index=[stage.capitalize() for stage, _, _ in stages],
    )


def _reasons(gone: list[tuple[str, int]], threshold: int) -> str:
    """Return why a stage is smaller: a number a reason, or one for all when a reason is rare."""
    if len(gone) > 1 and any(0 < count < threshold for _, count in gone):
        total = french.number(sum(count for _, count in gone))
        return f"{total} en tout : {' ; '.join(reason for reason, _ in gone)}"
    return ", ".join(f"{reason} : {french.number(count)}" for reason, count in gone) or "–"


def compared_text(
    table: pd.DataFrame, rates: pd.DataFrame, labels: dict[str, str], shown: SurveyShown
) -> pd.DataFrame:
    """Return the frame beside those who answered; a kind with too few answers is hidden.

    Cramér's V is one number for all the kinds of a variable: where some are hidden, it would give
    them back, and is hidden with them.

    Parameters
    ----------
    table : DataFrame
        From `diagalim.analysis.survey.response.compare_with_frame`.
    rates : DataFrame
        From `kind_rates`, same index: ``reponses`` and ``taux``.
    labels : dict of str to str
        French names of the variables.
    shown : SurveyShown
        What may be shown of the whole survey.
    """
    rows, names = [], []
    for (variable, kind), row in table.iterrows():
        hidden = shown.kinds(variable)
        answered = [100 * rates.at[(variable, kind), "taux"], 100 * row["repondants"]]
        told = [HIDDEN if kind in hidden else french.with_unit(part, "%") for part in answered]
        link = HIDDEN if hidden else french.number(row["v"], 2)
        rows.append([told[0], french.with_unit(100 * row["base"], "%"), told[1], link])
        names.append(f"{labels[variable]} · {KINDS.get(kind, kind)}")
    columns = ["Ont répondu", "Part de la base", "Part des répondantes", "Lien (V de Cramér)"]
    return pd.DataFrame(rows, index=names, columns=columns)


def answered_in(frame: pd.DataFrame, survey: Survey) -> pd.Series:
    """Tell which structures of the frame, indexed by token, gave a complete answer."""
    tokens = survey.contacts.loc[survey.progress["complete"], "jeton"]
    return frame.index.to_series().isin(tokens)


def kind_rates(frame: pd.DataFrame, answered: pd.Series, variables: list[str]) -> pd.DataFrame:
    """Return how many structures of each kind were asked and answered, by (variable, category)."""
    return pd.concat({name: response_rates(frame, answered, name) for name in variables})


def pages_text(shown: SurveyShown) -> pd.DataFrame:
    """Return how many partial answers had stopped at some pages: pages of few stops are skipped."""
    stops = shown.stops()
    rows = [HIDDEN if count is None else french.number(count) for count in stops.values()]
    return pd.DataFrame({"Réponses partielles": rows}, index=[str(page) for page in stops])
