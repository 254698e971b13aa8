"""Which values of a collected table must be found in another one, and which of them are lost?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from diagalim.sources.tables.cells import Grid, problems_at
from diagalim.wording.problems import Problem


def link_problems(
    table: pd.DataFrame, schema: dict[str, Any], others: Mapping[str, pd.DataFrame], grid: Grid
) -> list[Problem]:
    """Return the values that must be found in another table, or another column, and are not.

    Parameters
    ----------
    table : DataFrame
        Typed cells.
    schema : dict
        Its Table Schema; a foreign key without a resource names a column of the table itself.
    others : mapping of str to DataFrame
        Tables already read; a key to one that is not there is not compared with anything.
    grid : Grid
        Where each cell stands.
    """
    problems = []
    fields = {field["name"]: field for field in schema["fields"]}
    for link in schema.get("foreignKeys", []):
        name, target = (_only(link["fields"]), _only(link["reference"]["fields"]))
        resource = link["reference"]["resource"]
        if resource and resource not in others:
            continue  # an optional table that is not there: nothing to compare with
        known = others[resource][target] if resource else table[target]
        lost = table[name].notna() & ~table[name].isin(known)
        where = f"dans « {resource} »" if resource else f"dans la colonne {target}"
        problems += problems_at(
            table,
            grid,
            name,
            lost.to_numpy().nonzero()[0],
            f"une valeur présente {where}",
            "corriger l'identifiant, ou ajouter la ligne qui manque",
            hidden=bool(fields[name].get("donnee_personnelle")),
        )
    return problems


def _only(columns: str | list[str]) -> str:
    """Return the column of a foreign key; the schemas of the project have keys of one column."""
    return columns if isinstance(columns, str) else columns[0]
