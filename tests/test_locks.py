"""pyproject, the two locks and the conda file say the same thing."""

from __future__ import annotations

import re
import tomllib

import yaml
from packaging.requirements import Requirement
from packaging.version import Version

from diagalim import __version__
from diagalim.workspace.paths import project_root

ROOT = project_root()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+?)(?: ;.*?)?(?: \\)?$", re.MULTILINE)


def locked(name: str) -> dict[str, set[Version]]:
    versions: dict[str, set[Version]] = {}
    for package, version in PIN.findall((ROOT / name).read_text(encoding="utf-8")):
        versions.setdefault(normal(package), set()).add(Version(version))
    return versions


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def unmet(requirements: list[str], lock: dict[str, set[Version]]) -> list[str]:
    wanted = [Requirement(text) for text in requirements]
    return [
        str(need)
        for need in wanted
        if not lock.get(normal(need.name))
        or not all(need.specifier.contains(v) for v in lock[normal(need.name)])
    ]


def test_every_dependency_is_locked_within_its_bounds():
    assert unmet(PROJECT["dependencies"], locked("requirements.lock")) == []
    development = PROJECT["optional-dependencies"]["dev"]
    assert unmet(development, locked("requirements-dev.lock")) == []


def test_the_development_lock_holds_the_same_versions():
    runtime, development = locked("requirements.lock"), locked("requirements-dev.lock")
    assert len(runtime) > 100
    assert {name: development.get(name) for name in runtime} == runtime


def test_every_locked_package_has_hashes_and_no_address():
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        entries = re.split(r"(?m)^(?=\S)", text)
        assert all("--hash=sha256:" in entry for entry in entries if "==" in entry)
        assert "://" not in text and "index-url" not in text


def test_the_conda_file_takes_the_lock_and_a_python_that_the_project_accepts():
    content = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    python = next(d for d in content["dependencies"] if str(d).startswith("python="))
    floor = Requirement(f"python{PROJECT['requires-python']}").specifier
    assert floor.contains(python.split("=")[1])
    pip = next(d["pip"] for d in content["dependencies"] if isinstance(d, dict))
    assert pip == ["-r requirements.lock"]


def test_the_version_is_the_same_everywhere():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert PROJECT["version"] == __version__ == citation["version"]
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
