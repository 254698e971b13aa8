"""A reporting sheet small enough to be checked by hand, written well or in a known wrong way."""

from __future__ import annotations

from datetime import datetime

import openpyxl
import pytest

from diagalim.collected.inputs import collected_schema

FIELDS = [field["name"] for field in collected_schema("remontee")["fields"]]
LINES = (("V901", 10, 24, 240, 1.5), ("V902", 20, 41, 400, 2.25), ("V903", 5, 9, 90, 0.5))


def example_rows():
    """Three places of one network over one half-year."""
    return [
        {
            "id_site": key,
            "siret": "00000012500013",
            "nom_site": f"Lieu {key}",
            "operateur": "Association d'essai",
            "code_insee": "00018",
            "periode": "2025-S1",
            "type_aide": "colis",
            "unite_de_compte": "foyers",
            "foyers_distincts": homes,
            "personnes_distinctes": people,
            "passages": served,
            "t_don": tonnes,
        }
        for key, homes, people, served, tonnes in LINES
    ]


@pytest.fixture
def lines():
    """Return three valid lines, by field of the schema."""
    return example_rows()


class Sheet:
    """A workbook under way: cells are changed by line and column name, then it is saved."""

    def __init__(self, path, rows, names=FIELDS):
        self.path, self.names = path, list(names)
        self.book = openpyxl.Workbook()
        self.page = self.book.active
        self.page.title = "Saisie"
        self.page.append(self.names)
        for row in rows:
            self.page.append([row.get(name) for name in self.names])

    def cell(self, line, name):
        return self.page.cell(line, self.names.index(name) + 1)

    def put(self, line, name, value, number_format=None):
        cell = self.cell(line, name)
        cell.value = value
        if number_format:
            cell.number_format = number_format
        return cell.coordinate

    def save(self):
        self.book.properties.created = datetime(2025, 7, 30)
        self.book.save(self.path)
        return self.path


@pytest.fixture
def sheet(tmp_path):
    """Return a valid sheet of three lines, not saved yet."""
    return Sheet(tmp_path / "remontee_essai_2025-S1.xlsx", example_rows())


@pytest.fixture
def schema():
    """Return the schema of the reporting sheet."""
    return collected_schema("remontee")
