"""What is published of structures and places gives no hidden number back, taken all together.

Each case is a way by which a hidden count was once found again: another table, a caption, a base, a
page reached, a line that left. A reader is played anew here, by trying every whole number that
agrees with what is shown, never with the code that hides.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagalim.analysis.disclosure.linked import Publication, Shown, nearest, withhold
from diagalim.analysis.disclosure.quantities import protect_quantities, safe_sets, too_few
from diagalim.analysis.disclosure.relations import TOTAL, Relations, table_relations
from diagalim.analysis.publics.series import network_series
from diagalim.analysis.publics.shown import shown_series
from diagalim.analysis.publics.volumes import ORIGINS, by_place
from diagalim.analysis.survey.shown import ANSWER, BASE, NUMBER, REACHED, SPARED, SurveyShown
from diagalim.analysis.survey.system import SurveySystem
from diagalim.analysis.survey.tabulation import SEVERAL, SINGLE, Tabulated
from diagalim.chapter.chapter import open_chapter
from diagalim.chapter.tables import HIDDEN
from diagalim.report.remontees.facts import of_change
from diagalim.report.remontees.series import series_figure, series_table
from diagalim.report.reponse.facts import most_unlike
from diagalim.report.resultats.page import answers, caption_of

LEAST = 3
"""Doubt that a small count keeps, in structures."""


def tabled(item, counts, aside=None, *, several=False, base=None, spared=0) -> Tabulated:
    inside, outside = pd.Series(counts, dtype=int), pd.Series(aside or {}, dtype=int)
    kind = SEVERAL if several else SINGLE
    return Tabulated(item, item, kind, inside, outside, base or int(inside.sum()), spared)


@dataclass
class Questionnaire:
    """A survey of a few questions, and the pages at which some stopped."""

    structures: int
    tables: list[Tabulated]
    pages: dict[str, int] = field(default_factory=dict)
    filters: dict[str, tuple[str, str]] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)
    stops: dict[int, int] = field(default_factory=dict)
    grids: dict[str, str] = field(default_factory=dict)

    def shown(self) -> SurveyShown:
        return self.system().protected()

    def system(self) -> SurveySystem:
        system, last = SurveySystem(), max([1, *self.pages.values(), *self.stops])
        page = [p for p, count in self.stops.items() for _ in range(count)]
        sent = [False] * len(page) + [True] * (self.structures - len(page))
        page += [last] * (self.structures - len(page))
        progress = pd.DataFrame({"derniere_page": page, "envoyee": sent, "complete": sent})
        system.add_pages(progress, last)
        for table in self.tables:
            system.add_table(table)
        for item, count in self.numbers.items():
            system.add_number(item, count)
        for item in [*(table.item for table in self.tables), *self.numbers]:
            self.add_flow(system, item)
        system.tie_grids(pd.Series(self.grids, dtype=object))
        return system

    def add_flow(self, system: SurveySystem, item: str) -> None:
        values, page = system.publication.relations.values, self.pages.get(item, 1)
        spared, before = 0, self.filters.get(item)
        if before:
            spared = int(values[REACHED, page] - values[(ANSWER, *before)])
        states = pd.Series(["non montré"] * spared, dtype="string")
        system.add_flow(item, states, (REACHED, page), item in self.required)
        if before:
            same = self.pages.get(before[0], 1) == page
            system.add_filter(item, *before, same_page=same)


SCALE = {"contre": 4, "plutôt": 15, "pour": 16}
CASES = {
    "one answer hidden inside its base": (
        Questionnaire(60, [tabled("avis", SCALE, {"nsp": 5})]),
        {(ANSWER, "avis", "contre")},
    ),
    "two small answers that add up to three": (
        Questionnaire(60, [tabled("avis", {"a": 1, "b": 2, "c": 40})]),
        {(ANSWER, "avis", "a"), (ANSWER, "avis", "b")},
    ),
    "« ne sait pas » out of the base, in a line of a grid": (
        Questionnaire(
            40,
            [tabled("g1", {"oui": 20, "non": 10}, {"nsp": 8}),
             tabled("g2", {"oui": 24, "non": 10}, {"nsp": 4})],
            grids={"g1": "g", "g2": "g"},
        ),
        {(ANSWER, "g2", "nsp")},
    ),
    "a follow-up answered by all the others": (
        Questionnaire(
            40,
            [tabled("refus", {"oui": 38, "non": 2}),
             tabled("motif", {"denrées": 38}, several=True, base=38, spared=2)],
            filters={"motif": ("refus", "oui")},
        ),
        {(ANSWER, "refus", "non")},
    ),
    "the number of those who gave a quantity": (
        Questionnaire(
            40, [tabled("salaries", {"oui": 37, "non": 3})],
            numbers={"etp": 37}, filters={"etp": ("salaries", "oui")},
        ),
        {(ANSWER, "salaries", "non")},
    ),
    "a required question and the structures asked": (
        Questionnaire(
            40, [tabled("type", {"ccas": 2, "autre": 18, "association": 20})], required={"type"}
        ),
        {(ANSWER, "type", "ccas")},
    ),
    "a quantity that few give": (
        Questionnaire(40, [], numbers={"tonnes": 3}),
        {(NUMBER, "tonnes")},
    ),
    "a filter and how many were spared": (
        Questionnaire(
            90,
            [tabled("ramasse", {"oui": 50, "non": 36}),
             tabled("hausse", {"oui": 20, "non": 30}, spared=36)],
            pages={"ramasse": 2, "hausse": 2}, filters={"hausse": ("ramasse", "oui")},
            stops={1: 2, 2: 9},
        ),
        {("arrêt", 1)},
    ),
    "a page reached by all who answer its required question": (
        Questionnaire(
            90,
            [tabled("aides", {"colis": 60, "repas": 44}, several=True, base=88)],
            pages={"aides": 2}, required={"aides"}, stops={1: 2, 2: 9},
        ),
        {("arrêt", 1)},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_was_once_found_again_stays_in_doubt(case):
    questionnaire, small = CASES[case]
    shown = questionnaire.shown().shown
    values = shown.publication.relations.values
    for cell in small | (shown.hidden - shown.publication.fixed):
        left = shown.left([cell])[cell]
        assert left.low <= values[cell] <= left.high
        assert left.width >= LEAST, (cell, left)
    assert not {cell for cell in small if cell[0] != "arrêt"} - shown.hidden


def test_a_base_less_the_answers_shown_is_no_hidden_answer():
    table = tabled("avis", SCALE, {"nsp": 5})
    text = answers(table, 60)["structures"]
    shown = [int(text[answer]) for answer in SCALE if text[answer] != HIDDEN]
    assert table.base - sum(shown) not in SCALE.values()


def test_a_caption_rounds_what_would_tell_on_a_page_and_shares_are_of_the_rounded_base():
    questionnaire, _ = CASES["a page reached by all who answer its required question"]
    shown, (table,) = questionnaire.shown(), questionnaire.tables
    assert shown.base((BASE, "aides")) == (90, True)
    assert caption_of(table, shown) == (
        "aides (n = 90 ; nombre arrondi à la dizaine ; plusieurs réponses possibles)"
    )
    assert round(answers(table, 200, shown).loc["colis", "part"]) == 67  # 60 of 90, not 88


def test_how_many_were_spared_is_rounded_before_any_answer_is_hidden():
    questionnaire, _ = CASES["a filter and how many were spared"]
    shown = questionnaire.shown()
    assert shown.base((SPARED, "hausse")) == (40, True)
    assert not shown.answers("ramasse") | shown.answers("hausse")


def test_cramer_s_v_and_the_most_unlike_kind_say_nothing_of_a_hidden_kind():
    index = pd.MultiIndex.from_tuples([("taille", kind) for kind in ("grande", "moyenne", "rare")])
    compared = pd.DataFrame({"base": [0.6, 0.1, 0.3], "repondants": [0.5, 0.47, 0.03]}, index=index)
    system = SurveySystem()
    system.add_kinds(pd.DataFrame({"reponses": [50, 47, 3]}, index=index))
    shown = system.protected()
    assert "rare" in shown.kinds("taille")
    assert "rare" not in most_unlike(compared, shown)["sous_representee"]


def test_a_fact_is_kept_as_it_is_shown(tmp_path, monkeypatch):
    monkeypatch.setenv("DIAGALIM_RESULTS", str(tmp_path))
    chapter = open_chapter("resultats", "exemple")
    fact = chapter.count_shown(
        "part", 57.46268, "%", "Part", year=2025, source="s", interval=(50.08, 64.52)
    )
    assert (fact.value, fact.interval, fact.text) == (57, (50, 65), "57\u00a0%")


def sheets(*lines: tuple[str, str, float | None]) -> pd.DataFrame:
    """Return lines of sheets of one network: place, period, households."""
    table = pd.DataFrame(lines, columns=["id_site", "periode", "foyers_distincts"])
    same = {"operateur": "Réseau A", "unite_de_compte": "foyers", "type_aide": "colis"}
    return table.assign(**same, foyers_distincts=table["foyers_distincts"].astype("Int64"))


def leaving(gone: list[int]) -> pd.DataFrame:
    """Return six places that stay and others that leave after the first period."""
    stay = [(f"S{k}", period, 40 + k) for k in range(6) for period in ("2024-S1", "2024-S2")]
    return sheets(*stay, *((f"G{k}", "2024-S1", count) for k, count in enumerate(gone)))


@pytest.mark.parametrize("gone", [[119], [60, 59], [30, 30, 30, 30], [900, 1, 1, 1, 1, 1]], ids=len)
def test_what_few_lines_that_left_declared_is_in_no_total(gone):
    shown = shown_series(network_series(leaving(gone)))
    first = series_table(shown).iloc[0]
    assert first["declare"] == "255\u00a0foyers"  # 40 + 41 + … + 45
    assert first["comptees"] == f"6 sur {6 + len(gone)}"
    assert first["indice"] == 100


def test_the_lines_that_left_are_counted_when_they_are_five():
    shown = shown_series(network_series(leaving([20, 21, 22, 23, 24])))
    assert series_table(shown).iloc[0]["declare"] == "365\u00a0foyers"


def test_an_index_is_drawn_and_stated_as_it_is_written(tmp_path, monkeypatch):
    monkeypatch.setenv("DIAGALIM_RESULTS", str(tmp_path))
    lines = leaving([119])
    later = lines["periode"] == "2024-S2"
    lines.loc[later, "foyers_distincts"] = lines.loc[later, "foyers_distincts"] + 7
    shown = shown_series(network_series(lines))
    written = list(series_table(shown)["indice"])
    assert list(series_figure(shown).axes[0].lines[0].get_ydata()) == written == [100, 116]
    chapter = open_chapter("remontees", "exemple")
    change, since = of_change(shown)
    chapter.state(change, **since)
    assert chapter.facts["indice_suivi"].value == 116


def test_hidden_tonnes_do_not_add_up_to_one_place():
    held = {
        "A": [[4.7, 3.7, 5.3, 1.6, 267.3], [10.8, 2.4, 1.6, 2.2, 8.2], [6.0, 7.1, 3.0, 2.8, 4.9],
              [1.8, 1.9, 2.2, 2.6, 1.5], [7.5, 3.0, 3.3, 5.4, 3.6]],
        "B": [[3.1, 2.2, 3.0, 4.4, 1.1]] * 6,
        "C": [[2.9, 3.1, 2.5, 2.4, 1.9]] * 6,
    }  # fmt: skip
    lines = pd.DataFrame(
        [(name, f"{name}{k}", *row) for name, rows in held.items() for k, row in enumerate(rows)],
        columns=["operateur", "id_site", *ORIGINS],
    )
    kilos = (by_place(lines) * 1000).round().astype(int)
    hidden = protect_quantities(kilos)
    own = [cell[2] for cell in hidden if cell[1] == "A" and TOTAL not in cell]
    assert "t_cnes" in own
    assert not too_few(kilos.loc["A"][own].sum(axis=1))
    assert len(hidden) < kilos.groupby(level=0).sum().size / 2 + len(ORIGINS)


def test_two_sums_that_differ_by_few_lines_are_not_both_shown():
    amounts = dict.fromkeys(range(20), 10.0)
    every, less = frozenset(range(20)), frozenset(range(17))
    assert safe_sets({"total": every, "profil": less}, amounts) == ["total"]
    assert safe_sets({"total": every, "profil": frozenset(range(9))}, amounts) == [
        "total",
        "profil",
    ]
    # neither is inside the other, and the third gives their common part
    halves = {"total": every, "a": frozenset(range(12)), "b": frozenset(range(9, 20))}
    assert safe_sets(halves, amounts) == ["total", "a"]


def every_table(relations: Relations, shown: Shown) -> dict:
    """Try every count that agrees with what is shown: what each unknown cell can be."""
    values = relations.values
    seen = shown.publication.cost.keys() | shown.publication.fixed
    ranges = {}
    for cell in values:
        if cell in shown.hidden:
            ranges[cell] = range(1, 60 if TOTAL in cell else 13)
        elif cell in shown.rounded:
            ranges[cell] = [n for n in range(25) if nearest(n) == nearest(values[cell])]
        elif cell in seen:
            ranges[cell] = [int(values[cell])]
    unknown = [cell for cell in ranges if len(ranges[cell]) > 1 and TOTAL not in cell]
    found = {cell: set() for cell in unknown}
    for guess in itertools.product(*(ranges[cell] for cell in unknown)):
        tried = {c: r[0] for c, r in ranges.items() if len(r) == 1}
        tried |= dict(zip(unknown, guess, strict=True))
        if agrees(relations, tried, ranges):
            for cell in unknown:
                found[cell].add(tried[cell])
    return found


def agrees(relations: Relations, tried: dict, ranges: dict) -> bool:
    known = dict(tried)
    for total, parts in relations.sums:
        whole = sum(known[part] for part in parts if part in known)
        if any(part not in known for part in parts):
            continue
        if known.setdefault(total, whole) != whole or whole not in ranges[total]:
            return False
    return True


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=4, max_size=4))
def test_no_hidden_count_of_a_small_table_is_found_by_trying_every_table(counts):
    table = pd.DataFrame(np.array(counts).reshape(2, 2), index=["x", "y"], columns=["a", "b"])
    relations = table_relations(table)
    publication = Publication(
        relations, {cell: 1.0 + cell.count(TOTAL) for cell in relations.values}
    )
    shown = withhold(publication)
    for cell, possible in every_table(relations, shown).items():
        if cell in shown.hidden:
            left = shown.left([cell])[cell]
            inside = {value for value in possible if value < 12}
            assert relations.values[cell] in possible
            assert inside <= set(range(int(left.low), int(min(left.high, 12)) + 1))
            assert len(possible) > 1 or not any(
                relations.values[other] for other in relations.values.keys() - shown.hidden
            )


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 12), min_size=3, max_size=3),
    st.lists(st.integers(0, 6), min_size=2, max_size=2),
    st.integers(0, 3),
)
def test_a_question_and_its_follow_up_give_no_hidden_answer_together(first, shares, silent):
    oui = first[0]
    follow = {"a": min(shares[0], oui), "b": min(shares[1], max(0, oui - shares[0]))}
    questionnaire = Questionnaire(
        sum(first) + silent + 1,
        [tabled("q", dict(zip(["oui", "non", "autre"], first, strict=True))),
         tabled("suite", follow, spared=sum(first) - oui)],
        filters={"suite": ("q", "oui")},
    )  # fmt: skip
    shown = questionnaire.shown().shown
    values = shown.publication.relations.values
    for cell in shown.hidden:
        left = shown.left([cell])[cell]
        assert left.low <= values[cell] <= left.high
        alone = questionnaire.structures < 3 * LEAST  # nothing more to hide in so small a survey
        assert left.width >= 1 or alone, (cell, left, sorted(shown.hidden, key=repr))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 30), min_size=12, max_size=12), min_size=2, max_size=3)
)  # fmt: skip
def test_no_sum_of_hidden_quantities_that_can_be_worked_out_shows_few_places(rows):
    places = [(f"R{k}", f"{k}-{p}") for k in range(len(rows)) for p in range(6)]
    by = pd.DataFrame(
        [row[p : p + 2] for row in rows for p in range(0, 12, 2)],
        index=pd.MultiIndex.from_tuples(places),
        columns=["u", "v"],
    )
    hidden = protect_quantities(by)
    relations = table_relations(by.groupby(level=0).sum())
    inner = [cell for cell in hidden if TOTAL not in cell]
    shown = [cell for cell, value in relations.values.items() if value and cell not in hidden]
    for cells in known_sums(relations, hidden, inner) if shown else ():
        assert not too_few(brought(by, cells)), (cells, hidden)


def known_sums(relations: Relations, hidden: frozenset, inner: list) -> list[list]:
    """Return the sums of hidden cells that are a combination of what is shown, by their rank."""
    columns = [*inner, *(hidden - set(inner))]
    sums = np.zeros((len(relations.sums), len(columns)))
    for line, (total, parts) in enumerate(relations.sums):
        sums[line] = [(cell in parts) - (cell == total) for cell in columns]
    rank = np.linalg.matrix_rank(sums) if columns else 0
    found = []
    for chosen in itertools.product([0, 1], repeat=len(inner)):
        wanted = np.array([*chosen, *[0] * (len(columns) - len(inner))])
        if any(chosen) and np.linalg.matrix_rank(np.vstack([sums, wanted])) == rank:
            found.append([cell for cell, own in zip(inner, chosen, strict=True) if own])
    return found


def brought(by: pd.DataFrame, cells: list) -> pd.Series:
    """Return what each place brings to a sum of cells."""
    held = pd.Series(0, index=by.index)
    for _, row, column in cells:
        own = by.index.get_level_values(0) == row
        held[own] += by.loc[own, column]
    return held
