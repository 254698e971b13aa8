"""While a file comes from a third party, every page says so."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from diagalim.build.run import FICTITIOUS, REPUBLISHED, TRIAL, TRIAL_MARK, warning_of
from diagalim.build.staging import SiteFacts, territory_settings
from diagalim.build.tasks import SourceFile
from diagalim.plan import ChapterPlan

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
