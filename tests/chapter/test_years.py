"""A year beside a figure is that of the figure's own dataset.

The year of the communes once dated the gap between IRIS. Vintages are set apart here, so that a
sentence, a table or a fact that takes the year of another dataset cannot pass.
"""

from __future__ import annotations

import re
from types import SimpleNamespace

import pandas as pd
import pytest

from diagalim.analysis.context.framing import PooledRate
from diagalim.analysis.offer.shops import HERE, NEXT_DOOR, NONE
from diagalim.chapter import city_words
from diagalim.chapter.chapter import Chapter, open_chapter
from diagalim.chapter.facts import Facts
from diagalim.chapter.statements import period
from diagalim.report.accueil import home
from diagalim.report.commerces import facts as offer_facts
from diagalim.report.contexte import facts as context_facts
from diagalim.report.contexte import sentences, tables
from diagalim.report.score import facts as score_facts
from diagalim.settings.registry import Edition, Pattern
from diagalim.sources.registry import Resolved, load_sources

VINTAGES = {
    "populations_legales": 2023,
    "filosofi_communes": 2021,
    "filosofi_iris": 2019,
    "population_iris": 2016,
    "bpe": 2018,
    "contours_iris": 2020,
    "carreaux": 2017,
}
CITIES = {"Corvelle": 12.0, "Brévannes": 21.0}
"""Poverty rates; the second has the highest, and the widest gap."""


def found(source: str) -> Resolved:
    edition = Edition(millesime=VINTAGES[source], fichiers=[])
    pattern = Pattern(motif="", nature="officiel", format="x")
    return Resolved(source, None, load_sources()[source], edition, pattern)


@pytest.fixture
def chapter(tmp_path, monkeypatch) -> Chapter:
    monkeypatch.setenv("DIAGALIM_RESULTS", str(tmp_path))
    made = open_chapter("contexte", "exemple")
    made._used = {source: found(source) for source in VINTAGES}
    return made


def framed(chapter: Chapter, medians: list[float], ratios: list[float]) -> Facts:
    """State what the page on context states, some of it unknown."""
    table = pd.DataFrame({"taux_pauvrete": CITIES})
    rate = PooledRate(15.0, (14.0, 16.0), (10.0, 20.0), 7, 3, 0, 3, 20.0)
    years = {source: used.vintage for source, used in chapter._used.items()}
    chapter.state(context_facts.framing(1000.0, table["taux_pauvrete"], years))
    whole, told = context_facts.pooled({"D00": rate, "R00": rate}, ["Ici", "Région"])
    chapter.state(whole, **told)
    spread = pd.DataFrame({"rapport": ratios}, index=list(CITIES))
    between = pd.Series(medians, index=list(CITIES))
    chapter.state(context_facts.spread(spread, between, years["filosofi_iris"]))
    return chapter.facts


NONE_KNOWN = [float("nan")] * 2
SENTENCES = {
    "rates of the cities": (city_words.city_rates, "En 2021, parmi les villes"),
    "gaps between and inside": (
        sentences.gaps,
        "En 2021, d'une ville à l'autre, le niveau de vie médian varie de 1 à 1,5 ; en 2019, d'un "
        "quartier à l'autre",
    ),
    "gap on the home page": (
        lambda facts: home.home_gap(facts)[0],
        "(Brévannes, 2019, sans compter",
    ),
}


@pytest.mark.parametrize("case", SENTENCES)
def test_each_sentence_follows_its_own_dataset(case, chapter):
    sentence, expected = SENTENCES[case]
    facts = framed(chapter, [20_000.0, 30_000.0], [1.5, 2.5])
    assert expected in plain(facts.fill(sentence(facts)))


@pytest.mark.parametrize("case", SENTENCES)
@pytest.mark.parametrize("moved", ["filosofi_communes", "filosofi_iris"])
def test_a_sentence_is_dated_by_the_figures_it_quotes(case, moved, chapter, monkeypatch):
    """One vintage after the other is changed; the years read are those of the facts quoted."""
    monkeypatch.setitem(VINTAGES, moved, 1999)
    chapter._used[moved] = found(moved)
    facts = framed(chapter, [20_000.0, 30_000.0], [1.5, 2.5])
    sentence = SENTENCES[case][0](facts)
    quoted = {
        facts[name].year
        for name in re.findall(r"{(\w+)}", sentence)
        if not isinstance(facts[name].value, str)
    }
    assert set(re.findall(r"\b\d{4}\b", facts.fill(sentence))) == quoted


def test_one_year_for_both_is_said_once(chapter):
    chapter._used["filosofi_iris"] = found("filosofi_communes")
    facts = framed(chapter, [20_000.0, 30_000.0], [1.5, 2.5])
    said = facts.fill(sentences.gaps(facts))
    assert said.count("2021") == 1 and said.startswith("En 2021, d'une ville")


@pytest.mark.parametrize(
    ("medians", "ratios", "expected"),
    [
        ([20_000.0, 30_000.0], NONE_KNOWN, "En 2021, d'une ville à l'autre"),
        ([20_000.0, float("nan")], [1.5, 2.5], "En 2019, d'un quartier à l'autre"),
        ([20_000.0, float("nan")], NONE_KNOWN, "En 2019, trop peu d'IRIS ont un revenu"),
    ],
)
def test_what_is_left_keeps_its_own_year(medians, ratios, expected, chapter):
    facts = framed(chapter, medians, ratios)
    said = facts.fill(sentences.gaps(facts))
    assert said.startswith(expected)
    assert len(re.findall(r"\b\d{4}\b", said)) == expected.count("En ")


def test_the_sheet_of_a_city_dates_the_gap_by_the_iris(chapter, monkeypatch):
    shown = []
    framed(chapter, [20_000.0, 30_000.0], [1.5, 2.5])
    monkeypatch.setattr("diagalim.chapter.shown.html_table", lambda t, *_, **__: shown.append(t))
    spread = pd.DataFrame({"rapport": [1.5], "publies": [9], "masques": [1]}, index=["Corvelle"])
    framing = pd.DataFrame(1.0, index=["Corvelle"], columns=tables.SHOWN)
    tables.show_cities(chapter, framing, spread, "une lecture")
    lines = [plain(line) for line in shown[0].index]
    assert lines[2] == "Taux de pauvreté à 60 %, 2021"
    assert lines[-2:] == ["Écart entre quartiers, 2019", "IRIS publiés et masqués"]


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (["filosofi_iris"], "2019"),
        (["bpe", "populations_legales"], "2018 à 2023"),
        (["bpe", "contours_iris"], "2018"),
        (["contours_iris"], "2020"),
        (["filosofi_iris", "filosofi_iris"], "2019"),
    ],
)
def test_a_fact_is_dated_by_all_that_it_rests_on(sources, expected, chapter):
    assert chapter.state("x", 1, "", "x", sources).year == expected


def test_a_fact_of_another_chapter_keeps_its_years_and_takes_those_it_is_crossed_with(chapter):
    people = chapter.state("gens", 1000, "habitants", "Habitants", ["population_iris"])
    assert chapter.derive("a", 1, "a", people).year == "2016"
    assert chapter.derive("b", 1, "b", people, also=[found("carreaux")]).year == "2016 à 2017"
    assert chapter.derive("c", 1, "c", people, also=[found("contours_iris")]).year == "2016"
    assert period([], "en cours") == "en cours"


def test_inhabitants_without_a_shop_carry_the_year_of_the_inhabitants(tmp_path, monkeypatch):
    monkeypatch.setenv("DIAGALIM_RESULTS", str(tmp_path))
    chapter = open_chapter("commerces", "exemple")
    chapter._used = {
        source: found(source) for source in ("population_iris", "bpe", "contours_iris")
    }
    score = open_chapter("score", "exemple")
    score._used = chapter._used
    score.state("population_totale", 1000, "habitants", "Habitants", ["population_iris"])
    monkeypatch.setattr(chapter, "facts_of", {"score": score.facts}.__getitem__)
    keys = pd.MultiIndex.from_tuples(
        [(5, HERE), (5, NEXT_DOOR), (5, NONE)], names=["classe", "niveau"]
    )
    crossing = pd.DataFrame({"iris": [3, 2, 1], "population": [30.0, 20.0, 10.0]}, index=keys)
    chapter.state(offer_facts.of_levels(crossing, 5))
    facts = chapter.facts
    assert facts["habitants_sans"].year == facts["phrase_exposes"].year == "2016 à 2018"
    assert facts["iris_sans"].year == "2018"
    assert "population_iris" in dict(facts["habitants_sans"].datasets)


def test_the_share_of_a_city_is_dated_as_its_inhabitants(tmp_path, monkeypatch):
    monkeypatch.setenv("DIAGALIM_RESULTS", str(tmp_path))
    chapter = open_chapter("score", "exemple")
    chapter._used = {source: found(source) for source in VINTAGES}
    chapter.choose("annee_population_iris", "2016", "Année")
    cities = pd.DataFrame({"part_haute": [12.0]}, index=["Corvelle"])
    labels = score_facts.city_labels(cities, 5)
    chapter.state(score_facts.of_cities(cities, "2016"), label=labels)
    assert chapter.facts["part_haute_1"].label.endswith("la classe 5, Corvelle")
    assert chapter.facts["part_haute_1"].year == chapter.facts["phrase_villes"].year == "2016"
    assert "(2016)" in chapter.facts["phrase_villes"].text


def test_the_year_of_a_fact_can_be_asked_for_in_a_sentence():
    fact = SimpleNamespace(id="taux", text="12 %", value=12.0, year="2019")
    facts = Facts()
    facts._facts["taux"] = fact
    assert plain(facts.fill("{taux} en {taux:annee}")) == "12 % en 2019"


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")
