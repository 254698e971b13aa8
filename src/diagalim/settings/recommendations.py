"""The recommendations of the study as a file: read, checked, never half taken."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from diagalim.settings.checked_yaml import load_checked_yaml, problems_of
from diagalim.wording.problems import Problem, raise_if_any

FILE = "data/publie/recommandations.yml"

ProofName = Annotated[str, StringConstraints(pattern=r"^[0-9a-z_]+\.[a-z0-9_]+$")]

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Recommendation(BaseModel):
    """One recommendation.

    Attributes
    ----------
    axe : str
        Key of one of the axes.
    intitule : str
        In short, in our words.
    acteurs : list of str
        Who would act.
    horizon : {"urgence", "long terme"}
        When.
    preuves : list of str
        Figures that bear on it, ``chapter.fact``.
    non_calcule : dict of str to str
        Figures expected that nothing here can give, each with the reason.
    suivi : str
        What would tell that it was done.
    doublon : str
        Number of the recommendation that says the same.
    intitule_ailleurs : str
        In general words, where the study is not of the territory; empty when ``intitule`` will do.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    axe: str
    intitule: str
    acteurs: list[str] = Field(min_length=1)
    horizon: Literal["urgence", "long terme"]
    preuves: list[ProofName]
    non_calcule: dict[Words, Words] = {}
    suivi: str
    doublon: str = ""
    intitule_ailleurs: str = ""


def parse_recommendations(text: str) -> tuple[dict[str, str], dict[str, Recommendation]]:
    """Check the text of the file of recommendations.

    Returns
    -------
    axes : dict of str to str
        Titles by key.
    recommendations : dict of str to Recommendation
        By number.

    Raises
    ------
    InputError
        With every unknown key, bad value, unknown axis and unknown duplicate.
    """
    content = load_checked_yaml(text, FILE)
    axes = content.get("axes", {})
    found: dict[str, Recommendation] = {}
    problems: list[Problem] = []
    for number, entry in content.get("recommandations", {}).items():
        try:
            found[number] = Recommendation.model_validate(entry)
        except ValidationError as error:
            problems += problems_of(error, FILE, Recommendation, under=["recommandations", number])
    for number, entry in found.items():
        if entry.axe not in axes:
            problems.append(_unknown(f"{number}.axe", entry.axe, "un axe : " + ", ".join(axes)))
        if entry.doublon and entry.doublon not in found:
            problems.append(_unknown(f"{number}.doublon", entry.doublon, "un numéro de la liste"))
    raise_if_any(problems)
    return axes, found


def entries_of(text: str, *, own: bool) -> tuple[dict[str, str], dict[str, dict[str, Any]]]:
    """Return the axes and the recommendations, as `weigh` asks for them.

    Parameters
    ----------
    text : str
        Content of the file.
    own : bool
        Whether the study is that of the territory. Where it is not, places and bodies give way to
        general words: ``intitule_ailleurs`` and the names of ``acteurs_ailleurs``.
    """
    axes, found = parse_recommendations(text)
    entries = {number: entry.model_dump() for number, entry in found.items()}
    if own:
        return axes, entries
    general = load_checked_yaml(text, FILE).get("acteurs_ailleurs", {})
    for entry in entries.values():
        entry["intitule"] = entry["intitule_ailleurs"] or entry["intitule"]
        entry["acteurs"] = [general.get(actor, actor) for actor in entry["acteurs"]]
    return axes, entries


def _unknown(place: str, value: str, expected: str) -> Problem:
    return Problem(FILE, f"clé {place}", value, expected, "corriger cette ligne")
