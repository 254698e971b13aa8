"""What is said of who answered: as counted, as the study publishes it, or that nothing is known."""

from __future__ import annotations

import pytest

from diagalim.chapter.chapter import open_chapter
from diagalim.report.reponse.facts import state_response
from diagalim.report.reponse.sentences import NO_SURVEY, PUBLISHED, retained, unlike_reading
from diagalim.report.reponse.tables import comparison, published_flow, stops
from diagalim.settings.plan import load_plan
from diagalim.sources.documents import read_published

COUNTED = {
    "annee_enquete": "2025",
    "contacts": 60,
    "eligibles": 50,
    "reponses": 30,
    "completes": 20,
    "taux_complet": 33.3,
    "taux_reponse": 50.0,
    "marge_avec": 17.0,
    "doute_sans_hypothese": 30.0,
}


@pytest.fixture
def chapter_of(tmp_path, monkeypatch):
    monkeypatch.setenv("DIAGALIM_RESULTS", str(tmp_path))
    return lambda code: open_chapter("reponse", code)


def test_a_survey_at_hand_tells_its_year_and_no_kind_where_none_may_be_shown(chapter_of):
    chapter = chapter_of("exemple")
    chapter.state(COUNTED)
    said = " ".join(map(chapter.fill, retained(chapter.facts)))
    assert "**60** contacts en 2025" in said and "17,0" in said
    assert "sous-représentées" not in said
    assert "assez de réponses" in unlike_reading(chapter.facts)


def test_the_kind_that_answered_least_is_told_with_both_its_shares(chapter_of):
    chapter = chapter_of("exemple")
    kind = {"sous_representee": "taille « petite »", "sous_base": 44.2, "sous_repondantes": 27.1}
    chapter.state(COUNTED | kind)
    assert len(retained(chapter.facts)) == 3
    assert chapter.fill(unlike_reading(chapter.facts)).endswith("27\u00a0% des répondantes")


def test_counts_that_the_study_publishes_are_told_without_a_date_and_with_their_limits(chapter_of):
    chapter = chapter_of("13")
    state_response(chapter, None, None, read_published("faits"), 2025)
    sent, *rest = retained(chapter.facts)
    assert "à une date que l'étude ne précise pas" in sent and rest == list(PUBLISHED)
    assert published_flow(chapter.facts)["effectif"].tolist() == [572, 252, 218]
    assert published_flow(chapter.facts)["part"].tolist() == ["–", 44.1, 38.1]


def test_a_department_without_survey_nor_study_states_nothing_and_says_so(chapter_of):
    chapter = chapter_of("exemple")
    state_response(chapter, None, None, read_published("faits"), 2025)
    assert "contacts" not in chapter.facts and "annee_enquete" not in chapter.facts
    assert retained(chapter.facts) == [NO_SURVEY]
    assert published_flow(chapter.facts).empty and stops(None).empty
    assert comparison(None, None).empty


def test_variables_compared_are_chosen_on_one_page_since_both_hide_by_them():
    plan = load_plan()
    assert "variables_cadre" in plan["reponse"].parametres
    assert "variables_cadre" not in plan["resultats"].parametres
    assert "reponse" in plan["resultats"].lit
