"""Opening hours as people write them: read when they have one meaning, never opened by a remark."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagalim.analysis.offer.hours import week_of
from diagalim.analysis.offer.opening_rules import ZONE, Remark, openings, read_rules
from diagalim.chapter.hours_words import hours_text
from diagalim.collected.inventory.aid_words import osm_hours
from diagalim.workspace.paths import project_root

TODAY = "2026-11-30"
WEEKDAYS, EVERY = (0, 1, 2, 3, 4), tuple(range(7))
CODES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


def said(text):
    hours, sentence = osm_hours(text)
    week = week_of(hours, TODAY)
    words = hours_text(week, sentence, None, TODAY).replace("\u00a0", " ").replace("\u202f", " ")
    return (week.days if week else None), words


@pytest.mark.parametrize(
    ("text", "days", "words"),
    [
        ("Mo-Fr 11:30-15:00, We-Su 18:00-23:00", EVERY, "samedi et dimanche 18 h–23 h"),
        ("Mo-Th 09:00-12:00, Fr 14:00-16:00", WEEKDAYS, "vendredi 14 h–16 h"),
        ("Mo-Fr 9:00-12:00", WEEKDAYS, "du lundi au vendredi 9 h–12 h"),
        ("Mo-Fr 9h-12h30", WEEKDAYS, "du lundi au vendredi 9 h–12 h 30"),
        ("Mo-Fr 9 h 30 - 12H", WEEKDAYS, "du lundi au vendredi 9 h 30–12 h"),
        ("Mo 14 :00-18h00", (0,), "lundi 14 h–18 h"),
        ("Mo - Fr 09:00 \u2013 12:00", WEEKDAYS, "du lundi au vendredi 9 h–12 h"),
        ("Mo-Fr: 09:00-12:00;", WEEKDAYS, "du lundi au vendredi 9 h–12 h"),
        ("Mo-Fr 09:00-12:00 , 14:00-17:00", WEEKDAYS, "9 h–12 h et 14 h–17 h"),
        ("Mo , We 09:00-12:00", (0, 2), "lundi et mercredi 9 h–12 h"),
        ("Mo, We 09:00-12:00", (0, 2), "lundi et mercredi 9 h–12 h"),
        ("Mo 09:00-12:00+", (0,), "lundi 9 h–12 h, parfois plus tard"),
        ("Mo 14:00+", (0,), "lundi à partir de 14 h"),
        ("Mo 09:00-12:00,14:00+", (0,), "lundi 9 h–12 h et à partir de 14 h"),
        ("2026-2027 Mo 09:00-12:00", (0,), "lundi 9 h–12 h"),
        ("2026 Nov 01-2027 Mar 15: Mo 9:00-10:00", (0,), "lundi 9 h–10 h"),
        ("Oct-Mar Mo 09:00-12:00", (0,), "lundi 9 h–12 h"),
        ("Mo-Fr 09:00-12:00 || Sa 10:00-12:00", (*WEEKDAYS, 5), "samedi 10 h–12 h"),
        ("Mo-Sa 08:00-12:00, PH off", (*WEEKDAYS, 5), "fermé les jours fériés"),
        ("Fr 09:00-12:30; PH,SH off", (4,), "fermé les jours fériés, les vacances scolaires"),
        ("off; We 14:00-17:00", (2,), "mercredi 14 h–17 h"),
    ],
)
def test_ordinary_hours_are_read_with_their_days(text, days, words):
    found, shown = said(text)
    assert found == days and words in shown


@pytest.mark.parametrize(
    ("text", "days", "words"),
    [
        ('We 14:00-17:00; "téléphoner avant"', (2,), "« téléphoner avant »"),
        ('We 14:00-17:00; Sa "sur rendez-vous"', (2,), "« samedi : sur rendez-vous »"),
        ('We 14:00-17:00, "sur rendez-vous"', (2,), "« sur rendez-vous »"),
        ('We 14:00-17:00; 24/7 "sur RDV"', (2,), "« sur RDV »"),
        ('Mo-Fr 09:00-12:00 || "sur RDV"', WEEKDAYS, "« sur RDV »"),
        ('Mo 09:00-12:00 open "Sur rendez-vous"', (0,), "« Sur rendez-vous »"),
        ("Mo 09:00-12:00 “sur RDV”", (0,), "« sur RDV »"),
        ("We 14:00-17:00; Sa", (2,), "« samedi : sans heure sûre »"),
        ("We 14:00-17:00; Nov-Mar", (2,), "« de novembre à mars : sans heure sûre »"),
        ('We 14:00-17:00; Sa 09:00-10:00 unknown "rdv"', (2,), "« samedi : rdv »"),
        ("We 14:00-17:00; Fr 17:00-12:00", (2,), "« vendredi : sans heure sûre »"),
        ("Mo-Fr 09:00-12:00; We 09:00-09:00", (0, 1, 3, 4), "« mercredi : sans heure sûre »"),
        ("We 14:00-17:00; open", (2,), "mercredi 14 h–17 h"),
        ('Mo 09:00-10:00; Aug off "congés"', (0,), "« août : congés »"),
        ('Mo 09:00-10:00 "demander Zéphyrine"', (0,), "une précision en texte libre n'est pas"),
    ],
)
def test_a_remark_is_said_in_words_and_opens_nothing(text, days, words):
    found, shown = said(text)
    assert found == days and words in shown
    assert "à toute heure" not in shown and "toute la journée" not in shown


def test_a_sentence_beside_hours_that_are_read_is_said_with_them():
    """Soliguide gives the hours of a week, and « une semaine sur deux » in words."""
    week = week_of("Mo 09:00-12:00", TODAY)
    shown = hours_text(week, "Une semaine sur deux, semaines impaires", None, TODAY)
    assert "Une semaine sur deux, semaines impaires" in shown and "9\u00a0h" in shown
    assert "une précision en texte libre" in hours_text(week, "demander Zéphyrine", None, TODAY)


def test_a_remark_that_may_name_or_call_somebody_is_kept_back():
    _, shown = said('Mo 09:00-10:00 "demander Zéphyrine au 06 12 34 56 78"')
    assert "phyrine" not in shown and "06" not in shown


@pytest.mark.parametrize(
    "text",
    [
        '"Sur rendez-vous"', "open", "Mo", "Mo-Fr", "Nov-Mar", 'Sa "sur rendez-vous"', "unknown",
        "lundi 9h-12h", "Mo 14:00", "Mo 18:00-18:00", "Mo 00:00-00:00", "Fr 17:00-12:00",
        "Mo 09:00-13:00-14:00", "Fr 09:00-12:30 || Semaine paire", 'Mo 09:00-12:00 "sans fin',
        "Aug off", "14h16h30", "Mo-Fr 09:00-12:00/14:00-17:00", "à toute heure", ";", "||",
    ],
)  # fmt: skip
def test_what_has_no_time_or_two_meanings_is_unknown_and_stays_a_text(text):
    hours, sentence = osm_hours(text)
    assert (hours, sentence) == (None, text)
    assert week_of(text, TODAY) is None


@pytest.mark.parametrize("text", ["24/7", '24/7 "frigo devant la mairie"', "Mo-Su 00:00-24:00"])
def test_always_open_is_still_said_by_a_time(text):
    assert said(text)[0] == EVERY


def test_hours_of_a_year_that_is_over_are_unknown():
    assert said("2024 Mo 09:00-12:00") == (None, "horaires non connus")


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("off", True), ("closed", True), ('closed "travaux"', True), ("24/7 off", True),
        ("Mo-Su off", True), ("We 14:00-17:00; off", True), ("off; We 14:00-17:00", False),
        ("Aug off", False), ("PH off", False), ("We 14:00-17:00 || off", False),
        ("Mo 09:00-12:00; Aug off", False),
    ],
)  # fmt: skip
def test_closed_for_good_is_parted_from_a_closure_of_some_days(text, closed):
    assert read_rules(text).closed is closed


def test_the_fallback_never_reaches_the_library():
    rules = read_rules('Mo-Fr 09:00-12:00 || "sur RDV"')
    assert rules.hours == "Mo-Fr 09:00-12:00" and rules.remarks == (Remark("", "sur RDV"),)
    start = datetime(2026, 11, 30, tzinfo=ZONE)
    assert len(list(openings(rules, start, start + timedelta(days=7)))) == 5


DAY_SETS = st.lists(st.integers(0, 6), min_size=1, max_size=4, unique=True)
HOURS = st.sampled_from(["09:00-12:00", "9:00-12:00,14:00-17:00", "14:00+"])
WORDS = st.text(st.sampled_from("abc 09:-;|,/7éoff"), max_size=12).map(lambda text: f'"{text}"')


def selector(days):
    return ",".join(CODES[day] for day in sorted(days))


TIMED = st.tuples(DAY_SETS, HOURS, st.one_of(st.just(""), WORDS))
REMARKS = st.tuples(
    st.one_of(st.just(""), DAY_SETS.map(selector), st.sampled_from(["Nov-Mar", "2026", "open"])),
    WORDS,
)


@settings(deadline=None, max_examples=60)
@given(st.lists(TIMED, min_size=1, max_size=3), st.lists(REMARKS, max_size=3), st.data())
def test_a_remark_never_opens_a_day_that_the_times_do_not(timed, remarks, data):
    rules = [f"{selector(days)} {times} {words}".strip() for days, times, words in timed]
    for when, words in remarks:
        at = data.draw(st.integers(0, len(rules)))
        rules.insert(at, f"{when} {words}".strip())
    joints = [data.draw(st.sampled_from(["; ", ", ", " || "])) for _ in rules[1:]]
    text = rules[0] + "".join(joint + rule for joint, rule in zip(joints, rules[1:], strict=True))
    week = week_of(text, TODAY)
    assert week is not None, text
    assert set(week.days) == {day for days, _, _ in timed for day in days}, text
    assert all(slot != ("00:00", "24:00") for slots in week.slots.values() for slot in slots)


def test_one_module_alone_opens_the_library():
    root = project_root()
    door = root / "src" / "diagalim" / "analysis" / "offer" / "opening_rules.py"
    folders = ("src", "exemple", "scripts", "notebooks", "benchmarks", "tests")
    named = re.compile(
        r"^[\s\"]*(?:import|from) opening_hours\b|import_module\(.opening_hours", re.M
    )
    files = [
        file
        for folder in folders
        for file in (root / folder).rglob("*.*")
        if file.suffix in (".py", ".ipynb") and named.search(file.read_text(encoding="utf-8"))
    ]
    assert files == [door]
