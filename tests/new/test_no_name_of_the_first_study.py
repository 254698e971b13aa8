"""A published study speaks only in the report of the territory that declares it.

The pages of other departments are made of sources that name no place nor body of 13, and their
functions state nothing of its study. Whole sites are looked at by the long tests.
"""

from __future__ import annotations

import json
import shutil
import sys

import pandas as pd
import pytest

from diagalim.analysis.context.published import of_study
from diagalim.chapter import elsewhere
from diagalim.chapter.chapter import open_chapter
from diagalim.collected.coordination import COORDINATION, read_coordination
from diagalim.collected.inputs import check_collected
from diagalim.pipeline.check import check_inputs
from diagalim.report.accueil import home
from diagalim.report.acteurs import page as coordination_page
from diagalim.report.acteurs import words
from diagalim.report.chiffres import figures as published_figures
from diagalim.report.profils_publics.published import published_here
from diagalim.report.recommandations import page as recommendations_page
from diagalim.report.reponse import facts as response_facts
from diagalim.settings.recommendations import FILE, entries_of
from diagalim.settings.territory_file import load_territory
from diagalim.sources.described import collected_schemas, official_schemas
from diagalim.sources.documents import read_published
from diagalim.sources.registry import load_sources
from diagalim.sources.studies import (
    check_documents,
    check_study,
    document,
    published_study,
    quotable,
)
from diagalim.workspace.notebooks import all_notebooks
from diagalim.workspace.paths import project_root

ROOT = project_root()
NOTEBOOKS = all_notebooks(ROOT)
WORDS = sorted((ROOT / "notebooks").rglob("*.yml"))
CITING = ("bibliographie", "citer")
PAGES = [path for path in sorted((ROOT / "book").rglob("*.md")) if path.stem not in CITING]
SHOWN_EVERYWHERE = ("bilan_indicateurs", "fonctionnalites", "limites", "pratiques",
                    "series_nationales", "seuils_pauvrete")  # fmt: skip
"""Tables of ``data/publie`` that every department shows."""


@pytest.fixture(scope="session")
def places():
    """Return the module that looks for the names of 13."""
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        from long_tests import places as module
    finally:
        sys.path.remove(str(ROOT / "scripts"))
    return module


@pytest.fixture(scope="session")
def names(places):
    """Return the places and bodies of 13; all its communes where its official files are."""
    return places.names_of_the_first_study()


@pytest.fixture
def neighbour(trial, monkeypatch, tmp_path):
    """Return a function that opens a chapter for a department of the region of 13."""
    trial("84")
    monkeypatch.setenv("DIAGALIM_RESULTS", str(tmp_path))
    return lambda name: open_chapter(name, "84")


def coordination_of(chapter):
    """Return what the tables of coordination of a chapter's territory hold."""
    files = {name: chapter.collected(name) for name in COORDINATION}
    return read_coordination(files, chapter.territory)


def test_the_names_are_whole_words_and_hold_those_of_every_kind(places, names):
    assert {"Bouches-du-Rhône", "Arles", "DDETS 13", "LARIIS", "Terre de Provence"} <= names
    assert places.named_in("Marseillette et Arles", names) == ["Arles"]
    assert places.named_in("d\u2019Aix-en-Provence", names) == ["Aix-en-Provence"]
    assert places.named_in("France, Ansa, arlésien", names) == []


def test_only_marked_sentences_and_pointers_to_the_bibliography_are_left_out(places, names):
    page = (
        "<p>Ailleurs\u00a0: étude du LARIIS.</p><p>Rien à Arles.</p><img alt='Aubagne'>"
        "<span class='bibtex-citation'><a title='LARIIS'>2</a></span><script>'Marseille'</script>"
    )
    assert places.named_in(places.readable(page), names) == ["Arles", "Aubagne", "Marseille"]
    assert places.named_in(places.without_marked('"Ailleurs : LARIIS"\nArles'), names) == ["Arles"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_notebook_names_them(path, places, names):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    text = "\n".join("".join(c["source"]) + json.dumps(c["metadata"], ensure_ascii=False)
                     for c in cells)  # fmt: skip
    assert places.named_in(text, names) == []


@pytest.mark.parametrize("path", WORDS, ids=lambda path: path.stem)
def test_no_words_beside_a_notebook_name_them(path, places, names):
    assert places.named_in(path.read_text(encoding="utf-8"), names) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_no_prose_page_names_them_but_to_cite(path, places, names):
    assert places.named_in(path.read_text(encoding="utf-8"), names) == []


@pytest.mark.parametrize("table", SHOWN_EVERYWHERE)
def test_no_table_that_every_department_shows_names_them(table, places, names):
    text = (ROOT / "data" / "publie" / f"{table}.csv").read_text(encoding="utf-8")
    assert places.named_in(text, names) == []


def test_no_description_of_a_file_names_them(places, names):
    described = [d.schema for d in (*official_schemas(), *collected_schemas())]
    registry = [f"{s.titre} {s.court} {s.producteur} {s.champ}" for s in load_sources().values()]
    text = json.dumps([*described, *registry], ensure_ascii=False)
    assert places.named_in(text, names) == []


def test_recommendations_in_general_words_name_none_and_are_as_many(places, names):
    text = (ROOT / FILE).read_text(encoding="utf-8")
    own, general = entries_of(text, own=True)[1], entries_of(text, own=False)[1]
    assert own.keys() == general.keys() and own["3.1"]["intitule"].endswith("Arles et Aubagne")
    shown = [[entry["intitule"], *entry["acteurs"], entry["suivi"]] for entry in general.values()]
    assert places.named_in(json.dumps(shown, ensure_ascii=False), names) == []
    assert general["1.1"]["acteurs"] == ["services de l'État", "porteur du rapport"]
    assert [e["preuves"] for e in own.values()] == [e["preuves"] for e in general.values()]


def test_only_13_declares_a_study_and_new_declares_none(trial):
    assert published_study(load_territory("13")).cited == (
        "Synthèse et recommandations (Ansa et LARIIS 2025)"
    )
    assert published_study(load_territory("exemple")) is None
    assert published_study(trial("01").territory) is None


def test_a_neighbour_of_the_region_is_told_nothing_of_the_figures_of_its_region(neighbour):
    chapter = neighbour("contexte")
    printed = read_published("cadrage").reset_index()
    assert "R93" in set(printed["code"]) and chapter.territory.region.code == "93"
    assert of_study(printed, chapter.study).empty
    assert len(of_study(printed, document("synthese"))) == len(printed)


def state_costs(chapter):
    focus = chapter.territory.communes_focus
    costs, assumed = coordination_page.costs(chapter.study, (0.2, 0.5), 50_000, focus)
    chapter.state(costs, **assumed)


def test_a_neighbour_has_no_counts_of_the_survey_no_networks_and_no_bodies(neighbour):
    survey, together = neighbour("reponse"), neighbour("acteurs")
    figures = quotable(read_published("faits"), survey.study)
    assert not response_facts.state_published(survey, figures) and "contacts" not in survey.facts
    assert published_here(figures, pd.DataFrame()).empty
    assert all(part.empty for part in coordination_of(together))
    state_costs(together)
    assert not [fact.id for fact in together.facts if fact.nature == "publié"]
    assert words.cost_sentence(together.facts).startswith("**Non disponible**")


def test_the_territory_of_the_study_keeps_all_of_it(tmp_path, monkeypatch):
    monkeypatch.setenv("DIAGALIM_RESULTS", str(tmp_path))
    survey, together = open_chapter("reponse", "13"), open_chapter("acteurs", "13")
    figures = quotable(read_published("faits"), survey.study)
    assert response_facts.state_published(survey, figures)
    assert survey.facts["contacts"].value == 572
    assert len(published_here(figures, pd.DataFrame()))
    bodies = coordination_of(together).bodies
    assert len(bodies) == 7
    assert "Préc'alim" in set(bodies["nom"])
    state_costs(together)
    assert together.facts["cout_animation_bas"].nature == "publié"


def test_bodies_that_a_team_lays_in_its_own_folder_are_shown_as_read_in_documents(
    neighbour, trial, request
):
    folder = trial("84").root / "data" / "collecte" / "84" / "coordination"
    folder.mkdir(parents=True)
    (folder / "instances.csv").write_text(
        "id,nom,niveau,commune,etat,annee,pilote,objet,document\n"
        "x,Comité,département,,en place,2024,,Financer,reseau_paca\n",
        encoding="utf-8",
    )
    request.addfinalizer(lambda: shutil.rmtree(folder.parent))
    assert check_collected(load_territory("84")) == []
    chapter = neighbour("acteurs")
    bodies, members, links = coordination_of(chapter)
    assert list(bodies.index) == ["x"]
    stated = coordination_page.bodies(bodies, members, links)
    chapter.state(stated, **coordination_page.origin(bodies))
    assert chapter.facts["nb_instances"].nature == "publié"
    assert chapter.facts["nb_instances"].year == "2024"
    assert chapter.facts["instances_departementales"].label == "Instances départementales citées"
    assert words.told_by(chapter.study) == "les documents relus"
    assert "DREETS" in words.source_of(bodies, members)
    assert coordination_page.tables_place(chapter.collected("instances")) == (
        "tableaux instances.csv du dossier data/collecte/84/coordination"
    )


def test_leads_are_counted_under_another_name_than_the_recommendations_handed_out(neighbour):
    chapter = neighbour("recommandations")
    weighed = pd.DataFrame({"force": ["étayée"]})
    recommendations_page.state_strengths(chapter, weighed)
    assert "nb_recommandations" not in chapter.facts and chapter.facts["nb_pistes"].value == 1
    assert "LARIIS" not in chapter.facts["nb_pistes"].source
    filled = chapter.fill(recommendations_page.summary_caption(chapter.study))
    assert "pistes sur 1" in filled
    assert "**1 pistes**" in chapter.fill(recommendations_page.strengths_sentence(chapter.facts))


@pytest.mark.parametrize("sentence", [elsewhere.of_the_questions(), elsewhere.of_the_leads()])
def test_the_marked_sentence_opens_with_its_mark_and_names_the_authors_only(
    sentence, places, names
):
    assert sentence.startswith("Ailleurs :") and "\n" not in sentence
    assert places.named_in(sentence, names) == ["LARIIS"]


def test_the_home_says_whose_questions_these_are(monkeypatch):
    shown = []
    monkeypatch.setattr(home, "display", lambda markdown: shown.append(markdown.data))
    home.show_purpose(document("synthese"))
    home.show_purpose(None)
    assert "publiée sur ce territoire (Ansa et LARIIS 2025)" in shown[0]
    assert "Ailleurs" not in shown[0]
    own, marked = shown[1].split("\n\n")
    assert "LARIIS" not in own and marked.startswith("Ailleurs\u00a0:")


def test_limits_of_the_study_are_said_where_it_is(places, names):
    limits, study = read_published("limites"), document("synthese")
    text = published_figures.limits(limits, None).to_json(force_ascii=False)
    assert "étude" not in text and len(published_figures.limits(limits, study).columns) == 2


@pytest.mark.parametrize("declared", ["synthese", "reseau_paca", "inconnue"])
def test_a_study_of_another_department_is_refused_with_what_to_do(declared, trial):
    study = trial("01").territory.model_copy(update={"etude_publiee": declared})
    (problem,) = check_study(study)
    assert problem.place == "clé etude_publiee" and problem.value == declared
    assert (
        "dont le territoire est D01" in problem.expected and "retirer cette clé" in problem.remedy
    )
    assert problem in check_inputs(study)


def test_a_document_that_nobody_declares_is_named_with_its_row(monkeypatch):
    assert check_documents() == []
    known = read_published("documents")
    monkeypatch.setattr(
        "diagalim.sources.studies.read_published",
        lambda name, **how: known.drop("bilan_hdf") if name == "documents"
        else read_published(name, **how),
    )  # fmt: skip
    found = check_documents()
    assert found and {p.value for p in found} == {"bilan_hdf"}
    assert found[0].file == "data/publie/faits.csv" and "S4-001" in found[0].place
