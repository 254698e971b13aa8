"""The chapter « Enquête »: who was asked, who answered, and how those who did differ.

A kind of structure with too few answers is hidden, and so is what would give it away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagalim.publish import french
from diagalim.publish.disclosure import line_relations, protect
from diagalim.publish.disclosure.suppression import THRESHOLD
from diagalim.publish.survey_page import HIDDEN, KINDS
from diagalim.survey.response import response_rates

if TYPE_CHECKING:
    from diagalim.publish.chapter import Chapter
    from diagalim.publish.facts import Facts
    from diagalim.sources.collected.survey import Survey

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


def flow_text(flow: pd.DataFrame) -> pd.DataFrame:
    """Return the stages from contacts to complete answers."""
    return pd.DataFrame(
        {
            "Effectif": flow["effectif"].map(french.number).to_numpy(),
            "Ce qui est retiré": flow["raison"].replace("", "–").map(french.spaced).to_numpy(),
        },
        index=flow["etape"].str.capitalize(),
    )


def compared_text(
    table: pd.DataFrame, rates: pd.DataFrame, labels: dict[str, str], threshold: int = THRESHOLD
) -> pd.DataFrame:
    """Return the frame beside those who answered; a kind with too few answers is hidden.

    Parameters
    ----------
    table : DataFrame
        From `diagalim.survey.response.compare_with_frame`.
    rates : DataFrame
        From `kind_rates`, same index: ``reponses`` and ``taux``.
    labels : dict of str to str
        French names of the variables.
    """
    rows, names = [], []
    for variable, inside in table.groupby(level=0, sort=False):
        here = rates.loc[variable]
        hidden = protect(line_relations(here["reponses"].to_dict()), threshold).hidden
        for kind, row in inside.droplevel(0).iterrows():
            seen = ("", kind) not in hidden
            rows.append(
                [
                    french.with_unit(100 * here.at[kind, "taux"], "%") if seen else HIDDEN,
                    french.with_unit(100 * row["base"], "%"),
                    french.with_unit(100 * row["repondants"], "%") if seen else HIDDEN,
                    french.number(row["v"], 2),
                ]
            )
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


def pages_text(stops: pd.Series) -> pd.DataFrame:
    """Return how many structures stopped at each page, small counts hidden."""
    hidden = {page for _, page in protect(line_relations(stops.to_dict())).hidden}
    rows = [HIDDEN if page in hidden else french.number(count) for page, count in stops.items()]
    return pd.DataFrame({"Réponses partielles": rows}, index=stops.index.astype(str))
