"""Does the time of each collected reader grow as its file, and how far is it from a plain reading?

Files of 1,000 to 100,000 invented rows are made for each reader (``--lignes``), read by the project
and by the plain reader of their format (`pandas.read_csv`, `json.load`, openpyxl in read-only mode)
in the same run. The exponent is the slope of the logarithm of time against that of rows: 1 is
linear. Time is that of the processor, so that a busy machine changes it little. Figures are
printed, never asserted.
"""

from __future__ import annotations

import argparse
import csv
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import xlsxwriter

from diagalim.collected.inputs import collected_schema
from diagalim.collected.inventory.gather import read_tool
from diagalim.collected.inventory.partner import read_partner_list
from diagalim.collected.inventory.records import located
from diagalim.collected.reports.reporting import read_report
from diagalim.collected.survey.answers import read_survey
from diagalim.settings.territory_file import load_territory
from diagalim.sources.official.contours import read_iris
from diagalim.sources.registry import resolve
from diagalim.sources.tables.collected import read_collected
from diagalim.workspace.paths import project_root

ROWS = (1_000, 10_000, 100_000)
COLLECTED = project_root() / "data" / "exemple" / "collecte"
NATIONAL = 90_000
"""Rows of the national files of data.inclusion, to the ten thousand (2026)."""
WARM = 50
"""Rows of the first reading, which is not measured."""
DEPARTMENT = 60
"""One row in sixty is of the department, as of one in a hundred."""
HOURS = ("Mo-Fr 09:00-12:00", 'Mo 14:00-17:00; "sur rendez-vous"', "lundi matin", "")
Files = list[Path]


@dataclass(frozen=True)
class Reader:
    """How a file is made, read by the project, and read plainly."""

    make: Callable[[Path, int], Files]
    ours: Callable[[Files], Any]
    plain: Callable[[Files], Any]


def main() -> int:
    """Measure the readers asked for, print the table, then one line of JSON."""
    parser = argparse.ArgumentParser(description="Mesure la lecture des fichiers collectés.")
    parser.add_argument("--lignes", type=int, nargs="+", default=list(ROWS))
    parser.add_argument("--lecteurs", nargs="+", choices=READERS, default=list(READERS))
    asked = parser.parse_args()
    found = {name: measured(name, asked.lignes) for name in asked.lecteurs}
    if "data_inclusion" in asked.lecteurs:
        found["data_inclusion_nationale"] = measured("data_inclusion", [NATIONAL])
    print(json.dumps(found))
    return 0


def measured(name: str, sizes: list[int]) -> dict[str, Any]:
    """Return the seconds of each size, ours and plain, the ratio at the largest, the exponents."""
    reader, ours, plain = READERS[name], [], []
    with tempfile.TemporaryDirectory() as folder:  # what is imported once is no time of reading
        files = reader.make(Path(folder), WARM)
        reader.plain(files)
        reader.ours(files)
    for rows in sizes:
        with tempfile.TemporaryDirectory() as folder:
            files = reader.make(Path(folder), rows)
            ours.append(seconds(reader.ours, files))
            plain.append(seconds(reader.plain, files))
        print(f"{name:16} {rows:7} lignes : {ours[-1]:8.2f} s, lecture simple {plain[-1]:7.2f} s")
    found: dict[str, Any] = {
        "lignes": sizes,
        "secondes": [round(s, 3) for s in ours],
        "lecture_simple": [round(s, 3) for s in plain],
        "rapport": round(ours[-1] / plain[-1], 1),
    }
    if len(sizes) > 1:
        found["exposant"] = round(float(np.polyfit(np.log(sizes), np.log(ours), 1)[0]), 2)
        last = np.log(ours[-1] / ours[-2]) / np.log(sizes[-1] / sizes[-2])
        found["exposant_final"] = round(float(last), 2)
        print(f"{name:16} exposant {found['exposant']}, entre les deux derniers {last:.2f}")
    return found


def seconds(read: Callable[[Files], Any], files: Files) -> float:
    """Return the time of the processor that one reading takes."""
    start = time.process_time()
    read(files)
    return time.process_time() - start


def make_data_inclusion(folder: Path, rows: int) -> Files:
    """As it is published: every column of the two schemas, most rows of other departments."""
    found = []
    for kind in ("structures", "services"):
        with (COLLECTED / "offre" / f"data_inclusion_{kind}.csv").open(encoding="utf-8") as file:
            model = next(csv.DictReader(file))
        path = folder / f"{kind}-inclusion-2026-07-06.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(model))
            writer.writeheader()
            writer.writerows(_national(model, kind, rows))
        found.append(path)
    return found


def _national(model: dict[str, str], kind: str, rows: int) -> Iterator[dict[str, Any]]:
    for n in range(rows):
        here = n % DEPARTMENT == 0
        place = {"code_insee": "00055" if here else f"{14 + n % 80:02d}{1 + n % 97:03d}"}
        point = {"longitude": model["longitude"] if here else 2 + n % 100 / 50}
        own = {"id": f"essai--{n}"}
        if kind == "services":
            own = {
                "id": f"essai--{n}-s",
                "structure_id": f"essai--{n}",
                "nom": "Distribution de colis",
            }
        yield model | place | point | own | {"horaires_accueil": HOURS[n % len(HOURS)]}


def make_osm(folder: Path, rows: int) -> Files:
    """Food banks of the department and of elsewhere."""
    features = [
        {
            "type": "Feature",
            "id": f"node/{n}",
            "properties": {"social_facility": "food_bank", "name": f"Entraide {n}",
                           "opening_hours": HOURS[n % len(HOURS)]},
            "geometry": {"type": "Point", "coordinates": [-2.83 + n % 50, 45.16]},
        }
        for n in range(rows)
    ]  # fmt: skip
    return _written(folder / "osm.geojson", {"features": features})


def make_soliguide(folder: Path, rows: int) -> Files:
    """Copies of the places of the fictitious answer."""
    given = json.loads((COLLECTED / "offre" / "soliguide.json").read_text(encoding="utf-8"))
    models = given["places"]
    places = [models[n % len(models)] | {"lieu_id": n} for n in range(rows)]
    return _written(folder / "soliguide.json", {"nbResults": rows, "places": places})


def _written(path: Path, content: Any) -> Files:
    path.write_text(json.dumps(content), encoding="utf-8")
    return [path]


def make_partner(folder: Path, rows: int) -> Files:
    """A list of a partner, its numbers as long as they must be."""
    lines = (
        {"N°": f"P{n:06d}", "Structure": f"Entraide {n}", "Type d'aide": "Colis",
         "Commune": "Corvelle", "Code INSEE": "00018", "Jours et horaires": HOURS[n % 4]}
        for n in range(rows)
    )  # fmt: skip
    return _workbook(folder / "liste.xlsx", _partner_schema(), lines)


def make_report(folder: Path, rows: int) -> Files:
    """A reporting sheet of many places."""
    lines = (
        {"id_site": f"V{n:06d}", "operateur": "Entraide", "code_insee": "00018",
         "periode": "2025-S2", "type_aide": "colis", "unite_de_compte": "foyers",
         "foyers_distincts": n % 90, "qualite": "exact"}
        for n in range(rows)
    )  # fmt: skip
    return _workbook(folder / "remontee.xlsx", collected_schema("remontee"), lines)


def _workbook(path: Path, schema: dict[str, Any], lines: Iterator[dict[str, Any]]) -> Files:
    required = [f["name"] for f in schema["fields"] if f.get("constraints", {}).get("required")]
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet(schema["feuille"])
    head = schema["ligne_entete"] - 1
    names: list[str] = []
    for number, line in enumerate(lines, head + 1):
        names = names or list(dict.fromkeys([*line, *required]))
        if number == head + 1:
            sheet.write_row(head, 0, names)
        sheet.write_row(number, 0, [line.get(name, "") for name in names])
    book.close()
    return [path]


def _partner_schema() -> dict[str, Any]:
    schema = deepcopy(collected_schema("tableur_partenaire"))
    schema["fields"][0]["constraints"]["pattern"] = r"P\d{6}"
    return schema


def make_contacts(folder: Path, rows: int) -> Files:
    """The structures asked."""
    return [
        _grown(
            COLLECTED / "structures" / "base_contacts.csv", folder / "contacts.csv", rows, _contact
        )
    ]


def _contact(row: dict[str, str], n: int) -> dict[str, str]:
    return row | {"id_structure": f"S{n:04d}", "jeton": f"j{n:014d}", "doublon_de": "",
                  "statut_contact": "valide"}  # fmt: skip


def make_survey(folder: Path, rows: int) -> Files:
    """The answers, one a structure asked, with the codebook."""
    for name in ("dictionnaire.csv", "modalites.csv"):
        (folder / name).write_bytes((COLLECTED / "enquete" / name).read_bytes())
    answers = folder / "reponses_limesurvey.csv"
    _grown(COLLECTED / "enquete" / answers.name, answers, rows, _answer)
    return [*make_contacts(folder, rows), answers]


def _answer(row: dict[str, str], n: int) -> dict[str, str]:
    return row | {"id": str(n + 1), "token": f"j{n:014d}"}


def _grown(
    model: Path, path: Path, rows: int, change: Callable[[dict[str, str], int], dict[str, str]]
) -> Path:
    with model.open(encoding="utf-8-sig", newline="") as file:
        given = list(csv.DictReader(file))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(given[0]), quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(change(given[n % len(given)], n) for n in range(rows))
    return path


def by_tool(name: str) -> Callable[[Files], Any]:
    """Return a reading of the records of a tool, up to their IRIS."""
    territory = load_territory("exemple")
    iris = read_iris(resolve("contours_iris", territory), territory)
    return lambda files: located(read_tool(name, files), iris)


def read_contacts(files: Files) -> pd.DataFrame:
    """Read the structures asked."""
    schema = deepcopy(collected_schema("base_contacts"))
    schema["fields"][0]["constraints"]["pattern"] = r"S\d{4,}"
    return read_collected(files[0], schema)


def plain_tables(files: Files) -> list[pd.DataFrame]:
    """Read CSV files, every cell a text."""
    return [pd.read_csv(path, dtype=str) for path in files]


def plain_json(files: Files) -> Any:
    """Read a JSON file."""
    return json.loads(files[0].read_text(encoding="utf-8"))


def plain_workbook(files: Files) -> int:
    """Read every cell of a workbook."""
    book = openpyxl.load_workbook(files[0], read_only=True, data_only=True)
    return sum(1 for sheet in book for _ in sheet.iter_rows(values_only=True))


READERS = {
    "data_inclusion": Reader(make_data_inclusion, by_tool("data_inclusion"), plain_tables),
    "osm": Reader(make_osm, by_tool("osm"), plain_json),
    "soliguide": Reader(make_soliguide, by_tool("soliguide"), plain_json),
    "base_contacts": Reader(make_contacts, read_contacts, plain_tables),
    "enquete": Reader(
        make_survey,
        lambda files: read_survey(files[1].parent, pd.read_csv(files[0], dtype="string")),
        plain_tables,
    ),
    "tableur_partenaire": Reader(
        make_partner,
        lambda files: read_partner_list(read_report(files[0], _partner_schema()).table),
        plain_workbook,
    ),
    "remontee": Reader(
        make_report,
        lambda files: read_report(files[0], collected_schema("remontee")),
        plain_workbook,
    ),
}

if __name__ == "__main__":
    raise SystemExit(main())
