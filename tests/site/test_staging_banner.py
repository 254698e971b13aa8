"""While a file comes from a third party, every page says so."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from diagalim.pipeline.run import (
    FICTITIOUS,
    REMINDERS,
    REPUBLISHED,
    TRIAL,
    TRIAL_MARK,
    page_foot,
    warning_of,
)
from diagalim.pipeline.tasks import SourceFile
from diagalim.settings.plan import ChapterPlan
from diagalim.site.sphinx_extension import printed, shape_page, with_named_tables
from diagalim.site.staging import SiteFacts, territory_settings

PLAN = {"01": ChapterPlan(sources=["a", "b"])}
SETTINGS = {"html": {}, "sphinx": {"config": {"html_static_path": []}}}


@pytest.mark.parametrize(
    ("natures", "banner"),
    [
        ({"a": "officiel", "b": "repris"}, REPUBLISHED),
        ({"a": "officiel", "b": "officiel"}, ""),
    ],
)
def test_one_republished_file_is_enough(natures, banner):
    said = warning_of(PLAN, None, lambda name, _: SourceFile(name, None, "", natures[name]))
    assert said == banner
    settings = territory_settings(SETTINGS, SiteFacts("Titre", "officiel", (), said))
    assert ("announcement" in settings["html"]) == bool(banner)


def test_a_fictitious_department_says_so_on_every_page():
    territory = SimpleNamespace(nature="synthétique")
    assert warning_of(PLAN, territory, lambda *_: SourceFile("a", None, "")) == FICTITIOUS


def test_made_up_files_say_so_under_the_code_of_a_real_department(tmp_path, monkeypatch):
    monkeypatch.setenv("DIAGALIM_DATA", str(tmp_path))

    def found(name, _):
        return SourceFile(name, None, "", "officiel")

    assert warning_of(PLAN, None, found) == ""
    (tmp_path / TRIAL_MARK).write_text("x", encoding="utf-8")
    assert warning_of(PLAN, None, found) == TRIAL


def test_the_foot_is_dated_by_the_files_that_are_read(tmp_path):
    years = {"a": 2018, "b": 2021, "not_there": 2025, "not_read": 2026}
    territory = SimpleNamespace(titre="Titre", edition="2026-11", millesimes=years)
    plan = {"01": ChapterPlan(sources=["a", "b", "not_there"])}

    def found(name, _):
        return SourceFile(name, None if name == "not_there" else tmp_path / name, "")

    dated = page_foot(plan, territory, found, tmp_path)[1]
    assert dated.startswith("Millésimes des fichiers lus : 2018 à 2021 ;")
    assert "non précisés" in page_foot({}, territory, found, tmp_path)[1]


def test_where_nothing_is_real_two_words_stay_in_sight():
    facts = SiteFacts("Titre", "synthétique", (), FICTITIOUS, REMINDERS[FICTITIOUS])
    config = territory_settings(SETTINGS, facts)["sphinx"]["config"]
    assert config["html_context"]["rappel"] == "Données fictives"
    assert "rappel.html" in config["html_theme_options"]["article_header_start"]
    assert TRIAL in REMINDERS and REPUBLISHED not in REMINDERS


@pytest.mark.parametrize(
    ("nature", "banner", "kept_away"),
    [
        ("synthétique", FICTITIOUS, True),
        ("officiel", TRIAL, True),
        ("officiel", REPUBLISHED, False),
        ("officiel", "", False),
    ],
)
def test_search_engines_are_kept_away_from_what_is_made_up_and_from_nothing_else(
    nature, banner, kept_away, tmp_path
):
    facts = SiteFacts("Titre", nature, (), banner, REMINDERS.get(banner, ""))
    made_up = territory_settings(SETTINGS, facts)["sphinx"]["config"]["diagalim_made_up"]
    context = {"script_files": [], "css_files": []}
    config = SimpleNamespace(diagalim_made_up=made_up, diagalim_banner=banner)
    shape_page(SimpleNamespace(config=config, outdir=tmp_path), "page", "page.html", context, None)
    assert ('<meta name="robots" content="noindex" />' in context["metatags"]) is kept_away


def test_the_banner_is_printed_on_every_page_and_stays_text():
    assert f'content: "{FICTITIOUS}"' in printed(FICTITIOUS)
    assert r'content: "a\" \\ \3c /style>"' in printed('a" \\ </style>')


def test_each_table_that_scrolls_has_a_name_of_its_own():
    body = with_named_tables('<div class="pst-scrollable-table-container">' * 2)
    assert body.count('role="region"') == 2
    assert "Tableau du texte 1" in body and "Tableau du texte 2" in body
