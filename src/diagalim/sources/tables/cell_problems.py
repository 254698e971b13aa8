"""What is wrong with a cell that was typed by hand, in the words of the person who typed it.

frictionless finds the faults; its messages are English and speak of constraints. Each kind of fault
is said here in French with what was expected and what to do. A value of a personal or free text
column is never quoted: a message is copied into mails and logs, where it has no business.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from diagalim.sources.tables.identifiers import LOCAL_LAW, RNA
from diagalim.wording.problems import Problem

SHOWN_CHARACTERS = 80
HIDDEN = "(valeur non affichée : colonne personnelle ou de texte libre)"

TYPES = {
    "integer": "un nombre entier, sans espace ni unité",
    "number": "un nombre, sans espace ni unité",
    "date": "une date : 2025-03-17 ou 17/03/2025",
    "year": "une année en quatre chiffres",
}
EMPTY_OR_MEND = "corriger la cellule, ou la laisser vide si la valeur n'est pas connue"

Say = Callable[[str, dict[str, Any]], tuple[str, str]]


def cell_problem(kind: str, seen: str, field: dict[str, Any], file: str, place: str) -> Problem:
    """Return what to say of one wrong cell.

    Parameters
    ----------
    kind : str
        ``type``, or the constraint that the cell breaks, by its name in Table Schema.
    seen : str
        Content of the cell.
    field : dict
        Its column in the schema.
    file, place : str
        Where it stands, as the owner of the file sees it.
    """
    expected, remedy = SAYINGS[kind](seen, field)
    private = field.get("donnee_personnelle") or field.get("texte_libre")
    shown = HIDDEN if private and seen else seen[:SHOWN_CHARACTERS] or "vide"
    return Problem(file, place, shown, expected, remedy)


def closest(seen: str, accepted: Sequence[str]) -> str | None:
    """Return the accepted value that was probably meant, if one is near."""
    folded = {fold(value): value for value in accepted}
    near = difflib.get_close_matches(fold(seen), folded, n=1, cutoff=0.6)
    return folded[near[0]] if near else None


@lru_cache(maxsize=2**14)  # the cells of a sheet hold the same few words
def fold(text: str) -> str:
    """Return a text without accents, capitals, blanks nor punctuation, to compare two spellings."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if c.isalnum()).casefold()


def _type(seen: str, field: dict[str, Any]) -> tuple[str, str]:
    kind = field["type"]
    if kind == "boolean":
        accepted = [*field.get("trueValues", ["true"]), *field.get("falseValues", ["false"])]
        return f"une de ces valeurs : {', '.join(accepted)}", "choisir une valeur de la liste"
    expected = TYPES.get(kind, "une valeur d'une autre sorte")
    if kind in ("integer", "number", "year"):
        return expected, _number_remedy(seen, kind)
    if kind == "date" and re.fullmatch(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}", seen):
        return expected, "écrire l'année en quatre chiffres"
    if kind == "date" and re.fullmatch(r"\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2}", seen):
        return expected, "cette date n'existe pas au calendrier : la corriger"
    return expected, EMPTY_OR_MEND


def _number_remedy(seen: str, kind: str) -> str:
    if re.fullmatch(r"[+-]?\d{1,3}(?:[ \u00a0\u202f']\d{3})+(?:[.,]\d+)?", seen):
        return "enlever les espaces entre les milliers"
    if kind == "integer" and re.fullmatch(r"[+-]?\d+[.,]\d+", seen):
        return "un décompte n'a pas de décimale : vérifier la valeur et la colonne"
    if kind == "number" and re.fullmatch(r"[+-]?\d+,\d+", seen):
        return "écrire le point comme marque décimale (12.5)"
    if re.match(r"(?:environ|env\.?|~|≈|\+/-|>|<)", seen, re.IGNORECASE):
        return "écrire le nombre seul ; dire en commentaire ou en « qualité » qu'il est estimé"
    if re.fullmatch(r"[+-]?\d+(?:[.,]\d+)?\s*\D+", seen):
        return "enlever l'unité : elle est dite par la colonne"
    return EMPTY_OR_MEND


def _enum(seen: str, field: dict[str, Any]) -> tuple[str, str]:
    accepted = [str(value) for value in field["constraints"]["enum"]]
    near = closest(seen, accepted)
    remedy = f"vouliez-vous « {near} » ?" if near else "choisir une valeur de la liste"
    return f"une de ces valeurs : {', '.join(accepted)}", remedy.replace(" ?", "\u202f?")


def _pattern(seen: str, field: dict[str, Any]) -> tuple[str, str]:
    example = field.get("example", "")
    expected = f"la forme de {example}" if example else "la forme décrite dans le dictionnaire"
    if re.fullmatch(r"\d+(?:[.,]\d+)?[eE]\+?\d+", seen):
        return expected, (
            "le tableur a changé ce code en nombre : mettre la colonne au format Texte et "
            "ressaisir le code en entier"
        )
    if fold(field["name"]) == RNA and LOCAL_LAW.fullmatch(seen):
        return expected, "ce numéro d'un registre d'Alsace-Moselle n'est pas un RNA : laisser vide"
    if len(example) == 14 and re.fullmatch(r"\d{9}", re.sub(r"\s", "", seen)):
        return expected, (
            "neuf chiffres sont le SIREN de l'organisme : ajouter les cinq chiffres de "
            "l'établissement, ou laisser vide"
        )
    if example and seen.isdigit() and len(seen) == len(example) - 1:
        return expected, "un zéro de tête est sans doute perdu : mettre la colonne au format Texte"
    title = field.get("title", field["name"])
    return expected, f"corriger « {title} »"


def _low(seen: str, field: dict[str, Any]) -> tuple[str, str]:
    return (
        f"une valeur d'au moins {field['constraints']['minimum']}",
        "vérifier la valeur et l'unité",
    )


def _high(seen: str, field: dict[str, Any]) -> tuple[str, str]:
    return (
        f"une valeur d'au plus {field['constraints']['maximum']}",
        "vérifier la valeur et l'unité",
    )


def _short(seen: str, field: dict[str, Any]) -> tuple[str, str]:
    return f"au moins {field['constraints']['minLength']} caractères", "compléter la cellule"


def _long(seen: str, field: dict[str, Any]) -> tuple[str, str]:
    return f"au plus {field['constraints']['maxLength']} caractères", "raccourcir le texte"


def _required(seen: str, field: dict[str, Any]) -> tuple[str, str]:
    return "une valeur : cette colonne est obligatoire", "remplir la cellule"


def _unique(seen: str, field: dict[str, Any]) -> tuple[str, str]:
    return "chaque valeur une seule fois", "garder la bonne ligne et supprimer l'autre"


SAYINGS: dict[str, Say] = {
    "type": _type,
    "enum": _enum,
    "pattern": _pattern,
    "minimum": _low,
    "maximum": _high,
    "minLength": _short,
    "maxLength": _long,
    "required": _required,
    "unique": _unique,
}
"""What was expected and what to do, for each kind of fault that frictionless finds."""
