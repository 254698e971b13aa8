"""How are the numbers of a table written: by what its words, or a published schema, say of columns?

A column that the report hands out is described once, in ``data/schemas/publie``: its header on the
page (``court``, else its title), unit and decimals are read there. The page may round more than the
file, so decimals and unit may be said again; a header may not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from diagalim.settings.words import OTHERS, ColumnWords, Shown
from diagalim.sources.described import published_schemas
from diagalim.wording import french


def written(
    table: pd.DataFrame, shown: Shown, fill: Callable[[str], str] = str
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return a table as text, under its headers, and those of the headers that are over words.

    Parameters
    ----------
    table : DataFrame
        Numbers, or text that stays as it is; the index gives the row headers.
    shown : Shown
        Its words.
    fill : callable
        Puts facts in the headers that the words give; those that the data give stay as they are.

    Raises
    ------
    ValueError
        When a column is declared and absent, or there and not declared.
    """
    columns = described(shown)
    names = _in_order(list(table.columns), columns)
    words = {name: columns[name] if name in columns else columns[OTHERS] for name in names}
    heads = {n: fill(w.libelle) if w.libelle else str(n) for n, w in words.items()}
    text = {heads[name]: table[name].map(lambda v, w=words[name]: _cell(v, w)) for name in names}
    aligned = tuple(heads[name] for name in names if words[name].texte)
    return pd.DataFrame(text, index=table.index, columns=list(heads.values())), aligned


def described(shown: Shown) -> dict[str, ColumnWords]:
    """Return the words of each column, those of the published schema put in."""
    if not shown.publie:
        return shown.colonnes
    fields = published_fields(shown.publie)
    return {
        name: _described_by(fields[name], words) if name in fields else words
        for name, words in shown.colonnes.items()
    }


def published_fields(name: str) -> dict[str, dict[str, Any]]:
    """Return the fields of a published schema, by the column that a chapter keeps."""
    schema = next(form.schema for form in published_schemas() if form.key == name)
    return {field.get("colonne", field["name"]): field for field in schema["fields"]}


def _described_by(field: dict[str, Any], words: ColumnWords) -> ColumnWords:
    unit = field.get("unite", "")
    said = {
        "libelle": field.get("court", field["title"]),
        # a unit that is a word stands in the header, a sign beside each number
        "unite": unit if not any(map(str.isalpha, unit)) else "",
        "decimales": field.get("decimales", 0),
    }
    own = {key: getattr(words, key) for key in ("unite", "decimales")}
    return words.model_copy(update=said | {k: v for k, v in own.items() if v is not None})


def _in_order(present: list[Any], columns: dict[str, ColumnWords]) -> list[Any]:
    """Return the columns of a table in the order of their words."""
    others = [name for name in present if name not in columns]
    order = [part for name in columns for part in (others if name == OTHERS else [name])]
    lost = [n for n in order if n not in present and not columns[n].parfois]
    unknown = [] if OTHERS in columns else others
    if lost or unknown:
        raise ValueError(f"columns declared and absent: {lost}; there and not declared: {unknown}")
    return [name for name in order if name in present]


def _cell(value: Any, words: ColumnWords) -> str:
    if isinstance(value, str):
        return value
    if pd.isna(value):
        return words.manquant
    return french.with_unit(value, words.unite or "", words.decimales or 0, sign=words.signe)
