"""Where the files lie, who may read them and how large they are; and the territory file itself."""

from __future__ import annotations

import os
import shutil
import tracemalloc

import pytest
from typer.testing import CliRunner

from diagalim.cli.commands import app
from diagalim.settings.territory_file import load_territory
from diagalim.sources.datasets import read
from diagalim.wording.problems import InputError

FILOSOFI = "filosofi_iris/BASE_TD_FILO_IRIS_2021_DISP.csv"
RSA = "caf/caf_arsas_iris.csv"
OUTLINES = "contours_iris/CONTOURS-IRIS_2-1_GPKG_LAMB93_D000-2020.gpkg"
EPCI = "epci/EPCI_au_01-01-2025.xlsx"
TERRITORY = "data/territories/exemple.yml"

SETTINGS = {
    "an unknown key": (
        lambda t: t.replace("graine:", "grain:"),
        ["clé grain", "vouliez-vous « graine »", "clé graine : lu « absente »"],
    ),
    "a dataset that nobody knows": (
        lambda t: t.replace("  caf_rsa:", "  caf_rssa:"),
        ["clé millesimes.caf_rssa", "vouliez-vous « caf_rsa »"],
    ),
    "a vintage that nobody knows": (
        lambda t: t.replace("filosofi_iris: 2021", "filosofi_iris: 1999"),
        ["clé millesimes.filosofi_iris : lu « 1999 »", "2021"],
    ),
    "a focus commune that is not drawn": (
        lambda t: t.replace('"00018", nom: Corvelle', '"00918", nom: Corvelle'),
        ["clé communes_focus : lu « Corvelle »", "corriger le code de la commune"],
    ),
    "codes without quotes": (
        lambda t: t.replace('{code: "00018"', "{code: 18"),
        ["communes_focus.2.code", "guillemets"],
    ),
    "broken indentation": (
        lambda t: t.replace("  caf_rsa:", "\tcaf_rsa:"),
        ["ligne ", "du YAML lisible"],
    ),
    "nothing": (lambda t: "# rien\n", ["fichier : lu « vide »", "repartir de"]),
}


@pytest.mark.parametrize("case", SETTINGS)
def test_a_spoilt_territory_file_is_refused_with_its_key(case, study, refused):
    change, fragments = SETTINGS[case]
    study.text("exemple.yml", change)
    refused(TERRITORY, fragments)


def test_a_required_file_that_is_missing_is_named_with_where_to_get_it(study, refused):
    study.file(FILOSOFI).unlink()
    refused(
        "BASE_TD_FILO_IRIS_2021_DISP.csv",
        ["source « filosofi_iris »", "fichier introuvable", "https://www.insee.fr/"],
    )


def folder(path):
    path.unlink()
    path.mkdir()


def loop(path):
    path.unlink()
    path.symlink_to(path.name)


def long_loop(path):
    path.unlink()
    other = path.with_name("autre" + path.suffix)
    path.symlink_to(other.name)
    other.symlink_to(path.name)


def lost_link(path):
    path.unlink()
    path.symlink_to("ailleurs" + path.suffix)


def pipe(path):
    path.unlink()
    os.mkfifo(path)


STANDS_THERE = {
    "a folder": (folder, "dossier"),
    "a link to itself": (loop, "lien qui revient sur lui-même"),
    "two links to one another": (long_loop, "lien qui revient sur lui-même"),
    "a link to nothing": (lost_link, "lien vers un fichier qui n'existe pas"),
    "a pipe": (pipe, "ni un fichier ni un dossier"),
}


@pytest.mark.skipif(os.name == "nt", reason="links and pipes are another matter on Windows")
@pytest.mark.parametrize("place", [FILOSOFI, RSA, OUTLINES])
@pytest.mark.parametrize("case", STANDS_THERE)
def test_what_stands_in_the_place_of_a_file_is_named(case, place, study, refused):
    act, seen = STANDS_THERE[case]
    act(study.file(place))
    refused(place.rsplit("/", 1)[1], [f"fichier : lu « {seen} »"])


def test_a_folder_that_links_to_itself_is_walked_once(study, accepted):
    (study.official / "contours_iris" / "encore").symlink_to("../contours_iris")
    accepted()


@pytest.mark.parametrize("place", [FILOSOFI, RSA, OUTLINES])
def test_a_file_that_may_not_be_read_is_refused(place, study, ordinary_user):
    path = study.file(place)
    path.chmod(0)
    with ordinary_user():
        answer = study.check()
    assert answer.code == 2
    assert f"{path.name} — fichier : lu « lecture refusée par le système »" in answer.text
    assert "donner le droit de lire ce fichier" in answer.text


def read_only(folder):
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o555 if path.is_dir() else 0o444)


def writable(folder):
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() else 0o644)


def test_a_folder_of_data_that_may_only_be_read_is_enough(study, accepted, ordinary_user):
    read_only(study.root)
    try:
        with ordinary_user():
            accepted()
    finally:
        writable(study.root)


def test_a_folder_of_results_that_may_only_be_read_stops_the_build_in_french(study, ordinary_user):
    before = study.digests()
    read_only(study.root / "_build")
    try:
        with ordinary_user():
            result = CliRunner().invoke(app, ["build", "-t", "exemple", "-q"])
    finally:
        writable(study.root / "_build")
    assert isinstance(result.exception, SystemExit) and result.exit_code == 1
    assert "« exemple/verrou » : accès refusé" in result.output
    assert "donner le droit d'y écrire" in result.output
    assert "Permission" not in result.output and str(study.root) not in result.output
    assert study.digests() == before


HUGE = 200 * 2**20
"""Bytes."""


def zeros(path):
    with path.open("wb") as file:
        file.truncate(HUGE)


def prose(path):
    block = ("Il était une fois un fichier d'une autre sorte ; il était long.\n" * 16_000).encode()
    with path.open("wb") as file:
        while file.tell() < HUGE:
            file.write(block)


def one_line(path):
    block = b"0123456789" * 100_000
    with path.open("wb") as file:
        while file.tell() < HUGE:
            file.write(block)


def archive(path):
    zeros(path)
    with path.open("r+b") as file:
        file.write(b"PK\x03\x04")


@pytest.mark.parametrize("fill", [zeros, prose, one_line, archive])
@pytest.mark.parametrize("place", [FILOSOFI, OUTLINES, EPCI])
def test_a_huge_file_of_another_sort_is_refused_at_its_first_bytes(fill, place, study):
    path = study.file(place)
    path.parent.mkdir(exist_ok=True)
    fill(path)
    dataset = place.split("/", 1)[0]
    tracemalloc.start()
    try:
        with pytest.raises(InputError, match=path.name) as caught:
            read(dataset, load_territory("exemple"))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < HUGE / 10, f"{peak / 2**20:.0f} MiB held for a file of 200"
    assert len(str(caught.value)) < 20_000


def test_a_huge_file_is_one_problem_among_the_others(study, refused):
    study.text(RSA, lambda t: "")
    prose(study.file(FILOSOFI))
    answer = refused("caf_arsas_iris.csv", ["fichier : lu « vide »"])
    assert "BASE_TD_FILO_IRIS_2021_DISP.csv" in answer.text


def test_two_files_for_one_dataset_are_named_instead_of_guessed(study, refused):
    path = study.file(OUTLINES)
    shutil.copyfile(path, path.with_name("CONTOURS-IRIS_3-0_2020.gpkg"))
    refused("CONTOURS-IRIS_3-0_2020.gpkg", ["un seul fichier pour ce jeu de données"])
