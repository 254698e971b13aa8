"""The words of a chapter, ``notebooks/<part>/<chapter>.yml``, read and checked."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from diagalim.settings.checked_yaml import load_checked_yaml, problems_of, read_settings
from diagalim.settings.strict_yaml import lines_of
from diagalim.settings.words import ChapterWords
from diagalim.wording.problems import InputError, Problem
from diagalim.workspace.notebooks import words_beside
from diagalim.workspace.paths import project_root

ORIGINS = ("sources", "de", "document", "collecte", "releve", "choix")
MODEL = "notebooks/etat_des_lieux/examen.yml"


def words_file(chapter: str, root: Path | None = None) -> str:
    """Return the name of the file of the words of a chapter, from the project root."""
    root = root or project_root()
    return words_beside(root, chapter).relative_to(root).as_posix()


def words_of(chapter: str, root: Path | None = None) -> ChapterWords | None:
    """Return the words of a chapter, or None when it has no such file.

    Raises
    ------
    InputError
        With every unknown key, bad value and wrong quote of the file.
    """
    file = words_file(chapter, root)
    path = (root or project_root()) / file
    return parse_words(read_settings(path, file), file) if path.is_file() else None


@lru_cache
def parse_words(text: str, file: str) -> ChapterWords:
    """Check the text of the words of a chapter; all its faults come together."""
    content = load_checked_yaml(text, file, MODEL)
    common, facts = content.get("par_defaut"), content.get("faits")
    given = dict(content)
    if isinstance(common, dict) and isinstance(facts, dict):
        given["faits"] = {name: _with(common, entry) for name, entry in facts.items()}
    problems: list[Problem] = []
    try:
        return ChapterWords.model_validate(given)
    except ValidationError as error:
        problems = problems_of(error, file, ChapterWords, model=MODEL, lines=lines_of(text))
    raise InputError(problems)


def _with(common: dict[str, Any], entry: Any) -> Any:
    """Return a fact with what the file says of all; a wrong one as it is, for the model to say."""
    if not isinstance(entry, dict):
        return entry
    own = any(key in entry for key in ORIGINS)
    left = {key: value for key, value in common.items() if not (own and key in ORIGINS)}
    return {**left, **entry}


def not_a_fact(file: str, place: str, name: str, known: Iterable[str]) -> Problem:
    """Return what to say of a name that is no fact, with the nearest one that is."""
    near = difflib.get_close_matches(name, list(known), n=1)
    hint = f"vouliez-vous « {near[0]} » ? sinon " if near else ""
    return Problem(
        file,
        place,
        name,
        "un fait du chapitre ou d'un chapitre qu'il lit",
        f"{hint}le déclarer sous « faits »",
    )
