#!/bin/sh
# opening-hours-py 2.1.4, on valid opening hours of OpenStreetMap.
#
# Guessed: a remark in quotes beside the hours (`We 14:00-17:00; "téléphoner avant"`) changes no hour;
#   `||` is read alike by `intervals` and `state`; a blank before a comma changes nothing.
# Seen: the remark alone is a rule « open at any time » that replaces the others: open day and night
#   (this is the letter of the specification, and what people write is a remark); with a fallback
#   `intervals` stops after Monday morning (3 hours a week) while `state` counts 63, the week-end
#   open day and night; `Mo-Fr 09:00-12:00 , 14:00-17:00` opens every afternoon, Sunday too.
# Our users: a place open on Wednesday afternoon was published « tous les jours, à toute heure ». The
#   product gives neither remarks, nor fallbacks, nor such blanks to the library
#   (src/diagalim/analysis/offer/opening_rules.py).
#
# Ends with 1 when one of these behaviours is no longer seen.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check opening-hours-py==2.1.4 tzdata
"$folder/venv/bin/python" - <<'PY'
import sys
from datetime import datetime, timedelta
from importlib.metadata import version
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours

ZONE = ZoneInfo("Europe/Paris")
MONDAY = datetime(2026, 11, 30, tzinfo=ZONE)


def read(text):
    return OpeningHours(text, timezone=ZONE, country="FR")


def hours(text):
    """Hours open in the week, by `intervals`."""
    spans = read(text).intervals(MONDAY, MONDAY + timedelta(days=7))
    lasts = (end - start for start, end, state, _ in spans if str(state) == "open")
    return sum((last.total_seconds() / 3600 for last in lasts), 0.0)


def state_hours(text):
    """Hours open in the week, by `state` asked at each half past."""
    asked = read(text)
    moments = (MONDAY + timedelta(hours=n, minutes=30) for n in range(168))
    return float(sum("OPEN" in str(asked.state(moment)).upper() for moment in moments))


print("opening-hours-py", version("opening-hours-py"))
fallback = 'Mo-Fr 09:00-12:00 || "sur RDV"'
seen = {
    "hours only": hours("We 14:00-17:00"),
    "a remark after them": hours('We 14:00-17:00; "téléphoner avant"'),
    "a remark on Saturday": hours('We 14:00-17:00; Sa "sur rendez-vous"'),
    "fallback, intervals": hours(fallback),
    "fallback, state": state_hours(fallback),
    "comma": hours("Mo-Fr 09:00-12:00,14:00-17:00"),
    "blank before the comma": hours("Mo-Fr 09:00-12:00 , 14:00-17:00"),
}
for name, count in seen.items():
    print(f"{name:24} {count:6.1f} hours open in the week")
expected = [3.0, 168.0, 27.0, 3.0, 63.0, 30.0, 36.0]
sys.exit(0 if list(seen.values()) == expected else 1)
PY
