"""How many places of food aid did four networks list in 2015, commune by commune?

The lists were re-published without a licence: they may be counted, not handed on. So a reader gives
counts by commune and nothing else: no name, address or point of a place ever leaves this module.
Spellings are those of the lists (« SSaint », capitals, cut names); a line whose commune is not
recognised without doubt is counted apart, never guessed.
"""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Iterable
from urllib.parse import unquote

import pandas as pd

from diagalim.settings.codes import CITIES_IN_DISTRICTS
from diagalim.settings.territory import Territory
from diagalim.sources.datasets import read
from diagalim.sources.registry import Resolved
from diagalim.sources.schemas import layout_of
from diagalim.sources.tables.tabular import checked_table, read_text_table
from diagalim.sources.tables.tabular_problems import content_problem, row_problems
from diagalim.wording.problems import raise_if_any
from diagalim.wording.same_names import plain

PLACE, TOWN, ROUND, WAREHOUSE, CLOSED = "lieu", "commune citée", "tournée", "entrepôt", "fermé"
KINDS = (PLACE, TOWN, ROUND, WAREHOUSE, CLOSED)
"""What a line stands for.

A town that is named has one place or more; a warehouse receives nobody, a closed place is no place.
"""
NEAR = 0.92
"""Likeness (difflib) over which a name is a slip of the pen for another (project's convention)."""
_DISTRICT = re.compile(r"\b\d+ ?(?:er|e|eme)\b.*")
_ARTICLE = re.compile(r"^(?:la|le|les|l) ")
_POSTCODE = re.compile(r"\b(\d{5})\s+(\D.*)$")


def read_croix_rouge(resolved: Resolved, territory: Territory) -> pd.DataFrame:
    """Count the food-aid units of the Croix-Rouge by commune.

    Returns
    -------
    DataFrame
        ``commune`` (INSEE code of the whole commune, missing when not recognised), ``sorte`` (one
        of `KINDS`), ``nombre``. Empty when the list has no line of the territory.

    Raises
    ------
    InputError
        When the form of the file is not the declared one.
    """
    table = read_text_table(resolved.path, layout_of(resolved))
    table = table[table["Code U2A"].str[1:3] == territory.code]
    towns = [
        match[2] if (match := _POSTCODE.search(address)) else "" for address in table["Adresse"]
    ]
    closed = table["Libellé U2A"].map(plain).str.startswith("ferme")
    kinds = [
        CLOSED if shut else _kind(action)
        for action, shut in zip(table["Action menée"].map(plain), closed, strict=True)
    ]
    return _counted(towns, kinds, territory)


def read_secours_populaire(resolved: Resolved, territory: Territory) -> pd.DataFrame:
    """Count the branches of the Secours populaire by commune, as `read_croix_rouge` does.

    A branch belongs to the department of its postcode, not to the one under which it is filed.
    The list does not say which branches give food.
    """
    table = read_text_table(resolved.path, layout_of(resolved))
    table = table[table["CP"].str.startswith(territory.code)]
    return _counted(table["Bureau de distribution"], [PLACE] * len(table), territory)


def read_restos(resolved: Resolved, territory: Territory) -> pd.DataFrame:
    """Name the communes where the Restos du Cœur list a centre or more, as `read_croix_rouge`."""
    table = read_text_table(resolved.path, layout_of(resolved))
    here = table["departement"].map(lambda name: plain(unquote(name))) == plain(territory.nom)
    towns = table.loc[here, "ville"].map(unquote)
    return _counted(towns, [TOWN] * len(towns), territory)


def read_banque_alimentaire(resolved: Resolved, territory: Territory) -> pd.DataFrame:
    """Count the warehouses of the Banque alimentaire by commune, as `read_croix_rouge` does.

    The list names no department: a line is of the territory when one of its communes has that name.
    """
    layout = layout_of(resolved)
    raw = resolved.path.read_bytes()
    wrong = content_problem(raw, resolved.path)
    raise_if_any([wrong] if wrong else [])
    text = raw.decode("utf-8-sig").splitlines()
    lines = list(csv.reader(text, delimiter=layout.separator))
    header = [lines[0][0] or layout.key, *lines[0][1:]]  # its first column has no name
    rows = [(number, cells) for number, cells in enumerate(lines[1:], start=2) if any(cells)]
    raise_if_any(row_problems(rows, len(header), resolved.path))
    towns = checked_table(header, rows, resolved.path, layout)["ville"].map(unquote)
    counted = _counted(towns, [WAREHOUSE] * len(towns), territory)
    return counted[counted["commune"].notna()].reset_index(drop=True)


def recognise(stated: str, known: dict[str, str]) -> str | None:
    """Return the commune that a list means, or None when that is not sure.

    Parameters
    ----------
    stated : str
        As the list writes it.
    known : dict of str to str
        Code of each commune by its name, in the form of `town_name`.

    Returns
    -------
    str or None
        The one commune of that name; else the only one that begins with these words (« Salon »);
        else the only one spelt almost so.
    """
    name = town_name(stated)
    if not name:
        return None
    if name in known:
        return known[name]
    longer = [code for other, code in known.items() if other.startswith(f"{name} ")]
    if longer:
        return longer[0] if len(longer) == 1 else None
    near = difflib.get_close_matches(name, known, n=2, cutoff=NEAR)
    return known[near[0]] if len(near) == 1 else None


def town_name(stated: str) -> str:
    """Return the name of a town without its district, nor the article that lists often leave."""
    return _ARTICLE.sub("", _DISTRICT.sub("", plain(stated)).strip())


def _kind(action: str) -> str:
    if action.startswith("entrepot"):
        return WAREHOUSE
    return ROUND if action.startswith("samu social") else PLACE


def _counted(stated: Iterable[str], kinds: list[str], territory: Territory) -> pd.DataFrame:
    known = _communes(territory)
    codes = [recognise(town, known) for town in stated]
    table = pd.DataFrame({"commune": pd.Series(codes, dtype="object"), "sorte": kinds})
    sizes = table.groupby(["commune", "sorte"], dropna=False).size()
    return sizes.rename("nombre").reset_index()


def _communes(territory: Territory) -> dict[str, str]:
    """Return the code of each commune by its name; a city in *arrondissements* is one commune."""
    whole = {district: city for city, parts in CITIES_IN_DISTRICTS.items() for district in parts}
    legal, _ = read("populations_legales", territory)
    names = zip(legal["code"], legal["nom"], strict=True)
    return {town_name(name): whole.get(code, code) for code, name in names}
