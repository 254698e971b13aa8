"""No test fails because the machine is busy."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

TESTS = Path(__file__).parent
CLOCKS = {"monotonic", "perf_counter", "process_time", "time"}


def modules() -> list[Path]:
    return sorted(TESTS.rglob("*.py"))


def test_properties_are_searched_without_a_stopwatch():
    # the deadline of 200 ms failed test_collected_csv on a newcomer's machine
    assert settings.default.deadline is None
    assert HealthCheck.too_slow in settings.default.suppress_health_check


def test_a_property_of_one_file_sets_no_deadline_of_its_own():
    given = {f.name for f in modules() if re.search(r"deadline=(?!None)\S", f.read_text("utf-8"))}
    assert given <= {Path(__file__).name}


@pytest.mark.parametrize("file", modules(), ids=lambda file: file.relative_to(TESTS).as_posix())
def test_no_test_asserts_how_long_something_took(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    timed = [
        node.lineno
        for claim in ast.walk(tree)
        if isinstance(claim, ast.Assert)
        for node in ast.walk(claim)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and (node.func.value.id, node.func.attr) in {("time", clock) for clock in CLOCKS}
    ]
    assert timed == []


def test_the_tests_of_a_browser_wait_for_states_and_never_for_seconds():
    waits = {
        f"{file.name}:{number}"
        for file in (TESTS / "browser").rglob("*.py")
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"wait_for_timeout\(|time\.sleep\(", line) and "STEP_MS" not in line
    }
    assert waits == set()
