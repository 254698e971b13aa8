"""A setting of a chapter has the name and the kind that its notebook declares."""

from __future__ import annotations

import json
import math

import pytest

from diagalim.pipeline.parameters import declared_values, parameter_problems, run_parameters
from diagalim.settings.plan import load_plan

DECLARED = "\n".join(
    [
        'territoire = "99"  # un fichier',
        "nombre = 5  # un entier",
        "taux = 0.5  # un nombre",
        "fond = False  # un choix",
        'nom = "a"  # un texte',
        'codes = ["01", "02"]  # des codes',
    ]
)
NAMES = "[territoire, nombre, taux, fond, nom, codes]"


@pytest.fixture
def check(toy):
    """Return a function that gives the problems of one setting of a chapter of every kind."""
    (toy.root / "data" / "chapters.yml").write_text(
        f"depart:\n  parametres: {NAMES}\n", encoding="utf-8"
    )
    toy.rewrite("depart", r"territoire = \"99\"\nseuil = 1  # un seuil", quoted(DECLARED))
    plan = load_plan()
    return lambda **settings: parameter_problems(plan, toy.folders, {"depart": settings})


def quoted(text):
    """Return a text as JSON writes it, without its quotes."""
    return text.replace('"', r"\"").replace("\n", r"\n")


def test_declared_values_are_those_of_the_parameters_cell(check, toy):
    values = declared_values(toy.folders.source("depart"))
    assert values["codes"] == ["01", "02"] and values["fond"] is False
    assert list(values) == ["territoire", "nombre", "taux", "fond", "nom", "codes"]


@pytest.mark.parametrize(
    "settings",
    [{"nombre": 7}, {"taux": 0.25}, {"taux": 2}, {"fond": True}, {"nom": "b"}, {"codes": []}],
)
def test_value_of_the_same_kind_passes(check, settings):
    assert check(**settings) == []


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"nombre": "7"}, "un nombre entier"),
        ({"nombre": 7.5}, "un nombre entier"),
        ({"nombre": True}, "un nombre entier"),
        ({"nombre": None}, "un nombre entier"),
        ({"taux": "0,5"}, "un nombre (point décimal)"),
        ({"taux": math.nan}, "un nombre (point décimal)"),
        ({"taux": True}, "un nombre (point décimal)"),
        ({"fond": "oui"}, "true ou false, sans guillemets"),
        ({"nom": 13}, "un texte entre guillemets"),
        ({"codes": "01"}, "une liste dont chaque élément est un texte entre guillemets"),
        ({"codes": ["01", 2]}, "une liste dont chaque élément est un texte entre guillemets"),
    ],
)
def test_value_of_another_kind_is_refused_with_the_one_of_the_notebook(check, settings, expected):
    (problem,) = check(**settings)
    (name,) = settings
    assert problem.file == "data/territories/99.yml"
    assert problem.place == f"clé chapitres.depart.{name}"
    assert problem.expected == expected
    assert f"({name}: " in problem.remedy


def test_territory_of_a_chapter_is_no_setting(check):
    (problem,) = check(territoire="13")
    assert "nombre, taux" in problem.expected and "territoire" not in problem.expected


def test_every_wrong_setting_is_said_at_once(check):
    assert len(check(nombre="7", nome="b", fond=1)) == 3


def test_settings_reach_their_chapter_beside_the_territory(toy):
    parameters = run_parameters(load_plan(), "99", {"depart": {"seuil": 4}})
    assert parameters["depart"] == {"territoire": "99", "seuil": 4}
    assert parameters["suite"] == {"territoire": "99"}


@pytest.fixture
def shared(toy):
    """Return a function that gives the problems of a date that two chapters declare."""
    (toy.root / "data" / "chapters.yml").write_text(
        "depart:\n  parametres: [territoire, jour]\nsuite:\n  parametres: [territoire, jour]\n",
        encoding="utf-8",
    )
    for chapter in ("depart", "suite"):
        cells = [
            {"metadata": {"tags": ["parameters"]}, "source": ['jour = "2026-10-15"  # un jour']}
        ]
        toy.folders.source(chapter).write_text(json.dumps({"cells": cells}), encoding="utf-8")
    plan = load_plan()
    return lambda overrides: parameter_problems(plan, toy.folders, overrides)


def test_a_setting_of_two_chapters_has_one_value_in_both(shared):
    assert shared({}) == []
    both = {"depart": {"jour": "2026-11-02"}, "suite": {"jour": "2026-11-02"}}
    assert shared(both) == []


@pytest.mark.parametrize("chapter", ["depart", "suite"])
def test_a_setting_changed_in_one_chapter_only_is_refused_with_both_values(shared, chapter):
    [problem] = shared({chapter: {"jour": "2026-11-02"}})
    said = str(problem)
    for part in ("chapitres.suite.jour", "chapitres.depart.jour", "2026-11-02", "2026-10-15"):
        assert part in said
    assert "la même valeur pour depart et suite" in said


def test_the_map_and_the_chapters_on_aid_share_their_date_of_reference():
    plan = load_plan()
    sharing = [name for name, entry in plan.items() if "date_reference" in entry.parametres]
    assert sharing == ["carte", "inventaire", "horaires"]
