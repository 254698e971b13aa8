"""Which columns of a kept table are published, under which names, how precise: as its schema says.

The schema is a list of what may go out, not of what must not: a column that a chapter adds to its
table stays in until someone writes what it means.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pandas as pd

from diagalim.downloads.notice import OWN_KEYS


def published_fields(
    schema: dict[str, Any], present: Collection[str], withheld: Collection[str] = ()
) -> list[dict[str, Any]]:
    """Return the fields of a schema that a table gives and that may be handed out.

    Parameters
    ----------
    schema : dict
        Table Schema of ``data/schemas/publie``.
    present : collection of str
        Columns of the table.
    withheld : collection of str
        Names of fields that may not be handed out.

    Raises
    ------
    ValueError
        When the table lacks a column that its schema does not call optional.
    """
    fields = [field for field in schema["fields"] if field["name"] not in withheld]
    lost = [f["name"] for f in fields if _column(f) not in present and not f.get("facultatif")]
    if lost:
        raise ValueError(f"{schema['title']}: no column for {', '.join(lost)}")
    return [field for field in fields if _column(field) in present]


def shaped(table: pd.DataFrame, fields: list[dict[str, Any]], key: str | list[str]) -> pd.DataFrame:
    """Return a table as it is published: named, typed, rounded, in the order of its key.

    Parameters
    ----------
    table : DataFrame
        Kept by a chapter, its key in the index or in a column; left as it is.
    fields : list of dict
        From `published_fields`.
    key : str or list of str
        Fields that name a line, once each.

    Returns
    -------
    DataFrame
        Text as ``str`` (a missing one is empty), whole numbers as ``Int64``, others as ``float``.

    Raises
    ------
    ValueError
        When two lines have the same key.
    """
    columns = {field["name"]: _typed(table[_column(field)], field) for field in fields}
    shown = pd.DataFrame(columns)
    keys = [key] if isinstance(key, str) else list(key)
    twice = shown[shown.duplicated(keys)]
    if len(twice):
        raise ValueError(f"several lines for {twice[keys].iloc[0].tolist()}")
    return shown.sort_values(keys, kind="stable").reset_index(drop=True)


def without_index(table: pd.DataFrame, schema: dict[str, Any]) -> pd.DataFrame:
    """Return a table whose key, where a chapter left it in the index, is a column like the others.

    The index takes the name that the schema gives to the column of its first key.
    """
    if isinstance(table.index, pd.RangeIndex):
        return table
    first = next(field for field in schema["fields"] if _column(field) not in table.columns)
    return table.rename_axis(_column(first)).reset_index()


def handed_schema(schema: dict[str, Any], fields: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a schema as it goes out with its table: the columns there, without keys of ours."""
    kept = {key: value for key, value in schema.items() if key not in OWN_KEYS}
    plain = [{k: v for k, v in field.items() if k not in OWN_KEYS} for field in fields]
    return {**kept, "fields": plain}


def _column(field: dict[str, Any]) -> str:
    return field.get("colonne", field["name"])


def _typed(values: pd.Series, field: dict[str, Any]) -> pd.Series:
    if field["type"] == "integer":
        return values.astype("Float64").round(0).astype("Int64")
    if field["type"] == "number":
        numbers = values.astype("float64")
        rounded = numbers.round(field["decimales"]) if "decimales" in field else numbers
        return rounded + 0.0  # no « -0.0 »
    return values.map(lambda value: "" if pd.isna(value) else str(value)).astype(object)
