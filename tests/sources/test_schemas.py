"""The schemas of the inputs are what the readers check files against."""

from __future__ import annotations

import frictionless
import pytest

from diagalim.sources.registry import load_sources
from diagalim.sources.schemas import layout_from, load_schema, schema_path
from diagalim.workspace.paths import project_root

ALL = sorted((project_root() / "data" / "schemas").rglob("*.json"))
FORMS = sorted(
    {
        (name, pattern.format)
        for name, source in load_sources().items()
        for edition in source.editions
        for pattern in edition.fichiers
    }
)


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_a_schema_is_a_table_schema_that_frictionless_reads(path):
    schema = frictionless.Schema.from_descriptor(load_schema(path, 2021))
    assert schema.fields


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_column_of_a_schema_has_a_french_title(path):
    assert not [f["name"] for f in load_schema(path)["fields"] if not f.get("title", "").strip()]


@pytest.mark.parametrize(("source", "form"), FORMS)
def test_every_form_of_every_official_dataset_has_its_schema(source, form):
    assert schema_path(source, form).is_file()


def test_the_vintage_stands_in_the_names_of_the_columns():
    layout = layout_from(load_schema(schema_path("filosofi_iris", "filosofi"), 2019))
    assert "DISP_TP6019" in layout.numbers
    assert layout.bounds["DISP_TP6019"] == (0.0, 100.0)


def test_a_layout_keeps_the_key_the_separator_and_the_reasons_of_the_schema():
    layout = layout_from(load_schema(schema_path("filosofi_communes", "filosofi"), 2021))
    assert (layout.key, layout.separator, layout.decimal) == ("CODGEO", ";", ",")
    assert layout.withheld["s"] == "secret"
    assert layout.unique_key
