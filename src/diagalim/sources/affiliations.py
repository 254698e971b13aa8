"""Insee, membership table of the IRIS: the commune and the EPCI of each."""

from __future__ import annotations

import pandas as pd

from diagalim.sources.layout import iris_layout
from diagalim.sources.registry import Resolved
from diagalim.sources.tabular import read_text_table
from diagalim.territory import Territory


def read_affiliations(resolved: Resolved, territory: Territory) -> pd.DataFrame:
    """Read which commune and EPCI each IRIS belongs to.

    Returns
    -------
    DataFrame
        Indexed by IRIS: ``commune`` (code; the *arrondissement* in Marseille), ``nom_commune``,
        ``epci`` (SIREN code), ``type_iris`` (H, A, D or Z).

    Raises
    ------
    InputError
        When the form of the file is not the declared one.
    """
    layout = iris_layout(
        text=("CODE_INSEE", "LIBCOM", "EPCI", "TYP_IRIS"),
    )
    table = read_text_table(resolved.path, layout, territory.code)
    names = {
        "CODE_INSEE": "commune",
        "LIBCOM": "nom_commune",
        "EPCI": "epci",
        "TYP_IRIS": "type_iris",
    }
    return (
        table.rename(columns=names)
        .set_index("CODE_IRIS")[list(names.values())]
        .rename_axis("code_iris")
    )
