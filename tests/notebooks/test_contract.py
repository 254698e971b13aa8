"""Rules that every source notebook keeps (DESIGN, notebook contract)."""

from __future__ import annotations

import ast
import json
import re
from functools import cache

import nbformat
import pytest
from papermill import inspect_notebook

from diagalim.pipeline.digests import PROSE
from diagalim.pipeline.parameters import declared_values
from diagalim.settings.plan import load_plan
from diagalim.settings.words_file import words_of
from diagalim.workspace.notebooks import all_notebooks
from diagalim.workspace.paths import project_root

PLAN = load_plan()
SOURCES = {path.stem: path for path in all_notebooks(project_root())}
MOST_LINES = 12
SHOWN = {"say", "points", "foot", "foot_from", "foot_published", "foot_told", "show_table"} | {
    "show",
    "foot_of",
}
"""Methods of a chapter whose text readers see."""

ALLOWED_DIGITS = re.compile(
    r"\]\([^)]*\)"  # target of a link
    r"|`[^`]*`"  # code
    r"|\$[^$]*\$"  # formula
    r"|\([A-Z][^()]*, [^()]*\d{4}\)|[A-Z]\w+ \d{4}\b"  # author and year
    r"|[Rr]ang 1\b|^\d\. "  # definition of the first rank; numbered list
    r"|Lambert-93|\d+e (?:au \d+e )?centile|D9/D1|de 1 à"  # names of statistics, « de 1 à … »
    r"|\{[^{}]*\}",  # a fact
    re.MULTILINE,
)


@cache
def notebook(name):
    return nbformat.read(SOURCES[name], as_version=4)


def code_cells(name):
    return [cell for cell in notebook(name).cells if cell.cell_type == "code"]


def is_prose(cell):
    return cell.source.partition("\n")[0] == PROSE


def python_of(cell):
    """Return the syntax tree of a code cell; an empty one where its lines are Markdown."""
    return ast.parse("" if is_prose(cell) else cell.source)


def test_every_notebook_is_in_the_plan_and_the_reverse():
    assert set(SOURCES) == set(PLAN)


@pytest.mark.parametrize("name", SOURCES)
def test_sources_carry_no_output(name):
    for cell in code_cells(name):
        assert not cell.outputs and cell.execution_count is None


@pytest.mark.parametrize("name", SOURCES)
def test_no_two_cells_have_the_same_name(name):
    cells = json.loads(SOURCES[name].read_text(encoding="utf-8"))["cells"]
    names = [cell["id"] for cell in cells]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("name", SOURCES)
def test_the_kernel_is_the_common_one(name):
    assert notebook(name).metadata.kernelspec.name == "python3"


@pytest.mark.parametrize("name", SOURCES)
def test_parameters_are_those_declared_simple_and_commented(name):
    first = code_cells(name)[0]
    assert "parameters" in first.metadata.tags
    lines = first.source.splitlines()
    assert all(re.fullmatch(r"\w+ = [^#]+  # [^=]+", line) for line in lines), lines
    for node in ast.parse(first.source).body:
        assert isinstance(ast.literal_eval(node.value), str | int | float | bool | list)
    inspected = inspect_notebook(str(SOURCES[name]))
    assert list(inspected) == PLAN[name].parametres


@pytest.mark.parametrize("name", SOURCES)
def test_the_default_territory_is_the_one_that_every_copy_of_the_project_holds(name):
    assert declared_values(SOURCES[name])["territoire"] == "exemple"


@pytest.mark.parametrize("name", SOURCES)
def test_text_reads_well_in_jupyterlab_too(name):
    """JupyterLab shows the directives of MyST as they are typed."""
    for cell in notebook(name).cells:
        if cell.cell_type == "markdown":
            assert not re.search(r"^\s*(:::|```\{|\(.*\)=$)|\{\w+\}`", cell.source, re.MULTILINE)


@pytest.mark.parametrize("name", [name for name in SOURCES if PLAN[name].lit])
def test_the_cell_that_may_compute_other_chapters_first_shows_nothing_else(name):
    """Its line « calcul en cours » is there or not: nbval must not compare it."""
    reading = [c for c in code_cells(name) if re.search(r"\.(table|facts_of)\(", c.source)]
    assert reading and "nbval-ignore-output" in reading[0].metadata.tags


@pytest.mark.parametrize("name", SOURCES)
def test_cells_are_short_and_define_nothing(name):
    for cell in code_cells(name):
        lines = [line for line in cell.source.splitlines() if line.strip()]
        assert len(lines) <= MOST_LINES, cell.source
        tree = python_of(cell)
        kinds = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Lambda)
        assert not [node for node in ast.walk(tree) if isinstance(node, kinds)], cell.source


@pytest.mark.parametrize("name", SOURCES)
def test_no_cell_ends_on_a_fact_that_would_be_printed_raw(name):
    for cell in code_cells(name):
        last = python_of(cell).body[-1:]
        call = getattr(last[0], "value", None) if last else None
        called = getattr(getattr(call, "func", None), "attr", "")
        # with a mapping alone `state` gives nothing back
        several = called == "state" and len(call.args) == 1
        printed = called in {"choose", "state", "quote", "count"} and not several
        assert not (printed and isinstance(last[0], ast.Expr)), cell.source


@pytest.mark.parametrize("name", SOURCES)
def test_a_chapter_that_is_not_computed_says_so(name):
    marked = [c for c in notebook(name).cells if "non-calcule" in c.metadata.get("tags", [])]
    assert len(marked) == 1 and "lancez `make report`" in marked[0].source


@pytest.mark.parametrize("name", SOURCES)
def test_every_figure_has_a_caption_a_name_and_an_alternative(name):
    for cell in code_cells(name):
        if re.search(r"^figure = ", cell.source, re.MULTILINE):
            said = cell.metadata.mystnb
            assert said.figure.caption and said.figure.name.startswith("fig-")
            assert len(said.image.alt) > 60, "an alternative says what the figure shows"


@pytest.mark.parametrize("name", [name for name in SOURCES if name in PLAN["donnees"].lit])
def test_every_figure_can_be_taken_away_under_the_name_of_its_cell(name):
    for cell in code_cells(name):
        # the map of the home page is that of the score, which hands it out
        if name != "accueil" and re.search(r"^\s*figure = ", cell.source, re.MULTILINE):
            keeping = r'chapter\.(?:keep_figure|show)\("([\w-]+)", figure\b'
            kept = re.findall(keeping, cell.source)
            assert kept == [cell.metadata.mystnb.figure.name], cell.source


def shown_text(name):
    """Text that readers see: prose, captions, words beside the notebook or passed to a chapter."""
    words = words_of(name)
    for shown in words.montre.values() if words else ():
        yield from (text for key, text in shown.texts() if not key.startswith("colonnes."))
    for cell in notebook(name).cells:
        if cell.cell_type == "markdown" or is_prose(cell):
            yield cell.source
            continue
        if "mystnb" in cell.metadata:
            yield cell.metadata.mystnb.figure.caption
            yield cell.metadata.mystnb.image.alt
        for node in ast.walk(python_of(cell)):
            called = getattr(getattr(node, "func", None), "attr", None)
            if isinstance(node, ast.Call) and called in SHOWN:
                for part in ast.walk(node):
                    words = getattr(part, "value", None)
                    if isinstance(part, ast.Constant) and isinstance(words, str) and " " in words:
                        yield words


@pytest.mark.parametrize("name", SOURCES)
def test_no_figure_is_typed_in_prose(name):
    for text in shown_text(name):
        left = ALLOWED_DIGITS.sub("", text)
        assert not re.search(r"\d", left), text


@pytest.mark.parametrize("name", SOURCES)
def test_no_sentence_counts_people_in_precarity(name):
    """The forbidden forms of METHODS 3.5, outside of sentences that refuse them."""
    for text in shown_text(name):
        for match in re.finditer(r"(personnes?|habitants?) (en|dans la) précarité", text):
            before = text[max(0, match.start() - 60) : match.start()]
            assert re.search(r"\b(pas|ni|aucune|beaucoup de)\b", before), text
        assert "quartier à problème" not in text and "le plus pauvre" not in text
        assert "la plupart des habitants" not in text.lower(), "nothing here measures it"


OPEN, CLOSED = "show", "foot"


def calls(tree):
    """Names of the methods and functions called, in the order of the text."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    found.sort(key=lambda node: (node.func.end_lineno, node.func.end_col_offset))
    return [getattr(node.func, "attr", getattr(node.func, "id", "")) for node in found]


@cache
def footless_helpers():
    """Functions that show a table to readers and leave its foot to who calls them."""
    names = set()
    rooms = (project_root() / "src/diagalim" / room for room in ("chapter", "report", "map"))
    for path in sorted(path for room in rooms for path in room.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                inside = [
                    name
                    for name in calls(ast.parse(ast.unparse(node)))
                    if shows(name) or foots(name)
                ]
                if inside and shows(inside[-1]):
                    names.add(node.name)
                followed = zip(inside, inside[1:], strict=False)
                twice = any(shows(first) and shows(second) for first, second in followed)
                assert not twice, f"{path.name}, {node.name}: a table without its foot"
    return names


def shows(name):
    return name in {"show_table", "keep_figure"}  # `show` gives the foot too


def foots(name):
    return re.fullmatch(r"_?foot(_from|_published|_collected|_told|_of)?", name) is not None


def shown_and_foots(name):
    """Each table, figure and foot of a notebook, in order: rank and id of its cell, what it is."""
    helpers = footless_helpers()
    for rank, cell in enumerate(code_cells(name)):
        for called in calls(python_of(cell)):
            if shows(called) or called in helpers:
                yield rank, cell.id, OPEN
            elif foots(called):
                yield rank, cell.id, CLOSED


@pytest.mark.parametrize("name", SOURCES)
def test_every_table_and_figure_has_its_foot_before_anything_else_is_shown(name):
    """In its own cell or the next one: nothing shares the foot of another."""
    met = list(shown_and_foots(name))
    for place, (rank, cell, kind) in enumerate(met):
        if kind == CLOSED:
            continue
        after = met[place + 1 :]
        same = [step for step in after if step[1] == cell]
        following = same[0] if same else after[0] if after else (None, None, "nothing")
        assert following[2] == CLOSED and following[0] - rank <= 1, f"{cell}: no foot"
