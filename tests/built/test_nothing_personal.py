"""No name, mail, telephone, token or sentence of those who were asked stands in any built file.

What must not come out is read in the collected files of the fictitious department: the columns that
their schemas mark as personal or free text, the contacts and free answers of the survey, every mail
and telephone wherever it stands, and the canaries planted among the answers. The department is made
up, so that a name found is a leak and not a namesake.
"""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pandas as pd
import pytest

from diagalim.workspace.paths import build_dir, project_root

pytestmark = pytest.mark.site

FOLDER = project_root() / "data" / "exemple" / "collecte"
TRUTH = FOLDER.parent / "verite_enquete.json"
SCHEMAS = project_root() / "data" / "schemas" / "collecte"
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
TELEPHONE = re.compile(r"(?<![\d.])(?:\+33[ .\-]?|0)[1-9](?:[ .\-]?\d\d){4}(?![\d.])")
JOINED = re.compile(r"(?<!\d)(?:0|(?:\+|00)33(?:\(0\))?)?([1-9]\d{8})(?!\d)")
"""A telephone with nothing left between its digits."""
LONG = re.compile(r"\d\d{8,}")
"""Digits enough for a telephone; thus written, the expression skips what is no digit."""
CODEBOOK = FOLDER / "enquete" / "dictionnaire.csv"
EXPORT = FOLDER / "enquete" / "reponses_limesurvey.csv"

CATEGORIES = {"tranche_age", "genre", "situation_menage"}
"""Personal columns of a few common values, which name nobody (« femme », « 25-39 »)."""
COMMON = {
    "essai",  # typed as name, function and answers in the two trial lines; a word of the pages too
}
"""Common French nouns that are also a whole value of a personal column."""
LEAST_WORDS = 4
"""Words from which a part of an answer is a sentence of its own (« le repas » is not)."""
PARTED = re.compile(r"[.;…!?]\s+|, et |\s*[\r\n\t]+\s*")
"""How the sentences of an answer are told apart."""


def rows_of(path: Path, **options: str) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, **options))


def marked_values() -> set[str]:
    """Return the values of the columns that a schema marks, but for published words of people."""
    values = set()
    for name, path in (
        ("base_contacts", FOLDER / "structures" / "base_contacts.csv"),
        ("entretiens", FOLDER / "ecoute" / "entretiens.csv"),
        ("segments", FOLDER / "ecoute" / "segments.csv"),
        ("groupes", FOLDER / "ecoute" / "groupes.csv"),
    ):
        schema = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
        marked = {f["name"] for f in schema["fields"] if f.get("donnee_personnelle")} - CATEGORIES
        for row in rows_of(path):
            # a quotation that a second person has read may be published
            if not row.get("relu_par"):
                values |= {row[column] for column in marked}
    return values


def contact_answers() -> set[str]:
    """Return who answered: contacts and tokens of the export, trials included."""
    columns = [row["name"] for row in rows_of(CODEBOOK) if row["contact"] == "1"]
    return {row[column] for row in rows_of(EXPORT) for column in [*columns, "token"]}


def free_answers() -> set[str]:
    """Return the free answers, whole, and their sentences."""
    free = [row["name"] for row in rows_of(CODEBOOK) if row["libre"] == "1"]
    columns = [re.sub(r"_other$", "[other]", name) for name in free]
    whole = {row[column] for row in rows_of(EXPORT) for column in columns}
    parts = {part for text in whole for part in PARTED.split(text)}
    return {t for t in whole | parts if len(t.split()) >= LEAST_WORDS} | {
        text for text in whole if len(text.split()) == 1
    }


def comments() -> set[str]:
    """Return the comments of the reporting sheets."""
    sheets = [pd.read_excel(path, "Saisie") for path in (FOLDER / "remontees").glob("*.xlsx")]
    texts = {text for sheet in sheets for text in sheet["commentaire"].dropna()}
    return {text for text in texts if len(text.split()) >= LEAST_WORDS}


def public_names(plain, offers: str) -> set[str]:
    """Return the names of structures that a public directory of aid gives too (« CCAS de … »)."""
    frame = rows_of(FOLDER / "structures" / "base_contacts.csv")
    names = {row["nom"] for row in frame} | {row["nomstruct"] for row in rows_of(EXPORT)}
    return {name for name in names if plain(name) in offers}


def canaries() -> list[dict[str, str]]:
    return json.loads(TRUTH.read_text(encoding="utf-8"))["canaris"]


@pytest.fixture(scope="module")
def collected(open_text):
    """Return a function that gives a folder of collected files as text, workbooks opened."""
    _, texts_in, _ = open_text

    def text_of(folder: Path) -> str:
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return "\n".join(t for path in files for _, t in texts_in(path.name, path.read_bytes()))

    return text_of


@pytest.fixture(scope="module")
def secrets(collected, open_text) -> set[str]:
    values = marked_values() | contact_answers() | free_answers() | comments()
    values -= public_names(open_text[2], open_text[2](collected(FOLDER / "offre")))
    values |= {canary["texte"] for canary in canaries()} | set(MAIL.findall(collected(FOLDER)))
    names = {row["contact_nom"] for row in rows_of(FOLDER / "structures" / "base_contacts.csv")}
    values |= {" ".join(reversed(name.split(" ", 1))) for name in names}
    return {value.strip() for value in values if value.strip()} - {""}


@pytest.fixture(scope="module")
def telephones(collected) -> set[str]:
    """The nine digits that follow the prefix of each telephone."""
    seen = TELEPHONE.findall(collected(FOLDER))
    seen += [canary["texte"] for canary in canaries() if canary["sorte"] == "telephone"]
    return {re.sub(r"\D", "", number)[-9:] for number in seen}


def test_the_list_of_secrets_holds_what_was_planted_and_much_more(secrets, telephones):
    assert {canary["sorte"] for canary in canaries()} == {"nom", "courriel", "telephone", "phrase"}
    assert {canary["texte"] for canary in canaries()} <= secrets
    assert len(secrets) > 3500 and len(telephones) > 500
    assert {secret.casefold() for secret in secrets} >= COMMON, "an excuse that nothing needs"


def test_no_secret_is_built(secrets, fictitious_files):
    asked = {secret for secret in secrets if secret.casefold() not in COMMON}
    assert fictitious_files.found(asked) == []


def telephones_in(text: str, telephones: set[str]) -> set[str]:
    """Return the telephones that stand in a text with nothing left between its digits.

    Each ends a run of digits: where no run ends like one, the text need not be read closely.
    """
    ends = {run[-9:] for run in LONG.findall(text)}
    return set(JOINED.findall(text)) & telephones if ends & telephones else set()


def test_no_telephone_is_built_however_it_is_parted(telephones, fictitious_files):
    read = dict(fictitious_files.digits())
    held = {text: telephones_in(text, telephones) for text in set(read.values())}
    assert [(digits, name) for name, text in read.items() for digits in held[text]] == []


def test_everything_that_is_built_is_searched(fictitious_files):
    names = list(fictitious_files.texts)
    for kind in (
        *("html/search.html", "html/searchindex.js", "html/_sources/", "executed/", "results/"),
        *("book/notebooks/", ".parquet", ".geoparquet", "facts.json"),
    ):
        assert any(kind in name for name in names), kind
    assert "application/vnd.jupyter.widget-state+json" in fictitious_files.texts[WIDGETS]


WIDGETS = "html/_static/widgets/notebooks/accueil/carte.js"

HIDDEN = {
    "as it reads": "<p>{}</p>",
    "cut by tags": "<td>{0}</td>\n<td>{1}</td>",
    "in JSON": '{{"v": {json}}}',
    "with entities": "<p>{entities}</p>",
    "on two lines, with a space that does not break": "{0}\u00a0\n {1}",
    "in capitals": "{upper}",
    "in an address": "<a href='/?q={address}'>",
}


@pytest.mark.parametrize("how", HIDDEN)
def test_the_search_finds_a_name_in_a_copy_of_a_page(how, open_text, fictitious_site):
    from urllib.parse import quote

    make, texts_in, _ = open_text
    name = next(canary["texte"] for canary in canaries() if canary["texte"].startswith("Zéphyrine"))
    page = fictitious_site.page("resultats").read_text(encoding="utf-8")
    forms = {
        "json": json.dumps(name), "upper": name.upper(), "address": quote(name),
        "entities": name.replace("é", "&eacute;").replace(" ", "&nbsp;"),
    }  # fmt: skip
    words = name.split() if "{1}" in HIDDEN[how] else [name]
    copy = page.replace("</article>", HIDDEN[how].format(*words, **forms) + "</article>")
    assert make(texts_in("page.html", page.encode())).found([name]) == []
    assert make(texts_in("copie.html", copy.encode())).found([name]) == [(name, "copie.html")]


@pytest.mark.parametrize("kind", ["xlsx", "zip", "gpkg", "parquet", "ipynb"])
def test_the_search_opens_what_can_be_downloaded(kind, open_text, tmp_path):
    make, texts_in, _ = open_text
    name = canaries()[0]["texte"]
    table = pd.DataFrame({"lieu": ["Corvelle"], "contact": [f"chez {name}"]})
    path = tmp_path / f"table.{kind}"
    if kind == "xlsx":
        table.to_excel(path, index=False)
    elif kind == "zip":
        table.to_csv(path, index=False, compression={"method": "zip", "archive_name": "t.csv"})
    elif kind == "parquet":
        table.to_parquet(path)
    elif kind == "ipynb":
        output = {"data": {"text/html": table.to_html()}, "output_type": "display_data"}
        path.write_text(json.dumps({"cells": [{"outputs": [output]}]}), encoding="utf-8")
    else:
        import geopandas as gpd

        point = gpd.points_from_xy([0], [0], crs="EPSG:2154")
        gpd.GeoDataFrame(table, geometry=point).to_file(path)
    assert make(texts_in(path.name, path.read_bytes())).found([name])


@pytest.mark.parametrize("form", ["06 39 98 77 41", "06.39.98.77.41", "0639987741",
                                  "+33 6 39 98 77 41", "06-39-98-77-41"])  # fmt: skip
def test_a_telephone_is_the_same_however_it_is_parted(form, telephones, open_text):
    make, _, _ = open_text
    _, text = next(make([("page", f"<p>appelez le {form} avant midi</p>")]).digits())
    assert any(number in text for number in telephones)
    assert telephones_in(text, telephones)


def test_the_folder_searched_is_that_of_the_site(fictitious_site):
    assert fictitious_site.path.parent == build_dir(fictitious_site.code)
