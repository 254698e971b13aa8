"""Bytes come whole or not at all, whatever the server and the network do."""

from __future__ import annotations

import gzip
import hashlib
import json
import socket
import threading
import time
from dataclasses import replace
from email.utils import formatdate

import pytest

PATIENCE_S = 300
"""How long a server of the tests holds its answer back, unless it is let go before."""


def md5(content):
    return hashlib.md5(content).hexdigest()


def test_whole_archive_gives_its_file_and_leaves_nothing_else(project, producer, fetch):
    target = project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv")
    producer.answers("/a.zip", producer.zipped())
    outcome = fetch()
    assert (outcome.brought, outcome.failures) == (["a/table.csv"], [])
    assert target.read_bytes() == producer.csv
    assert project.left() == []
    assert sorted(p.name for p in target.parent.iterdir()) == ["table.csv"]


def test_plain_file_is_brought_as_it_is(project, producer, fetch):
    target = project.dataset("a", f"{producer.url}/table.csv")
    producer.answers(
        "/table.csv", lambda handler: producer.send(handler, producer.csv, kind="text/csv")
    )
    assert fetch().brought == ["a/table.csv"]
    assert target.read_bytes() == producer.csv


def test_record_says_where_when_and_what(project, producer, fetch):
    project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv")
    producer.answers("/a.zip", producer.zipped())
    fetch()
    record = json.loads((project.folder / "telechargements.json").read_text(encoding="utf-8"))
    entry = record["a/table.csv"]
    assert (entry["source"], entry["millesime"]) == ("a", 2021)
    assert entry["adresse"] == f"{producer.url}/a.zip"
    assert entry["fichier"]["taille"] == len(producer.csv) and entry["fichier"]["md5"] == md5(
        producer.csv
    )
    assert (
        entry["archive"]["md5"] == md5(producer.zipped()) and len(entry["archive"]["sha256"]) == 64
    )
    assert entry["date"].startswith("20") and "T" in entry["date"]


def test_truncated_archive_is_never_taken_for_whole(project, producer, fetch):
    project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv")
    producer.answers("/a.zip", producer.cut(producer.zipped()))
    (failure,) = fetch().failures
    assert "fichier incomplet" in failure and "adresse non essayée" in failure
    assert project.readable() == []


def test_truncated_plain_file_is_never_taken_for_whole_and_leaves_nothing(project, producer, fetch):
    project.dataset("a", f"{producer.url}/table.csv")
    producer.answers("/table.csv", producer.cut(producer.csv, kind="text/csv"))
    assert "fichier incomplet" in fetch().failures[0]
    assert project.readable() == [] and project.left() == []


def test_archive_cut_on_the_way_goes_on_from_where_it_stopped(project, producer, fetch):
    target = project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv")
    producer.answers(
        "/a.zip", producer.cut(producer.zipped(), ETag='"1"'), producer.ranged(producer.zipped())
    )
    assert fetch().failures == []
    assert target.read_bytes() == producer.csv
    assert producer.ranges[0] is None and producer.ranges[1].startswith("bytes=")
    assert int(producer.ranges[1][6:-1]) > 60_000
    assert producer.asked[1][1]["If-Range"] == '"1"'


def test_next_run_goes_on_from_what_a_failed_one_received(project, producer, fetch):
    target = project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv")
    producer.answers("/a.zip", producer.cut(producer.zipped(), ETag='"1"'), producer.failing(503))
    assert fetch().failures
    producer.asked.clear()
    producer.answers("/a.zip", producer.ranged(producer.zipped()))
    assert fetch().failures == []
    assert target.read_bytes() == producer.csv and producer.ranges[0].startswith("bytes=")


def test_server_without_ranges_sends_all_again(project, producer, fetch):
    target = project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv")
    producer.answers("/a.zip", producer.cut(producer.zipped()), producer.zipped())
    assert fetch().failures == []
    assert target.read_bytes() == producer.csv


def test_server_that_sends_short_parts_is_asked_for_the_next_ones(project, producer, fetch):
    target = project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv")
    body = producer.zipped()

    def short(handler):
        start = int(handler.headers["Range"][6:-1])
        where = f"bytes {start}-{start + 99}/{len(body)}"
        producer.send(handler, body[start : start + 100], status=206, Content_Range=where)

    producer.answers("/a.zip", producer.cut(body), short, producer.ranged(body))
    assert fetch().failures == []
    starts = [int(asked[6:-1]) for asked in producer.ranges[1:]]
    assert starts[1] == starts[0] + 100 and target.read_bytes() == producer.csv


def test_compressed_answer_is_read_whole(project, producer, fetch):
    target = project.dataset("a", f"{producer.url}/table.csv")
    small = gzip.compress(producer.csv)
    producer.answers(
        "/table.csv",
        lambda handler: producer.send(handler, small, kind="text/csv", Content_Encoding="gzip"),
    )
    assert fetch().failures == []
    assert target.read_bytes() == producer.csv
    assert producer.asked[0][1]["Accept-Encoding"] == "identity"  # though we asked for none


def test_file_replaced_between_two_halves_is_taken_anew(project, producer, fetch):
    target = project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv")
    new = producer.zipped(producer.csv[::-1])
    producer.answers(
        "/a.zip", producer.cut(producer.zipped(), ETag='"1"'), producer.ranged(new, etag='"2"')
    )
    assert fetch().failures == []
    assert target.read_bytes() == producer.csv[::-1]


def test_part_of_a_file_of_another_length_is_not_joined(project, producer, fetch):
    target = project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv")
    longer = producer.zipped(producer.csv + b"13999;1\n")
    producer.answers("/a.zip", producer.cut(producer.zipped()), producer.ranged(longer))
    assert fetch().failures == []
    assert target.read_bytes() == producer.csv + b"13999;1\n"
    assert [r is None for r in producer.ranges] == [True, False, True]


def test_range_that_the_server_no_longer_has_starts_again(project, producer, fetch):
    target = project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv")
    producer.answers(
        "/a.zip", producer.cut(producer.zipped()), producer.failing(416), producer.zipped()
    )
    assert fetch().failures == []
    assert target.read_bytes() == producer.csv and producer.ranges[2] is None


def test_two_halves_that_do_not_fit_are_found_out_and_taken_anew(project, producer, fetch):
    target = project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv")
    # same length, same validator, other bytes: only the checksum of the archive can tell
    other = producer.zipped(producer.csv[::-1])
    producer.answers("/a.zip", producer.cut(other, ETag='"1"'), producer.failing(503))
    fetch()
    producer.answers("/a.zip", producer.ranged(producer.zipped()))
    assert fetch().failures == []
    assert target.read_bytes() == producer.csv


def test_plain_file_is_not_resumed_for_nothing_could_prove_the_joint(project, producer, fetch):
    target = project.dataset("a", f"{producer.url}/table.csv")
    producer.answers(
        "/table.csv", producer.cut(producer.csv, kind="text/csv"), producer.ranged(producer.csv)
    )
    assert fetch().failures == []
    assert target.read_bytes() == producer.csv and producer.ranges == [None, None]


def test_missing_file_names_the_address_the_page_and_the_folder(project, producer, fetch, waits):
    project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv")
    producer.answers("/a.zip", producer.failing(404))
    (failure,) = fetch().failures
    for said in (
        "n'est plus à cette adresse (erreur 404)",
        f"{producer.url}/a.zip (adresse non essayée)",
        "https://example.invalid/a",
        "data/officiel/a/",
    ):
        assert said in failure
    assert waits == [] and len(producer.asked) == 1
    assert project.readable() == [] and project.left() == []


def test_tried_address_is_not_said_to_be_untried(project, producer, fetch):
    project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv", essaye="oui")
    producer.answers("/a.zip", producer.failing(404))
    assert "non essayée" not in fetch().failures[0]


def test_refused_access_sends_to_the_browser(project, producer, fetch):
    project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv")
    producer.answers("/a.zip", producer.failing(403))
    assert "le serveur refuse l'accès (erreur 403)" in fetch().failures[0]


def test_busy_server_is_asked_again_after_the_wait_it_wants(project, producer, fetch, waits):
    target = project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv")
    producer.answers(
        "/a.zip", producer.failing(503, Retry_After="7"), producer.failing(429), producer.zipped()
    )
    assert fetch().failures == []
    assert target.read_bytes() == producer.csv and waits == [7, 2]


def test_wait_given_as_a_date_is_understood(project, producer, fetch, waits):
    project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv")
    later = formatdate(time.time() + 55, usegmt=True)
    producer.answers("/a.zip", producer.failing(503, Retry_After=later), producer.zipped())
    assert fetch().failures == []
    assert len(waits) == 1 and 0 < waits[0] <= 55


def test_server_that_wants_too_long_a_wait_is_left_alone(project, producer, fetch, waits):
    project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv")
    producer.answers("/a.zip", producer.failing(503, Retry_After="3600"))
    (failure,) = fetch().failures
    assert "dans 3600 s au moins" in failure
    assert waits == [] and len(producer.asked) == 1


def test_server_that_stays_busy_is_given_up_after_a_few_tries(project, producer, fetch, waits):
    project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv")
    producer.answers("/a.zip", producer.failing(503))
    assert "indisponible ou surchargé (erreur 503)" in fetch().failures[0]
    assert len(producer.asked) == 3 and waits == [1, 2]
    assert project.readable() == [] and project.left() == []


def test_silent_server_is_given_up_in_french(project, producer, fetch, pace):
    project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv")
    given_up = threading.Event()
    producer.answers("/a.zip", lambda handler: given_up.wait(PATIENCE_S))
    (failure,) = fetch(pace=replace(pace, attempts=2, read=0.2)).failures
    given_up.set()
    assert "n'a rien répondu" in failure
    assert len(producer.asked) == 2 and project.readable() == []


def test_server_that_falls_silent_half_way_is_resumed(project, producer, fetch, pace):
    target = project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv")

    given_up = threading.Event()

    def stall(handler):
        producer.cut(producer.zipped(), ETag='"1"')(handler)
        handler.wfile.flush()
        given_up.wait(PATIENCE_S)

    producer.answers("/a.zip", stall, producer.ranged(producer.zipped()))
    failures = fetch(pace=replace(pace, read=2)).failures
    given_up.set()
    assert failures == []
    assert target.read_bytes() == producer.csv and producer.ranges[1].startswith("bytes=")


def test_no_network_is_said_once_for_all_the_files(project, fetch, waits, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
    project.dataset("a", f"{url}/a.zip", contenu="table.csv")
    project.dataset("b", f"{url}/b.zip", contenu="table.csv")
    (failure,) = fetch().failures
    assert "ne répond pas" in failure and "vérifier la connexion au réseau" in failure
    assert "a 2021" in failure and "b 2021" in failure
    assert "Errno" not in failure and "urllib3" not in failure
    assert waits == [1, 2]  # the second file of a host that is silent is not tried
    assert project.readable() == [] and project.left() == []


@pytest.mark.parametrize(
    ("kind", "page"),
    [
        ("application/zip", b"\r\n<!DOCTYPE html><title>Maintenance</title>"),
        ("text/html; charset=utf-8", b"<p>Maintenance"),
    ],
)
def test_web_page_in_place_of_an_archive_is_refused(project, producer, fetch, kind, page):
    project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv")
    producer.answers("/a.zip", lambda handler: producer.send(handler, page, kind=kind))
    (failure,) = fetch().failures
    assert "le serveur a répondu une page web" in failure
    assert project.readable() == [] and project.left() == []


def test_web_page_in_place_of_a_plain_file_is_refused(project, producer, fetch):
    project.dataset("a", f"{producer.url}/table.csv")
    producer.answers(
        "/table.csv", lambda handler: producer.send(handler, b"<html>", kind="text/csv")
    )
    assert "le serveur a répondu une page web" in fetch().failures[0]
    assert project.readable() == [] and project.left() == []


def test_empty_file_is_refused(project, producer, fetch):
    project.dataset("a", f"{producer.url}/table.csv")
    producer.answers("/table.csv", lambda handler: producer.send(handler, b"", kind="text/csv"))
    assert "est vide" in fetch().failures[0]
    assert project.readable() == []


@pytest.fixture
def endless(producer):
    """Return an answer that ends with the connection: a cut could not be told from its end."""
    return lambda handler: producer.send(
        handler, producer.csv, kind="text/csv", Content_Length="", Connection="close"
    )


def test_file_whose_end_nothing_tells_is_refused(project, producer, fetch, endless):
    project.dataset("a", f"{producer.url}/table.csv")
    producer.answers("/table.csv", endless)
    assert "rien ne dit qu'il est entier" in fetch().failures[0]
    assert project.readable() == [] and project.left() == []


def test_known_checksum_proves_a_file_whose_end_nothing_tells(project, producer, fetch, endless):
    target = project.dataset("a", f"{producer.url}/table.csv", md5=md5(producer.csv))
    producer.answers("/table.csv", endless)
    assert fetch().failures == []
    assert target.read_bytes() == producer.csv


def test_wrong_checksum_of_a_file_whose_end_nothing_tells_is_refused(
    project, producer, fetch, endless
):
    project.dataset("a", f"{producer.url}/table.csv", md5=md5(b"autre"))
    producer.answers("/table.csv", endless)
    assert "son empreinte n'est pas celle attendue" in fetch().failures[0]
    assert project.readable() == [] and project.left() == []


def test_redirection_is_followed(project, producer, fetch):
    target = project.dataset("a", f"{producer.url}/a.zip", contenu="table.csv")
    producer.answers("/a.zip", producer.failing(302, Location=f"{producer.url}/ailleurs.zip"))
    producer.answers("/ailleurs.zip", producer.zipped())
    assert fetch().failures == []
    assert target.read_bytes() == producer.csv
