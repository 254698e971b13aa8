"""What do the tables of a survey say of one another?

An item with one answer adds up to its base; the base and what is out of it to those who answered;
those to who reached the page; a filter to the base of what it leads to. Who was asked knows the
pages, the filters and which questions must be answered.
"""

from __future__ import annotations

import re
from itertools import groupby

from attack.cells import Said, is_hidden, limits, said
from attack.form import Asked
from attack.names import answered, base, count, flow_of, reached, spared, stopped
from attack.site import ROUNDED, Site, Table, around, whole
from attack.system import Name, System
from attack.wilson import counts_behind

OUTSIDE, TOGETHER = "hors base", "Réponses masquées, ensemble"
ABOUT = "environ "
SEVERAL = "plusieurs réponses"
NOISE = 1e-7
SMALL = 5
"""Counts under it are hidden."""
SPARED_FROM = 5
"""A caption says how many a question was not put to from this many on."""
STOPS = "Réponses partielles"
PAGES = re.compile(r"\d+")
READ = re.compile(r"sur (environ )?([\d ]+) structures, ([\d ]+) répondent « (.+) » à « (.+) »")
AGREE, DISAGREE = slice(3, 5), slice(0, 2)
SCALE = 5


def is_item(table: Table) -> bool:
    """Tell whether a table gives the answers to a question."""
    return table.head[:1] == ("Réponse",) and "Structures" in table.head


class Survey:
    """The tables of a survey, tied in a system; ``hidden`` lists what they do not show."""

    def __init__(self, site: Site, form: list[Asked], system: System) -> None:
        self.site, self.system = site, system
        self.items = {t.stem: t for t in site.tables if is_item(t)}
        self.form = {asked.name: asked for asked in form}
        self.hidden: list[Name] = []
        flow = flow_of(site)
        self.eligible = flow.get("Structures éligibles")
        self.most = flow.get("Réponses") or self.eligible or 1e6
        self.partial = (
            self.most - flow["Réponses complètes"] if "Réponses complètes" in flow else None
        )
        for table in self.items.values():
            self.add_item(table)
        self.add_grids()
        if form:
            self.add_pages()
            self.add_form()
            self.add_quantities()
        self.add_balance()
        self.add_sentences()

    def answers(self, stem: str, inside: bool | None = None) -> list[str]:
        """Return the answers of an item: all, those of its base, or those out of it."""
        table = self.items[stem]
        part = table.column("Part")
        return [
            row[0]
            for row in table.rows
            if row[0] != TOGETHER
            if inside is None or inside == (part is None or row[part] != OUTSIDE)
        ]

    def add_item(self, table: Table) -> None:
        """Add an item: its counts, its base, the shares that it shows."""
        place, part, stem = table.column("Structures"), table.column("Part"), table.stem
        n = self.system.set(base(stem), *(table.base or (0, self.most)))
        self.hidden += [n] if table.base is None else []
        self.system.set(answered(stem), 0, self.most)
        for row in table.rows:
            name = self.system.set(
                count(stem, row[0]), *(limits(row[place], self.most) or (0, self.most))
            )
            secret = is_hidden(row[place])
            self.hidden += [name] if secret else []
            share = said(row[part]) if part is not None else None
            # beside a rounded base, a share is that of the rounded base
            if share and (secret or table.base is None):
                self.add_share(stem, [row[0]], share.low, share.high)
                self.add_interval(stem, [row[0]], *interval_in(row[-1]))
        inside = [count(stem, answer) for answer in self.answers(stem, True)]
        if SEVERAL in table.caption:
            self.add_boxes(n, inside)
        else:
            self.system.equal(n, inside)
        outside = [count(stem, answer) for answer in self.answers(stem, False)]
        self.system.equal(answered(stem), [n, *outside])
        if TOGETHER in (row[0] for row in table.rows):
            self.system.equal(
                count(stem, TOGETHER), [name for name in inside if name in self.hidden]
            )

    def add_boxes(self, n: Name, boxes: list[Name]) -> None:
        """Each box is ticked by some of the base, and each of the base ticked one at the least."""
        self.system.tie({n: -1.0, **dict.fromkeys(boxes, 1.0)}, 0.0, 1e9)
        for box in boxes:
            self.system.at_most(box, n)
            if box in self.hidden:
                others = self.system.set(("sans cocher", *box[1:]), 0, self.most)
                self.system.equal(n, [box, others])
                self.hidden.append(others)

    def add_share(
        self, stem: str, answers: list[str], low: float, high: float, drawn: bool = False
    ) -> None:
        """Say that answers together make between two shares of the base, in percent.

        Beside a rounded base, a share is that of the rounded base, but for the length of a bar.
        """
        known = [count(stem, answer) for answer in answers]
        table = self.items[stem]
        if ROUNDED in table.caption and not drawn:
            whole_base = sum(table.base) / 2
            ends = (end * whole_base / 100 for end in (low - NOISE, high + NOISE))
            self.system.tie(dict.fromkeys(known, 1.0), *ends)
        elif any(self.system.low[n] < self.system.high[n] for n in [*known, base(stem)]):
            for end, least, most in ((low, -NOISE, 1e9), (high, -1e9, NOISE)):
                terms = {**dict.fromkeys(known, 1.0), base(stem): -end / 100}
                self.system.tie(terms, least, most)

    def add_interval(
        self, stem: str, answers: list[str], low: Said | None, high: Said | None
    ) -> None:
        """Say from which counts the interval of a share can come."""
        rounded = ROUNDED in self.items[stem].caption
        if not low or not high or self.eligible is None or len(answers) != 1 or rounded:
            return
        names = count(stem, answers[0]), base(stem)
        known = [(self.system.low[name], self.system.high[name]) for name in names]
        found = counts_behind(low, high, *known, self.eligible)
        for name, ends in zip(names, found or (), strict=False):
            self.system.set(name, *ends)

    def add_grids(self) -> None:
        """All the lines of one grid are answered by the same structures, as a rule."""
        titled = [(stem.split(" [")[0] if "[" in stem else stem, stem) for stem in self.items]
        for _, lines in groupby(titled, key=lambda pair: pair[0]):
            stems = [stem for _, stem in lines]
            for other in stems[1:]:
                self.system.equal(answered(stems[0]), [answered(other)], supposed=True)

    def add_pages(self) -> None:
        """Who stopped at a page reached no further one: tied to the table of those who stopped."""
        told = next((t for t in self.site.tables if STOPS in t.head), None)
        read = [int(n) for row in told.rows for n in PAGES.findall(row[0])] if told else []
        last = max([*read, *(asked.page for asked in self.form.values())])
        for page in range(last + 2):
            self.system.set(reached(page), self.most if page == 0 else 0, self.most)
        for page in range(last + 1):
            stop = self.system.set(stopped(page), 0, self.most)
            self.system.equal(reached(page), [reached(page + 1), stop])
        if told and self.partial is not None:
            self.add_stops(told, last)

    def add_stops(self, told: Table, last: int) -> None:
        """Add how many stopped at each page, at pages told together, or at a page or before."""
        together = "Au plus loin" in told.head[0]
        for row in told.rows:
            text = row[told.column(STOPS)]
            pages = [int(number) for number in PAGES.findall(row[0])]
            own = range(0 if together else pages[0], pages[-1] + 1)
            name = self.system.set(("partielles", row[0]), *limits(text, self.partial))
            self.hidden += [name] if is_hidden(text) else []
            self.system.equal(name, [stopped(page) for page in own], supposed=True)
        parts = [stopped(page) for page in range(last + 1)]
        self.hidden += parts
        gone = {part: 1.0 for part in parts}
        self.system.tie(gone, self.partial, self.partial, supposed=True)

    def add_form(self) -> None:
        """Tie each item to its page, and to the answer that leads to it."""
        for asked in self.form.values():
            if asked.label not in self.items:
                continue
            self.system.at_most(answered(asked.label), reached(asked.page))
            if asked.required and not asked.after:
                self.system.at_most(reached(asked.page + 1), answered(asked.label), supposed=True)
            if asked.after and self.form[asked.after].label in self.items:
                self.add_filter(asked, self.form[asked.after].label)

    def add_filter(self, asked: Asked, first: str) -> None:
        """Those led to a question, and those spared it, are those who reached its page."""
        led = count(first, asked.answer)
        if led not in self.system.low:
            return
        said_spared = self.items[asked.label].spared
        others = [count(first, a) for a in self.answers(first) if a != asked.answer]
        name = self.system.set(spared(asked.label), *(said_spared or (0, self.most)))
        caption = self.items[asked.label].caption
        told_some = "non posée" in caption or "posée à une partie" in caption
        untold = said_spared is None and not told_some
        if untold and sum(self.system.low[other] for other in others) < SPARED_FROM:
            self.system.set(name, 0, SPARED_FROM - 1)
            self.hidden.append(name)
        self.system.equal(reached(asked.page), [led, name])
        self.system.at_most(answered(asked.label), led)

    def add_quantities(self) -> None:
        """No more structures give a quantity than were led to its question."""
        by_label = {asked.label: asked for asked in self.form.values()}
        for table in self.site.tables:
            place = table.column("Structures")
            for row in table.rows if table.head[:1] == ("Question",) and place else ():
                asked, number = by_label.get(row[0]), whole(row[place].removeprefix(ABOUT))
                if asked is None or number is None:
                    continue
                n, _ = around(number, row[place].startswith(ABOUT))
                self.system.tie({reached(asked.page): 1.0}, n, 1e9)
                led = count(self.form[asked.after].label, asked.answer) if asked.after else None
                if led in self.system.low:
                    self.system.tie({led: 1.0}, n, 1e9)

    def add_balance(self) -> None:
        """The shares of those who agree, and do not, with the statements of a table."""
        for table in self.site.tables:
            if table.head[:1] != ("Affirmation",):
                continue
            for row in table.rows:
                stem = next((s for s in self.items if "[" in s and same_statement(s, row[0])), None)
                if stem and len(self.answers(stem, True)) == SCALE:
                    self.add_row_of_balance(stem, dict(zip(table.head, row, strict=False)))

    def add_row_of_balance(self, stem: str, row: dict[str, str]) -> None:
        """Add one statement: who agrees, who does not, the difference, the base."""
        answers = self.answers(stem, True)
        for heading, part in (("D'accord", AGREE), ("Pas d'accord", DISAGREE)):
            if share := said(row.get(heading, "")):
                self.add_share(stem, answers[part], share.low, share.high)
        if (n := whole(row.get("n", ""))) is not None:
            self.system.set(base(stem), n, n)

    def add_sentences(self) -> None:
        """Sentences that read a table aloud, and figures with more digits than on a page."""
        for page in self.site.pages.values():
            for about, of, gave, answer, question in READ.findall(page.prose):
                stem = next((s for s in self.items if s.startswith(question.split(" »")[0])), None)
                if stem and count(stem, answer) in self.system.low:
                    self.system.set(count(stem, answer), whole(gave), whole(gave))
                    self.system.set(base(stem), *around(whole(of), bool(about)))
        for figure in self.site.figures:
            stem, _, gave = figure.label.rpartition(" : ")
            value = said(figure.value)
            if stem in self.items and value and "%" in figure.text:
                answers = [a for a in self.answers(stem) if a in gave]
                if " et ".join(answers) == gave or ", ".join(answers) == gave:
                    self.add_share(stem, answers, value.low, value.high)
                    self.add_interval(stem, answers, said(figure.low), said(figure.high))

    def add_rule(self, ends: dict[Name, tuple[float, float]]) -> None:
        """Guess by the rule: something under five is hidden in each table, so that it is the rest.

        A guess, for a table may hide cells to protect another one.
        """
        for stem in self.items:
            own = [name for name in ends if name[:2] == ("réponse", stem)]
            small = [name for name in own if ends[name][0] < SMALL]
            if len(small) == 1:
                self.system.tie({small[0]: 1.0}, 1.0, SMALL - 1, supposed=True)


def interval_in(text: str) -> tuple[Said | None, Said | None]:
    """Return the ends of an interval written « 58 à 67 % »."""
    low, _, high = text.partition(" à ")
    return said(low), said(high)


def same_statement(stem: str, statement: str) -> bool:
    """Tell whether a statement is that of a line of a grid."""
    return statement.lower().endswith(stem.partition("[")[2].rstrip("]").lower())
