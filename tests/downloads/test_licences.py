"""Nothing is handed out that rests on a file without a licence."""

from __future__ import annotations

import pytest

from diagalim.downloads.licences import closed, is_open
from diagalim.sources.described import published_schemas
from diagalim.sources.registry import load_sources


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("Licence Ouverte 2.0", True),
        ("aucune licence indiquée", False),
        ("extrait d'un tableau de bord public, licence non précisée", False),
        ("", False),
    ],
)
def test_only_a_named_open_licence_allows_it(licence, allowed):
    assert is_open(licence) is allowed


def test_the_datasets_without_a_licence_are_those_known_to_have_none():
    shut = {"population_iris", "ifn", *(key for key in load_sources() if key.startswith("aide_"))}
    assert set(closed(load_sources())) == shut


def test_files_made_for_the_fictitious_department_belong_to_nobody_else():
    assert closed(["population_iris"], fictitious=True) == {}


def test_no_published_table_describes_a_site_a_point_a_distance_or_an_answer():
    named = {field["name"] for form in published_schemas() for field in form.schema["fields"]}
    for word in ("adresse", "lat", "lon", "distance", "siret", "telephone", "courriel", "reponse"):
        assert not [name for name in named if word in name.split("_")], word


def test_what_rests_on_the_inhabitants_says_so_in_its_schema():
    fields = {
        (form.key, field["name"]): field for form in published_schemas()
        for field in form.schema["fields"]
    }  # fmt: skip
    assert fields["score_iris", "population"]["repose_sur"] == "population_totale"
    assert fields["couverture_indicateurs", "part_population"]["repose_sur"] == "population_totale"
