"""Does the name of a commune that somebody typed go with the code typed beside it?

A list kept by hand gives both, and one of the two may be that of another line. The code is what is
counted; a name that is not its own is said, for nobody here knows which of them is right.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

import pandas as pd

from diagalim.sources.tables.cells import Grid
from diagalim.wording.same_names import plain

CODE, NAME = "Code INSEE", "Commune"
_TAIL = re.compile(r"\s*\b(?:cedex\b.*|\d+\s*(?:er?|e|eme)?(?:\s+arrondissement)?)$")
"""What an address adds to the name: « Marseille 3e », « Aubagne CEDEX 9 »."""


def other_commune(name: object, code: object, names: Mapping[str, str]) -> bool:
    """Tell whether a name is surely not that of the code.

    Parameters
    ----------
    name, code : str or missing
        As they are typed.
    names : mapping of str to str
        Name of each commune known, by code.
    """
    if pd.isna(name) or pd.isna(code) or str(code) not in names:
        return False
    typed, known = (_TAIL.sub("", plain(str(text))) for text in (name, names[str(code)]))
    return bool(typed) and not (typed.startswith(known) or known.startswith(typed))


def commune_remarks(
    table: pd.DataFrame, grid: Grid, communes: Collection[str] | Mapping[str, str] | None
) -> list[str]:
    """Return what is to be said of the communes of a list kept by hand, line by line.

    Parameters
    ----------
    table : DataFrame
        The list, checked; without a column `CODE` nothing is said.
    grid : Grid
        Where each cell stands.
    communes : collection of str, or mapping of str to str
        Codes of the communes of the territory, with their names where they are known.
    """
    if communes is None or CODE not in table:
        return []
    names = communes if isinstance(communes, Mapping) else {}
    typed = table[NAME] if NAME in table else pd.Series(pd.NA, table.index)
    remarks = []
    for row, (name, code) in enumerate(zip(typed, table[CODE], strict=True)):
        if not pd.isna(code) and code not in communes:
            remarks.append(
                f"{grid.place(row, CODE)} : « {code} » n'est pas une commune du territoire ; la "
                "ligne n'est comptée que si ce code est un ancien code d'une de ses communes"
            )
        elif other_commune(name, code, names):
            remarks.append(
                f"{grid.place(row, NAME)} : « {name} » n'est pas le nom de {code} "
                f"({names[code]}) ; la ligne est comptée sous ce code"
            )
    return remarks
