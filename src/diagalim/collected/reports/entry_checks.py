"""Is what a partner typed possible? Rules between the cells of a line, and codes that must exist.

From the reporting sheet of METHODS 6.2. Each rule holds only where all its cells are filled: a
partial sheet is welcome. A wrong sum is refused, not corrected: only the sender knows which of the
numbers is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any

import pandas as pd
from stdnum.fr import siret as siret_number

from diagalim.collected.reports.mending import is_day_text, is_hours
from diagalim.sources.tables.cell_problems import fold
from diagalim.sources.tables.cells import Grid, problems_at
from diagalim.sources.tables.identifiers import CODE_LENGTHS, SIRET
from diagalim.sources.tables.pages import Cell, Page
from diagalim.sources.tables.tabular_problems import shortened
from diagalim.wording.problems import Problem

HOUSEHOLDS, PEOPLE, SERVINGS = "foyers_distincts", "personnes_distinctes", "passages"
PARTS = (("age_", PEOPLE, "âges"), ("menage_", HOUSEHOLDS, "types de ménages"))
"""Columns whose sum is a counter when all of them are filled; incomes may overlap and are not."""
AS_TEXT = "mettre la colonne au format Texte et ressaisir"
AS_NUMBER = "mettre la cellule au format Nombre et ressaisir le nombre"
ROUNDED = re.compile(r"\d{9}0{5}")
"""A SIRET whose establishment is 00000: no register gives it, a spreadsheet rounds to it."""


def cell_kind_problems(
    page: Page, columns: dict[int, dict[str, Any]]
) -> tuple[list[Problem], frozenset[tuple[int, str]]]:
    """Return what is wrong with the kind of some cells, whatever they hold.

    Formulas without a saved result, errors, merged counts, codes that Excel made numbers, dates in
    place of periods, shares in place of counts. The second value is where: position of the row and
    name of the column.
    """
    problems = []
    refused = set()
    for column, field in columns.items():
        found = [
            Problem(page.file, page.place(row, column), cells[column].text[:60], *said)
            for row, cells in page.rows.items()
            if (said := _wrong_kind(cells[column], field)) is not None
        ]
        problems += shortened(found)
        refused |= {
            (position, field["name"])
            for position, cells in enumerate(page.rows.values())
            if _wrong_kind(cells[column], field) is not None
        }
    return problems, frozenset(refused)


def _wrong_kind(cell: Cell, field: dict[str, Any]) -> tuple[str, str] | None:
    """Return what was expected and what to do, or None."""
    counted = field["type"] in ("integer", "number")
    if cell.kind == "formula":
        return "une valeur", "ouvrir le classeur dans Excel, remplacer la formule par sa valeur"
    if cell.kind == "error":
        return "une valeur", "corriger la formule qui donne cette erreur, ou vider la cellule"
    if cell.merged and counted and cell.text:
        return (
            "un nombre par cellule",
            "annuler la fusion : un nombre pour plusieurs lignes ne peut pas être réparti",
        )
    if cell.kind == "date":
        return _wrong_date(field, counted)
    if cell.kind == "time" and counted:
        return "un nombre", f"le tableur y voit une heure : {AS_NUMBER}"
    if counted and cell.percent and not field.get("unite", "").startswith("%"):
        return "un décompte", "une part ne remplace pas un décompte : écrire le nombre"
    return _wrong_code(cell, fold(field["name"]))


def _wrong_date(field: dict[str, Any], counted: bool) -> tuple[str, str] | None:
    """Refuse « 10-12 » made 10 December; a column of days or of remarks may hold a date."""
    name = fold(field["name"])
    if name == "periode":
        return (
            "un semestre ou un trimestre : 2025-S1, 2025-T2",
            "une date ne dit pas la durée comptée : écrire la période",
        )
    if counted:
        return "un nombre", f"le tableur y voit une date : {AS_NUMBER}"
    remark = field.get("texte_libre") and not is_hours(name)
    if field["type"] != "string" or is_day_text(name) or remark:
        return None
    return "un texte", f"le tableur a changé ce texte en date : {AS_TEXT} ce qui était écrit"


def _wrong_code(cell: Cell, name: str) -> tuple[str, str] | None:
    length = CODE_LENGTHS.get(name)
    if length is None:
        return None
    if cell.kind in ("number", "computed") and cell.text and len(cell.text) < length:
        return f"un code de {length} chiffres", f"zéros de tête perdus : {AS_TEXT} le code"
    if name == SIRET and ROUNDED.fullmatch(cell.text):
        return (
            f"un code de {length} chiffres",
            f"derniers chiffres perdus, arrondis par un tableur : {AS_TEXT} le code",
        )
    return None


def entry_problems(
    table: pd.DataFrame, grid: Grid, communes: Collection[str] | None = None
) -> list[Problem]:
    """Return the lines of a sheet that cannot be, as far as its columns allow to tell.

    Parameters
    ----------
    table : DataFrame
        Typed cells; wrong ones missing.
    grid : Grid
        Where each one stands.
    communes : collection of str, optional
        Codes of the communes of the territory.
    """
    problems = _siret_problems(table, grid)
    problems += _commune_problems(table, grid, communes)
    problems += _period_problems(table, grid)
    problems += _counter_problems(table, grid)
    for prefix, total, what in PARTS:
        problems += _sum_problems(table, grid, prefix, total, what)
    return problems


def _siret_problems(table: pd.DataFrame, grid: Grid) -> list[Problem]:
    problems = []
    said = grid.refused  # for another reason
    for name in [name for name in table if fold(name) == SIRET]:
        wrong = [
            row
            for row, seen in enumerate(table[name])
            if not pd.isna(seen) and not siret_number.is_valid(seen) and (row, name) not in said
        ]
        expected = "un SIRET dont la clé est juste"
        problems += problems_at(table, grid, name, wrong, expected, "recopier les 14 chiffres")
    return problems


def _commune_problems(
    table: pd.DataFrame, grid: Grid, communes: Collection[str] | None
) -> list[Problem]:
    if communes is None or "code_insee" not in table:
        return []
    wrong = (table["code_insee"].notna() & ~table["code_insee"].isin(list(communes))).to_numpy()
    return problems_at(
        table,
        grid,
        "code_insee",
        wrong.nonzero()[0],
        f"le code d'une des {len(communes)} communes du territoire",
        "corriger le code ; dans une ville à arrondissements, celui de l'arrondissement",
    )


def _period_problems(table: pd.DataFrame, grid: Grid) -> list[Problem]:
    """One period a file."""
    if "periode" not in table or table["periode"].nunique() <= 1:
        return []
    counts = table["periode"].value_counts()
    seen = ", ".join(f"{period} ({count} lignes)" for period, count in sorted(counts.items()))
    first = int((table["periode"] != counts.index[0]).fillna(False).to_numpy().nonzero()[0][0])
    return [
        Problem(
            grid.file,
            grid.place(first, "periode"),
            seen,
            "une seule période par fichier",
            "envoyer un classeur par période",
        )
    ]


def _counter_problems(table: pd.DataFrame, grid: Grid) -> list[Problem]:
    """People are at least as many as households, servings at least as many as people.

    A site that counts households knows its servings by households: the second rule is not its own.
    """
    problems = []
    if {HOUSEHOLDS, PEOPLE} <= set(table):
        few = (table[PEOPLE] < table[HOUSEHOLDS]).fillna(False).astype(bool)
        problems += _compared(table, grid, PEOPLE, HOUSEHOLDS, few.to_numpy().nonzero()[0])
    if {PEOPLE, SERVINGS, "unite_de_compte"} <= set(table):
        # an empty unit is a problem of its own: nothing is said of the counters of its line
        by_people = (table["unite_de_compte"] != "foyers").fillna(False).astype(bool)
        few = (table[SERVINGS] < table[PEOPLE]).fillna(False).astype(bool) & by_people
        problems += _compared(table, grid, SERVINGS, PEOPLE, few.to_numpy().nonzero()[0])
    return problems


def _compared(
    table: pd.DataFrame, grid: Grid, low: str, high: str, rows: Iterable[int]
) -> list[Problem]:
    return shortened(
        [
            Problem(
                grid.file,
                grid.place(row, low),
                str(table[low].iloc[row]),
                f"au moins {high} ({table[high].iloc[row]}, {grid.place(row, high)})",
                "vérifier les deux compteurs, qui ont pu être intervertis",
            )
            for row in rows
        ]
    )


def _sum_problems(
    table: pd.DataFrame, grid: Grid, prefix: str, total: str, what: str
) -> list[Problem]:
    parts = [name for name in table if name.startswith(prefix)]
    if not parts or total not in table:
        return []
    filled = table[[*parts, total]].notna().all(axis=1)
    sums = table[parts].sum(axis=1)
    wrong = (filled & (sums != table[total])).fillna(False).to_numpy().nonzero()[0]
    return shortened(
        [
            Problem(
                grid.file,
                f"{grid.place(row, parts[0])} à {grid.place(row, parts[-1]).split('!')[-1]}",
                f"somme des {what} : {sums.iloc[row]}",
                f"{total} = {table[total].iloc[row]} ({grid.place(row, total)})",
                f"corriger l'un des {len(parts)} nombres ou le total, ou laisser vide ce qui "
                "n'est pas compté",
            )
            for row in wrong
        ]
    )
