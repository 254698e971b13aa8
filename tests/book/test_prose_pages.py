"""Pages of prose: in the contents, with links, commands and names that exist, and true examples.

A page of method ages without a sound. What can be compared with the code is compared here: a
command, a key of a setting, a module, a worked example, and the chapters said to be still to come.
"""

from __future__ import annotations

import importlib
import re
import runpy

import pandas as pd
import pytest
import yaml
from typer.main import get_command

from diagalim.analysis.context.framing import pooled_rate
from diagalim.analysis.context.rules import KINDS
from diagalim.analysis.context.whole_cases import fractions
from diagalim.analysis.coordination.instances import animation_cost
from diagalim.analysis.coordination.recommendations import Proof, strength
from diagalim.analysis.disclosure.audit import intervals
from diagalim.analysis.disclosure.relations import table_relations
from diagalim.analysis.offer.freshness import FRESH, STALE, VERY_STALE, freshness
from diagalim.analysis.offer.shops import HERE, NEXT_DOOR, NONE, under_equipment
from diagalim.analysis.score.composite import Weights, composite
from diagalim.analysis.score.method import INNER, OUTER, Method
from diagalim.analysis.score.normalisation import NORMALISATIONS, percentile
from diagalim.analysis.score.treatment import TREATMENTS
from diagalim.analysis.survey.estimation import random_response, share
from diagalim.cli.commands import app
from diagalim.site.inspection import pages_of, read_toc
from diagalim.wording import french
from diagalim.workspace.notebooks import notebook_of
from diagalim.workspace.paths import project_root

ROOT = project_root()
PAGES = {p.relative_to(ROOT).as_posix(): p for p in sorted((ROOT / "book").rglob("*.md"))}
COMMANDS = get_command(app).commands
ALLOWED_RATES = {"60 %", "85 %", "95 %"}
"""Definitions: threshold of poverty, rule of dominance, confidence of an interval."""
CHAPTERS = {"book/methode/offre.md": "inventaire", "book/methode/publics.md": "remontees"}
"""Pages that say how far a chapter has come, and its notebook."""
FORBIDDEN = re.compile(
    r"quartiers? (?:à problèmes?|pauvres?|sensibles?)|bénéficiaires pauvres|\bles pauvres\b"
    r"|(?:le|les) plus pauvres?\b|personnes (?:en|dans la) précarité"
    r"|la plupart (?:des habitants|ne sont)",
    re.IGNORECASE,
)
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$\n]*\$", re.DOTALL)
EXAMPLE = re.compile(r"^:::\{admonition\} Exemple inventé\n.*?^:::$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")

each_page = pytest.mark.parametrize("name", PAGES)


def text_of(name):
    return PAGES[name].read_text(encoding="utf-8")


def plain(text):
    """Return a text with ordinary spaces, as tests are typed."""
    return text.replace(french.NO_BREAK, " ").replace(french.NARROW, " ")


def example_of(name):
    """Return the invented example of a page."""
    return plain("\n".join(EXAMPLE.findall(text_of(f"book/methode/{name}.md"))))


def commands_of(text):
    """Return the command lines that a text quotes, in blocks and in sentences."""
    blocks = [line for block in FENCE.findall(text) for line in block.splitlines()[1:-1]]
    return [*blocks, *re.findall(r"`([^`\n]+)`", FENCE.sub("", text))]


def test_every_page_is_in_the_contents_and_the_reverse():
    listed = {f"{page}.md" for page in pages_of(read_toc(ROOT / "_toc.yml")) if "book/" in page}
    assert listed == set(PAGES)


@each_page
def test_every_internal_link_leads_to_a_file(name):
    targets = [link for link in LINK.findall(text_of(name)) if "://" not in link]
    lost = [link for link in targets if not (PAGES[name].parent / link).is_file()]
    assert lost == []


@each_page
def test_no_rate_is_typed_outside_of_definitions_and_invented_examples(name):
    text = FORMULA.sub("", FENCE.sub("", EXAMPLE.sub("", text_of(name))))
    assert set(re.findall(r"[\d.,]*\d %", plain(text))) <= ALLOWED_RATES


@each_page
def test_no_forbidden_word_is_written(name):
    assert FORBIDDEN.findall(plain(text_of(name))) == []


@each_page
def test_every_command_of_the_project_exists_with_its_options(name):
    for line in commands_of(text_of(name)):
        if match := re.fullmatch(r"diagalim ([a-z]+)(.*)", line):
            command = COMMANDS[match[1]]
            known = {option for given in command.params for option in given.opts} | {"--help"}
            assert set(re.findall(r"--?[a-z]+", match[2])) <= known, line


@each_page
def test_every_target_of_make_and_of_the_script_exists(name, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[1].split()
    script = runpy.run_path(str(ROOT / "scripts" / "bootstrap.py"))["COMMANDS"]
    for line in commands_of(text_of(name)):
        if match := re.match(r"make (\S+)", line):
            assert match[1] in phony, line
        if match := re.match(r"py scripts/bootstrap\.py (\S+)", line):
            assert match[1] in script, line


@each_page
def test_every_file_and_module_of_the_project_that_is_named_exists(name):
    for quoted in commands_of(text_of(name)):
        if re.fullmatch(r"(data|src)/[\w./-]+", quoted):
            # the folder of official files belongs to the user
            assert quoted == "data/officiel/" or (ROOT / quoted).exists(), quoted
        if re.fullmatch(r"diagalim(\.\w+)+", quoted):
            importlib.import_module(quoted)


@each_page
def test_every_key_of_the_territory_file_that_is_named_exists(name):
    settings = yaml.safe_load((ROOT / "data/territories/13.yml").read_text(encoding="utf-8"))
    for key in re.findall(r"`seuils\.(\w+)`", text_of(name)):
        assert key in settings["seuils"]
    for key in re.findall(r"clé `(\w+)`", text_of(name)):
        assert key in settings


@pytest.mark.parametrize(("name", "notebook"), CHAPTERS.items())
def test_a_chapter_is_said_to_come_as_long_as_its_notebook_does_not_exist(name, notebook):
    made = notebook_of(ROOT, notebook).is_file()
    assert ("Chapitre à venir" in text_of(name)) is not made
    row = next(
        line
        for line in text_of("book/methode/index.md").splitlines()
        if f"({name.rsplit('/')[-1]})" in line
    )
    assert ("chapitre à venir" in row) is not made


def test_the_table_of_rules_lists_the_rules_of_the_code():
    text = text_of("book/methode/chiffres-publies.md")
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == set(KINDS)


def test_every_entry_of_the_bibliography_is_cited_and_the_reverse():
    entries = re.findall(r"^@\w+\{(\w+),", (ROOT / "book/references.bib").read_text(), re.MULTILINE)
    cited = {key for name in PAGES for key in re.findall(r"\{cite\}`(\w+)`", text_of(name))}
    assert cited == set(entries)


def test_the_example_of_the_score_is_what_the_engine_gives():
    values = pd.DataFrame(
        {"pauvrete": [10.0, 20, 20, 40], "seules": [30.0, 10, 20, 40]}, index=list("ABCD")
    )
    result = composite(
        values,
        {"pauvrete": 1, "seules": 1},
        Weights({"r": 1.0, "m": 1.0}, {"r": {"pauvrete": 1.0}, "m": {"seules": 1.0}}),
        scorable=pd.Series(True, values.index),
        known_weight=0.5,
        least_dimensions=2,
        required="r",
    )
    for place, score in result.score.items():
        first, second = (f"{value:g}".replace(".", ",") for value in result.normalised.loc[place])
        written = f"{score:g}".replace(".", ",")
        assert f"| {place} | {first} et {second} | **{written}** |" in example_of("score")
    assert result.reference.tolist() == [50, 50]
    assert result.contributions.loc["D"].tolist() == [18.75, 18.75]


def test_the_example_of_the_context_is_what_the_code_gives():
    rates, persons = pd.Series([20.0, 10.0, None]), pd.Series([1000.0, 3000.0, 1000.0])
    rate = pooled_rate(rates, persons, half_rounding=0.5)
    text = example_of("contexte")
    assert f"{rate.published_only:.1f} %".replace(".", ",") in text
    for low, high in (rate.certain, rate.plausible):
        assert f"entre {low:.1f} et {high:.1f} %".replace(".", ",") in text


def test_the_example_of_the_survey_is_what_the_code_gives():
    text = example_of("enquete")
    corrected, plain_share = share(12, 40, 80), share(12, 40)
    assert f"de {100 * corrected.low:.0f} à {100 * corrected.high:.0f} %" in text
    assert f"de {100 * plain_share.low:.0f} à {100 * plain_share.high:.0f} %" in text
    low, high = random_response(0.3, 0.5)
    assert f"entre {100 * low:.0f} et {100 * high:.0f} %" in text


def test_the_example_of_confidentiality_is_what_the_audit_gives():
    table = pd.DataFrame({"Oui": [2, 9], "Non": [11, 14]}, index=["Centre", "Sud"])
    relations, cell = table_relations(table), ("", "Centre", "Oui")
    alone = intervals(relations, [cell])[cell]
    middle = [("", row, column) for row in table.index for column in table.columns]
    together = intervals(relations, middle, least=1)[cell]
    assert alone == (2, 2)
    assert f"de **{together.low:g} à {together.high:g}**" in example_of("confidentialite")


def test_the_example_of_published_figures_is_what_the_rule_gives():
    text = example_of("chiffres-publies")
    assert fractions(34, [6]) == [] and fractions(43, [7]) == [(3, 7)]
    top, base = next(ways[0] for n in range(1, 100) if (ways := fractions(34, [n])))
    assert f"{base} membres ({top:g} sur {base})" in text


def test_the_example_of_the_coordination_is_what_the_code_gives():
    text = example_of("coordination")
    low, high = animation_cost((0.1, 0.3), 40_000, 2)
    costs = [plain(french.number(cost)) for cost in (low, high)]
    assert f"entre {costs[0]} et {costs[1]} €" in text
    taken = Proof("a", "1", "a", "repris", "non mesurée")
    exact = Proof("b", "2", "b", "officiel", "décompte exact")
    invented = Proof("c", "3", "c", "synthétique", "décompte exact")
    found = [strength(proofs) for proofs in ([taken, exact], [taken], [invented])]
    assert re.findall(r": \*\*([^*]+)\*\*\.", text)[-2:] == found[1:]
    assert f"fichier de producteur : **{found[0]}**" in text


def test_the_example_of_the_offer_is_what_the_code_gives():
    pairs = pd.DataFrame({"iris": list("ABBCCD"), "voisin": list("BACBDC")})
    levels = under_equipment(pd.Series([1, 0, 0, 0], list("ABCD")), pairs)
    assert levels.tolist() == [HERE, NEXT_DOOR, NONE, NONE]
    today = pd.Timestamp("2026-11-01")
    checked = pd.Series([today - pd.DateOffset(months=months) for months in (8, 14, 36)])
    assert freshness(checked, today).tolist() == [FRESH, STALE, VERY_STALE]
    assert "8 mois est à jour ; il y a 14 mois, périmé ; il y a 3 ans, très périmé" in example_of(
        "offre"
    )


def test_the_page_of_the_score_counts_the_methods_that_the_engine_knows():
    words = {3: "trois", 6: "six", 9: "neuf"}
    said = plain(text_of("book/methode/score.md"))
    for count, noun in (
        (len(TREATMENTS), "traitements"),
        (len(NORMALISATIONS), "normalisations"),
        (len(INNER) + len(OUTER), "agrégations"),
        (len(INNER), "dans une dimension"),
        (len(OUTER), "entre dimensions"),
    ):
        assert f"{words[count]} {noun}" in said, noun
    published = Method()
    assert (published.treatment, published.normalisation) == ("aucun", "percentile")
    assert published.inner == published.outer == "arithmetic"


def test_a_constant_indicator_is_worth_what_the_page_of_the_score_says():
    assert percentile([[7.0], [7.0], [7.0]]).ravel().tolist() == [50.0] * 3
    assert "il vaut 50 centiles" in plain(text_of("book/methode/score.md"))
