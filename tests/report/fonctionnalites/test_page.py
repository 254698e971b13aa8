"""The inventory of features: whole, on pages that exist, and frank about what is missing."""

from __future__ import annotations

import pytest

from diagalim.chapter.chapter import open_chapter
from diagalim.chapter.pages import PAGES
from diagalim.report.fonctionnalites import page
from diagalim.report.fonctionnalites.page import ABSENT, COMPLETE, STATES
from diagalim.settings.plan import load_plan
from diagalim.site.inspection import pages_of, read_toc
from diagalim.sources.documents import read_published
from diagalim.workspace.paths import project_root


@pytest.fixture(scope="module")
def features():
    return read_published("fonctionnalites")


def test_the_86_features_are_there_once_each_in_order(features):
    assert list(features.index) == [str(number) for number in range(1, 87)]
    assert features["intitule"].is_unique and (features["intitule"] != "").all()


def test_the_page_of_each_feature_is_a_notebook_of_the_report(features):
    assert set(features["page"]) <= set(PAGES) <= set(load_plan())


def test_the_pages_named_are_in_the_contents(features):
    listed = {page.rpartition("/")[2] for page in pages_of(read_toc(project_root() / "_toc.yml"))}
    assert set(features["page"]) <= listed


def test_each_state_is_known(features):
    assert set(features["etat"]) == set(STATES)


def test_what_is_missing_is_written_unless_the_feature_is_complete(features):
    complete = features["etat"] == COMPLETE
    assert (features.loc[~complete, "manque"] != "").all()
    assert (features.loc[complete, "manque"] == "").all()


def test_every_feature_is_counted_on_one_page(features, as_shown):
    counts = as_shown("fonctionnalites", "pages", page.by_page(features)).astype(int)
    assert counts.to_numpy().sum() == 86
    assert counts["Non disponible"].sum() == (features["etat"] == ABSENT).sum()


def test_a_complete_feature_shows_a_dash_for_what_is_missing(features, as_shown):
    shown = as_shown("fonctionnalites", "fonctionnalites", page.one_by_one(features))
    assert shown.iloc[3]["Ce qui manque"] == "–" and shown.index[3].startswith("4. ")


def test_the_states_add_up_to_all_features(features, tmp_path, monkeypatch):
    monkeypatch.setenv("DIAGALIM_RESULTS", str(tmp_path))
    chapter = open_chapter("fonctionnalites", "exemple")
    chapter.state(page.counts(features))
    names = ("nb_completes", "nb_premieres", "nb_absentes")
    assert sum(chapter.facts[name].value for name in names) == 86


def test_the_foot_counts_what_misses_something_and_says_what_the_first_misses(features):
    short = features[features["etat"] != "complet"]
    said = page.reading(features)
    assert said.startswith(f"{len(short)} fonctionnalités sur {len(features)} ")
    assert short.iloc[0]["manque"] in said
    done = features.assign(etat="complet")
    assert page.reading(done) == f"les {len(features)} fonctionnalités sont complètes"
