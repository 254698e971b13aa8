"""A published table as CSV: UTF-8, comma, dot, as schema.data.gouv.fr expects, and harmless.

A spreadsheet takes a cell that begins with one of a few marks for a formula, and runs it: a name
from the data gets an apostrophe before (OWASP, CSV injection). Numbers are numbers and keep their
sign.
"""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pandas as pd

FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
"""First characters that some spreadsheet reads as the start of a formula or of a command."""
GUARD = "'"


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return GUARD + text if text.lstrip(" ").startswith(FORMULA_MARKS) else text


def csv_bytes(table: pd.DataFrame, fields: list[dict[str, Any]]) -> bytes:
    """Return a table as CSV.

    Parameters
    ----------
    table : DataFrame
        From `diagalim.downloads.columns.shaped`.
    fields : list of dict
        Its fields, in the same order; ``decimales`` sets how many are written.
    """
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\n")
    writer.writerow(table.columns)
    texts = [_texts(table[field["name"]], field) for field in fields]
    writer.writerows(zip(*texts, strict=True))
    return held.getvalue().encode("utf-8")


def schema_bytes(schema: dict[str, Any]) -> bytes:
    """Return a Table Schema as JSON."""
    return (json.dumps(schema, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _texts(values: pd.Series, field: dict[str, Any]) -> list[str]:
    if field["type"] == "string":
        return [harmless(text) for text in values]
    if field["type"] == "integer":
        return ["" if pd.isna(value) else str(int(value)) for value in values]
    places = field.get("decimales")
    return ["" if pd.isna(value) else _number(value, places) for value in values]


def _number(value: float, places: int | None) -> str:
    return repr(float(value)) if places is None else f"{value:.{places}f}"
