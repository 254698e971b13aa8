"""What each input must look like: its Table Schema, ``data/schemas/``, read and made a layout.

A schema says once, in a standard form (Table Schema, frictionless), which columns of a file are
read, what they mean, in which unit and within which bounds. The readers check files against it and
the data dictionary of the report is made from it, so that the two cannot disagree.

Some keys are ours. ``separateur`` is the field separator, which Table Schema leaves to the
dialect; in a workbook ``feuille`` names the sheet and ``ligne_titres`` the row of its column names.
``raisons`` says what each withheld token stands for. A schema without ``separateur`` nor
``feuille`` lists the attributes of a layer of outlines, in small letters. Column names may hold
``{aa}``, the two last digits of the vintage that the file describes (``DISP_TP60{aa}`` is
``DISP_TP6021`` in 2021). ``variables`` names what the reader makes under names of its own.

A column that a recipe of ``data/indicators.yml`` names is read too, without a line in the schema
(`diagalim.sources.recipe_columns`).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from diagalim.sources.recipe_columns import MADE, with_asked
from diagalim.sources.registry import Resolved
from diagalim.sources.tables.layout import Layout
from diagalim.workspace.paths import project_root

SCHEMA_DIR = "data/schemas"
YEAR = "{aa}"
"""Stands for the two last digits of the vintage in a column name."""
NUMBERS = ("number", "integer", "year")


def schema_path(source_id: str, form: str) -> Path:
    """Return where the schema of one form of an official dataset stands."""
    return project_root() / SCHEMA_DIR / "officiel" / f"{source_id}.{form}.json"


def schema_text(source_id: str, form: str) -> str:
    """Return the text of the schema of one form of a dataset, empty when it has none."""
    path = schema_path(source_id, form)
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def collected_schema(name: str) -> dict[str, Any]:
    """Return the Table Schema of a collected input."""
    return load_schema(project_root() / SCHEMA_DIR / "collecte" / f"{name}.json")


def load_schema(path: Path, vintage: int | None = None) -> dict[str, Any]:
    """Read a Table Schema, the vintage put into its column names.

    Parameters
    ----------
    path : Path
        A JSON file of ``data/schemas``.
    vintage : int, optional
        Year that the data describe.
    """
    text = path.read_text(encoding="utf-8")
    return json.loads(text.replace(YEAR, f"{vintage % 100:02d}") if vintage else text)


def layout_of(resolved: Resolved) -> Layout:
    """Return the declared layout of the file that answers for a dataset.

    Parameters
    ----------
    resolved : Resolved
        The file, its dataset, form and vintage.

    Returns
    -------
    Layout
        Columns in the order of the schema: the key, then text, then numbers, those that only a
        recipe asks last.
    """
    path = schema_path(resolved.id, resolved.pattern.format)
    schema = load_schema(path, resolved.vintage)
    return with_asked(layout_from(schema), resolved, schema.get(MADE, ()))


def layout_from(schema: dict[str, Any]) -> Layout:
    """Return the layout that a schema declares.

    The key is the ``primaryKey`` of the schema, unique; where a code may come several times it is
    the first column that has a ``pattern``.
    """
    fields = {field["name"]: field for field in schema["fields"]}
    unique = "primaryKey" in schema
    key = schema["primaryKey"] if unique else next(n for n, f in fields.items() if _pattern(f))
    numbers = [name for name, field in fields.items() if field["type"] in NUMBERS]
    text = [name for name in fields if name != key and name not in numbers]
    return Layout(
        separator=schema.get("separateur", ""),
        decimal=next((f["decimalChar"] for f in fields.values() if "decimalChar" in f), "."),
        key=key,
        key_form=_pattern(fields[key]),
        key_example=fields[key]["example"],
        text=tuple(text),
        numbers=tuple(numbers),
        withheld=schema.get("raisons", {}),
        bounds={name: bounds for name in numbers if (bounds := _bounds(fields[name]))},
        forms={n: (form, fields[n]["example"]) for n in text if (form := _pattern(fields[n]))},
        unique_key=unique,
        sheet=schema.get("feuille", ""),
        header_row=schema.get("ligne_titres", 1),
    )


def columns_of(resolved: Resolved) -> list[str]:
    """Return the attributes that a layer of outlines must have, as its schema names them."""
    path = schema_path(resolved.id, resolved.pattern.format)
    return [field["name"] for field in load_schema(path, resolved.vintage)["fields"]]


def _pattern(field: dict[str, Any]) -> str:
    return field.get("constraints", {}).get("pattern", "")


def _bounds(field: dict[str, Any]) -> tuple[float, float] | None:
    limits = field.get("constraints", {})
    if "minimum" not in limits and "maximum" not in limits:
        return None
    return float(limits.get("minimum", "-inf")), float(limits.get("maximum", "inf"))
