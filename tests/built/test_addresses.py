"""Every page of version 0.1.0 has its new address, once and for all: one key a chapter."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from diagalim.settings.plan import load_plan
from diagalim.workspace.notebooks import page_of
from diagalim.workspace.paths import project_root

TABLE = Path(__file__).with_name("addresses.csv")


def moves() -> list[tuple[str, str]]:
    """Return the old and the new address of each page, from the root of the site."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [(row["ancienne"], row["nouvelle"]) for row in csv.DictReader(file, delimiter=";")]


def test_new_addresses_are_those_of_the_chapters_of_the_plan():
    pages = {f"{page_of(project_root(), chapter)}.html" for chapter in load_plan()}
    assert len(moves()) >= 19
    assert {new for _, new in moves()} <= pages
    assert not {old for old, _ in moves()} & pages


@pytest.mark.site
def test_every_old_page_is_found_at_its_new_address_and_no_longer_at_the_old_one(site):
    for old, new in moves():
        assert (site.path / new).is_file(), new
        assert not (site.path / old).exists(), old
