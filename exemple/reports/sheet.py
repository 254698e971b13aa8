"""How is the reporting sheet of a network made, well or in a known wrong way?

Four sheets: how to fill it, the entry, the hidden lists that the cells choose from, the dictionary.
All of it follows the Table Schema ``data/schemas/collecte/remontee.json``. `WRONG` names what
people do to such a sheet; each is written on demand, so that a reader can be tried against it.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

SCHEMA = Path(__file__).resolve().parents[2] / "data/schemas/collecte/remontee.json"
ENTRY = "Saisie"
ROWS_OFFERED = 300
"""Empty lines that already have the format and the lists."""
GUIDE = (
    "Fiche de remontée d'activité (département fictif)",
    "Une ligne par lieu, par période et par type d'aide. Une seule période par fichier.",
    "Laissez vide ce que vous ne savez pas : une cellule vide ne veut jamais dire zéro.",
    "Comptez comme vous comptez, et dites-le dans « unite_de_compte ».",
    "Foyers, personnes et passages ne seront ni additionnés entre eux, ni convertis.",
    "Ne fusionnez pas de cellules, n'ajoutez pas de ligne de total.",
)
WRONG = {
    "titres_au_dessus": "deux lignes de titre au-dessus de l'en-tête",
    "entetes_fusionnes": "des cellules fusionnées groupent les colonnes au-dessus de l'en-tête",
    "ligne_total": "une ligne « TOTAL général » ferme le tableau",
    "lignes_vides": "des lignes vides entre les lieux et après eux",
    "periode_en_toutes_lettres": "« 1er semestre 2025 » au lieu de 2025-S1",
    "periode_en_date": "une vraie date, le 30 juin 2025, au lieu de 2025-S1",
    "date_francaise": "la date de la tension est un texte, 15/06/2025",
    "formules": "un compteur est une formule, sans valeur enregistrée",
    "virgules_en_texte": "les tonnes sont des textes à virgule, « 1,5 »",
    "plusieurs_feuilles": "une seconde feuille est remplie de la même façon",
    "html_dans_un_nom": "le nom d'un lieu contient une balise",
    "formule_dans_un_nom": "le nom d'un lieu commence par =",
    "siret_en_nombre": "le SIRET est un nombre, sans ses zéros de tête",
    "zero_perdu": "le code Insee est un nombre, sans ses zéros de tête",
    "somme_des_ages_fausse": "les âges sont tous remplis et leur somme n'est pas le total",
    "personnes_sous_foyers": "moins de personnes que de foyers",
}
"""What people do to a reporting sheet, by name."""
Row = dict[str, object]


def write_report(path: Path, rows: list[Row], created: datetime, wrong: str = "") -> None:
    """Write one reporting sheet.

    Parameters
    ----------
    path : Path
        The workbook.
    rows : list of dict
        One a line, by field of the schema; what is missing stays blank.
    created : datetime
        Put in the workbook instead of now, so that the bytes are the same each time.
    wrong : str, optional
        One of `WRONG`: what to spoil.

    Raises
    ------
    KeyError
        When ``wrong`` is not one of `WRONG`.
    """
    if wrong:
        WRONG[wrong]
    fields = json.loads(SCHEMA.read_text(encoding="utf-8"))["fields"]
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": GUIDE[0], "created": created})
    formats = {
        "text": book.add_format({"num_format": "@"}),
        "date": book.add_format({"num_format": "dd/mm/yyyy"}),
        "head": book.add_format({"bold": True, "text_wrap": True, "bg_color": "#E6EEF4"}),
    }
    guide = book.add_worksheet("Lisez-moi")
    guide.set_column(0, 0, 90)
    for line, text in enumerate(GUIDE):
        guide.write_string(line, 0, text)
    sheet = book.add_worksheet(ENTRY)
    lists = _lists(book.add_worksheet("Listes"), fields)
    _dictionary(book.add_worksheet("Dictionnaire"), fields, formats["head"])
    spoilt = _spoil([dict(row) for row in rows], wrong)
    _entry(sheet, fields, spoilt, formats, lists, wrong)
    if wrong == "plusieurs_feuilles":
        _entry(book.add_worksheet(f"{ENTRY} (2)"), fields, spoilt, formats, lists, wrong)
    sheet.activate()
    book.close()


def _lists(sheet: Worksheet, fields: list[dict]) -> dict[str, str]:
    """Write the accepted values, one column a field, and return where each list stands."""
    places = {}
    for field in fields:
        values = field.get("constraints", {}).get("enum", [])
        if values:
            letter = chr(65 + len(places))
            sheet.write_column(0, len(places), [field["name"], *values])
            places[field["name"]] = f"=Listes!${letter}$2:${letter}${len(values) + 1}"
    sheet.hide()
    return places


def _dictionary(sheet: Worksheet, fields: list[dict], head: Format) -> None:
    for column, text in enumerate(("Champ", "Intitulé", "Définition", "Unité", "Obligatoire")):
        sheet.write_string(0, column, text, head)
    for line, field in enumerate(fields, start=1):
        needed = "oui" if field.get("constraints", {}).get("required") else "non"
        sheet.write_row(line, 0, [
            field["name"], field["title"], field.get("description", ""), field.get("unite", ""),
            needed,
        ])  # fmt: skip
    sheet.set_column(0, 1, 26)
    sheet.set_column(2, 2, 70)


def _entry(
    sheet: Worksheet,
    fields: list[dict],
    rows: list[Row | None],
    formats: dict[str, Format],
    lists: dict[str, str],
    wrong: str,
) -> None:
    first = {"titres_au_dessus": 2, "entetes_fusionnes": 1}.get(wrong, 0)
    if wrong == "titres_au_dessus":
        sheet.write_string(0, 0, "Remontée du réseau", formats["head"])
        sheet.write_string(1, 0, "Premier semestre", formats["head"])
    if wrong == "entetes_fusionnes":
        sheet.merge_range(0, 0, 0, 8, "Le lieu", formats["head"])
        sheet.merge_range(0, 9, 0, 11, "Compteurs", formats["head"])
    for column, field in enumerate(fields):
        textual = field["type"] in ("string", "date")
        sheet.set_column(column, column, 18, formats["text"] if textual else None)
        sheet.write_string(first, column, field["name"], formats["head"])
        sheet.write_comment(first, column, f"{field['title']}. {field.get('description', '')}")
        if field["name"] in lists:
            choice = {"validate": "list", "source": lists[field["name"]]}
            sheet.data_validation(first + 1, column, first + ROWS_OFFERED, column, choice)
    sheet.freeze_panes(first + 1, 1)
    for line, row in enumerate(rows, start=first + 1):
        for column, field in enumerate(fields):
            value = (row or {}).get(field["name"])
            if value is not None and value != "":
                _cell(sheet, line, column, value, formats)


def _cell(
    sheet: Worksheet, line: int, column: int, value: object, formats: dict[str, Format]
) -> None:
    if isinstance(value, Formula):
        sheet.write_formula(line, column, value, None, "")
    elif isinstance(value, str):
        sheet.write_string(line, column, value, formats["text"])
    elif isinstance(value, date):
        sheet.write_datetime(line, column, value, formats["date"])
    else:
        sheet.write_number(line, column, value)


class Formula(str):
    """A text that Excel computes: written as a formula, without a stored value."""


def _spoil(rows: list[Row], wrong: str) -> list[Row | None]:
    """Return the rows, spoilt as named; None is a blank line."""
    first = rows[0] if rows else {}
    everywhere = {
        "periode_en_toutes_lettres": {"periode": "1er semestre 2025"},
        "periode_en_date": {"periode": date(2025, 6, 30)},
    }
    once = {
        "date_francaise": {"tension": "forte", "tension_date": "15/06/2025"},
        "formules": {"foyers_distincts": Formula("=4+6")},
        "html_dans_un_nom": {"nom_site": "<b>Lieu</b><script>alert(1)</script>"},
        "formule_dans_un_nom": {"nom_site": '=HYPERLINK("https://example.invalid","Lieu")'},
        "siret_en_nombre": {"siret": 12500013},
        "zero_perdu": {"code_insee": 18},
        "somme_des_ages_fausse": {
            "personnes_distinctes": 24, "age_0_2": 1, "age_3_17": 5, "age_18_24": 4,
            "age_25_59": 10, "age_60_plus": 3,
        },
        "personnes_sous_foyers": {"foyers_distincts": 10, "personnes_distinctes": 7},
    }  # fmt: skip
    for row in rows:
        row |= everywhere.get(wrong, {})
        if wrong == "virgules_en_texte":
            row |= {k: f"{v}".replace(".", ",") for k, v in row.items() if k.startswith("t_")}
    first |= once.get(wrong, {})
    if wrong == "ligne_total":
        counted = ("foyers_distincts", "personnes_distinctes", "passages", "t_don")
        total = {name: sum(row.get(name, 0) for row in rows) for name in counted}
        return [*rows, {"id_site": "TOTAL général"} | total]
    if wrong == "lignes_vides":
        return [part for row in rows for part in (row, None)] + [None, None]
    return list(rows)
