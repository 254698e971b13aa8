"""What is recovered of a site: which hidden numbers come out exactly, or nearly so?"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from attack.cells import is_hidden, said
from attack.crossed import add_crossed
from attack.form import Asked
from attack.kinds import add_kinds
from attack.networks import add_networks, rows_of
from attack.pictures import shares_drawn
from attack.site import Site, Table, read_site
from attack.survey import SMALL, Survey
from attack.system import Name, System

LEAST_WIDTH, RELATIVE_WIDTH = 3.0, 0.5
"""The published rule: a small count stays in doubt by this many units, and this share of itself."""
OF_FEW_LINES = {"lignes non suivies", "lignes sans profil"}
"""Sums of fewer than five lines: each is hidden for what it is, however large."""
IMPLIED = {"arrêt à la page", "sans cocher", "question non posée"}
"""Counts that no cell gives: a reader may know them, but when they are small."""
AMOUNT_WIDTH = 0.1
"""A hidden quantity known to a tenth of itself is known (the p % rule of official statistics)."""


class Finding(NamedTuple):
    """A hidden number that is worked out: what it is, and between what it lies."""

    name: Name
    low: float
    high: float

    def __str__(self) -> str:
        """Say what is recovered."""
        said_ = " / ".join(map(str, self.name)) if isinstance(self.name, tuple) else str(self.name)
        value = (
            f"{self.low + 0:g}" if self.low == self.high else f"{self.low + 0:g} à {self.high:g}"
        )
        return f"{said_} = {value}"


def is_recovered(name: Name, low: float, high: float, real: bool = False) -> bool:
    """Tell whether a hidden number is known too well.

    A count that may be under five, or what a few lines declared, must stay in the doubt that the
    project publishes; another count, hidden to protect it, must not come out exactly.
    """
    width = high - low
    if real:
        return width <= AMOUNT_WIDTH * low
    few = low < SMALL or name[0] in OF_FEW_LINES
    close = width < max(LEAST_WIDTH, RELATIVE_WIDTH * low)
    return high > 0 and (few and close or width == 0 and name[0] not in IMPLIED)


def attack(folder: Path, form: list[Asked] | None = None, by_rule: bool = False) -> list[Finding]:
    """Work out what can be of the hidden numbers of a site.

    Parameters
    ----------
    folder : Path
        The built site.
    form : list of Asked, optional
        The blank questionnaire, when the site tells of a survey.
    by_rule : bool
        Whether to guess, too, that each table hides a count under five.

    Raises
    ------
    Contradiction
        When the site says two things that cannot both be true.
    """
    site = read_site(folder)
    survey, hidden = tied(site, form or [])
    system = survey.system
    ends = system.bounds(dict.fromkeys(hidden))
    if by_rule:
        survey.add_rule(ends)
        ends = system.bounds(ends)
    found = [
        Finding(name, *ends[name])
        for name in ends
        if is_recovered(name, *ends[name], name in system.real)
    ]
    return [*found, *said_elsewhere(site)]


def tied(site: Site, form: list[Asked]) -> tuple[Survey, list[Name]]:
    """Return the numbers of a site tied together, and those of them that are hidden."""
    survey = Survey(site, form, System())
    add_bars(site, survey)
    hidden = [
        *survey.hidden,
        *add_crossed(site, survey.system, survey),
        *add_kinds(site, survey.system),
        *add_networks(site, survey.system),
    ]
    return survey, hidden


def add_bars(site: Site, survey: Survey) -> None:
    """Add the shares that the bars of a page show of the items that hide some."""
    tables = {}
    for stem, table in survey.items.items():
        part = table.column("Part")
        shares = {row[0]: row[part] for row in table.rows} if part else {}
        tables[stem] = [(answer, shares.get(answer, "")) for answer in survey.answers(stem, True)]
    hiding = {
        survey.items[s].page for s, rows in tables.items() if any(is_hidden(t) for _, t in rows)
    }
    for picture in sorted({p for page in hiding for p in site.pages[page].pictures}):
        for stem, read in shares_drawn(picture, tables).items():
            for answer, share in read:
                survey.add_share(stem, [answer], share.low, share.high, drawn=True)


def said_elsewhere(site: Site) -> list[Finding]:
    """Return the cells that a table hides on its page and shows in a copy."""
    copies, pages = once(site.copies), once(site.tables)
    shown = {key: number.value for key, text in copies.items() if (number := said(text))}
    hidden = [key for key, text in pages.items() if is_hidden(text)]
    return [Finding(key, shown[key], shown[key]) for key in hidden if key in shown]


def once(tables: list[Table]) -> dict[Name, str]:
    """Return the cells whose name, in its page, is that of no other text."""
    texts: dict[Name, set[str]] = {}
    for table in tables:
        for key, text in cells_of(table):
            texts.setdefault((table.page, *key), set()).add(text)
    return {key: next(iter(said_)) for key, said_ in texts.items() if len(said_) == 1}


def cells_of(table: Table) -> list[tuple[Name, str]]:
    """Return the cells of a table, named by its caption, their line and their column."""
    first = table.head[0] if table.head else ""
    return [
        ((table.stem, row.get(first, ""), heading), text)
        for row in rows_of(table)
        for heading, text in row.items()
        if heading != first
    ]


def main(folder: str, form: str | None = None) -> None:
    """Print what is recovered of a site."""
    from attack.form import read_form

    for finding in attack(Path(folder), read_form(Path(form)) if form else None):
        print(finding)
