"""Other departments than the first one: prepared by one command, built without another change.

Two of the five in a run, in turn from one version to the next; the five with ``ALL=1``.
"""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import pandas as pd

from diagalim.sources.official.departments import department_of
from exemple.offices.oddities import FORMER, OBSOLETE, ODD, uncut
from long_tests.copies import Difference, build_words, contents, copy_project, out, run
from long_tests.places import names_nothing_of_the_first_study
from long_tests.turns import in_turn
from make_department import as_trial, make, neighbour_of

CODES = ("01", "08", "2A", "69", "75")
"""A leading zero and villages not cut into IRIS; the same with files of several years; letters; a
city in *arrondissements* among others; a department that is one city."""
AT_A_TIME = 2


def other_departments_build(folder: Path) -> None:
    """Autres départements, préparés par « new » et construits sans rien modifier d'autre"""
    project = copy_project(folder / "ailleurs")
    code_before = {part: contents(project / part) for part in ("src", "notebooks", "book")}
    for code in in_turn(CODES, AT_A_TIME):
        files = folder / f"fichiers_{code}"
        places = make(code, files)
        for command in ("new", "check", "build"):
            words = [*build_words(code)[:3], command]
            words += [code] if command == "new" else ["--territoire", code]
            run(words, project, f"{code}, {command}", DIAGALIM_DATA=str(files))
            if command == "new":
                settings = project / "data" / "territories" / f"{code}.yml"
                text = settings.read_text(encoding="utf-8")
                settings.write_text(as_trial(text, department_of(code)), encoding="utf-8")
        _look_at(project, code, set(places["code"]))
        names_nothing_of_the_first_study(project, code)
        if code in ODD:
            _look_at_odd(project, code, places)
    if code_before != {part: contents(project / part) for part in code_before}:
        raise Difference("du code ou un carnet a changé d'un département à l'autre")


def _look_at(project: Path, code: str, expected: set[str]) -> None:
    made, department = out(project, code), department_of(code)
    iris = gpd.read_parquet(made / "results" / "score" / "iris.geoparquet")
    if set(iris.index) != expected:
        raise Difference(f"{code} : {len(iris)} IRIS au lieu de {len(expected)}, ou d'autres codes")
    if not iris["code_commune"].str.startswith(code).all():
        raise Difference(f"{code} : une commune d'un autre département est dans les résultats")
    stated = json.loads((made / "results" / "score" / "facts.json").read_text("utf-8"))
    if f"data/territories/{code}.yml" not in json.dumps(stated, ensure_ascii=False):
        raise Difference(f"{code} : le code a changé de forme dans les faits")
    pages = {
        file: file.read_text("utf-8")
        for file in sorted((made / "html" / "notebooks").rglob("*.html"))
    }
    home = next(text for file, text in pages.items() if file.name == "accueil.html")
    if f"regarder d'abord {department.nom_dans} pour" not in home:
        raise Difference(f"{code} : l'accueil ne dit pas « {department.nom_dans} »")
    score = next(text for file, text in pages.items() if file.name == "score.html")
    if not any(f"({one})" in score for one in expected):
        raise Difference(f"{code} : aucun code d'IRIS entier dans la page du score")
    other = neighbour_of(department)
    named = [file.name for file, text in pages.items() if f"({other.code}3" in text]
    if named:
        raise Difference(f"{code} : des codes du département {other.code} dans {named}")
    untold = [f.name for f, t in pages.items() if "Essai" not in t]
    if untold:
        raise Difference(f"{code} : pages sans « Essai » : {untold}")


def _look_at_odd(project: Path, code: str, places: pd.DataFrame) -> None:
    """Files of several years: what has a place is there, what has none is said, and no zero."""
    made, moved = out(project, code), uncut(places)[0]
    iris = gpd.read_parquet(made / "results" / "score" / "iris.geoparquet")
    if not iris.at[f"{moved}0000", "population"] > 0:
        raise Difference(f"{code} : la commune qui a changé de code n'a plus d'habitants")
    facts = json.loads((made / "results" / "commerces" / "facts.json").read_text("utf-8"))
    values = {fact["id"]: fact["value"] for fact in facts}
    if values["commerces_non_places"] != 0 or values["iris_doute"] != 0:
        raise Difference(f"{code} : des commerces de communes non découpées ne sont pas placés")
    page = (made / "html" / "notebooks/methode/sources.html").read_text("utf-8")
    for said in (f"laissé de côté ({code}{OBSOLETE}0000)", f"{code}{FORMER} compté dans {moved}"):
        if said not in page:
            raise Difference(f"{code} : la page Sources ne dit pas « {said} »")
