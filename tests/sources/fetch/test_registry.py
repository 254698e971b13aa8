"""The registry of downloads: facts that can be checked without calling any address."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

import diagalim
from diagalim.sources.registry import load_sources, parse_sources
from diagalim.wording.problems import InputError

DOWNLOADS = [
    (name, edition, download)
    for name, source in load_sources().items()
    for edition in source.editions
    for download in edition.telechargement
]


def registry(**download):
    """Return the text of a registry of one dataset with one download."""
    facts = {"adresse": "https://example.invalid/a.zip", "fichier": "a/t.csv", "essaye": "non"}
    pattern = {"motif": "a/*.csv", "nature": "officiel", "format": "x"}
    names = ("titre", "court", "producteur", "licence", "page", "lecteur", "champ")
    entry = dict.fromkeys(names, "x") | {
        "editions": [
            {"millesime": 2021, "telechargement": [facts | download], "fichiers": [pattern]}
        ]
    }
    return yaml.safe_dump({"a": entry})


def test_some_datasets_can_be_downloaded():
    assert {name for name, _, _ in DOWNLOADS} >= {
        "contours_iris",
        "filosofi_iris",
        "filosofi_communes",
        "recensement_population",
        "recensement_menages",
        "recensement_logement",
    }


@pytest.mark.parametrize(("name", "edition", "download"), DOWNLOADS)
def test_each_address_is_that_of_a_public_producer_over_https(name, edition, download):
    hosts = tuple(
        f"https://{host}/"
        for host in ("www.insee.fr", "data.geopf.fr", "static.data.gouv.fr", "data.caf.fr")
    )
    assert download.adresse.startswith(hosts)


@pytest.mark.parametrize(("name", "edition", "download"), DOWNLOADS)
def test_each_file_is_laid_in_the_folder_of_its_dataset(name, edition, download):
    assert download.laid_at("2A").parts[0] == name
    assert "{" not in str(download.laid_at("2A"))


@pytest.mark.parametrize(("name", "edition", "download"), DOWNLOADS)
def test_no_file_under_download_answers_to_an_accepted_pattern(name, edition, download, tmp_path):
    for suffix in (".partiel", ".partiel.json", ".page.partiel"):
        file = tmp_path / f"{download.laid_at('13')}{suffix}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    globs = [pattern.motif.format(territoire="13") for pattern in edition.fichiers]
    assert [found for glob in globs for found in tmp_path.glob(glob)] == []


@pytest.mark.parametrize(("name", "edition", "download"), DOWNLOADS)
def test_file_brought_is_found_by_a_pattern_of_its_edition(name, edition, download, tmp_path):
    file = tmp_path / download.laid_at("13")
    file.parent.mkdir(parents=True)
    file.touch()
    globs = [p.motif.format(territoire="13") for p in edition.fichiers if p.nature == "officiel"]
    assert [found for glob in globs for found in tmp_path.glob(glob)] == [file]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"adresse": "ftp://example.invalid/a"}, "la forme"),
        ({"fichier": "../t.csv"}, "la forme"),
        ({"fichier": "a/autre.xlsx"}, "telechargement.fichier qui réponde à un motif officiel"),
        ({"md5": "abc"}, "la forme"),
        ({"essaye": "peut-être"}, "'oui' ou 'non'"),
        ({"couche": "x"}, "couche, filtre et cle ensemble"),
        ({"couche": "x", "filtre": "y", "cle": "z", "contenu": "t"}, "pas les deux"),
        ({"md5_de": "archive"}, "seulement avec md5 et contenu"),
        ({"contenus": "t.csv"}, "une clé connue"),
    ],
)
def test_wrong_facts_of_a_download_are_refused_in_french(wrong, said):
    with pytest.raises(InputError) as refused:
        parse_sources(registry(**wrong))
    assert said in str(refused.value) and "data/sources.yml — clé a.editions" in str(refused.value)


def test_right_facts_are_taken():
    (edition,) = parse_sources(registry(contenu="t.csv"))["a"].editions
    assert edition.telechargement[0].described.endswith("(adresse non essayée)")


def test_nothing_outside_this_package_can_speak_to_a_network():
    speaking = re.compile(
        r"^\s*(?:import|from) (?:requests|pooch|httpx|urllib3|urllib\.request|http\.client)\b", re.M
    )
    source = Path(diagalim.__file__).parent
    speakers = {
        file.relative_to(source).parent.as_posix()
        for file in source.rglob("*.py")
        if speaking.search(file.read_text(encoding="utf-8"))
    }
    assert speakers == {"sources/fetch"}
