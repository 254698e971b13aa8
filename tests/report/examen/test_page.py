"""The examination of the indicators says what the data have, and never quotes what they lack."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt

from diagalim.analysis.score.multivariate import screening
from diagalim.analysis.score.weighting import Weights
from diagalim.analysis.screening.screened import screen
from diagalim.analysis.values.coverage import coverage, known_by_type, states_by_indicator
from diagalim.chapter.chapter import open_chapter
from diagalim.chapter.facts import Fact, Facts
from diagalim.report.examen import facts as screening_facts
from diagalim.report.examen import figures, sentences, tables
from diagalim.settings.indicators_file import load_indicators

NAMES = ["taux_pauvrete", "part_minima_sociaux", "part_0_14", "part_15_29"]
WEIGHTS = Weights(
    {"ressources": 1.0, "ages": 1.0},
    {"ressources": dict.fromkeys(NAMES[:2], 1.0), "ages": dict.fromkeys(NAMES[2:], 1.0)},
)
DIRECTIONS = dict.fromkeys(NAMES, 1)
REGISTRY = load_indicators()
RAW = pd.DataFrame(
    {
        "taux_pauvrete": [10.0, 20, 30, 40],
        "part_minima_sociaux": [1.0, 2, 3, 4],
        "part_0_14": [15.0, 10, 25, 20],
        "part_15_29": [20.0, 25, 15, 10],
    },
    index=list("abcd"),
)


SCORE = Facts(
    [Fact("nb_iris", "IRIS", 5.0, "", 0, "2020", "officiel", "Insee", "score",
          datasets=(("contours_iris", "Contours"),))]
)  # fmt: skip


def long_values(raw: pd.DataFrame) -> pd.DataFrame:
    values = raw.rename_axis("code_iris").reset_index().melt(
        "code_iris", var_name="indicateur", value_name="valeur"
    )  # fmt: skip
    state = np.where(values["valeur"].isna(), "secret", "observe")
    return values.assign(statut=state, source="filosofi_iris")


def stated(numbers: dict) -> Facts:
    """Return numbers as the chapter makes facts of them, with the words beside its notebook."""
    chapter = open_chapter("examen", "exemple")
    chapter.facts_of = lambda name: SCORE
    chapter.state(numbers)
    return chapter.facts


def examined(raw: pd.DataFrame) -> SimpleNamespace:
    values = long_values(raw)
    people = pd.Series(100.0, index=raw.index)
    known, states = coverage(values, people), states_by_indicator(values)
    described, found = screening(raw), screen(raw, DIRECTIONS, WEIGHTS)
    numbers = screening_facts.of_values(known, states, described, REGISTRY)
    numbers |= screening_facts.of_links(found, REGISTRY)
    facts = stated(numbers)
    said = [facts.fill(text) for text in sentences.takeaways(facts)]
    read = {key: facts.fill(text) for key, text in sentences.readings(facts).items()}
    return SimpleNamespace(
        facts=facts, values=values, known=known, found=found, said=said, read=read,
        described=described,
    )  # fmt: skip


def test_what_repeats_what_a_component_weighs_and_what_opposes_are_said():
    page = examined(RAW)
    assert page.said[1].startswith("**1 paire d'indicateurs** dit presque la même chose")
    assert "50\u00a0% du score" in page.said[1] and "au lieu de 50\u00a0%" in page.said[1]
    assert "composantes principales" in page.said[2]
    assert "s'opposent, dans leurs valeurs comme une fois les quartiers rangés" in page.said[3]
    assert page.said[4].startswith("Aucun indicateur n'a de valeurs")
    assert "taux de pauvreté" in page.read["paires"] and page.read["paires"].endswith("1,00")
    assert "«\u00a0Âges\u00a0»" in page.read["alpha"]


def test_the_usual_alpha_is_said_with_the_reference_it_comes_from():
    assert "(alpha de 0,7, Nunnally et Bernstein 1994)" in examined(RAW).said[3]
    assert screening_facts.HANGS_TOGETHER == 0.7


def test_without_redundant_pair_nor_component_nothing_of_them_is_quoted():
    raw = RAW.assign(part_minima_sociaux=[2.0, 4, 1, 3])
    raw["part_15_29"] = [np.nan, np.nan, 10.0, 15.0]
    page = examined(raw)
    assert page.said[1].startswith("Dans aucune dimension deux indicateurs")
    assert not any("composantes principales" in text for text in page.said)
    assert "poids_acp" not in page.facts and "nb_complets" not in page.facts


@pytest.mark.parametrize(
    ("values", "ranks", "words"),
    [
        (-0.3, 0.3, "s'opposent dans leurs valeurs et s'accordent à peine"),
        (0.3, -0.3, "s'accordent peu dans leurs valeurs et s'opposent"),
        (0.3, 0.3, "s'accordent peu**"),
    ],
)
def test_the_words_follow_the_signs_of_both_alphas(values, ranks, words):
    told = {
        "nb_redites": 0, "nb_extremes": 1, "nb_dimensions_faibles": 1, "nb_dimensions_mesurees": 2,
        "alpha_valeurs_faible": values, "alpha_centiles_faible": ranks,
    }  # fmt: skip
    facts = Facts(
        [Fact(k, k, v, "", 0, "", "officiel", "s", "examen") for k, v in told.items()]
    )  # fmt: skip
    assert any(words in text for text in sentences.takeaways(facts))


@pytest.mark.parametrize(
    ("measured", "words"), [(0, "Aucune dimension ne permet"), (3, "dans les dimensions où")]
)
def test_without_a_weak_dimension_the_page_says_what_could_be_measured(measured, words):
    told = {
        "nb_redites": 0,
        "nb_extremes": 0,
        "nb_dimensions_faibles": 0,
        "nb_dimensions_mesurees": measured,
    }
    facts = Facts([Fact(k, k, v, "", 0, "", "officiel", "s", "examen") for k, v in told.items()])
    said = sentences.takeaways(facts)
    assert words in facts.fill(said[2])


def test_every_fact_has_the_source_and_the_nature_of_the_score():
    facts = [fact for fact in examined(RAW).facts if fact.nature != "choix"]
    assert {fact.source for fact in facts} == {"Insee"} and len(facts) > 20
    assert {fact.notebook for fact in facts} == {"examen"}


def test_coverage_is_told_by_type_and_by_inhabitants(as_shown):
    raw = RAW.copy()
    raw.loc["d", "taux_pauvrete"] = np.nan
    page, types = examined(raw), pd.Series(["H", "H", "Z", "Z"], index=list("abcd"))
    by_type = known_by_type(page.values, types)
    shown = as_shown(
        "examen", "connus", tables.coverage(by_type, types.value_counts(), page.known, REGISTRY)
    )
    assert shown.loc["Taux de pauvreté"].tolist() == ["2", "1", "75,0\u00a0%"]
    assert list(shown.columns[:2]) == ["H (sur 2)", "Z (sur 2)"]
    states = as_shown("examen", "etats", tables.states(states_by_indicator(page.values), REGISTRY))
    assert states.loc["Taux de pauvreté", "Masquées"] == "1"


def test_the_table_beside_the_figure_holds_each_pair_once(as_shown):
    shown = as_shown("examen", "correlations", tables.matrix(examined(RAW).found, REGISTRY))
    assert shown.index[1] == "2. Part des minima sociaux dans le revenu"
    assert shown.iloc[1].tolist() == ["1,00", "1", ""]
    assert shown.iloc[3, 2] == "−0,80"


def test_pairs_coherence_weights_and_components_are_told_in_words(as_shown):
    found = examined(RAW).found
    pairs = as_shown("examen", "paires", tables.pairs(found, REGISTRY))
    assert pairs["Ces deux indicateurs"].iloc[0] == "disent presque la même chose"
    assert set(pairs["Dimension"]) >= {"Ressources", "Âges"}
    table = as_shown("examen", "coherence", tables.coherence(found, REGISTRY))
    assert list(table.index) == ["Ressources", "Âges", tables.WHOLE]
    assert table.loc["Ressources", "Alpha des centiles"] == "1,00"
    weights = as_shown("examen", "poids", tables.weights(found, REGISTRY))
    assert weights["Poids de ce rapport"].tolist() == ["50,0\u00a0%", "50,0\u00a0%"]
    axes = as_shown("examen", "axes", tables.components(found, REGISTRY))
    assert axes["Part cumulée"].iloc[-1] == "100,0\u00a0%"


def test_a_dimension_of_one_indicator_has_no_alpha_rather_than_a_zero(as_shown):
    found = screen(RAW, DIRECTIONS, WEIGHTS.without(["part_15_29"]))
    shown = as_shown("examen", "coherence", tables.coherence(found, REGISTRY)).loc["Âges"]
    assert shown.tolist() == ["1", "–", "–", "–"]


def test_a_column_of_one_value_is_named_in_the_table_of_shapes(as_shown):
    shown = as_shown(
        "examen", "formes", tables.shapes(screening(RAW.assign(part_0_14=3.0)), REGISTRY)
    )
    assert shown["À noter"].tolist() == ["–", "–", "une seule valeur", "–"]


def test_the_figure_marks_the_pairs_that_the_table_flags():
    found = examined(RAW).found
    figure = figures.correlation_figure(found, REGISTRY)
    marks = [text.get_text() for text in figure.axes[0].texts if text.get_text()]
    plt.close(figure)
    assert sorted(marks) == sorted(figures.MARKS[motif] for motif in found.pairs["motif"])
