"""How is it said that rows of a file have no outline, or an outline no row?

Counted, with their inhabitants where a file gives them: in the check, in the build and on the page
of sources, in the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from diagalim.settings.codes import COMMUNE_LENGTH
from diagalim.settings.territory import Territory
from diagalim.sources.division import Division
from diagalim.sources.places.geography import without_line
from diagalim.sources.registry import load_sources

SHOWN = 3


def left_out(divisions: Mapping[str, Division], territory: Territory) -> list[str]:
    """Return, a line a dataset, the codes left out and those followed.

    Parameters
    ----------
    divisions : mapping of str to Division
        By dataset.
    territory : Territory
        The study.
    """
    people = inhabitants(divisions)
    sources = load_sources()
    return [
        f"{sources[name].court} : {words}."
        for name, division in divisions.items()
        for words in said_of(division, people)
    ]


def inhabitants(divisions: Mapping[str, Division]) -> dict[str, float]:
    """Return the inhabitants of the codes left out, by code, from the files that give them."""
    return {code: n for division in divisions.values() for code, n in division.people.items()}


def said_of(division: Division, people: Mapping[str, float]) -> list[str]:
    """Return what became of the codes of one dataset, in French, without a full stop.

    Parameters
    ----------
    division : Division
        Of the dataset.
    people : mapping of str to float
        From `inhabitants`.
    """
    said = []
    if division.outside:
        said.append(_outside(division, people))
    if division.followed:
        moves = [f"{old} compté dans {new}" for old, new in sorted(division.followed.items())]
        count = len(moves)
        said.append(
            f"{count} {'ancien code suivi' if count == 1 else 'anciens codes suivis'} jusqu'aux "
            f"contours ({_some(moves, '; ')})"
        )
    if division.merged:
        count = len(division.merged)
        said.append(
            f"{count} {'lieu réunit' if count == 1 else 'lieux réunissent'} plusieurs lignes dont "
            f"les valeurs ne s'additionnent pas, laissées manquantes ({_some(division.merged)})"
        )
    return said


def unknown_places(
    tables: Mapping[str, Any], whole: Iterable[str | None], territory: Territory
) -> list[str]:
    """Return, a line a dataset, the IRIS drawn that a dataset which must hold them all lacks.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables read, by dataset.
    whole : iterable of str
        Datasets that must hold every IRIS.
    territory : Territory
        The study.
    """
    if "contours_iris" not in tables:
        return []
    sources, said = load_sources(), []
    for name in [name for name in whole if name in tables]:
        lost = sorted(without_line(dict(tables), name))
        if lost:
            verb = "n'a" if len(lost) == 1 else "n'ont"
            said.append(
                f"{sources[name].court} : {len(lost)} IRIS des contours {verb} aucune ligne "
                f"({_some(lost)}) ; ce que ce fichier donne y reste inconnu."
            )
    return said


def _outside(division: Division, people: Mapping[str, float]) -> str:
    count = len(division.outside)
    known = [people[code] for code in division.outside if code in people]
    iris = any(len(code) > COMMUNE_LENGTH for code in division.outside)
    kind = "IRIS" if iris else ("commune" if count == 1 else "communes")
    words = f"{count}\u00a0{kind} hors des contours, {'laissé' if iris else 'laissée'}"
    words += f"{'' if count == 1 else 's'} de côté ({_some(division.outside)})"
    if not known:
        return f"{words} ; habitants non connus"
    more = "" if len(known) == count else f", pour {len(known)} des {count}"
    number = f"{sum(known):,.0f}".replace(",", "\u202f")
    return f"{words} ; {number}\u00a0habitants{more}"


def _some(names: Iterable[str], mark: str = ", ") -> str:
    listed = list(names)
    return mark.join(listed[:SHOWN]) + (f"{mark}…" if len(listed) > SHOWN else "")
