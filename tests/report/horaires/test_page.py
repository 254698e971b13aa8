"""What the chapter on opening hours shows: days that are said, and those that are not known."""

from __future__ import annotations

import pandas as pd

from diagalim.analysis.offer.hours import opening_table
from diagalim.pipeline.required_inputs import lacking, page_without_inputs
from diagalim.report.horaires import page
from diagalim.settings.plan import load_plan
from diagalim.workspace.folders import Folders
from diagalim.workspace.paths import project_root

DAY = "2026-10-15"
HOURS = pd.Series(["Mo,We 09:00-12:00", "We[1] 14:00-16:00", None, None], dtype="string")
NONE = pd.Series(dtype="string")


def test_hours_that_are_read_are_counted_with_their_share():
    assert page.of_hours(HOURS) == {"sites_horaires_connus": 2, "part_horaires": 50.0}


def test_a_record_counts_on_each_day_that_it_opens_be_it_once_a_month(as_shown):
    table = as_shown("horaires", "jours", page.days(opening_table(HOURS, DAY)))
    assert table.index.tolist()[:3] == ["Lundi", "Mardi", "Mercredi"]
    assert table.loc["Lundi"].tolist() == ["1", "50\u00a0%"]
    assert table.loc["Mercredi"].tolist() == ["2", "100\u00a0%"]


def test_unknown_hours_have_their_own_line_and_no_share_they_are_not_closed(as_shown):
    table = as_shown("horaires", "jours", page.days(opening_table(HOURS, DAY)))
    assert table.index[-1] == page.UNKNOWN and table.loc[page.UNKNOWN].tolist() == ["2", "–"]
    assert table.loc["Dimanche"].tolist() == ["0", "0\u00a0%"]


def test_a_day_of_records_that_are_all_unknown_has_no_share(as_shown):
    table = as_shown("horaires", "jours", page.days(opening_table(HOURS[2:], DAY)))
    assert set(table["Part des fiches aux jours connus"]) == {"–"}
    assert table.loc[page.UNKNOWN, "Fiches"] == "2"


def test_without_a_record_nothing_is_stated_and_no_row_is_shown():
    assert page.of_hours(NONE) == {} and page.days(opening_table(NONE, DAY)).empty


def test_without_a_tool_the_page_keeps_its_question_and_says_how_to_supply_one():
    missing = lacking(load_plan()["horaires"], ["contours_iris", "cog"])
    made = page_without_inputs("horaires", Folders(project_root(), "exemple"), missing)
    question, said = ("".join(cell["source"]) for cell in made["cells"])
    assert question.startswith("# Horaires") and "Inconnu ne veut pas dire fermé" in said
    assert all(name in said for name in ("soliguide", "osm", "tableur_partenaire"))


def test_one_tool_is_enough():
    assert (
        lacking(load_plan()["horaires"], ["contours_iris", "collecte:osm:offre/osm.geojson"]) == ()
    )
