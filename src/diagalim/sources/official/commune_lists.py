"""What do Insee's lists at hand say of the codes of communes, of today and of before?"""

from __future__ import annotations

import pandas as pd

from diagalim.analysis.geo.commune_codes import Cog
from diagalim.settings.territory import Territory
from diagalim.sources.registry import Resolved, resolve
from diagalim.sources.registry import find as find_file
from diagalim.sources.schemas import layout_of
from diagalim.sources.tables.tabular import read_text_table

LIST, MOVEMENTS = "cog", "cog_mouvements"
WHOLE = ("COM", "ARM")
"""Types of a code that stands by itself; COMD and COMA (*déléguée*, *associée*) have a parent."""


def cog_at_hand(territory: Territory) -> Cog | None:
    """Return what the files of a study say of the codes of communes, None without the list.

    The list of movements is optional: without it only delegated and associated communes are
    followed.

    Raises
    ------
    InputError
        When one of the two files is there and is not what the registry declares.
    """
    if find_file(LIST, territory) is None:
        return None
    names, parents = _listed(resolve(LIST, territory), territory)
    if find_file(MOVEMENTS, territory) is None:
        return Cog(names, parents)
    moved = read_movements(resolve(MOVEMENTS, territory), territory)
    return Cog(names, parents, _last(moved, "avant", "apres"), _last(moved, "apres", "avant"))


def read_movements(resolved: Resolved, territory: Territory) -> pd.DataFrame:
    """Read what became of the codes of communes of the whole country: some change department.

    Returns
    -------
    DataFrame
        ``nature`` (Insee's code of the event: 20 creation, 21 re-establishment, 30 suppression, 31
        to 33 mergers, 41 and 50 changes of code…), ``date`` (text, year first), ``avant`` and
        ``apres`` (codes of communes or *arrondissements*, different from one another).

    Raises
    ------
    InputError
        When the form of the file is not the declared one.
    """
    table = read_text_table(resolved.path, layout_of(resolved))
    table = table.rename(
        columns={"MOD": "nature", "DATE_EFF": "date", "COM_AV": "avant", "COM_AP": "apres"}
    )
    changed = table["TYPECOM_AP"].isin(WHOLE) & (table["avant"] != table["apres"])
    return table.loc[changed, ["nature", "date", "avant", "apres"]].reset_index(drop=True)


def _listed(resolved: Resolved, territory: Territory) -> tuple[dict[str, str], dict[str, str]]:
    """Names of the codes of the territory, and parents of all those that have one."""
    table = read_text_table(resolved.path, layout_of(resolved))
    whole = table["TYPECOM"].isin(WHOLE)
    here = table[whole & table["COM"].str.startswith(territory.code)]
    # a delegated commune keeps the code that it had, sometimes that of another department
    parts = table[~whole & (table["COMPARENT"] != "")]
    return (
        dict(zip(here["COM"], here["LIBELLE"], strict=True)),
        dict(zip(parts["COM"], parts["COMPARENT"], strict=True)),
    )


def _last(moved: pd.DataFrame, key: str, value: str) -> dict[str, tuple[str, ...]]:
    """For each code, the other end of its last movement; a split has several."""
    latest = moved[moved["date"] == moved.groupby(key)["date"].transform("max")]
    return {code: tuple(sorted(set(ends))) for code, ends in latest.groupby(key)[value]}
