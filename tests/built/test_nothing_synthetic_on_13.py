"""Nothing made up passes for real, and no real name stands beside a made-up figure.

On 13: no chapter states a synthetic fact, and no name of the fictitious department stands in what
is built of the home page, the recommendations, the map and the chapters that they read. On the
fictitious department: wherever a chapter holds a synthetic figure, its page, its widgets and
its results say no name of a commune, a group of communes, the department or the region of 13
outside the code of the cells. No page of it names them at all, but to cite the study:
`test_nothing_of_the_first_study`.
"""

from __future__ import annotations

import re

import pytest

from diagalim.chapter.facts import Facts, read_facts
from diagalim.settings.plan import load_plan
from diagalim.settings.territory_file import load_territory
from diagalim.sources.datasets import read
from diagalim.sources.registry import find
from diagalim.workspace.notebooks import page_of
from diagalim.workspace.paths import build_dir, project_root

pytestmark = pytest.mark.site

SHOWN_FIRST = ("accueil", "carte", "recommandations")
WORD = re.compile(r"\w+")
CODE = re.compile(r"<pre>.*?</pre>", re.DOTALL)


def facts_by_chapter(code: str) -> dict[str, Facts]:
    files = sorted((build_dir(code) / "results").glob("*/facts.json"))
    return {file.parent.name: read_facts(file) for file in files}


def page_name(chapter: str) -> str:
    return f"html/{page_of(project_root(), chapter)}.html"


def parts_of(chapter: str, names) -> list[str]:
    """Return what was built of a chapter: page and results."""
    return [
        name
        for name in names
        if name == page_name(chapter) or name.startswith(f"results/{chapter}/")
    ]


def names_said(names: set[str], text: str, plain) -> set[str]:
    """Return the names that stand in a text as whole words."""
    words = set(WORD.findall(text))
    read = {name: plain(name) for name in names}
    return {
        name
        for name, said in read.items()
        if words.issuperset(WORD.findall(said))
        and re.search(rf"(?<![\w-]){re.escape(said)}(?![\w-])", text)
    }


@pytest.fixture(scope="module")
def made_up_names() -> set[str]:
    exemple = load_territory("exemple")
    names = {exemple.nom, exemple.region.nom, *exemple.epci.values()}
    outlines = read("contours_iris", exemple)[0]
    return names | set(outlines["nom_commune"]) | {city.nom for city in exemple.communes_focus}


@pytest.fixture(scope="module")
def real_names() -> set[str]:
    """Names of 13: of the study, and of every commune where the official outlines are."""
    first = load_territory("13")
    names = {first.nom, first.region.nom, *first.epci.values()}
    names |= {city.nom for city in first.communes_focus}
    assert {"Marseille", "Arles", "Aubagne", "Aix-en-Provence"} <= names
    if find("contours_iris", first) is not None:
        names |= set(read("contours_iris", first)[0]["nom_commune"])
    return names


def test_no_chapter_of_13_states_a_synthetic_fact(files_of_13):
    stated = facts_by_chapter("13")
    assert set(stated) == set(load_plan())
    assert [
        (c, f.id) for c, facts in stated.items() for f in facts if f.nature == "synthétique"
    ] == []


@pytest.mark.parametrize("chapter", SHOWN_FIRST)
def test_no_made_up_place_is_shown_on_13(chapter, files_of_13, made_up_names, open_text):
    read_there = [chapter, *load_plan()[chapter].lit]
    parts = [part for name in read_there for part in parts_of(name, files_of_13.texts)]
    assert page_name(chapter) in parts
    for part in parts:
        assert names_said(made_up_names, files_of_13.texts[part], open_text[2]) == set(), part


def test_no_real_place_is_named_where_a_synthetic_figure_stands(
    fictitious_site, fictitious_files, real_names, open_text
):
    make, texts_in, plain = open_text
    stated = facts_by_chapter(fictitious_site.code)
    held = {c for c, facts in stated.items() if any(f.nature == "synthétique" for f in facts)}
    assert {"contexte", "score", "commerces", "inventaire", "resultats", "remontees"} <= held
    for chapter in held | {"accueil", "carte"}:  # they show figures of the score
        page = fictitious_site.page(chapter)
        shown = make([("page", CODE.sub("", page.read_text(encoding="utf-8")))]).texts["page"]
        assert names_said(real_names, shown, plain) == set(), chapter
        for part in parts_of(chapter, fictitious_files.texts):
            if part.startswith("results/"):
                said = names_said(real_names, fictitious_files.texts[part], plain)
                assert said == set(), part


def test_the_search_finds_a_real_name_beside_a_made_up_figure(
    fictitious_site, real_names, open_text
):
    make, _, plain = open_text
    page = fictitious_site.page("contexte").read_text(encoding="utf-8")
    copy = page.replace("</article>", "<td>Arles</td><td>12</td></article>")
    shown = make([("page", CODE.sub("", copy))]).texts["page"]
    assert names_said(real_names, shown, plain) == {"Arles"}
