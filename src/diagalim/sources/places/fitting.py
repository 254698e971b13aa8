"""Do the rows of a table have an outline, and if not, which one do they speak of?

A file follows the division of its year. A commune that merged, split or changed its code since is
followed by the *code officiel géographique* (`diagalim.analysis.geo.commune_codes`); a row that
nothing ties to an outline is left out and counted, so that one stray code stops no report and no
row is lost without a word.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from diagalim.analysis.geo.commune_codes import follow
from diagalim.settings.codes import COMMUNE_LENGTH
from diagalim.settings.territory import Territory
from diagalim.sources.division import COUNTS, FITTED, LISTS, OUTLINES, RATES, SHOPS, Division
from diagalim.sources.files import file_problem
from diagalim.sources.official.commune_lists import cog_at_hand
from diagalim.sources.official.contours import read_places
from diagalim.sources.places.geography import districts_of
from diagalim.sources.registry import Resolved, find
from diagalim.sources.schemas import columns_of
from diagalim.wording.problems import InputError

UNCUT = "0000"
"""End of the code of the one IRIS of a commune that is not cut."""
PEOPLE = r"P\d\d_POP|population|population_municipale"
"""Variables that are a number of inhabitants, in the datasets that give one."""
MERGED = "communes réunies"


def fitted(table: Any, resolved: Resolved, territory: Territory) -> tuple[Any, Division]:
    """Return a table whose places are those of the outlines, and what was done to it.

    Parameters
    ----------
    table : DataFrame
        As its reader gives it; never changed. Rows of other departments are left as they are.
    resolved : Resolved
        The file that it comes from.
    territory : Territory
        The study. Without outlines that can be read nothing is done: the report cannot be made
        either, and why is said where they are read.
    """
    drawn = places_drawn(territory) if resolved.id in FITTED else None
    if drawn is None:
        return table, Division()
    if resolved.id == SHOPS:
        return _fitted_shops(table, drawn, territory)
    given = _codes(table)
    here = pd.Index(given[given.str.startswith(territory.code)].unique())
    moved, outside = _answers(here, drawn, territory, parts=resolved.id not in RATES)
    division = Division(len(here), moved, (), outside, _people(table, outside))
    if not moved and not outside:
        return table, division
    kept = table[~given.isin(outside).to_numpy()]
    if resolved.id in LISTS:
        return _one_line_a_place(kept, moved), division
    return _added_up(kept, moved, division, counts=resolved.id in COUNTS)


def places_drawn(territory: Territory) -> pd.Series | None:
    """Return the commune of each IRIS drawn, by code of IRIS, or None when nothing can be read."""
    try:
        found = find(OUTLINES, territory)
        if found is None or file_problem(found.path):  # a pipe would be waited for without end
            return None
        state = found.path.stat()
        columns = tuple(columns_of(found))
        return _drawn(found.path, columns, territory.code, state.st_mtime_ns, state.st_size)
    except (InputError, OSError):  # said once, where the outlines themselves are read
        return None


@lru_cache(maxsize=4)
def _drawn(path: Path, columns: tuple[str, ...], code: str, *state: int) -> pd.Series:
    return read_places(path, list(columns), code)


def _codes(table: pd.DataFrame) -> pd.Series:
    return table["code"] if "code" in table else table.index.to_series()


def _answers(
    codes: pd.Index, drawn: pd.Series, territory: Territory, *, parts: bool = True
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return where codes that are not drawn are followed to, and those that lead nowhere.

    ``parts``: whether what is said of a part of a commune may be counted in the whole.
    """
    cities = {city for city, parts in districts_of(territory).items() if parts & set(drawn)}
    known = set(drawn) | cities
    unknown = codes[~codes.isin(drawn.index) & ~codes.isin(sorted(known))]
    if unknown.empty:
        return {}, ()
    communes = follow(unknown.str[:COMMUNE_LENGTH].unique(), cog_at_hand(territory), known)
    ends = {code: _end(code, communes[code[:COMMUNE_LENGTH]], drawn, parts) for code in unknown}
    moved = {code: end for code, end in ends.items() if end is not None}
    return moved, tuple(sorted(code for code, end in ends.items() if end is None))


def _end(code: str, commune: str | None, drawn: pd.Series, parts: bool) -> str | None:
    """Return the place drawn that a code stands for, given the commune it is in."""
    if commune is None or len(code) == COMMUNE_LENGTH:
        return commune
    whole = drawn.index[drawn == commune]
    if len(whole) == 1 and (parts or code.endswith(UNCUT)):
        return whole[0]
    named = commune + code[COMMUNE_LENGTH:]
    return named if named in drawn.index else None


def _people(table: pd.DataFrame, outside: tuple[str, ...]) -> dict[str, float]:
    if "variable" not in table or not outside:
        return {}
    rows = table[table["code"].isin(outside) & table["variable"].str.fullmatch(PEOPLE)]
    return rows.dropna(subset="valeur").set_index("code")["valeur"].to_dict()


def _one_line_a_place(table: pd.DataFrame, moved: dict[str, str]) -> pd.DataFrame:
    """Give the lines of a list their place; the line of the place itself wins over the others."""
    own = ~table.index.isin(list(moved))
    name = table.index.name
    renamed = pd.concat([table[own], table[~own].rename(index=moved)])
    return renamed[~renamed.index.duplicated()].rename_axis(name).sort_index()


def _added_up(
    table: pd.DataFrame, moved: dict[str, str], division: Division, *, counts: bool
) -> tuple[pd.DataFrame, Division]:
    """Give observations their place; several on one are added up, or left missing."""
    own = ~table["code"].isin(moved)
    others = table[~own]
    # a longer Series given to a table without a row would lend it its own rows
    renamed = pd.concat([table[own], others.assign(code=others["code"].map(moved))])
    keys = ["code", "variable"]
    several = renamed.duplicated(keys, keep=False)
    if not several.any():
        return renamed.reset_index(drop=True), division
    rows = renamed[several]
    first = rows.drop_duplicates(keys).set_index(keys)
    if counts:
        first = _sums(rows, first, keys)
        merged = ()
    else:
        first = first.assign(valeur=float("nan"), statut="absent", motif=MERGED, demi_arrondi=0.0)
        merged = tuple(sorted(rows["code"].unique()))
    whole = pd.concat([renamed[~several], first.reset_index()[renamed.columns]], ignore_index=True)
    return whole, replace(division, merged=merged)


def _sums(rows: pd.DataFrame, first: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Add up counts; one that is withheld withholds the sum, with its own reason."""
    total = rows.groupby(keys)[["valeur", "demi_arrondi"]].sum(min_count=1)
    lost = rows[rows["valeur"].isna()].drop_duplicates(keys).set_index(keys)
    first = first.assign(**total.reindex(first.index))
    first.loc[lost.index, ["valeur", "statut", "motif"]] = lost[["valeur", "statut", "motif"]]
    return first


def _fitted_shops(
    table: pd.DataFrame, drawn: pd.Series, territory: Territory
) -> tuple[pd.DataFrame, Division]:
    """Put shops in the communes and IRIS drawn; those of a commune drawn whole are in its IRIS."""
    communes = pd.Index(table["commune"].unique())
    moved, outside = _answers(communes, drawn, territory)
    kept = table[~table["commune"].isin(outside)]
    commune = kept["commune"].replace(moved)
    inside, _ = _answers(pd.Index(kept["code_iris"].dropna().unique()), drawn, territory)
    iris = kept["code_iris"].replace(inside)
    iris = iris.where(iris.isin(drawn.index))
    alone = drawn[~drawn.duplicated(keep=False)]
    iris = iris.fillna(commune.map(pd.Series(alone.index, alone.to_numpy())))
    division = Division(len(communes), moved, (), outside)
    return kept.assign(code_iris=iris, commune=commune, localise=iris.notna()), division
