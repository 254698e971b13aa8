"""Which commune of today does a code mean: a merged, delegated, split or re-coded one?

Files follow the division of their year, and people write the code that they know. Insee's list of
communes (*code officiel géographique*) gives the parent of a *commune déléguée* or *associée*; its
list of movements gives what became of every code since 1943. A commune that disappeared without
leaving a delegated one is only in the second. `diagalim.sources.official.commune_lists` reads both.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True)
class Cog:
    """What the *code officiel géographique* at hand says of codes.

    Attributes
    ----------
    names : mapping of str to str
        Name of each commune and *arrondissement* of the territory, by code.
    parents : mapping of str to str
        Code of the commune that holds a delegated or associated one.
    successors : mapping of str to tuple of str
        Communes that each code became, by the movement that came last.
    origins : mapping of str to tuple of str
        Communes out of which each code was made, by the movement that came last.
    """

    names: Mapping[str, str]
    parents: Mapping[str, str] = field(default_factory=dict)
    successors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    origins: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def follow(
    codes: Iterable[str] | pd.Series, cog: Cog | None, among: Collection[str] | None = None
) -> pd.Series:
    """Return the commune that each code means.

    Parameters
    ----------
    codes : iterable of str, or Series of str
        Codes of communes, as a file writes them; missing ones stay missing.
    cog : Cog or None
        From `cog_at_hand`. Without it a code means itself when ``among`` holds it, and nothing
        otherwise.
    among : collection of str, optional
        Codes that may be answered: those of the outlines, say, which may be older than the list.
        By default the communes and *arrondissements* of ``cog``.

    Returns
    -------
    Series of str
        Indexed as ``codes`` when it is a Series, by the codes themselves otherwise. A code of
        ``among`` is its own answer; another one is followed to its parent, to what it became, then
        back to what it was made of; missing where that leads nowhere, or to several communes.
    """
    given = codes if isinstance(codes, pd.Series) else pd.Series(list(codes), list(codes), object)
    known = set(cog.names if cog and among is None else among or ())
    answers = {code: _followed(code, cog, known) for code in given.dropna().unique()}
    return pd.Series([answers.get(code) for code in given], given.index, object)


def _followed(code: str, cog: Cog | None, known: set[str]) -> str | None:
    if code in known:
        return code
    if cog is None:
        return None
    paths = (_chain(code, cog.parents, cog.successors), _chain(code, {}, cog.origins))
    return next((end for path in paths for end in path if end in known), None)


def _chain(
    code: str, parents: Mapping[str, str], steps: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    """Yield the codes that one leads to, as long as each step leads to one only."""
    seen = {code}
    while True:
        ends = (parents[code],) if code in parents else steps.get(code, ())
        if len(ends) != 1 or ends[0] in seen:
            return
        code = ends[0]
        seen.add(code)
        yield code
