"""A chapter states and shows by the words beside its notebook, and refuses what they do not say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell
from matplotlib import pyplot as plt

from diagalim.chapter import chapter as chapters
from diagalim.chapter import shown, texte
from diagalim.chapter.chapter import Chapter
from diagalim.chapter.columns import published_fields, written
from diagalim.chapter.facts import Fact, Facts
from diagalim.settings.words_file import parse_words
from diagalim.wording.problems import InputError

WORDS = """
par_defaut: {sources: [contours_iris, carreaux], certitude: décompte exact}
faits:
  nb: {libelle: Commerces}
  nb_rares: {libelle: "Commerces, {nb:un|plusieurs}", unite: "%", decimales: 1, parfois: true}
  part_*: {libelle: Part d'une ville, unite: "%"}
  seuil: {libelle: Seuil, choix: true}
  repris: {libelle: Repris, de: valeurs.nb_iris, certitude: "sur {nb} commerces"}
  cite: {libelle: Cité, document: "Insee : {seuil}", annee: "2021", certitude: ""}
  habitants: {libelle: Habitants, sources: du_calcul, certitude: ""}
  rho_*: {libelle: du_calcul, sources: [contours_iris], certitude: ""}
  comptes: {libelle: Lieux, collecte: fiches, annee: "2025", arrondi: true, parfois: true}
  deux: {libelle: Deux, collecte: du_calcul, document: du_calcul, annee: "2025", parfois: true}
  lots: {libelle: Lots, unite: tableau|tableaux, parfois: true}
  taux_*: {libelle: Taux, unite: du_calcul, parfois: true}
montre:
  par_type:
    titre: "Les {nb} commerces"
    ligne: Type
    colonnes:
      nom: {libelle: Nom, texte: true}
      "*": {decimales: 1, signe: true}
      part: {libelle: Part, unite: "%", manquant: –}
      rare: {libelle: Rare, parfois: true}
    sans_ligne: "**Aucun** commerce : le seuil est {seuil}."
    avant: Avant le tableau.
    lecture: il y en a {nb}
    champ: tout
    fait: valeurs.nb_iris
    certitude: "{certitude}"
  lus: {fait: comptes, lecture: "{comptes} lieux", champ: tous, certitude: "{certitude}"}
  fig-b: {pied: fig-a}
  fig-a: {lecture: une figure, sources: [contours_iris], certitude: exacte}
"""
UPSTREAM = Facts(
    [Fact("nb_iris", "IRIS", 5, "", 0, "2016 à 2022", "officiel", "Insee", "valeurs",
          certainty="sûr", datasets=(("bpe", "BPE"),))]
)  # fmt: skip


@pytest.fixture
def chapter(tmp_path, monkeypatch):
    """Return a chapter of the score, with the words above and one chapter upstream."""
    monkeypatch.setenv("DIAGALIM_RESULTS", str(tmp_path))
    monkeypatch.setattr(chapters, "words_of", lambda name: parse_words(WORDS, "notebooks/x.yml"))
    made = Chapter("score", "exemple")
    made.facts_of = lambda name: UPSTREAM
    made.cite("contours_iris")
    return made


ALL = {"nb": 3, "seuil": "2 %", "repris": np.int64(4), "cite": 2.5, "part_1": 10.0}


@pytest.fixture
def stated(chapter):
    chapter.cite("carreaux")
    chapter.state(ALL)
    chapter.state({"habitants": (9.0, 8.0, 10.0)}, sources=["contours_iris"], certainty="± 1")
    return chapter


@pytest.fixture
def displayed(monkeypatch):
    """Return the texts that a chapter shows, in order."""
    told = []
    keep = lambda thing: told.append(getattr(thing, "data", thing))  # noqa: E731
    for module in (shown, texte):
        monkeypatch.setattr(module, "display", keep)
    monkeypatch.setattr("diagalim.chapter.showing.display", keep)
    return told


def test_a_fact_is_what_its_words_say_of_a_number(stated):
    facts = stated.facts
    assert facts["nb"].label == "Commerces" and facts["nb"].certainty == "décompte exact"
    assert [key for key, _ in facts["nb"].datasets] == ["contours_iris", "carreaux"]
    assert facts["seuil"].nature == "choix" and facts["part_1"].text == "10\u00a0%"
    assert facts["repris"].value == 4 and isinstance(facts["repris"].value, int)
    assert (facts["repris"].year, facts["repris"].certainty) == ("2016 à 2022", "sur 3 commerces")
    assert (facts["cite"].nature, facts["cite"].source) == ("publié", "Insee : 2 %")
    assert facts["habitants"].interval == (8.0, 10.0) and facts["habitants"].certainty == "± 1"


def test_the_code_gives_by_name_what_the_words_leave_to_it(stated):
    names = {"rho_a": "Accord de a", "rho_b": "Accord de b"}
    stated.state({"rho_a": 0.5, "rho_b": 0.25}, label=names, certainty={"rho_a": "± 0,1"})
    assert stated.facts["rho_b"].label == "Accord de b"
    assert stated.facts["rho_a"].certainty == "± 0,1"
    assert stated.facts["rho_b"].certainty == "non mesurée"


def test_a_fact_that_is_a_number_here_and_words_there_takes_its_unit_from_the_code(stated):
    stated.state({"taux_a": 12.0, "taux_b": "entre 10 et 14 %"}, unit={"taux_a": "%"})
    assert stated.facts["taux_a"].text == "12\u00a0%"
    assert (stated.facts["taux_b"].text, stated.facts["taux_b"].unit) == ("entre 10 et 14 %", "")


@pytest.mark.parametrize(("count", "said"), [(0, "0\u00a0tableau"), (2, "2\u00a0tableaux")])
def test_a_unit_that_is_a_word_agrees_with_its_number(stated, count, said):
    stated.state({"lots": count})
    assert stated.facts["lots"].text == said


def test_what_is_counted_of_people_is_kept_as_it_is_shown(stated):
    stated.state({"comptes": (2.4, 1.6, 3.3)})
    fact = stated.facts["comptes"]
    assert (fact.value, fact.interval, fact.year) == (2.0, (2.0, 3.0), "2025")
    assert (fact.source, fact.nature) == ("fiches", "synthétique")


@pytest.mark.parametrize(
    ("origin", "nature"), [("collecte", "synthétique"), ("document", "publié")]
)
def test_a_fact_that_one_run_collects_and_another_quotes_has_the_origin_given(
    stated, origin, nature
):
    stated.state({"deux": 2}, **{origin: {"deux": "des fiches"}})
    assert (stated.facts["deux"].nature, stated.facts["deux"].source) == (nature, "des fiches")


def test_an_unknown_fact_is_refused_with_its_file_and_the_nearest_one(chapter):
    with pytest.raises(InputError, match="score.yml.*« seuils ».*vouliez-vous « seuil »"):
        chapter.state({"seuils": "2 %"})


def test_only_a_fact_that_may_lack_is_left_out(stated):
    stated.state({"nb_rares": None})
    assert "nb_rares" not in stated.facts
    with pytest.raises(InputError, match="faits.seuil.*parfois"):
        stated.state({"seuil": None})


def test_what_the_words_say_is_not_said_by_the_code_too(chapter):
    with pytest.raises(ValueError, match="nb.certitude is in the words"):
        chapter.state({"nb": 3}, certainty="exacte")


def test_a_dataset_whose_file_is_there_must_have_been_read(chapter):
    with pytest.raises(KeyError, match="carreaux"):
        chapter.state({"nb": 3})


def test_a_dataset_without_a_file_is_left_out(chapter, monkeypatch):
    monkeypatch.setattr(chapter, "find", lambda name: None)
    chapter.state({"nb": 3})
    assert [key for key, _ in chapter.facts["nb"].datasets] == ["contours_iris"]


def test_a_chapter_closes_with_all_that_it_declares_and_nothing_else(stated):
    stated.close()
    stated.choose("autre", "x", "Autre")
    with pytest.raises(InputError, match="« autre »"):
        stated.close()


def test_a_chapter_that_leaves_a_fact_out_does_not_close(chapter):
    chapter.state({"seuil": "2 %"})
    with pytest.raises(InputError) as caught:
        chapter.close()
    lost = {problem.value for problem in caught.value.problems}
    assert lost == {"nb", "repris", "cite", "habitants"}


def test_a_table_is_written_by_its_words():
    entry = parse_words(WORDS, "x").montre["par_type"]
    table = pd.DataFrame({"part": [1.26, np.nan], "x{y}": [2.0, -1.0], "nom": ["a", "b"]})
    text, aligned = written(table, entry)
    assert list(text.columns) == ["Nom", "x{y}", "Part"] and aligned == ("Nom",)
    assert text.iloc[0].tolist() == ["a", "+2,0", "1\u00a0%"]
    assert text.iloc[1].tolist() == ["b", "−1,0", "–"]


def test_a_column_declared_and_absent_or_there_and_not_declared_is_refused():
    entry = parse_words(WORDS.replace('"*": {', "x: {"), "x").montre["par_type"]
    with pytest.raises(ValueError, match=r"absent: \['x', 'part'\].*not declared: \['y'\]"):
        written(pd.DataFrame({"nom": ["a"], "y": [1]}), entry)


def test_a_column_that_is_published_reads_its_schema():
    words = "{part_population: {decimales: 0}, connus: {}, secret: {}}"
    text = f"montre: {{t: {{publie: couverture_indicateurs, fait: a, colonnes: {words}}}}}"
    entry = parse_words(text, "x").montre["t"]
    table = pd.DataFrame({"part_population": [12.34], "connus": [5], "secret": [2]})
    shown_as, _ = written(table, entry)
    fields = published_fields("couverture_indicateurs")
    heads = [fields[n].get("court", fields[n]["title"]) for n in table]
    assert list(shown_as.columns) == heads and shown_as.iloc[0].tolist() == ["12\u00a0%", "5", "2"]


TABLE = pd.DataFrame({"nom": ["a"], "part": [1.0]})


def test_a_foot_under_a_text_is_left_out_with_the_fact_that_the_text_quotes(stated, displayed):
    stated.foot_of("lus")
    assert displayed == []
    stated.state({"comptes": 2})
    stated.foot_of("lus")
    assert "2 lieux" in displayed[0]


def test_a_table_is_shown_with_its_title_what_stands_before_and_its_foot(stated, displayed):
    stated.show("par_type", TABLE)
    before, table, foot = displayed
    assert before == "Avant le tableau." and "<caption>Les 3 commerces</caption>" in table
    assert "il y en a 3" in foot and "sûr." in foot and "Insee (nature\u00a0: officiel)" in foot


def test_a_table_upright_has_one_line_a_column(stated, monkeypatch):
    made = []
    monkeypatch.setattr(shown, "html_table", lambda text, *_, **__: made.append(text) or "")
    entry = stated._words.montre["par_type"].model_copy(update={"debout": True})
    monkeypatch.setitem(stated._words.montre, "par_type", entry)
    stated.show("par_type", TABLE.set_axis(["Arles"]))
    assert made[0].index.tolist() == ["Nom", "Part"] and made[0]["Arles"].tolist()[0] == "a"


def test_an_empty_table_says_why_and_has_no_foot(stated, displayed):
    stated.show("par_type", TABLE.iloc[:0])
    assert displayed == ["**Aucun** commerce\u00a0: le seuil est 2\u00a0%."]


def test_a_figure_that_has_nothing_to_draw_is_no_figure_and_has_no_foot(stated, displayed):
    stated.show("fig-a", None)
    assert displayed == []
    stated.show("par_type", None)
    assert displayed == ["**Aucun** commerce\u00a0: le seuil est 2\u00a0%."]


def test_a_figure_is_drawn_kept_and_has_its_foot_in_one_call(stated, displayed):
    figure, axes = plt.subplots()
    axes.plot([0, 1])
    stated.show("fig-a", figure, scope="{nb} lieux")
    assert displayed[0] is figure and "3 lieux" in displayed[1]
    assert not plt.fignum_exists(figure.number) and "figures/fig-a.json" in stated._files
    with pytest.raises(ValueError, match="lecture is in the words"):
        stated.foot_of("fig-a", reading="autre", scope="x")


def test_the_foot_of_an_entry_may_leave_the_page_with_a_picture(stated):
    lines = [line.replace("\u00a0", " ") for line in stated.foot_lines("par_type", "nb")]
    assert lines[0] == "Lecture : il y en a 3." and lines[3] == "Certitude : décompte exact."
    assert lines[2].startswith("Source : ") and lines[2].endswith("(nature : synthétique).")


def test_what_has_the_foot_of_the_next_one_leaves_it_to_it(stated, displayed):
    stated.show("fig-b", plt.figure())
    assert len(displayed) == 1 and "figures/fig-b.json" not in stated._files
    stated.show("fig-a", plt.figure(), scope="tout")
    assert len(displayed) == 3 and "figures/fig-b.json" in stated._files


PROSE = """- Il y a **{nb} {nb:commerce|commerces}**,
  ici.
- Rares : {nb_rares}.

Une ville : {part_1} ; une autre : {part_2}.

Lu ailleurs : {valeurs.nb_iris} ({nb_iris:annee}).
"""


def test_prose_leaves_out_whole_what_quotes_a_fact_that_is_not_there(stated, displayed):
    stated.show_text(PROSE)
    assert displayed == ["- Il y a **3 commerces**,\n  ici.\n\nLu ailleurs\u00a0: 5 (2016 à 2022)."]
    stated.state({"nb_rares": 12.0, "part_2": 1.0})
    stated.show_text(PROSE)
    assert "- Rares\u00a0: 12,0\u00a0%.\n\nUne ville" in displayed[1]


def test_a_fact_that_this_run_lacks_is_not_taken_from_another_chapter(stated, displayed):
    UPSTREAM.add(replace(UPSTREAM["nb_iris"], id="nb_rares"))
    stated.show_text("- Rares : {nb_rares}.\n- Ailleurs : {valeurs.nb_rares}.")
    assert displayed == ["- Ailleurs\u00a0: 5."]


def test_prose_leaves_out_what_a_chapter_upstream_may_not_have_stated(stated, displayed):
    stated.show_text("- Cachées : {nb_valeurs_cachees}.\n- Et {valeurs.part_cachee}.\n- {nb_iris}.")
    assert displayed == ["- 5."]
    with pytest.raises(InputError):
        stated.show_text("- {valeurs.nb_decrits}, que chaque calcul énonce.")


def test_prose_without_any_of_its_facts_shows_nothing(stated, displayed):
    stated.show_text("- Rares : {nb_rares}.\n")
    assert displayed == []


def test_prose_that_quotes_no_fact_of_the_chapter_is_refused(stated):
    with pytest.raises(InputError, match="« nb_rare ».*vouliez-vous"):
        stated.show_text("{nb_rare}")


def test_a_cell_of_a_notebook_may_begin_with_the_magic(monkeypatch):
    shell, told = InteractiveShell(), []
    monkeypatch.setattr(texte, "get_ipython", lambda: shell)
    texte.register(told.append)
    shell.run_cell("%%texte\n- Il y a {nb} (l'été).\n").raise_error()
    assert told == ["- Il y a {nb} (l'été).\n"]
