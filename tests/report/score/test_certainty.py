"""What the page says of the certainty of the score: counts, intervals, and the words of both."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from diagalim.analysis.certainty.choices import Sources
from diagalim.analysis.certainty.draws import Draws
from diagalim.analysis.certainty.ranks import Certainty, summarise
from diagalim.analysis.score.leading import highest, population_by_class
from diagalim.chapter.chapter import open_chapter
from diagalim.report.score import facts, sentences, tables

CODES = pd.Index([f"c{i:02d}" for i in range(40)])
PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " "})
IRIS = pd.DataFrame(
    {"nom": [f"Quartier {i}" for i in range(40)], "nom_commune": "Arles 2e Arrondissement"},
    index=CODES,
)
PEOPLE = pd.Series(1000.0, index=CODES)
CLASSES = pd.Series(np.repeat([5.0, 4.0, 3.0, 2.0, 1.0], 8), index=CODES)
BORROWED = pd.Series(0.25, index=CODES)


def drawn(often: int) -> Draws:
    """Return 100 draws of 40 IRIS in which the first leaves the highest decile ``often`` times."""
    order = np.arange(1, 41)
    crossed = order.copy()
    crossed[[0, 9]] = crossed[[9, 0]]
    ranks = np.array([crossed] * often + [order] * (100 - often))
    reference = pd.Series(order.astype(float), index=CODES, name="rang")
    return Draws(reference, (2 * ranks).astype(np.uint16), Sources())


@pytest.fixture
def found() -> dict[str, Certainty]:
    families = {"mesure": drawn(0), "methode": drawn(15), "ensemble": drawn(40)}
    return summarise(families, PEOPLE)


@pytest.fixture
def chapter(tmp_path, monkeypatch):
    monkeypatch.setenv("DIAGALIM_RESULTS", str(tmp_path))
    opened = open_chapter("score", "exemple")
    opened.read("contours_iris")
    return opened


def test_the_sentence_of_the_highest_decile_counts_its_words(found):
    said = sentences.highest_decile(found["ensemble"]).translate(PLAIN)
    assert said == "sur 4 IRIS du dernier décile, 3 assurés, 0 probable et 1 indécis"
    said = sentences.highest_decile(found["methode"]).translate(PLAIN)
    assert said == "sur 4 IRIS du dernier décile, 3 assurés, 1 probable et 0 indécis"


def test_an_iris_of_the_decile_that_is_probably_out_is_said_as_well():
    found = summarise({"ensemble": drawn(85)}, PEOPLE)["ensemble"]
    assert "1\u00a0probable hors" in sentences.highest_decile(found)


def test_data_and_method_are_told_apart(found):
    said = sentences.families(found).translate(PLAIN)
    assert said == (
        "4 assurés si seules les données étaient incertaines, 3 assurés si seuls nos choix de "
        "méthode l'étaient, 3 assurés avec les deux"
    )


def test_facts_carry_the_interval_of_exposed_people(chapter, found):
    sure = facts.certainty(found["ensemble"])
    chapter.state(facts.of_draws(found, CLASSES, PEOPLE), certainty=sure)
    stated = chapter.facts
    assert stated["places_medianes"].value == 0
    assert stated["nb_dernier_decile"].value == 4
    counts = ("nb_assures", "nb_probables", "nb_indecis")
    assert [stated[name].value for name in counts] == [3, 0, 1]
    assert stated["population_haute_tirages"].interval == (8000, 8000)
    assert stated["intervalle_population_haute"].text == "8\u202f000\u00a0habitants"
    assert "100 tirages" in stated["phrase_certitude"].certainty
    assert "100 tirages" in stated["nb_tirages"].certainty


def test_the_highest_class_says_how_many_of_its_iris_stay_in_it(found):
    # in 60 draws of 100 the first IRIS, of the highest class, changes places with the tenth
    highest = CLASSES == 5
    said = sentences.highest_class(found["ensemble"], highest, PEOPLE).translate(PLAIN)
    assert said == (
        "sur les 8 IRIS de cette classe, 7 y restent presque toujours (7 000 habitants), 0 le plus "
        "souvent"
    )


@pytest.mark.parametrize(
    ("listed", "words"),
    [(CODES[:1], "aucun n'y reste presque"), (CODES[1:2], "1 y reste presque toujours (1 000")],
)
def test_one_iris_or_none_that_stays_is_said_in_the_singular(listed, words, found):
    highest = pd.Series(CODES.isin(listed), CODES)
    said = sentences.highest_class(found["ensemble"], highest, PEOPLE).translate(PLAIN)
    assert words in said


def test_iris_that_may_join_those_listed_are_counted(found):
    ranks = found["ensemble"].ranks
    said = sentences.newcomers(ranks, CODES[:8]).translate(PLAIN)
    assert "1 autre IRIS y entre au moins une fois sur vingt" in said
    still = ranks.assign(rang_bas=ranks["rang"])
    assert "y entre" not in sentences.newcomers(still, CODES[:8])


def test_an_indicative_score_is_not_among_the_first(found, as_shown):
    status = pd.DataFrame({"statut": "note"}, index=CODES)
    status.loc["c01", "statut"] = "indicatif"
    codes = highest(pd.Series(range(40, 0, -1), CODES), status, 2)
    table = tables.sure(IRIS, found["ensemble"].ranks, BORROWED, codes)
    shown = as_shown("score", "certitude", table)
    assert shown.index.tolist() == ["Quartier 0", "Quartier 2"]
    assert shown.iloc[0].tolist() == [
        "Arles 2e arrondissement", "1", "1", "1 à 10", "60\u00a0%", "indécis", "25\u00a0%",
    ]  # fmt: skip


def test_each_family_has_its_line(found, as_shown):
    table = as_shown("score", "familles", tables.families(found))
    assert table["Assurés"].tolist() == ["4", "3", "3"]
    assert table["Indécis"].tolist() == ["0", "0", "1"]
    assert table["Plutôt hors"].tolist() == ["0", "0", "0"]
    assert table["Changent de décile à chaque tirage"].tolist() == [
        "0\u00a0%",
        "1\u00a0%",
        "2\u00a0%",
    ]


def test_exposed_people_are_shown_by_class_with_their_interval(found, as_shown):
    exposed = population_by_class(CLASSES.where(CODES != "c39"), PEOPLE, 5)
    table = as_shown("score", "classes", tables.by_class(exposed, found["ensemble"].exposed))
    assert table.index[-2:].tolist() == ["5 · Plus élevé", "Non noté"]
    assert table["Habitants"].tolist() == ["7\u202f000", *["8\u202f000"] * 4, "1\u202f000"]
    assert table["Intervalle à 90 %"].tolist() == ["8\u202f000"] * 5 + ["–"]
