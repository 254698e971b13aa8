"""How does a page speak of a study that is not of its territory: in one marked sentence.

The report takes up the questions of a study made in one department. In another department the
reader is told so, under a mark that a test looks for, and reads none of its figures.
"""

from __future__ import annotations

from diagalim.sources.studies import FIRST, document

MARK = "Ailleurs :"
"""What opens the only sentence where the study of another department may be named."""
BIBLIOGRAPHY = "[bibliographie](../book/guide/bibliographie.md)"
STUDY = "étude menée dans un autre département (voir la bibliographie)"
NONE_HERE = "aucune étude publiée sur ce territoire n'est dans le registre des documents"


def of_the_questions() -> str:
    """Return where the questions of the report come from, for a territory without a study."""
    return (
        f"{MARK} les questions de ce rapport sont celles d'une étude menée dans un autre "
        f"département ({document(FIRST).signed}, {BIBLIOGRAPHY}) ; aucun de ses chiffres n'est "
        "repris."
    )


def of_the_leads() -> str:
    """Return where the recommendations come from, for a territory without a study."""
    return (
        f"{MARK} ces pistes viennent d'une étude menée dans un autre département "
        f"({document(FIRST).signed}, {BIBLIOGRAPHY}) ; personne ne les a recommandées ici."
    )
