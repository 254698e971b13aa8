"""Chapters that others wait for go before those that only the site waits for."""

from __future__ import annotations

from diagalim.pipeline.execution import ChapterJob
from diagalim.pipeline.tasks import chapter_task
from diagalim.settings.plan import load_plan
from diagalim.settings.territory_file import load_territory
from diagalim.workspace.paths import project_root

PLAN = load_plan()


def last() -> set[str]:
    territory = load_territory("exemple").model_dump()
    jobs = {n: ChapterJob(project_root(), "exemple", n, {}, tuple(e.lit)) for n, e in PLAN.items()}
    tasks = {name: chapter_task(job, PLAN, territory, []) for name, job in jobs.items()}
    return {n for n, task in tasks.items() if any(m.name == "try_last" for m in task.markers)}


def test_only_the_chapters_that_no_other_reads_go_last():
    read = {name for entry in PLAN.values() for name in entry.lit}
    assert last() == set(PLAN) - read
    assert "carte" in last() and "valeurs" not in last() and "score" not in last()
