"""The data dictionary says all that the schemas say, to a reader who has never seen one."""

from __future__ import annotations

import base64
import json
import re

import pytest

from diagalim.chapter.pages import anchor, dictionary_link, form_title
from diagalim.report.dictionnaire import page
from diagalim.report.dictionnaire.page import columns_html, section_html
from diagalim.sources.described import (
    Described,
    collected_schemas,
    official_schemas,
    published_schemas,
    undescribed,
)
from diagalim.sources.schemas import SCHEMA_DIR
from diagalim.workspace.paths import project_root

SCHEMA = {
    "title": "Lieux <essai>",
    "description": "Un essai : rien de plus.",
    "separateur": ";",
    "fields": [
        {"name": "id_lieu", "type": "string", "title": "Identifiant", "example": "L01",
         "constraints": {"required": True, "unique": True, "pattern": r"L\d{2}"}},
        {"name": "part", "type": "number", "title": "Part", "unite": "%", "decimalChar": ",",
         "constraints": {"minimum": 0, "maximum": 100}},
        {"name": "foyers", "type": "integer", "title": "Foyers", "constraints": {"minimum": 0}},
        {"name": "taille", "type": "string", "title": "Taille",
         "constraints": {"enum": ["petite", "grande"]}},
        {"name": "ouvert", "type": "boolean", "trueValues": ["1"], "falseValues": ["0"]},
        {"name": "mail", "type": "string", "title": "Courriel", "donnee_personnelle": True},
        {"name": "avis", "type": "string", "title": "Avis", "texte_libre": True,
         "description": "<script>alert(1)</script>"},
    ],
    "missingValues": ["", "s"],
    "raisons": {"s": "secret"},
    "primaryKey": "id_lieu",
}  # fmt: skip
FORM = Described("lieux.essai", "lieux", "Insee", ("lieux_*.csv",), 2021, ("officiel",), SCHEMA)


def definitions(text):
    """Meaning and content of each column, tags and no-break spaces taken off."""
    cells = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", text, re.DOTALL)
    plain = [
        re.sub(r"<wbr>|</?\w+>", "", cell.replace("<br>", " | ")).replace("\u00a0", " ")
        for pair in cells
        for cell in pair
    ]
    return dict(zip(plain[::2], plain[1::2], strict=True))


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("id_lieu", "Identifiant | texte, comme L01 · obligatoire · une seule fois"),
        ("part", "Part | nombre, en %, de 0 à 100"),
        ("foyers", "Foyers | nombre entier, au moins 0"),
        ("taille", "Taille | au choix : petite, grande"),
        ("ouvert", "ouvert | 1 : oui\u202f; 0 : non"),
        ("mail", "Courriel | texte · donnée personnelle, jamais publiée"),
    ],
)
def test_a_column_says_its_meaning_its_content_and_what_to_know(column, said):
    assert definitions(columns_html(SCHEMA))[column] == said


def test_free_text_is_marked_and_tags_are_shown_as_text():
    text = section_html(FORM)
    assert "texte libre, jamais publié tel quel" in text
    assert "<script>" not in text and "&lt;script&gt;" in text
    assert "Lieux &lt;essai&gt; (2021)" in text


def test_a_section_says_who_how_and_what_is_missing():
    facts = definitions(section_html(FORM))
    assert facts["Producteur"] == "Insee"
    assert facts["Fichier"] == "lieux_*.csv"
    assert facts["Écriture"] == "texte (CSV), séparateur point-virgule, virgule décimale"
    assert facts["Valeur manquante"].startswith("cellule vide, s (secret)")
    assert facts["Une ligne par"] == "id_lieu"


def test_a_section_of_a_workbook_names_its_sheet_and_row():
    schema = {**SCHEMA, "feuille": "Saisie", "ligne_titres": 6}
    form = Described("x", "", "étude", (), None, ("collecté",), schema)
    assert "feuille « Saisie », noms en ligne 6" in definitions(section_html(form))["Écriture"]


def test_the_schema_that_is_downloaded_is_the_one_that_checks():
    text = section_html(FORM)
    name, content = re.search(r'download="([^"]+)" href="data:[^,]+,([^"]+)"', text).groups()
    assert name == "lieux.essai.json"
    assert json.loads(base64.b64decode(content)) == SCHEMA


def test_every_schema_of_the_project_is_described_once():
    folder = project_root() / SCHEMA_DIR
    forms = [*official_schemas(), *collected_schemas(), *published_schemas()]
    names = sorted(form.name for form in forms)
    inputs = [p.stem for part in ("officiel", "collecte") for p in folder.glob(f"{part}/*.json")]
    published = [f"publie.{path.stem}" for path in folder.glob("publie/*.json")]
    assert names == sorted([*inputs, *published])
    assert len({anchor(name) for name in names}) == len(names)


def test_no_placeholder_of_a_year_or_a_department_is_shown():
    for form in official_schemas():
        assert not re.search(r"\{\w+\}", section_html(form))


def test_every_column_has_a_title_and_every_input_says_what_it_is():
    for form in [*official_schemas(), *collected_schemas(), *published_schemas()]:
        assert form.schema.get("title"), form.name
        for field in form.schema["fields"]:
            assert field.get("title") or form.name == "tableur_partenaire", (form.name, field)


def test_personal_columns_of_the_contacts_are_marked():
    form = next(form for form in collected_schemas() if form.name == "base_contacts")
    said = definitions(columns_html(form.schema))
    for column in ("contact_nom", "contact_mail", "contact_telephone", "jeton"):
        assert "donnée personnelle" in said[column]


def test_the_page_of_sources_leads_to_each_form_and_back():
    link = dictionary_link("filosofi_iris")
    assert 'href="../methode/dictionnaire.html#dict-filosofi_iris-filosofi"' in link
    form = next(form for form in official_schemas() if form.source_id == "filosofi_iris")
    assert 'href="../methode/sources.html#filosofi_iris"' in section_html(form)


def test_two_forms_of_one_title_are_told_apart():
    titles = [form_title(form) for form in official_schemas()]
    assert len(set(titles)) == len(titles)


def test_a_dataset_without_a_schema_is_named_as_such(monkeypatch, capsys):
    monkeypatch.setattr(page, "undescribed", lambda: ["Un jeu <neuf>"])
    shown = []
    monkeypatch.setattr(page, "display", lambda output: shown.append(output.data))
    page.show_contents()
    assert "Pas encore décrits colonne par colonne" in shown[0]
    assert "Un jeu &lt;neuf&gt;" in shown[0]
    assert isinstance(undescribed(), list)
