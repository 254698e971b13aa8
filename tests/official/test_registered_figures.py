"""On the files of department 13, which registered figures does the report confirm?"""

from __future__ import annotations

import pandas as pd
import pytest

from diagalim.analysis.context import framing, published
from diagalim.analysis.context.verification import verify
from diagalim.report.chiffres.figures import findings
from diagalim.sources.datasets import read
from diagalim.sources.documents import RULES_FILE, read_amounts, read_published, rules_path
from diagalim.sources.official.filosofi import COMMUNE_HALF_WIDTH
from diagalim.sources.rules import parse_rules

CONFIRMED = {"S0-019", "S0-020", "S0-021", "S0-022", "S0-024", "S0-025", "S0-026", "S0-031"}
"""METHODS 2.2: the four shares, three rates and the interdecile ratio of Aubagne."""
GAPS = {"S0-013", "S0-014", "S0-015", "S0-016", "S0-017", "S0-029", "S0-030", "S0-032"}
"""METHODS 2.2: the populations are those of another year, three ratios differ."""


@pytest.fixture(scope="module")
def figures(bouches_du_rhone) -> pd.DataFrame:
    legal = read("populations_legales", bouches_du_rhone)[0].set_index("code")
    table, resolved = read("filosofi_communes", bouches_du_rhone)
    incomes = framing.commune_incomes(table, resolved.vintage)
    region = framing.commune_incomes(
        read(
            "filosofi_communes",
            bouches_du_rhone,
            "diagalim.sources.official.filosofi.read_communes_region",
        )[0],
        resolved.vintage,
    )
    cities = {c.nom: (c.code, c.codes) for c in bouches_du_rhone.communes_focus}
    districts = framing.district_codes(c.arrondissements for c in bouches_du_rhone.communes_focus)
    framed = framing.framing_table(cities, legal["valeur"], incomes)
    whole = {"D13": incomes, "R93": region}
    rates = framing.pooled_rates(whole, districts, COMMUNE_HALF_WIDTH)
    printed = read_amounts("cadrage")
    printed = published.of_territory(printed, [*framed["code"], *rates])
    checked = published.compare(
        printed, framing.recomputed(framed, legal["valeur"].sum(), rates, "D13")
    )
    rules = parse_rules(rules_path().read_text(encoding="utf-8"), RULES_FILE)
    return verify(read_published("faits"), rules, findings(checked))


def test_the_figures_that_the_files_confirm_are_those_of_the_reference(figures):
    assert set(figures.index[figures["statut"] == published.CONFIRMED]) == CONFIRMED


def test_the_figures_that_differ_from_the_files_are_those_of_the_reference(figures):
    assert set(figures.index[figures["statut"] == published.GAP]) == GAPS | {"S0-037", "S0-038"}


def test_one_percent_of_poverty_in_aix_is_beside_the_fifteen_of_the_file(figures):
    assert figures.at["S0-023", "statut"] == published.INCOHERENT
    assert "15\u00a0%" in figures.at["S0-023", "explication"]
