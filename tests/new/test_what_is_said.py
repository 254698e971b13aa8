"""Sentences hold for one city, for none with a rate, and for a department that is one commune."""

from __future__ import annotations

from types import SimpleNamespace

import geopandas as gpd
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import box

from diagalim.analysis.context.framing import pooled_rate
from diagalim.chapter import city_words, maps
from diagalim.chapter.chapter import open_chapter
from diagalim.chapter.columns import written
from diagalim.chapter.facts import Fact, Facts
from diagalim.report.accueil import home
from diagalim.report.contexte import facts as context_facts
from diagalim.report.contexte import sentences, tables
from diagalim.report.score.sentences import cautions
from diagalim.report.score.sentences import uncut as uncut_sentence
from diagalim.settings.registry import Edition, Pattern
from diagalim.settings.territory import FocusCommune
from diagalim.settings.words_file import words_of
from diagalim.sources.official.departments import load_departments
from diagalim.sources.registry import Resolved, load_sources
from diagalim.wording import french


class Page:
    """A chapter that keeps its facts and reads nothing."""

    def __init__(self):
        self.facts = Facts()

    def state(self, fact_id, value, unit, label, sources, *, decimals=0, certainty="", **more):
        value = value if isinstance(value, str) else float(value)
        self.facts.add(
            Fact(
                id=fact_id, label=label, value=value, unit=unit, decimals=decimals, year="2021",
                nature="officiel", source="", notebook="essai", certainty=certainty,
                interval=more.get("interval"),
            )
        )  # fmt: skip


def stated(rates: dict[str, float], communes: list[float], medians: list[float] | None = None):
    """Return the facts of a department: rates of the cities followed, rates of its communes."""
    page = open_chapter("contexte", "exemple")
    years = dict.fromkeys(("populations_legales", "filosofi_communes", "filosofi_iris"), 2021)
    page._used = {source: found(source) for source in years}
    page.state(context_facts.framing(1000, pd.Series(rates, dtype=float), years))
    pooled = pooled_rate(pd.Series(communes, dtype=float), pd.Series([100.0] * len(communes)))
    whole, told = context_facts.pooled({"D01": pooled, "R84": pooled}, ["Ain", "Région"])
    page.state(whole, **told)
    if medians is not None:
        spread = pd.DataFrame({"rapport": [2.0] + [float("nan")] * (len(rates) - 1)}, list(rates))
        if not medians:
            spread["rapport"] = float("nan")
        page.state(context_facts.spread(spread, pd.Series(medians, dtype=float), 2021))
    return page.facts


def found(source: str) -> Resolved:
    edition, pattern = (
        Edition(millesime=2021, fichiers=[]),
        Pattern(motif="", nature="officiel", format="x"),
    )
    return Resolved(source, None, load_sources()[source], edition, pattern)


def said(facts, sentence: str) -> str:
    return facts.fill(sentence).replace(french.NO_BREAK, " ")


def test_several_cities_go_from_the_lowest_rate_to_the_highest():
    facts = stated({"Un": 12, "Deux": 20, "Trois": float("nan")}, [12, 20])
    assert "taux du département et de la région" in sentences.rate_certainty(facts)
    assert "va de **12 %** (Un) à **20 %** (Deux)." in said(facts, city_words.city_rates(facts))


def test_one_city_has_one_rate():
    facts = stated({"Paris": 20}, [20])
    assert said(facts, city_words.city_rates(facts, ", à peu près")) == (
        "En 2021, le taux de pauvreté est de **20 %** (Paris), à peu près."
    )


def test_two_cities_of_the_same_rate_are_both_named():
    facts = stated({"Un": 15, "Deux": 15}, [15, 15])
    assert "**15 %** (Un et Deux)" in said(facts, city_words.city_rates(facts))


def test_cities_without_a_published_rate_are_said_so():
    facts = stated({"Un": float("nan")}, [12, float("nan")])
    assert "aucune des villes suivies" in said(facts, city_words.city_rates(facts))
    assert "n'ont pas de taux publié" in said(facts, sentences.rate_reading(facts))


@pytest.mark.parametrize(
    ("communes", "words"),
    [
        ([12.0, 20.0], "aucune commune n'a un taux masqué"),
        ([12.0, 20.0, float("nan")], "1 commune a un taux masqué"),
        ([12.0, float("nan"), float("nan")], "2 communes ont un taux masqué"),
    ],
)
def test_withheld_communes_are_counted_in_good_french(communes, words):
    facts = stated({"Un": 12}, communes)
    assert words in said(facts, sentences.department_rate(facts))
    assert words in said(facts, "{phrase_masquees_departement}")


def test_a_department_of_one_commune_has_the_rate_of_its_city():
    facts = stated({"Paris": 20}, [20])
    assert facts["taux_departement"].value == 20.0
    assert "arrondi à l'unité" in facts["taux_departement"].certainty
    assert "une seule commune" in said(facts, sentences.department_rate(facts))
    assert "phrase_masquees_departement" not in facts, "the home page leaves its sentence out"
    assert "département" not in sentences.rate_certainty(facts)


@pytest.mark.parametrize(
    ("rates", "medians", "words"),
    [
        ({"Un": 10, "Deux": 20}, [20_000, 22_000], "d'une ville à l'autre"),
        ({"Un": 10}, [20_000], "En 2021, d'un quartier à l'autre d'une même ville"),
        ({"Un": 10}, [], "En 2021, trop peu d'IRIS"),
    ],
)
def test_gaps_are_said_only_where_there_are_two_things_to_compare(rates, medians, words):
    facts = stated(rates, [10, 20], medians)
    assert words in said(facts, sentences.gaps(facts))
    assert ("ecart_villes" in facts) == (len(medians) > 1)
    assert bool(home.home_gap(facts)) == bool(medians)


@pytest.mark.parametrize(
    ("town", "where"),
    [("Arles", "À Arles"), ("Le Mans", "Au Mans"), ("Les Lilas", "Aux Lilas"),
     ("La Rochelle", "À La Rochelle"), ("L'Isle", "À L'Isle"), ("Lens", "À Lens")],
)  # fmt: skip
def test_the_article_of_a_town_contracts_as_french_asks(town, where):
    assert french.at_place(town) == where


def test_every_main_town_can_begin_a_sentence():
    heads = {french.at_place(d.chef_lieu_nom) for d in load_departments().values()}
    assert {"Au Mans", "Au Puy-en-Velay", "À La Roche-sur-Yon", "À Évry-Courcouronnes"} <= heads


def test_the_framing_table_of_one_city_keeps_the_figures_of_the_city():
    table = pd.DataFrame(
        {
            "population": [1000.0], "part": [100.0], "taux_pauvrete": [20.0],
            "niveau_vie": [22_000.0], "rapport_interdecile": [2.9],
        },
        index=["Ain"],
    )  # fmt: skip
    whole = pooled_rate(pd.Series([20.0]), pd.Series([900.0]))
    region = pooled_rate(pd.Series([20.0, 10.0]), pd.Series([900.0, 900.0]))
    framed = tables.framing(table, 1000, {"D01": whole, "R84": region}, ["Ain", "Région"])
    text, _ = written(framed, words_of("contexte").montre["cadrage"])
    assert list(text.index) == ["Ain", "Région"]
    assert text.loc["Ain"].tolist()[3:] == [french.number(22_000), "2,9"]


def test_nothing_is_enlarged_where_the_city_is_the_whole_map():
    squares = gpd.GeoDataFrame(
        {"nom": ["a", "b"]}, geometry=[box(0, 0, 9e3, 9e3), box(9e3, 0, 18e3, 9e3)], crs=2154
    )
    legend = maps.Classes(["1"], ["#fff"], "non noté")
    options = {"outlines": squares, "inset_title": "Ville"}
    known = pd.Series([1.0, 1.0])
    whole = maps.class_map(squares, known, legend, inset=squares, **options)
    part = maps.class_map(squares, known, legend, inset=squares.iloc[:1], **options)
    assert (len(whole.axes), len(part.axes)) == (1, 2)
    plt.close("all")


@pytest.mark.parametrize(("width", "bar"), [(140_000, 20), (18_000, 5), (2_000, 1)])
def test_the_scale_bar_fits_the_map(width, bar):
    assert maps.scale_bar_km(width) == bar


@pytest.mark.parametrize(
    ("uncut", "scored", "words"),
    [(0, 0, ""), (3, 3, "{nb_z_notees} notées sur {nb_z}."), (3, 2, "en partie masqués.")],
)
def test_uncut_communes_are_spoken_of_where_there_are_some(uncut, scored, words):
    page = Page()
    page.state("nb_z", uncut, "", "", [])
    page.state("nb_z_notees", scored, "", "", [])
    found = cautions(page.facts, pd.DataFrame())
    assert found == [] if not uncut else found[0].endswith(words)


def of_uncut(weights, dimensions, uncut=None):
    parts = pd.DataFrame(dimensions)
    classes, people = pd.Series([5.0, 1.0, 2.0]), pd.Series([10.0, 20.0, 30.0])
    result = SimpleNamespace(effective_weights=pd.DataFrame(weights), dimensions=parts)
    uncut = pd.Series([False, True, True]) if uncut is None else uncut
    return uncut_sentence(result, classes, uncut, people)


def test_uncut_communes_whose_score_rests_on_less_are_said_so():
    nothing = [1.0, np.nan, np.nan]
    said = of_uncut(
        {"a": [1.0, 2.0, 3.0], "b": [1.0, 0.0, 0.0]}, {"x": [1.0, 2.0, 3.0], "y": nothing}
    )
    assert "1\u00a0indicateur sur 2 et 1\u00a0dimension sur 2" in said
    assert "aucune n'est dans l'une des deux classes" in said and "50\u00a0habitants" in said
    first = pd.Series([True, False, False])
    some = of_uncut({"a": [1.0] * 3, "b": nothing[::-1]}, {"x": [1.0] * 3}, first)
    assert "1\u00a0est dans l'une" in some and "prouve" not in some
    assert of_uncut({"a": [1.0, 2.0, 3.0]}, {"x": [1.0, 2.0, 3.0]}) == ""


def test_a_diploma_known_by_commune_is_said_so():
    page = Page()
    for fact in ("nb_z", "nb_z_notees"):
        page.state(fact, 0, "", "", [])
    lent = pd.DataFrame({"part_peu_diplomes": ["communal", "observe"]})
    assert "le diplôme" in cautions(page.facts, lent)[0]
    assert cautions(page.facts, lent.iloc[1:]) == []


def test_a_commune_followed_by_its_code_is_named_on_no_enlargement():
    assert maps.inset_title([FocusCommune(code="2A004", nom="Port")]) == ""
