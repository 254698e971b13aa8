"""Who works with whom in the fictitious department: composed, said to be, and of no real name."""

from __future__ import annotations

import re
import sys

import pytest

from diagalim.analysis.coordination.instances import (
    presence,
    seats,
    without_body,
    without_link_upward,
)
from diagalim.collected.coordination import COORDINATION, read_coordination
from diagalim.collected.inputs import collected_dir, collected_files
from diagalim.workspace.paths import project_root

REAL = re.compile(
    r"\b(?:DDETS|DREETS|DRAAF|DREAL|ADEME|ARS|PDEC|CRALIM|Ansa|LARIIS|UDCCAS|Insee|CAF|Restos|"
    r"Secours|Croix-Rouge|Banques? [Aa]limentaires?|France)\b"
)
"""Services and networks of France: none of them sits in a body that does not exist."""


@pytest.fixture(scope="module")
def together(exemple):
    files = {name: collected_files(name, exemple) for name in COORDINATION}
    return read_coordination(files, exemple)


@pytest.fixture(scope="module")
def text(exemple) -> str:
    folder = collected_dir(exemple) / "coordination"
    return "\n".join((folder / f"{name}.csv").read_text("utf-8") for name in COORDINATION)


def test_every_document_is_its_own_and_says_that_it_is_fictitious(together):
    cited = {*together.bodies["source"], *together.members["source"]}
    assert len(cited) == 2 and all("document fictif" in source for source in cited)


def test_no_service_nor_network_of_france_is_named(text):
    assert REAL.findall(text) == []


def test_no_place_nor_body_of_13_is_named(text):
    scripts = str(project_root() / "scripts")
    sys.path.insert(0, scripts)
    try:
        from long_tests import places
    finally:
        sys.path.remove(scripts)
    assert places.named_in(text, places.names_of_the_first_study()) == []


def test_the_towns_are_those_that_the_report_follows(together, exemple):
    followed = {city.code: city.nom for city in exemple.communes_focus}
    cities = together.bodies[together.bodies["niveau"] == "ville"]
    assert set(cities["commune"]) < set(followed)
    assert all(followed[row.commune] in row.nom for row in cities.itertuples())


def test_what_the_chapter_looks_for_was_planted(together, exemple):
    bodies, members, links = together
    assert without_link_upward(bodies, links) == ["quartiers", "ramasses"]
    towns = [city.code for city in exemple.communes_focus]
    assert without_body(bodies, towns) == ["00004"], "a town where the groups say that none meets"
    absent = presence(bodies, members)
    assert list(absent.index[absent.sum(axis=1) == 0]) == ["personnes concernées", "recherche"]
    assert seats(members)["instances"].max() == 3


def test_an_organisation_is_of_one_kind_and_a_link_that_is_established_has_a_member_in_common(
    together,
):
    _, members, links = together
    assert (members.groupby("organisme")["type"].nunique() == 1).all()
    sitting = members.groupby("instance")["organisme"].apply(set)
    shared = links[links["etat"] == "constaté"]
    assert len(shared) == 2
    assert all(sitting[row.de] & sitting[row.vers] for row in shared.itertuples())
