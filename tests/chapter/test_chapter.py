"""A chapter reads only what it declares, and leaves its results whole or not at all."""

from __future__ import annotations

import re
import subprocess

import pandas as pd
import pytest

from diagalim.chapter import upstream
from diagalim.chapter.chapter import open_chapter
from diagalim.chapter.facts import Fact, Facts
from diagalim.chapter.foot import cited, foot_html, foot_text, linked
from diagalim.chapter.inputs import REAL_ONLY, Declared
from diagalim.settings.plan import load_plan
from diagalim.settings.registry import Edition, Pattern
from diagalim.settings.territory_file import load_territory
from diagalim.sources.registry import Resolved, load_sources
from diagalim.workspace.results import are_whole, write_manifest


@pytest.fixture
def results(tmp_path, monkeypatch):
    monkeypatch.setenv("DIAGALIM_RESULTS", str(tmp_path))
    return tmp_path


def test_an_undeclared_source_is_refused_before_it_is_read(results):
    chapter = open_chapter("carte", "13")
    with pytest.raises(PermissionError, match="filosofi_iris.*sources.*chapters.yml"):
        chapter.read("filosofi_iris")


def test_a_source_read_upstream_is_cited_as_if_it_were_read(results):
    chapter = open_chapter("score", "exemple")
    chapter.cite("contours_iris", "filosofi_iris")
    assert chapter.used() == ["contours_iris", "filosofi_iris"]
    assert chapter.resolved("filosofi_iris") == chapter.find("filosofi_iris")
    with pytest.raises(PermissionError, match="bpe.*sources.*chapters.yml"):
        chapter.cite("bpe")


def test_a_source_without_a_file_cannot_be_cited(results, monkeypatch):
    chapter = open_chapter("score", "exemple")
    monkeypatch.setattr(chapter, "find", lambda name: None)
    with pytest.raises(ValueError, match="carreaux"):
        chapter.cite("carreaux")


def test_a_table_that_a_chapter_did_not_leave_may_be_asked_for(results, runs):
    made = results / "score"
    made.mkdir()
    pd.DataFrame({"a": [1]}).to_parquet(made / "iris.parquet")
    write_manifest(made)
    chapter = open_chapter("sensibilite", "exemple")
    assert chapter.table_if_there("score", "lieux") is None
    assert chapter.table_if_there("score", "iris")["a"].tolist() == [1]


def test_an_undeclared_chapter_is_refused(results):
    with pytest.raises(PermissionError, match="contexte"):
        open_chapter("carte", "13").facts_of("contexte")


def test_an_undeclared_key_of_the_territory_is_refused():
    view = Declared(load_territory("13"), ["nom"], "carte")
    assert view.nom == "Bouches-du-Rhône"
    with pytest.raises(PermissionError, match="'score'"):
        _ = view.score


def test_nothing_is_written_until_the_chapter_closes(results):
    chapter = open_chapter("carte", "13")
    chapter.keep("table", pd.DataFrame({"a": [1]}))
    assert list(results.iterdir()) == []
    chapter.close()
    written = sorted(p.name for p in (results / "carte").iterdir())
    assert written == ["facts.json", "manifest.json", "table.parquet"]
    assert are_whole(results / "carte")


def test_a_second_close_replaces_the_whole_folder(results):
    first = open_chapter("carte", "13")
    first.keep("old", pd.DataFrame({"a": [1]}))
    first.close()
    open_chapter("carte", "13").close()
    assert sorted(p.name for p in (results / "carte").iterdir()) == ["facts.json", "manifest.json"]
    assert are_whole(results / "carte")


@pytest.fixture
def runs(tmp_path, monkeypatch):
    """Return the chapters that a notebook has computed, each leaving one fact, without running."""
    asked = []

    def run(words, **options):
        names = words[words.index("chapter") + 1 : words.index("--territoire")]
        asked.append((*names, words[-1], "DIAGALIM_RESULTS" in options["env"]))
        for name in names:
            made = tmp_path / "_build" / "results" / name
            made.mkdir(parents=True)
            (made / "facts.json").write_text("[]", encoding="utf-8")
            write_manifest(made)
        return subprocess.CompletedProcess(words, 0, "", "")

    monkeypatch.setattr(upstream, "build_dir", lambda code: tmp_path / "_build")
    monkeypatch.setattr(upstream.subprocess, "run", run)
    return asked


def test_missing_chapter_is_computed_first_and_said_in_one_line(
    tmp_path, monkeypatch, capsys, runs
):
    monkeypatch.setenv("DIAGALIM_RESULTS", str(tmp_path / "neuf"))
    chapter = open_chapter("sensibilite", "exemple")
    chapter.facts_of("score")
    chapter.facts_of("score")
    assert runs == [("score", "exemple", False)]
    line = "Le chapitre score n'est pas encore calculé : calcul en cours.\n"
    assert capsys.readouterr().out == line
    assert are_whole(tmp_path / "neuf" / "score")


def test_all_the_missing_chapters_are_computed_by_one_command_and_said_in_a_line_each(
    results, capsys, runs
):
    name, entry = next((n, e) for n, e in load_plan().items() if len(e.lit) > 2)
    made = results / entry.lit[0]
    made.mkdir()
    (made / "facts.json").write_text("[]", encoding="utf-8")
    write_manifest(made)
    chapter = open_chapter(name, "exemple")
    for read in entry.lit:
        chapter.facts_of(read)
    assert runs == [(*entry.lit[1:], "exemple", False)]
    assert capsys.readouterr().out.count("calcul en cours.\n") == len(entry.lit) - 1


def test_chapter_cut_by_a_power_failure_is_not_read(results, runs):
    folder = results / "score"
    folder.mkdir()
    (folder / "facts.json").write_text("[", encoding="utf-8")
    open_chapter("sensibilite", "exemple").facts_of("score")
    assert [name for name, *_ in runs] == ["score"]


def test_chapter_that_cannot_be_computed_says_why(results, monkeypatch):
    failed = subprocess.CompletedProcess([], 2, "", "x.csv — ligne 2 : lu « abc »")
    monkeypatch.setattr(upstream.subprocess, "run", lambda words, **options: failed)
    with pytest.raises(RuntimeError, match="n'a pas pu être calculé :\nx.csv — ligne 2"):
        open_chapter("carte", "exemple").facts_of("score")


def test_the_same_table_name_twice_is_refused(results):
    chapter = open_chapter("carte", "13")
    chapter.keep("table", pd.DataFrame({"a": [1]}))
    with pytest.raises(ValueError, match="already keeps"):
        chapter.keep("table", pd.DataFrame({"a": [2]}))


def resolved(source: str, nature: str) -> Resolved:
    edition = Edition(millesime=2021, fichiers=[])
    pattern = Pattern(motif="", nature=nature, format="x")
    return Resolved(source, None, load_sources()[source], edition, pattern)


def test_the_weakest_nature_of_several_sources_is_the_one_stated(results):
    chapter = open_chapter("contexte", "13")
    chapter._used = {
        "filosofi_iris": resolved("filosofi_iris", "officiel"),
        "populations_legales": resolved("populations_legales", "repris"),
    }
    fact = chapter.state("x", 1, "", "x", ["filosofi_iris", "populations_legales"])
    assert (fact.nature, fact.year) == ("repris", "2021")


def test_the_source_of_a_foot_links_to_its_entry_and_says_the_terms_once():
    used = [resolved("filosofi_iris", "repris"), resolved("populations_legales", "repris")]
    made = cited(used, linked=True)
    assert "<a" not in cited(used)
    assert 'href="../methode/sources.html#filosofi_iris"' in made
    assert made.count("Licence Ouverte 2.0") == 1
    assert made.count("donnée reprise d'une source secondaire") == 1
    assert "date de mise à jour non connue" in made


def links(count):
    return [f'<a href="../methode/sources.html#{n}">Jeu {n}</a>' for n in range(count)]


def parts_of(made):
    """What a screen shows at once, what it unfolds, and what paper adds to the first."""
    unfolds = re.search(r"<details.*?<span>(.*?)</span></details>", made).group(1)
    paper = re.search(r"<span[^>]* hidden>(.*?)</span>", made).group(1)
    at_once = re.sub(r"<details.*?</details>|<span[^>]* hidden>.*?</span>", "", made)
    return at_once, unfolds, paper


def test_a_long_list_of_datasets_is_folded_after_three_and_whole_on_paper():
    made = foot_html("l", "c", f"{' · '.join(links(10))} (Licence)", "x")
    at_once, unfolds, paper = parts_of(made)
    assert made.startswith("<div") and made.endswith("</div>")
    assert [n for n in range(10) if f"#{n}" in at_once] == [0, 1, 2]
    assert [n for n in range(10) if f"#{n}" in unfolds] == list(range(3, 10))
    assert "<summary>et 7\u00a0autres jeux</summary>" in made
    assert paper == f"· {unfolds}" and unfolds.endswith("</a> (Licence).")
    assert at_once.index("Source") < at_once.index("Certitude")


def test_a_fold_leaves_the_terms_with_the_dataset_that_they_close():
    several = links(6)
    made = foot_html(
        "l", "c", f"{' · '.join(several[:3])} (A) ; {' · '.join(several[3:])} (B)", "x"
    )
    at_once, unfolds, paper = parts_of(made)
    assert "(A)" in at_once and "(B)" not in at_once and ";" not in at_once
    assert unfolds.startswith("<a ") and unfolds.endswith("(B).")
    assert paper.startswith("\u202f; <a ")


@pytest.mark.parametrize("count", [0, 1, 3, 4])
def test_a_short_list_of_datasets_is_not_folded(count):
    made = foot_html("l", "c", f"{' · '.join(links(count))} (Licence)", "x")
    assert made.startswith("<p") and "<details" not in made and "hidden" not in made
    assert made.count("<a ") == count


def test_what_leaves_the_page_names_every_dataset_once():
    said = foot_text("l", "c", f"{' · '.join(links(9))} (Licence)", "x")["Source"]
    assert said == f"{' · '.join(f'Jeu {n}' for n in range(9))} (Licence)."


def test_a_quoted_figure_is_marked_as_published(results):
    fact = open_chapter("carte", "13").quote("s", 1158, "€", "Seuil", year=2021, source="Insee")
    assert isinstance(fact, Fact) and fact.nature == "publié"
    assert "non vérifié" in fact.certainty


HOSTILE = "<img src=x onerror=alert(1)> *gras* {nom}"


def test_a_hostile_name_shows_as_text_in_a_sentence_and_in_a_foot(results, capsys):
    chapter = open_chapter("carte", "13")
    chapter.choose("nom", HOSTILE, "Nom")
    said = chapter._said(["À **{nom}**"], None)[0]
    assert said == r"À **&lt;img src=x onerror=alert(1)&gt; \*gras\* {nom}**"
    made = foot_html(chapter.facts.fill("{nom}"), "x", "y", "z")
    assert "<img" not in made and "&lt;img" in made


def test_the_names_of_the_territory_may_be_quoted(results):
    chapter = open_chapter("carte", "13")
    assert chapter.facts.fill("{territoire_dans}") == "dans les Bouches-du-Rhône"
    assert chapter.facts["fichier_territoire"].text == "data/territories/13.yml"


def test_the_source_of_a_fact_of_another_chapter_links_to_its_entry():
    found = resolved("filosofi_iris", "repris")
    made = linked(cited([found]), ((found.id, found.name),))
    link = '<a href="../methode/sources.html#filosofi_iris">'
    assert made.startswith(f"{link}Insee, Filosofi par IRIS 2021</a>")


@pytest.mark.parametrize("name", REAL_ONLY)
def test_a_page_of_a_real_department_refuses_a_made_up_figure(name, results):
    before = load_plan()[name].lit[-1]
    (results / before).mkdir()
    made_up = Fact("nb", "Nombre", 3, "", 0, "2024", "synthétique", "essai", before)
    Facts([made_up]).write(results / before / "facts.json")
    write_manifest(results / before)
    with pytest.raises(ValueError, match=f"{name} shows no synthetic figure.*nb"):
        open_chapter(name, "13").facts_of(before)
    assert "nb" in open_chapter(name, "exemple").facts_of(before)


def test_a_dataset_behind_both_chapters_is_named_once_in_a_derived_fact(results):
    made = open_chapter("score", "exemple")
    made.read("contours_iris")
    first = made.state("exposes", 2000, "habitants", "Exposés", ["contours_iris"])
    chapter = open_chapter("profils", "exemple")
    chapter.read("carreaux")
    also = [made.resolved("contours_iris"), chapter.resolved("carreaux")]
    fact = chapter.derive("accord", 0.9, "Accord", first, decimals=2, also=also)
    assert [key for key, _ in fact.datasets] == ["contours_iris", "carreaux"]
    assert fact.source.startswith(first.source) and fact.source.count(also[0].name) == 1
    assert fact.nature == "synthétique" and fact.notebook == "profils"
    same = chapter.derive("autre", 1, "Autre", first)
    assert same.source == first.source and same.datasets == first.datasets
