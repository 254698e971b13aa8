"""Which settings are wrong, and how to mend them: YAML and its models, every fault in French.

All the setting files of the project go through here (territory, plan, indicators, registry), so
that a slip in any of them is answered the same way: the place, what was read, what was expected,
what to do. The words of PyYAML and pydantic never reach the user: they are English, and speak of
parsers and types.
"""

from __future__ import annotations

import difflib
import re
import types
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin

import yaml
from pydantic import BaseModel, ValidationError

from diagalim.settings.strict_yaml import SaidInFrench, load_yaml
from diagalim.wording.problems import InputError, Problem

SHOWN_CHARACTERS = 80

_EXPECTED = {
    "missing": ("cette clé", "ajouter la clé (modèle : {modele})"),
    "string_type": ("un texte entre guillemets", 'mettre des guillemets : "13" et non 13'),
    "string_pattern_mismatch": ("la forme {pattern}", "corriger le code (texte, zéros compris)"),
    "int_parsing": ("un nombre entier", "écrire un entier, sans unité ni espace"),
    "int_type": ("un nombre entier", "écrire un entier, sans unité ni espace"),
    "int_from_float": ("un nombre entier", "écrire un entier"),
    "float_parsing": ("un nombre (point décimal)", "écrire par exemple 0.5"),
    "float_type": ("un nombre (point décimal)", "écrire par exemple 0.5"),
    "finite_number": ("un nombre fini", "écrire un nombre ordinaire"),
    "bool_type": ("true ou false", "écrire true ou false, sans guillemets"),
    "bool_parsing": ("true ou false", "écrire true ou false, sans guillemets"),
    "greater_than_equal": ("une valeur d'au moins {ge}", "augmenter la valeur"),
    "greater_than": ("une valeur supérieure à {gt}", "augmenter la valeur"),
    "less_than_equal": ("une valeur d'au plus {le}", "diminuer la valeur"),
    "literal_error": ("une de ces valeurs : {expected}", "choisir une valeur de la liste"),
    "dict_type": ("des clés et leurs valeurs", "revoir l'indentation"),
    "list_type": ("une liste", "écrire un élément par ligne, précédé d'un tiret"),
    "model_type": ("des clés et leurs valeurs", "revoir l'indentation"),
    "too_short": ("au moins {min_length} élément", "compléter la liste"),
}
"""What was expected and what to do, for each kind of fault that pydantic finds in our models."""

_OTHERWISE = ("une valeur d'une autre sorte", "reprendre la forme du modèle : {modele}")


def read_settings(path: Path, file: str) -> str:
    """Return the text of a file of settings; ``file`` is the name that errors give it.

    Raises
    ------
    InputError
        When the file is not there or is not in UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise InputError(
            [Problem(file, "fichier", "absent", "ce fichier du projet", "le remettre en place")]
        ) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise InputError(
            [
                Problem(
                    file,
                    f"ligne {line}",
                    "un caractère dans un autre encodage",
                    "un texte en UTF-8",
                    "enregistrer de nouveau le fichier en UTF-8",
                )
            ]
        ) from error


def load_checked_yaml(text: str, file: str, model: str = "la dernière version du fichier") -> dict:
    """Read the text of a file of settings, which holds keys and values.

    Parameters
    ----------
    text : str
        Content of the file.
    file : str
        Name that errors give it.
    model : str
        What to start again from when nothing is there.

    Raises
    ------
    InputError
        When the text is not YAML (with its line), has a key twice, or holds no keys.
    """
    try:
        content = load_yaml(text)
    except yaml.YAMLError as error:
        raise InputError([_unreadable(error, text, file)]) from error
    if not isinstance(content, dict) or not content:
        raise InputError(
            [
                Problem(
                    file,
                    "fichier",
                    _shown(content, []) if content else "vide",
                    "des clés et leurs valeurs (code, nom…)",
                    f"repartir de {model}",
                )
            ]
        )
    return content


def problems_of(
    error: ValidationError,
    file: str,
    root: type[BaseModel],
    *,
    under: Iterable[Any] = (),
    model: str = "les autres entrées du fichier",
    lines: Callable[[Iterable[Any]], int] | None = None,
) -> list[Problem]:
    """Return in French everything that a model refused.

    Parameters
    ----------
    error : ValidationError
        What pydantic found.
    file : str
        Name that errors give to the file.
    root : type of BaseModel
        The model; its keys are proposed for an unknown one.
    under : iterable
        Keys that lead to what the model checked, when it is a part of the file.
    model : str
        An example that the user may look at.
    lines : callable, optional
        Gives the line of a key (`diagalim.settings.strict_yaml.lines_of`).
    """
    above = list(under)
    problems = []
    for fault in error.errors():
        told = _translate(dict(fault), file, root, above, model)
        at = f"ligne {lines([*above, *fault['loc']])}, " if lines else ""
        problems.append(replace(told, place=f"{at}{told.place}"))
    return problems


def _unreadable(error: yaml.YAMLError, text: str, file: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    place = f"ligne {mark.line + 1}, colonne {mark.column + 1}" if mark else "fichier"
    lines = text.splitlines()
    if isinstance(error, SaidInFrench):
        seen = error.problem
    elif mark and mark.line < len(lines) and lines[mark.line].strip():
        seen = lines[mark.line].strip()[:SHOWN_CHARACTERS]
    else:
        seen = "fin du fichier" if mark else "un caractère interdit"
    return Problem(
        file,
        place,
        seen,
        "du YAML lisible, chaque clé une seule fois",
        "vérifier l'indentation, les deux-points et les guillemets à cette ligne et au-dessus",
    )


def _translate(
    problem: dict[str, Any], file: str, root: type[BaseModel], above: list[Any], model: str
) -> Problem:
    # pydantic ends the place of a wrong key by "[key]"
    inside = [part for part in problem["loc"] if not str(part).endswith("]")]
    where = [*above, *inside]
    place = "clé " + (".".join(str(part) for part in where) or "(racine)")
    kind, context = problem["type"], problem.get("ctx", {})
    if kind == "extra_forbidden":
        allowed = _keys_at(root, inside[:-1])
        near = difflib.get_close_matches(str(where[-1]), allowed, n=1)
        hint = f"vouliez-vous « {near[0]} » ? sinon " if near else ""
        return Problem(
            file,
            place,
            str(where[-1]),
            f"une clé connue : {', '.join(allowed)}",
            f"{hint}supprimer ou renommer cette clé",
        )
    seen = "absente" if kind == "missing" else _shown(problem["input"], where)
    if kind == "value_error":  # raised by our own validators, in French
        return Problem(file, place, seen, str(context["error"]), "corriger cette valeur")
    expected, remedy = _EXPECTED.get(kind, _OTHERWISE)
    words = {"modele": model} | context
    if "expected" in words:
        words["expected"] = words["expected"].replace(" or ", " ou ")
    return Problem(file, place, seen, expected.format(**words), remedy.format(**words))


def _shown(value: Any, where: list[Any]) -> str:
    if value is None or value == "":
        return "vide"
    if isinstance(value, dict):
        return str(value.get("code", where[-1] if where else "contenu du fichier"))
    return re.sub(r"\s+", " ", str(value))[:SHOWN_CHARACTERS]


def _keys_at(root: type[BaseModel], where: list[Any]) -> list[str]:
    """Return the keys accepted by the model found by following ``where`` from the root."""
    found: Any = root
    for part in where:
        found = _plain(found)
        if isinstance(found, type) and issubclass(found, BaseModel):
            found = found.model_fields[str(part)].annotation
        else:  # a list or a mapping: its content is its last argument
            found = get_args(found)[-1]
    return list(_plain(found).model_fields)


def _plain(annotation: Any) -> Any:
    """Return what stands under ``Annotated[X, …]`` and ``X | None``."""
    while get_origin(annotation) in (Annotated, Union, types.UnionType):
        given = [part for part in get_args(annotation) if part is not types.NoneType]
        annotation = given[0]
    return annotation
