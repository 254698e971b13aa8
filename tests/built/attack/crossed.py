"""What do the margins of a crossed table, or the base of a column of shares, give of its cells?

Counts are whole; tonnes and other quantities are true to half of their last digit.
"""

from __future__ import annotations

import re

from attack.cells import SILENT, is_hidden, said
from attack.names import base, count
from attack.site import Site, Table, whole
from attack.survey import Survey
from attack.system import MOST, Name, System

TOTAL = "Ensemble"
OF = re.compile(r"\(([\d ]+) (?:foyers|personnes|passages|structures)\)")
LONG_WORD = re.compile(r"\w{5,}")
NOISE = 1e-6


def cell(table: Table, row: str, column: str) -> Name:
    """Name a cell of a crossed table."""
    return (table.caption, row, column)


def has_margins(table: Table) -> bool:
    """Tell whether a table has a line and a column of totals, and hides something."""
    hidden = any(is_hidden(text) for row in table.rows for text in row)
    return hidden and TOTAL in table.head and table.rows[-1][0] == TOTAL


def add_margins(table: Table, system: System) -> list[Name]:
    """Add a table with its totals; return its hidden cells."""
    real = any(said(text) and said(text).half < 0.5 for row in table.rows for text in row[1:])
    columns = table.head[1:]
    hidden = []
    for row in table.rows:
        for column, text in zip(columns, row[1:], strict=True):
            name, found = cell(table, row[0], column), said(text)
            if is_hidden(text):
                hidden.append(system.set(name, 0 if real else 1, real=real))
            elif found:
                half = found.half + NOISE if real else 0.0
                system.set(name, max(0.0, found.value - half), found.value + half, real)
            else:
                system.set(name, 0, 0 if text in SILENT else MOST, real)
    lines = [row[0] for row in table.rows if row[0] != TOTAL]
    parts = [column for column in columns if column != TOTAL]
    for line in [*lines, TOTAL]:
        system.equal(cell(table, line, TOTAL), [cell(table, line, part) for part in parts])
    for column in columns:
        system.equal(cell(table, TOTAL, column), [cell(table, line, column) for line in lines])
    return hidden


def add_linked(table: Table, survey: Survey) -> None:
    """Tie the last line of a crossed table to the item of the survey that it crosses."""
    words = set(LONG_WORD.findall(table.caption.lower()))
    for stem in survey.items:
        shared = words & set(LONG_WORD.findall(stem.lower()))
        answers = survey.answers(stem, True)
        if len(shared) < 2 or set(answers) != set(table.head[1:]) - {TOTAL}:
            continue
        for answer in answers:
            survey.system.equal(cell(table, TOTAL, answer), [count(stem, answer)], supposed=True)
        survey.system.equal(cell(table, TOTAL, TOTAL), [base(stem)], supposed=True)


def add_profiles(table: Table, system: System) -> list[Name]:
    """Add the columns of shares whose heading says what they are of; return their hidden cells."""
    hidden = []
    for place, heading in enumerate(table.head):
        found = OF.search(heading)
        if not found or not any(is_hidden(row[place]) for row in table.rows):
            continue
        of = whole(found[1])
        for row in table.rows:
            name, share = cell(table, row[0], heading), said(row[place])
            if is_hidden(row[place]):
                hidden.append(system.set(name, 1, of))
            elif share:
                system.set(name, share.low * of / 100 - NOISE, share.high * of / 100 + NOISE)
        whole_column = system.set(cell(table, "base", heading), of, of)
        system.equal(whole_column, [cell(table, row[0], heading) for row in table.rows])
    return hidden


def add_crossed(site: Site, system: System, survey: Survey) -> list[Name]:
    """Add every table with totals, and every profile; return their hidden cells."""
    hidden = []
    for table in site.tables:
        if has_margins(table):
            hidden += add_margins(table, system)
            add_linked(table, survey)
        elif any(OF.search(heading) for heading in table.head):
            hidden += add_profiles(table, system)
    return hidden
