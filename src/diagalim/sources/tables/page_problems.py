"""What is wrong with a workbook as a whole, said to the person who filled it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from diagalim.wording.problems import Problem


def not_a_workbook(path: Path) -> Problem:
    """No workbook, an old one, one behind a password, one cut short."""
    return Problem(
        path.name,
        "fichier",
        "illisible comme classeur (ancien .xls, mot de passe, fichier coupé ou d'une autre sorte)",
        "un classeur Excel .xlsx sans mot de passe",
        "l'ouvrir dans Excel ou LibreOffice et l'enregistrer en « Classeur Excel (.xlsx) »",
    )


def too_big(path: Path, size: float, most: int) -> Problem:
    """More than a sheet filled by hand can weigh."""
    return Problem(
        path.name,
        "fichier",
        f"{size:.0f} Mo une fois ouvert",
        f"un classeur de moins de {most} Mo",
        "vérifier que c'est la bonne fiche ; supprimer les lignes vides mises en forme et les "
        "feuilles sans rapport",
    )


def only_hidden(path: Path, titles: list[str]) -> Problem:
    """The table stands in a sheet that nobody sees."""
    names = ", ".join(f"« {title} »" for title in titles)
    return Problem(
        path.name,
        "feuilles du classeur",
        f"la seule feuille remplie est masquée : {names}",
        "une feuille remplie et visible",
        "l'afficher (clic droit sur un onglet, Afficher), vérifier que c'est la bonne et "
        "enregistrer",
    )


def which_sheet(
    path: Path, filled: list[str], titles: list[str], schema: dict[str, Any]
) -> Problem:
    """No sheet holds the table, or several do."""
    wanted = schema.get("feuille", "Saisie")
    if filled:
        return Problem(
            path.name,
            "feuilles du classeur",
            "plusieurs feuilles remplies : " + ", ".join(f"« {name} »" for name in filled),
            "une seule feuille remplie",
            f"garder la feuille à transmettre (« {wanted} ») et supprimer les autres, ou envoyer "
            "un classeur par feuille",
        )
    names = [f["name"] for f in schema["fields"] if f.get("constraints", {}).get("required")]
    return Problem(
        path.name,
        "feuilles du classeur",
        ", ".join(f"« {name} »" for name in titles),
        f"une feuille « {wanted} » avec une ligne de noms de colonnes ({', '.join(names)}) et au "
        "moins une ligne remplie dessous",
        "repartir du modèle de fiche et rétablir les noms de colonnes",
    )


def two_headers(path: Path, sheet: str, rows: list[int]) -> Problem:
    """The names of the columns come twice."""
    return Problem(
        path.name,
        " et ".join(f"{sheet}!A{row}" for row in rows),
        "plusieurs lignes de noms de colonnes",
        "une seule ligne de noms, au-dessus des données",
        "supprimer les lignes de noms répétées",
    )
