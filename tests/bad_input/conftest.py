"""A study of the fictitious department that a test may spoil: its own copy of every input."""

from __future__ import annotations

import ctypes
import filecmp
import hashlib
import os
import re
import shutil
import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from typer.testing import CliRunner

from diagalim.cli import build
from diagalim.cli.commands import app
from diagalim.pipeline import check
from diagalim.settings.territory import Territory
from diagalim.sources.datasets import read
from diagalim.sources.registry import Resolved, resolve
from diagalim.wording.problems import Problem

REPOSITORY = Path(__file__).resolve().parents[2]
OFFICIAL = "data/exemple/officiel"
OUTLINES = "contours_iris/CONTOURS-IRIS_2-1_GPKG_LAMB93_D000-2020.gpkg"
LEFT_OUT = ("bpe", "carreaux", "qpv", "densite", "cog", "recensement_[ad]*")
"""Optional datasets that no case spoils: each check would read them for nothing."""
OVERRIDE_RIGHTS, READ_EVERYTHING = 1 << 1, 1 << 2
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH of Linux: what opens everything to the administrator."""
SITE = "_build/exemple/html/index.html"

ENGLISH = re.compile(
    r"\b(the|not|with|expected|cannot|could|failed?|found|error|invalid|unknown|warning|line|"
    r"no such|denied|traceback|must|should|exceeds|read-only|is a|directory)\b|Errno",
    re.IGNORECASE,
)
"""Words of Python, pandas, GDAL and openpyxl that no French sentence of ours holds."""


UNSPOILT: dict[str, Any] = {}
"""Tables read from files that are still those of the repository (see `Study.read`)."""


@dataclass
class Answer:
    """What ``diagalim check`` ended with, said, and found."""

    code: int
    text: str
    problems: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Study:
    """A project of its own, with the last good site of the fictitious department."""

    root: Path

    @property
    def official(self) -> Path:
        return self.root / OFFICIAL

    @property
    def territory(self) -> Path:
        return self.root / "data" / "territories" / "exemple.yml"

    def file(self, place: str) -> Path:
        return self.official / place

    def text(self, place: str, change: Callable[[str], str], encoding: str = "utf-8") -> None:
        """Change the text of a file; a change that changes nothing is a slip of the test."""
        path = self.territory if place == "exemple.yml" else self.file(place)
        before = path.read_bytes().decode("utf-8")
        after = change(before).encode(encoding)
        assert after != before.encode("utf-8"), "the case leaves the file as it was"
        path.write_bytes(after)

    def shapes(self, change: Callable[[gpd.GeoDataFrame], gpd.GeoDataFrame]) -> None:
        """Change the outlines."""
        path = self.file(OUTLINES)
        shapes = change(gpd.read_file(path))
        path.unlink()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # that the case without CRS has no CRS
            shapes.to_file(path, layer="contours_iris", driver="GPKG", engine="pyogrio")

    def digests(self) -> dict[str, str]:
        """Return what every input and every built file holds, a name a line."""
        return {
            path.relative_to(self.root).as_posix(): _digest(path)
            for folder in (OFFICIAL, "data/territories", "_build")
            for path in sorted((self.root / folder).rglob("*"))
            if not path.is_dir()
        }

    def read(self, source_id: str, territory: Territory) -> tuple[Any, Resolved]:
        """Read one dataset; what the cases before made of the files that none spoils is kept.

        A file is found and opened as ever, and read again where one of its bytes, or of those of
        the territory file, is not what it was.
        """
        found = resolve(source_id, territory)
        place = found.path.relative_to(self.root)
        whole = REPOSITORY / place
        if not whole.is_file() or not filecmp.cmp(found.path, whole, shallow=False):
            return read(source_id, territory)
        # what is read depends on the places drawn, and on the lists that follow their codes
        drawn = [(s.st_size, s.st_mtime_ns) for s in map(Path.lstat, self.rests_on())]
        key = f"{source_id} {place} {found.edition!r} {found.pattern!r} {territory!r} {drawn}"
        if key not in UNSPOILT:
            table, answered = read(source_id, territory)
            UNSPOILT[key] = table, answered.division
        table, division = UNSPOILT[key]
        return table.copy(), replace(found, division=division)

    def rests_on(self) -> list[Path]:
        """Return the files that say which outline a code is in."""
        return [
            path
            for folder in ("contours_iris", "cog")
            for path in sorted((self.official / folder).glob("*"))
        ]

    def check(self) -> Answer:
        """Run ``diagalim check`` as a user does; what it found is kept beside what it said."""
        found: list[Problem] = []
        asked = build.check_inputs

        def remember(territory):
            checked = asked(territory)
            found.extend(checked)
            return checked

        with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings(record=True) as heard:
            warnings.simplefilter("always")
            patch.setenv("COLUMNS", "200")
            patch.setattr(build, "check_inputs", remember)
            patch.setattr(check, "read", self.read)
            result = CliRunner().invoke(app, ["check", "-t", "exemple"])
        if result.exception and not isinstance(result.exception, SystemExit):
            pytest.fail("".join(traceback.format_exception(result.exception)))
        said = [str(warning.message) for warning in heard if shown_to_users(warning.category)]
        return Answer(result.exit_code, result.output, found, said)


def shown_to_users(category: type[Warning]) -> bool:
    """Tell whether Python prints warnings of a category outside of tests."""
    return not issubclass(
        category, DeprecationWarning | PendingDeprecationWarning | ResourceWarning
    )


def _digest(path: Path) -> str:
    if path.is_symlink() or not path.is_file():
        return "lien" if path.is_symlink() else "autre"
    return hashlib.sha256(path.read_bytes()).hexdigest()


def make_study(root: Path, left_out: tuple[str, ...] = LEFT_OUT) -> Study:
    """Copy the inputs of the fictitious department; what no test changes is linked."""
    data = root / "data"
    shutil.copytree(
        REPOSITORY / OFFICIAL,
        root / OFFICIAL,
        ignore=shutil.ignore_patterns(*left_out),
    )
    shutil.copytree(REPOSITORY / "data" / "territories", data / "territories")
    for entry in (REPOSITORY / "data").iterdir():
        if entry.name not in ("exemple", "territories", "officiel", "collecte"):
            (data / entry.name).symlink_to(entry)
    for name in ("notebooks", "book", "src", "scripts", "_config.yml", "_toc.yml"):
        (root / name).symlink_to(REPOSITORY / name)
    site = root / SITE
    site.parent.mkdir(parents=True)
    site.write_text("le dernier site complet", encoding="utf-8")
    return Study(root)


@pytest.fixture
def study(monkeypatch: pytest.MonkeyPatch) -> Iterator[Study]:
    """A study in a folder whose name has accents and blanks, open to any user, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="étude de l'été ") as folder:
        Path(folder).chmod(0o755)
        made = make_study(Path(folder))
        monkeypatch.setenv("DIAGALIM_ROOT", str(made.root))
        monkeypatch.delenv("DIAGALIM_DATA", raising=False)
        yield made


@pytest.fixture(scope="module")
def whole_study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """A study with every dataset, for tests that put back what they spoil."""
    return make_study(tmp_path_factory.mktemp("étude"), left_out=())


@pytest.fixture
def english() -> re.Pattern[str]:
    """What no message of ours holds."""
    return ENGLISH


@pytest.fixture
def ordinary_user() -> Callable[[], AbstractContextManager[None]]:
    """Work for a while without the rights of the administrator, whom the system refuses nothing."""
    if os.name == "nt":
        pytest.skip("rights on files are another matter on Windows")

    if sys.platform != "linux" and os.geteuid() == 0:
        pytest.skip("only Linux lets the administrator lay down the right to open everything")

    @contextmanager
    def work() -> Iterator[None]:
        if os.geteuid() != 0:
            yield
            return
        held = capabilities()
        set_capabilities(held & ~(OVERRIDE_RIGHTS | READ_EVERYTHING))
        try:
            yield
        finally:
            set_capabilities(held)

    return work


HEADER = (ctypes.c_uint32 * 2)(0x20080522, 0)
"""The third version of Linux's call, and the thread that makes it (capabilities(7), capset(2))."""


def capabilities() -> int:
    """Return what the thread may do of what only the administrator may, the first 32 rights."""
    data = (ctypes.c_uint32 * 6)()
    library = ctypes.CDLL(None, use_errno=True)
    assert library.capget(HEADER, data) == 0, os.strerror(ctypes.get_errno())
    return data[0]


def set_capabilities(effective: int) -> None:
    """Lay down rights, or take them up again; what is permitted stays as it is."""
    library = ctypes.CDLL(None, use_errno=True)
    data = (ctypes.c_uint32 * 6)()
    assert library.capget(HEADER, data) == 0, os.strerror(ctypes.get_errno())
    data[0] = effective
    assert library.capset(HEADER, data) == 0, os.strerror(ctypes.get_errno())


@pytest.fixture
def refused(study: Study) -> Callable[..., Answer]:
    """Run the check of a spoilt study and assert all that a refusal must be."""

    def run(file: str, fragments: list[str]) -> Answer:
        before = study.digests()
        answer = study.check()
        assert answer.code == 2, answer.text
        assert study.digests() == before, "an input, or the last good site, was touched"
        assert file in answer.text
        for fragment in fragments:
            assert fragment in answer.text, answer.text
        assert_french(answer, study)
        return answer

    return run


@pytest.fixture
def accepted(study: Study) -> Callable[[], Answer]:
    """Run the check of a study that looks odd and is right."""

    def run() -> Answer:
        before = study.digests()
        answer = study.check()
        assert answer.code == 0, answer.text
        assert study.digests() == before
        assert_french(answer, study)
        return answer

    return run


def assert_french(answer: Answer, study: Study) -> None:
    """No word of a library, no path of this machine, each problem whole."""
    assert not ENGLISH.search(answer.text), ENGLISH.search(answer.text)
    assert answer.warnings == []
    assert str(study.root) not in answer.text and "Traceback" not in answer.text
    for problem in answer.problems:
        parts = (problem.file, problem.place, problem.value, problem.expected, problem.remedy)
        assert all(part.strip() for part in parts), problem
        assert "/" not in problem.file or problem.file.startswith("data/"), problem.file
