"""On which days a service opens, and the traps of the syntax of OpenStreetMap (METHODS 4.6)."""

from __future__ import annotations

import pandas as pd
import pytest

from diagalim.analysis.offer.hours import opening_table, week_of
from diagalim.analysis.offer.opening_rules import read_rules

AUTUMN, SUMMER = "2026-10-15", "2026-06-29"
MONDAY, TUESDAY, WEDNESDAY, SATURDAY, SUNDAY = 0, 1, 2, 5, 6


def test_each_day_has_its_own_times():
    week = week_of("Mo 09:30-11:30,14:00-17:00; Sa 09:00-12:00", AUTUMN)
    assert week.slots == {
        MONDAY: (("09:30", "11:30"), ("14:00", "17:00")),
        SATURDAY: (("09:00", "12:00"),),
    }
    assert week.days == (MONDAY, SATURDAY) and week.every_week


@pytest.mark.parametrize("hours", [None, "", '"Sur rendez-vous"', "Sur rendez-vous",
                                   "lundi 9h-12h", "Mo 25:00-26:99", "fermé"])  # fmt: skip
def test_hours_that_are_not_given_or_not_readable_are_unknown(hours):
    assert week_of(hours, AUTUMN) is None


def test_a_comment_beside_a_time_leaves_the_time():
    week = week_of('Mo 09:30-12:00 open "Sur rendez-vous"', AUTUMN)
    assert week.slots == {MONDAY: (("09:30", "12:00"),)}


def test_a_closure_written_first_still_closes():
    assert read_rules("Jul-Aug off; Mo-Fr 09:00-12:00").hours == "Mo-Fr 09:00-12:00; Jul-Aug off"
    week = week_of("Jul-Aug off; Tu 09:00-12:00", SUMMER)
    assert week.days == (TUESDAY,)
    assert not week.every_week, "most of the ten weeks read fall in July and August"
    assert week_of("Tu 09:00-12:00", SUMMER).every_week


def test_a_word_of_closure_in_a_comment_moves_nothing():
    hours = 'Mo 09:00-10:00 open "kick off; off"; Tu 09:00-10:00'
    assert read_rules(hours).hours == "Mo 09:00-10:00 open; Tu 09:00-10:00"


def test_public_holidays_are_known_and_do_not_make_a_day_irregular():
    week = week_of("We 09:00-12:00; PH off", AUTUMN)  # 11 November 2026 is a Wednesday
    assert week.days == (WEDNESDAY,) and week.every_week and week.public_holidays_off


def test_school_holidays_are_not_computed_and_that_is_said():
    week = week_of("Mo 09:00-12:00; SH off", AUTUMN)
    assert week.days == (MONDAY,) and week.every_week and week.school_holidays


@pytest.mark.parametrize("hours", ["Tu[1] 14:00-16:30", "week 01-53/2 Tu 14:00-16:30"])
def test_some_weeks_only_are_a_day_that_is_not_every_week(hours):
    week = week_of(hours, AUTUMN)
    assert week.days == (TUESDAY,) and not week.every_week


def test_the_small_hours_belong_to_the_evening():
    week = week_of("Sa 20:00-02:00", AUTUMN)
    assert week.slots == {SATURDAY: (("20:00", "02:00"),)}


@pytest.mark.parametrize("hours", ["24/7", "Mo-Su 00:00-24:00"])
def test_always_open_is_every_day_and_all_day(hours):
    week = week_of(hours, AUTUMN)
    assert week.days == tuple(range(7))
    assert set(week.slots.values()) == {(("00:00", "24:00"),)} and week.every_week


def test_the_change_of_the_clocks_moves_no_time():
    week = week_of("Su 09:00-12:00", AUTUMN)  # 25 October 2026 is among the Sundays read
    assert week.slots == {SUNDAY: (("09:00", "12:00"),)} and week.every_week


def test_a_table_keeps_its_index_and_its_unknowns():
    found = opening_table(pd.Series(["Mo 09:00-10:00", pd.NA], index=[7, 3]), AUTUMN)
    assert list(found.index) == [7, 3]
    assert found[7].days == (MONDAY,) and found[3] is None
