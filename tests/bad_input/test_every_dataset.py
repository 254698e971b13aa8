"""Every official dataset, known or to come, meets the same damage: refused in French, by its name.

A dataset that is added to the registry and to the fictitious department is tried here unasked.
"""

from __future__ import annotations

import random
import warnings

import pytest

from diagalim.settings.territory_file import load_territory
from diagalim.sources.datasets import read
from diagalim.sources.registry import find, load_sources
from diagalim.wording.problems import InputError

DATASETS = [name for name in load_sources() if find(name, load_territory("exemple"))]


def damaged(raw):
    chance = random.Random(20251121)
    spoilt = bytearray(raw)
    for _ in range(max(20, len(raw) // 50)):
        spoilt[chance.randrange(len(raw))] = chance.randrange(256)
    return bytes(spoilt)


DAMAGES = {
    "empty": lambda raw: b"",
    "zeros": lambda raw: bytes(len(raw)),
    "its first five bytes": lambda raw: raw[:5],
    "a web page": lambda raw: b"<!DOCTYPE html>\n<html><body>Service indisponible</body></html>\n",
    "a table of something else": lambda raw: b"nom;valeur\nun;1\ndeux;2\n",
    "an archive": lambda raw: b"PK\x03\x04" + bytes(1000),
    "bytes changed everywhere": damaged,
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("dataset", DATASETS)
def test_damage_to_any_dataset_is_refused_in_french(
    dataset, damage, whole_study, monkeypatch, english
):
    monkeypatch.setenv("DIAGALIM_ROOT", str(whole_study.root))
    territory = load_territory("exemple")
    path = find(dataset, territory).path
    assert path.is_relative_to(whole_study.root)
    before = path.read_bytes()
    path.write_bytes(DAMAGES[damage](before))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with pytest.raises(InputError) as caught:
                read(dataset, territory)
    finally:
        path.write_bytes(before)
    message = str(caught.value)
    assert path.name in message and str(whole_study.root) not in message
    assert not english.search(message), message


TEXTS = [n for n in DATASETS if find(n, load_territory("exemple")).path.suffix.lower() == ".csv"]


@pytest.mark.parametrize("dataset", TEXTS)
def test_one_character_of_another_encoding_is_found_by_its_line(
    dataset, whole_study, monkeypatch, capfd
):
    monkeypatch.setenv("DIAGALIM_ROOT", str(whole_study.root))
    territory = load_territory("exemple")
    path = find(dataset, territory).path
    before = path.read_bytes()
    lines = before.split(b"\n")
    lines[5] = b"Etang \xe9"
    path.write_bytes(b"\n".join(lines))
    try:
        with pytest.raises(InputError, match="ligne 6 : lu « encodage autre que UTF-8 »"):
            read(dataset, territory)
    finally:
        path.write_bytes(before)
    assert capfd.readouterr().err == "", "Arrow writes a trace at a row that it cannot quote"
