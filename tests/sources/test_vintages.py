"""A territory file asks for datasets and vintages that exist, or is told which do."""

from __future__ import annotations

from diagalim.pipeline.check import check_inputs
from diagalim.settings.territory_file import load_territory
from diagalim.sources.registry import load_sources
from diagalim.sources.vintages import check_vintages

TERRITORY = load_territory("exemple")


def asking_for(**vintages):
    return TERRITORY.model_copy(update={"millesimes": TERRITORY.millesimes | vintages})


def test_known_vintages_pass():
    assert check_vintages(TERRITORY) == []


def test_misspelt_dataset_is_named_with_the_one_that_was_meant():
    (problem,) = check_vintages(asking_for(filosofi_iri=2021))
    assert problem.place == "clé millesimes.filosofi_iri"
    assert "vouliez-vous « filosofi_iris »" in problem.remedy
    assert all(name in problem.expected for name in load_sources())


def test_unknown_vintage_of_an_optional_dataset_lists_those_that_exist():
    optional = next(name for name, source in load_sources().items() if not source.obligatoire)
    (problem,) = check_vintages(asking_for(**{optional: 1999}))
    assert (problem.place, problem.value) == (f"clé millesimes.{optional}", "1999")
    assert str(load_sources()[optional].editions[0].millesime) in problem.expected


def test_check_of_the_inputs_says_each_wrong_vintage_once():
    problems = check_inputs(asking_for(filosofi_iris=1999, filosofi_iri=2021))
    places = [problem.place for problem in problems]
    assert places.count("clé millesimes.filosofi_iris") == 1
    assert places.count("clé millesimes.filosofi_iri") == 1
