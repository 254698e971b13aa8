"""Cnaf: households receiving the *revenu de solidarité active* (RSA), by IRIS.

Two forms are read: one column that a third party kept of Insee's tables (``arsas``), and the open
data of the Cnaf (``ods``), one row a month, IRIS and type of RSA, of which December is taken.

``ARSAS`` counts **households** of the family benefits funds only: the agricultural scheme is left
out. An empty cell is a count under 5 that the producer withholds, never a zero; an IRIS that is not
in the file is absent, which is a third state.
"""

from __future__ import annotations

import pandas as pd

from diagalim.settings.territory import Territory
from diagalim.sources.registry import Resolved
from diagalim.sources.schemas import layout_of
from diagalim.sources.tables.layout import Layout
from diagalim.sources.tables.observations import as_observations
from diagalim.sources.tables.tabular import read_text_table, to_numbers
from diagalim.wording.problems import InputError, Problem

ROUNDED_TO = 5
"""What the open data of the Cnaf round counts to (data.caf.fr)."""


def read_rsa(resolved: Resolved, territory: Territory) -> pd.DataFrame:
    """Read the number of households receiving the RSA.

    Returns
    -------
    DataFrame
        Observations of ``ARSAS`` (households) keyed by IRIS; empty cells are ``secret``. Where
        every count of the file is a multiple of five, they are taken as rounded to it.

    Raises
    ------
    InputError
        When the form of the file is not the declared one, or the month is not there.
    """
    layout = layout_of(resolved)
    table = read_text_table(resolved.path, layout, territory.code)
    if resolved.pattern.format == "ods":
        return _of_december(table, layout, resolved)
    return as_observations(to_numbers(table, resolved.path, layout), empty_is="secret")


def _of_december(table: pd.DataFrame, layout: Layout, resolved: Resolved) -> pd.DataFrame:
    """Add up the types of RSA of each IRIS in the last month of the vintage.

    A withheld type makes the sum of its IRIS withheld. Rows that the Cnaf could not place in an
    IRIS are left out.
    """
    months = table["dtreffre"].str.replace("-", "", regex=False).str[:6]
    wanted = f"{resolved.vintage}12"
    if wanted not in set(months):
        raise InputError(
            [
                Problem(
                    resolved.path.name,
                    "colonne dtreffre",
                    ", ".join(sorted(months.unique())[-3:]),
                    f"décembre {resolved.vintage} ({wanted})",
                    "reprendre l'export complet de data.caf.fr, ou changer millesimes.caf_rsa",
                )
            ]
        )
    here = table[(months == wanted) & table["numirisd"].str.fullmatch(r"\d{4}")]
    here = here.reset_index(drop=True)
    numbers = to_numbers(here, resolved.path, layout)
    numbers["code"] = here["numcomdo"] + here["numirisd"]
    rounded = (numbers["valeur"].dropna() % ROUNDED_TO == 0).all()
    by_iris = numbers.groupby("code")
    total = by_iris["valeur"].sum(min_count=1).where(by_iris["valeur"].count() == by_iris.size())
    sums = pd.DataFrame({"variable": "ARSAS", "valeur": total, "motif": ""})
    sums.loc[sums["valeur"].isna(), "motif"] = "vide"
    half = by_iris.size() * ROUNDED_TO / 2 * rounded
    return as_observations(
        sums.reset_index(), empty_is="secret", half_rounding=half.reset_index(drop=True)
    )
