"""Kind: a project on a Windows disk: its line ends, the names of its files, paths, no link.

Tried on Linux: what Windows refuses or changes is refused or changed here.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path, PurePosixPath

import pytest

from diagalim.cli.build import check_command
from diagalim.workspace.paths import project_root

ROOT = project_root()
LONGEST = 150
"""Characters of a path below the project, so that a folder of 100 fits in the 260 of Windows."""
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?")
REFUSED = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')
BINARY = {".parquet", ".gpkg", ".xlsx", ".png", ".zip", ".7z", ".pdf"}
DEEP = ("Étude d'Arles (copie)", "dossier partagé " * 5 + "€", "données à vérifier " * 3 + "2026")
REFUSE_LINKS = """\
import os
def refuse(*asked, **options):
    raise OSError("un lien symbolique est refusé")
os.symlink = os.link = refuse
"""


def amiss(names: list[str]) -> list[str]:
    """Return what Windows would refuse in paths below one folder, or take one for another."""
    found = [f"{name} : trop long" for name in names if len(name) > LONGEST]
    for name in names:
        for part in PurePosixPath(name).parts:
            if RESERVED.fullmatch(part) or REFUSED.search(part):
                found.append(f"{name} : nom refusé")
    once: dict[str, str] = {}
    for name in names:
        other = once.setdefault(name.casefold(), name)
        if other != name:
            found.append(f"{name} : même nom que {other}")
    return found


def below(folder: Path, left: frozenset[str] = frozenset()) -> list[str]:
    """Return every path of a folder of the project, from its root, folders named ``left`` apart."""
    found = []
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in left]
        found += [Path(place, name).relative_to(ROOT).as_posix() for name in folders + files]
    return found


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("tables/aux.csv", "refusé"),
        ("CON", "refusé"),
        ("lpt1.tar.gz", "refusé"),
        ("où ?.png", "refusé"),
        ("a:b", "refusé"),
        ("fin.", "refusé"),
        ("fin ", "refusé"),
        ("é/" * 80 + "x", "long"),
    ],
)
def test_a_name_that_windows_refuses_is_seen(name, said):
    assert said in amiss(["console.csv", "auxiliaire", "com/nulle part.txt", name])[0]
    assert amiss(["console.csv", "auxiliaire", "com/nulle part.txt"]) == []
    assert amiss(["a/Carte.html", "a/carte.html"]) == ["a/carte.html : même nom que a/Carte.html"]


def test_names_of_the_project_hold_on_windows():
    names = below(ROOT, frozenset({".git", ".venv", "_build", "officiel", "collecte"}))
    assert len(names) > 300 and amiss(names) == []


def test_names_that_a_build_makes_hold_on_windows(site):
    names = below(ROOT / "_build" / site.code)
    assert len(names) > 500 and amiss(names) == []
    assert [name for name in names if (ROOT / name).is_symlink()] == []


def git(*words: str, folder: Path = ROOT) -> str:
    done = subprocess.run(
        ["git", *words], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_git_for_windows_checks_every_file_out_as_it_is_stored(tmp_path):
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("le projet n'est pas ici un dépôt git : rien à extraire")
    git("-c", "core.autocrlf=true", "clone", "-q", str(ROOT), str(tmp_path / "copie"))
    listed = git("-c", "core.autocrlf=true", "ls-files", "--eol", folder=tmp_path / "copie")
    ends = [line.split()[:3] for line in listed.splitlines()]
    assert len(ends) > 300
    assert {f"{stored[2:]} {checked[2:]} {rule}" for stored, checked, rule in ends} <= {
        f"{kind} {kind} attr/-text" for kind in ("lf", "crlf", "mixed", "-text", "none")
    }


def not_of_a_study(folder: str, names: list[str]) -> list[str]:
    """Leave out what a study laid beside the files of the project."""
    return ["officiel", "collecte"] if Path(folder) == ROOT / "data" else []


def with_windows_ends(folder: Path) -> Path:
    """Give every text file of a folder the line ends of Windows."""
    for file in folder.rglob("*"):
        if file.is_file() and file.suffix.lower() not in BINARY:
            content = file.read_bytes()
            file.write_bytes(content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    return folder


def test_settings_and_data_with_the_line_ends_of_windows_are_right(tmp_path, monkeypatch, capsys):
    copy = tmp_path / DEEP[0]
    shutil.copytree(ROOT / "data", copy / "data", ignore=not_of_a_study)
    shutil.copytree(ROOT / "notebooks", copy / "notebooks")
    for name in ("_toc.yml", "_config.yml"):
        shutil.copyfile(ROOT / name, copy / name)
    monkeypatch.setenv("DIAGALIM_ROOT", str(with_windows_ends(copy)))
    assert check_command("exemple") == 0
    assert "toutes les données d'entrée sont lisibles" in capsys.readouterr().out


@pytest.mark.long
def test_a_build_far_down_a_folder_with_accents_makes_the_same_tables_and_no_link(
    tmp_path, monkeypatch
):
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    from long_tests import copies

    straight = copies.built_once(tmp_path)
    project = copies.copy_project(tmp_path.joinpath(*DEEP, "diagalim"))
    with_windows_ends(project / "data")
    with_windows_ends(project / "notebooks")
    with_windows_ends(project / "book")
    blocked = tmp_path / "sans lien"
    blocked.mkdir()
    (blocked / "sitecustomize.py").write_text(REFUSE_LINKS, encoding="utf-8")
    assert len(str(project)) > 200
    copies.run(
        copies.build_words(),
        project,
        "la construction a échoué",
        PYTHONPATH=str(blocked),
    )
    results = [copies.contents(copies.out(made) / "results") for made in (straight, project)]
    assert copies.changed(*results) == []
    pages = [set(copies.contents(copies.out(made) / "html")) for made in (straight, project)]
    assert pages[0] == pages[1]
