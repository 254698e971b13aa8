"""Each figure that a recommendation waits for is stated by its chapter, in one of the two reports.

A figure whose name no chapter states would be missing for ever without anybody seeing it. What
nothing here can give stands under ``non_calcule`` with its reason, and the page says so.
"""

from __future__ import annotations

import pytest

from diagalim.chapter.facts import read_facts
from diagalim.settings.recommendations import FILE, parse_recommendations
from diagalim.workspace.paths import build_dir, project_root

pytestmark = pytest.mark.site


def test_every_proof_is_stated_in_one_of_the_two_reports(site_of_13, fictitious_site):
    stated = {
        f"{file.parent.name}.{fact.id}"
        for code in (site_of_13.code, fictitious_site.code)
        for file in (build_dir(code) / "results").glob("*/facts.json")
        for fact in read_facts(file)
    }
    register = parse_recommendations((project_root() / FILE).read_text(encoding="utf-8"))[1]
    owed = {proof for entry in register.values() for proof in entry.preuves}
    assert owed and owed <= stated, sorted(owed - stated)
