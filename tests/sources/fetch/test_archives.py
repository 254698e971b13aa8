"""From an archive only the wanted file comes, and only when it passes the archive's own checks."""

from __future__ import annotations

import io
import zipfile

import py7zr
import pytest
from py7zr.exceptions import PasswordRequired, UnsupportedCompressionMethodError

from diagalim.sources.fetch.run import fetch_territory


def zip_of(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def sevenzip_of(**members: bytes) -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(content, name)
    return out.getvalue()


SEVENZIP = sevenzip_of(**{"table.csv": b"a;b\n1;2\n"})
FORMS = pytest.mark.parametrize("archive_of", [zip_of, sevenzip_of])


@pytest.fixture
def fetched(project, producer, fetch):
    """Return a function that serves an archive and gives the target and what came of it."""

    def bring(archive, wanted="table.csv"):
        target = project.dataset("a", f"{producer.url}/archive", contenu=wanted)
        producer.answers("/archive", archive)
        return target, fetch()

    return bring


@FORMS
def test_only_the_wanted_member_is_kept(fetched, project, archive_of):
    members = {"Lisez.txt": b"x", "dossier/table.csv": b"a;b\n1;2\n", "dossier/autre.csv": b"y"}
    target, outcome = fetched(archive_of(**members))
    assert outcome.failures == []
    assert target.read_bytes() == b"a;b\n1;2\n"
    assert [p.name for p in target.parent.iterdir()] == ["table.csv"]
    assert project.left() == []


def test_member_is_found_whatever_its_case_and_by_a_glob(fetched):
    target, outcome = fetched(zip_of(**{"BASE_2021.CSV": b"1"}), "base_*.csv")
    assert outcome.failures == [] and target.read_bytes() == b"1"


@FORMS
def test_absent_member_shows_what_the_archive_holds(fetched, project, archive_of):
    _, outcome = fetched(archive_of(**{"nouveau_nom.csv": b"1"}))
    assert "un et un seul « table.csv » ; elle contient : nouveau_nom.csv" in outcome.failures[0]
    assert "clé « contenu »" in outcome.failures[0]
    assert project.readable() == [] and project.left() == []


def test_two_members_of_the_name_are_not_chosen_between(fetched, project):
    _, outcome = fetched(zip_of(**{"2020/table.csv": b"1", "2021/table.csv": b"2"}))
    assert "plusieurs fichiers y répondent : 2020/table.csv, 2021/table.csv" in outcome.failures[0]
    assert project.readable() == []


@pytest.mark.parametrize("path", ["../../table.csv", "/tmp/table.csv", "..\\..\\table.csv"])
def test_member_that_climbs_out_of_its_folder_is_refused(fetched, project, path):
    _, outcome = fetched(zip_of(**{path: b"1"}))
    assert "l'archive veut écrire hors de son dossier" in outcome.failures[0]
    assert project.readable() == [] and project.left() == []
    assert list(project.root.rglob("table.csv")) == []


def test_damaged_member_is_refused(fetched, project, producer):
    body = bytearray(producer.zipped())
    body[len(body) // 2] ^= 1
    _, outcome = fetched(bytes(body))
    assert "archive endommagée" in outcome.failures[0]
    assert project.readable() == [] and project.left() == []


def test_damaged_7z_is_refused(fetched, project, producer):
    body = bytearray(sevenzip_of(**{"table.csv": producer.csv}))
    body[len(body) // 3] ^= 1
    _, outcome = fetched(bytes(body))
    assert "archive endommagée" in outcome.failures[0]
    assert project.readable() == [] and project.left() == []


def test_something_that_is_no_archive_is_refused(fetched, project):
    _, outcome = fetched(b"%PDF-1.7 un document")
    assert "n'est pas une archive ZIP ou 7z" in outcome.failures[0]
    assert project.readable() == [] and project.left() == []


def test_web_page_inside_an_archive_is_refused(fetched, project):
    _, outcome = fetched(zip_of(**{"table.csv": b"<!doctype html>"}))
    assert "page web" in outcome.failures[0]
    assert project.readable() == [] and project.left() == []


def test_archive_with_a_password_is_refused_in_french(fetched, project, producer):
    body = bytearray(producer.zipped())
    body[6] |= 1  # the bit that says « encrypted », in both headers of the member
    body[body.index(b"PK\x01\x02") + 8] |= 1
    _, outcome = fetched(bytes(body))
    assert "forme non prise en charge (protégée par un mot de passe)" in outcome.failures[0]
    assert project.readable() == [] and project.left() == []


def unknown_method(producer) -> bytes:
    """A ZIP of a method that zipfile lacks (9, Deflate64, which Windows uses above 2 GB)."""
    body = bytearray(producer.zipped())
    body[8] = body[body.index(b"PK\x01\x02") + 10] = 9
    return bytes(body)


def test_archive_of_an_unknown_method_is_kept_and_never_brought_twice(fetched, project, producer):
    body = unknown_method(producer)
    target, outcome = fetched(body)
    assert "forme non prise en charge (méthode de compression inconnue" in outcome.failures[0]
    assert "la décompresser avec un autre logiciel" in outcome.failures[0]
    assert "l'archive est gardée sous le nom archive" in outcome.failures[0]
    assert (target.parent / "archive").read_bytes() == body
    assert project.readable() == [] and project.left() == []
    (again,) = fetch_territory(project.territory).failures
    assert "forme non prise en charge" in again
    assert len(producer.asked) == 1


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            UnsupportedCompressionMethodError(b"\x03\x03\x01\x1b", "BCJ2 filter"),
            "compression inconnue",
        ),
        (PasswordRequired("password"), "mot de passe"),
    ],
)
def test_7z_that_our_library_cannot_open_is_no_damaged_one(
    error, said, fetched, project, producer, monkeypatch
):
    def refuse(*_, **__):
        raise error

    monkeypatch.setattr(py7zr.SevenZipFile, "__init__", refuse)
    _, outcome = fetched(SEVENZIP)
    assert said in outcome.failures[0] and "endommagée" not in outcome.failures[0]
    assert len(producer.asked) == 1


def test_what_was_taken_out_by_hand_is_found_and_nothing_is_downloaded(fetched, project, producer):
    target, _ = fetched(unknown_method(producer))
    target.write_bytes(producer.csv)
    outcome = fetch_territory(project.territory)
    assert outcome.failures == [] and outcome.present == ["a/table.csv"]
    assert len(producer.asked) == 1


def test_excel_file_is_checked_as_the_archive_it_is(project, producer, fetch):
    project.dataset("a", f"{producer.url}/t.xlsx", fichier="a/t.xlsx")
    body = bytearray(producer.zipped(name="xl/workbook.xml"))
    producer.answers("/t.xlsx", bytes(body))
    assert fetch().failures == []
    body[len(body) // 2] ^= 1
    producer.answers("/t.xlsx", bytes(body))
    (failure,) = fetch(force=True).failures
    assert "archive endommagée" in failure
    # the good one stays
    assert (project.folder / "a" / "t.xlsx").read_bytes() == producer.zipped(name="xl/workbook.xml")
