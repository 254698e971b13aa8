"""The blank sheet that a network fills twice a year: made from the schema that will read it back.

Four sheets: how to fill it, the entry, the lists that its cells choose from (hidden), what each
column means. Codes and SIRET are text from the start, so that Excel takes no zero away. Column
heads are the French titles of the schema; the reader knows them as well as the names.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook

GUIDE_SHEET, ENTRY, LISTS, DICTIONARY = "Lisez-moi", "Saisie", "Listes", "Dictionnaire"
ROWS_OFFERED = 500
"""Empty lines that have the formats and the lists; more may be added by copying the last one."""
GUIDE = (
    "Une ligne par lieu, par période et par type d'aide. Une seule période par fichier.",
    "Les colonnes à tête foncée sont obligatoires ; remplissez des autres ce que vous connaissez.",
    "Laissez vide ce que vous ne savez pas : une cellule vide ne veut jamais dire zéro.",
    "Comptez comme vous comptez, et dites-le dans « Unité de compte ».",
    "Foyers, personnes et passages ne seront ni additionnés entre eux, ni convertis, ni comparés "
    "d'un réseau à l'autre.",
    "Si vous remplissez tous les âges, leur somme doit être le nombre de personnes ; de même pour "
    "les types de ménages et le nombre de foyers.",
    "Ne fusionnez pas de cellules, n'ajoutez pas de ligne de total, n'écrivez pas de formule.",
    "N'écrivez aucun nom de personne, même en commentaire : le commentaire n'est jamais publié "
    "tel quel.",
    "La feuille « Dictionnaire » dit ce que veut dire chaque colonne.",
)
LIST_ERROR = "Choisissez une valeur de la liste."
NUMBER_ERROR = "Écrivez un nombre, sans unité ; laissez vide si vous ne le connaissez pas."


def write_template(path: Path, schema: dict[str, Any], title: str, edition: str) -> None:
    """Write the blank reporting sheet.

    Parameters
    ----------
    path : Path
        The workbook (.xlsx); replaced if it exists.
    schema : dict
        Table Schema of the entry.
    title : str
        First line of the guide.
    edition : str
        ``AAAA-MM``: put as date of creation, so that the same settings give the same bytes, and
        the last year of the periods offered.
    """
    year, month = (int(part) for part in edition.split("-"))
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "created": datetime(year, month, 1)})
    _guide(book, title)
    entry = book.add_worksheet(ENTRY)
    choices = _choices(schema, year)
    _entry(book, entry, schema, _lists(book, choices))
    _dictionary(book, schema)
    entry.activate()
    book.close()


def periods(last_year: int) -> list[str]:
    """Return the half-years and quarters of the last two years, as the schema writes them."""
    parts = ("S1", "S2", "T1", "T2", "T3", "T4")
    return [f"{year}-{part}" for year in (last_year - 1, last_year) for part in parts]


def _choices(schema: dict[str, Any], year: int) -> dict[str, list[str]]:
    choices = {
        field["name"]: [str(value) for value in field["constraints"]["enum"]]
        for field in schema["fields"]
        if "enum" in field.get("constraints", {})
    }
    if any(field["name"] == "periode" for field in schema["fields"]):
        choices["periode"] = periods(year)
    return choices


def _guide(book: Workbook, title: str) -> None:
    sheet = book.add_worksheet(GUIDE_SHEET)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 95, wrapped)
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    for line, text in enumerate(GUIDE, start=2):
        sheet.write_string(line, 0, text, wrapped)


def _lists(book: Workbook, choices: dict[str, list[str]]) -> dict[str, str]:
    """Write the accepted values, one column a field, and return where each list stands."""
    sheet = book.add_worksheet(LISTS)
    places = {}
    for column, (name, values) in enumerate(choices.items()):
        letter = xl_col_to_name(column)
        for line, value in enumerate([name, *values]):
            sheet.write_string(line, column, value)
        places[name] = f"={LISTS}!${letter}$2:${letter}${len(values) + 1}"
    sheet.hide()
    return places


def _entry(book: Workbook, sheet: Any, schema: dict[str, Any], lists: dict[str, str]) -> None:
    shared = {"bold": True, "text_wrap": True, "valign": "top", "border": 1}
    head = book.add_format({**shared, "bg_color": "#DCE6F1"})
    needed = book.add_format({**shared, "bg_color": "#1F3F77", "font_color": "#FFFFFF"})
    formats = {
        "string": book.add_format({"num_format": "@"}),
        "date": book.add_format({"num_format": "dd/mm/yyyy"}),
        "integer": book.add_format({"num_format": "#,##0"}),
    }
    for column, field in enumerate(schema["fields"]):
        required = field.get("constraints", {}).get("required")
        sheet.set_column(column, column, 18, formats.get(field["type"]))
        sheet.write_string(0, column, field["title"], needed if required else head)
        about = [f"{field['title']}.", field.get("description", "")]
        about += [f"Unité : {field['unite']}."] if "unite" in field else []
        about += [f"Exemple : {field['example']}"] if "example" in field else []
        text = " ".join(part for part in about if part)
        sheet.write_comment(0, column, text, {"x_scale": 2, "author": ""})
        rule = _rule(field, lists)
        if rule:
            sheet.data_validation(1, column, ROWS_OFFERED, column, rule)
    sheet.set_row(0, 48)
    sheet.freeze_panes(1, 1)


def _rule(field: dict[str, Any], lists: dict[str, str]) -> dict[str, Any]:
    """Return what Excel accepts in a column, empty when it accepts anything."""
    if field["name"] in lists:
        rule = {"validate": "list", "source": lists[field["name"]], "error_message": LIST_ERROR}
    elif field["type"] in ("integer", "number"):
        limits = field.get("constraints", {})
        kind = "integer" if field["type"] == "integer" else "decimal"
        low, high = limits.get("minimum", 0), limits.get("maximum")
        bounds = (
            {"criteria": ">=", "value": low}
            if high is None
            else {"criteria": "between", "minimum": low, "maximum": high}
        )
        rule = {"validate": kind, **bounds, "error_message": NUMBER_ERROR}
    else:
        return {}
    return {**rule, "error_title": "Valeur non reconnue"}


def _dictionary(book: Workbook, schema: dict[str, Any]) -> None:
    sheet = book.add_worksheet(DICTIONARY)
    head = book.add_format({"bold": True, "bg_color": "#DCE6F1"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for column, text in enumerate(
        ("Intitulé", "Nom dans les fichiers", "Définition", "Unité", "Obligatoire")
    ):
        sheet.write_string(0, column, text, head)
    for line, field in enumerate(schema["fields"], start=1):
        required = field.get("constraints", {}).get("required")
        cells = (
            field["title"],
            field["name"],
            field.get("description", ""),
            field.get("unite", ""),
            "oui" if required else "non",
        )
        for column, text in enumerate(cells):
            sheet.write_string(line, column, text, wrapped)
    for column, width in enumerate((30, 26, 80, 14, 12)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
