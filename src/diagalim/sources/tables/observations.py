"""The one shape of everything a reader gives: a value never travels without its state.

Columns: ``code`` (IRIS or commune), ``variable`` (name in the official file), ``valeur`` (float),
``statut`` (see `STATUSES`), ``motif`` (token seen in the file when there is no value) and
``demi_arrondi`` (half-width of the rounding that the producer announces, in the unit of the value).
"""

from __future__ import annotations

import pandas as pd

STATUSES = (
    "observe",  # published value of this very place
    "arrondi",  # published, rounded by the producer: `demi_arrondi` says by how much
    "communal",  # value of a larger commune lent to one of its IRIS
    "proxy",  # same place, other definition
    "carreaux",  # estimated, the 200 m grid being one of the reasons
    "estime",  # estimated by a model
    "secret",  # withheld by the producer
    "absent",  # not in the file
    "petit_effectif",  # a rate on too few units
    "sans_population",  # nobody lives there
)
"""States of a value (METHODS 3.3); readers give neither ``carreaux`` nor ``estime``."""

COLUMNS = ["code", "variable", "valeur", "statut", "motif", "demi_arrondi"]


def as_observations(
    numbers: pd.DataFrame, *, empty_is: str = "absent", half_rounding: pd.Series | float = 0.0
) -> pd.DataFrame:
    """Give each value its state.

    Parameters
    ----------
    numbers : DataFrame
        From `diagalim.sources.tables.tabular.to_numbers`: ``code``, ``variable``, ``valeur``,
        ``motif``.
    empty_is : {"absent", "secret"}
        What an empty cell means in this file; a withheld token always means ``secret``.
    half_rounding : Series or float
        Half-width of the producer's rounding, aligned on the rows of ``numbers``.

    Returns
    -------
    DataFrame
        Columns `COLUMNS`, one row a code and variable.
    """
    table = numbers.assign(demi_arrondi=half_rounding)
    known = table["valeur"].notna()
    table["statut"] = "secret"
    table.loc[~known & (table["motif"] == "vide"), "statut"] = empty_is
    table.loc[known, "statut"] = "observe"
    table.loc[known & (table["demi_arrondi"] > 0), "statut"] = "arrondi"
    table.loc[~known, "demi_arrondi"] = 0.0
    return table[COLUMNS].reset_index(drop=True)


def wide(observations: pd.DataFrame, column: str = "valeur") -> pd.DataFrame:
    """Return one column a variable, indexed by code; ``column`` may be ``statut`` or ``motif``."""
    return observations.pivot(index="code", columns="variable", values=column)
