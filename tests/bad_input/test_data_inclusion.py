"""data.inclusion as it is published, or as a spreadsheet or pandas wrote it again."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagalim.collected.inventory.data_inclusion import read_data_inclusion
from diagalim.collected.inventory.export_cells import degrees, listed, siret
from diagalim.collected.inventory.records import commune_code
from diagalim.sources.tables.tabular_problems import SHOWN
from diagalim.wording.problems import InputError

FOOD = '["equipement-et-alimentation--alimentation"]'
STRUCTURE = {
    "source": "essai", "id": "e--1", "nom": "Entraide de la Fable", "date_maj": "2026-05-04",
    "siret": "", "code_insee": "00055", "adresse": "1 rue Inventée", "longitude": "-2.83",
    "latitude": "45.16", "horaires_accueil": "", "reseaux_porteurs": "",
}  # fmt: skip
SERVICE = {
    "source": "essai", "structure_id": "e--1", "id": "e--1-s", "nom": "Distribution de colis",
    "date_maj": "2026-05-04", "type": "aide-materielle", "thematiques": FOOD, "frais": "gratuit",
    "publics": '["familles"]', "conditions_acces": "", "code_insee": "00055",
    "adresse": "1 rue Inventée", "longitude": "-2.83", "latitude": "45.16",
    "modes_mobilisation": '["se-presenter"]', "mobilisable_par": '["usagers"]',
    "horaires_accueil": "Mo 09:00-12:00",
}  # fmt: skip
Row = Mapping[str, str]


@pytest.fixture
def export(tmp_path) -> Callable[..., list[Path]]:
    """Write the two files of an export."""

    def write(
        structures: Sequence[Row] = ({},),
        services: Sequence[Row] = ({},),
        name: str = "essai_{}.csv",
    ) -> list[Path]:
        paths = []
        for kind, model, rows in (
            ("structures", STRUCTURE, structures),
            ("services", SERVICE, services),
        ):
            path = tmp_path / name.format(kind)
            with path.open("w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, list(model))
                writer.writeheader()
                writer.writerows(model | row for row in rows)
            paths.append(path)
        return paths

    return write


@pytest.mark.parametrize(
    "name",
    ["{}-inclusion-2026-07-06.csv", "data_inclusion_{}.csv", "{}.csv", "{} (1).csv", "x-{}-1.csv"],
)  # fmt: skip
def test_the_names_of_published_files_are_known(export, name):
    assert len(read_data_inclusion(export(name=name)).services) == 1


def test_two_editions_in_the_folder_are_refused_with_their_names(export):
    files = export(name="{}-2026-06.csv") + export(name="{}-2026-07.csv")
    with pytest.raises(InputError) as caught:
        read_data_inclusion(files)
    said = str(caught.value)
    assert "structures-2026-06.csv" in said and "structures-2026-07.csv" in said
    assert "lu « 2 fichiers »" in said and "garder une seule édition" in said


WRITINGS = [
    '["familles", "etudiants"]', "['familles', 'etudiants']", "['familles' 'etudiants']",
    "['familles'\n 'etudiants']", '["familles","etudiants",]',
]  # fmt: skip


@pytest.mark.parametrize("writing", WRITINGS)
def test_a_list_says_the_same_in_json_python_and_numpy(export, writing):
    found = read_data_inclusion(export(services=[{"publics": writing}]))
    assert found.services["publics"].tolist() == ["familles;etudiants"]


@pytest.mark.parametrize("nothing", ["", "null", "None", "NaN", "nan", "NaT", "[]", "NULL", "<NA>"])
def test_nothing_said_is_missing_however_it_is_written(export, nothing):
    silent = dict.fromkeys(
        ("publics", "frais", "conditions_acces", "modes_mobilisation", "mobilisable_par",
         "horaires_accueil", "date_maj"), nothing,
    )  # fmt: skip
    place = dict.fromkeys(
        ("siret", "longitude", "latitude", "reseaux_porteurs", "date_maj"), nothing
    )
    found = read_data_inclusion(export([place], [silent]))
    service, place = found.services.iloc[0], found.places.iloc[0]
    assert (
        service[["publics", "frais", "acces", "horaires", "horaires_texte", "date_maj"]]
        .isna()
        .all()
    )
    assert place[["siret", "lon", "lat", "date_maj", "statut_juridique"]].isna().all()
    assert place["geocodage_precision"] == "non placé"


def test_a_service_without_theme_is_no_food_aid(export):
    found = read_data_inclusion(export(services=[{}, {"id": "e--2", "thematiques": "null"}]))
    assert len(found.services) == 1 and found.left_out == {"sans aide alimentaire": 1}


@pytest.mark.parametrize("who", ['["professionnels"]', "['professionnels']"])
def test_what_only_a_professional_may_ask_for_keeps_its_condition(export, who):
    found = read_data_inclusion(export(services=[{"mobilisable_par": who}]))
    assert found.services["acces"].tolist() == ["orientation"]


@pytest.mark.parametrize(
    "stamp", ["2026-07-06", "2026-07-06 00:00:00", "2026-07-06T00:00:00", "2026-07-05T22:30:00Z"]
)
def test_a_date_may_carry_a_time(export, stamp):
    found = read_data_inclusion(export(services=[{"date_maj": stamp}]))
    assert found.services["date_maj"].dt.strftime("%Y-%m-%d").tolist() == ["2026-07-06"]


def test_a_wrong_column_is_said_once_with_the_count_of_its_lines(export):
    rows = [{"id": f"e--{i}", "publics": "familles, étudiants"} for i in range(500)]
    with pytest.raises(InputError) as caught:
        read_data_inclusion(export(services=rows))
    problems = caught.value.problems
    assert len(problems) == SHOWN
    assert f"et {500 - SHOWN} autres du même genre" in str(caught.value)
    assert "attendu : une liste" in str(problems[0]) and "ligne 2, colonne publics" in str(
        problems[0]
    )


def test_services_of_unknown_structures_are_said_once_with_their_count(export):
    rows = [{"id": f"e--{i}", "structure_id": f"perdue--{i}"} for i in range(500)]
    with pytest.raises(InputError, match="autres du même genre") as caught:
        read_data_inclusion(export(services=rows))
    assert len(caught.value.problems) == SHOWN


@pytest.mark.parametrize(
    ("structure", "service"),
    [
        ({}, {"horaires_accueil": "off"}),
        ({}, {"horaires_accueil": "Fermeture définitive"}),
        ({"nom": "Entraide (a cessé son activité)"}, {}),
    ],
)
def test_what_is_closed_for_good_is_no_supply(export, structure, service):
    found = read_data_inclusion(export([structure], [service]))
    assert found.services.empty and found.places.empty and found.left_out == {"lieu fermé": 1}


@pytest.mark.parametrize(
    ("stated", "code"),
    [("00018", "00018"), ("18", None), ("1004", "01004"), ("13055.0", "13055"), ("2A004", "2A004"),
     ("2a004", None), (None, None), ("13 055", None)],
)  # fmt: skip
def test_a_code_that_a_tool_made_a_number_is_a_code_again(stated, code):
    assert commune_code(stated) == code


@pytest.mark.parametrize(
    ("text", "number"),
    [("00000012500013", "00000012500013"), ("000 000 125 00013", "00000012500013"),
     ("12345678900012.0", "12345678900012"), ("1.23457E+13", None), ("", None)],
)  # fmt: skip
def test_a_number_that_a_spreadsheet_rounded_is_lost_and_not_guessed(text, number):
    assert siret(text) == number


@pytest.mark.parametrize("text", ["familles", "[familles]", "['a', b]", "{'a'}", "['a'"])
def test_another_form_of_list_is_refused_not_half_read(text):
    with pytest.raises(ValueError, match=re.escape(text)):
        listed(text)


@pytest.mark.parametrize(("text", "value"), [("NaN", None), ("inf", None), ("2.5", 2.5)])
def test_degrees_that_are_no_number_are_missing(text, value):
    assert degrees(text) == value


SLUGS = st.lists(st.from_regex(r"[a-z]+(--?[a-z]+)*", fullmatch=True), max_size=5)


@given(SLUGS)
def test_every_writing_of_a_list_gives_back_its_values(values):
    known = [value for value in values if value not in ("null", "none", "nan", "nat")]
    quoted = [f"'{value}'" for value in known]
    for writing in (str(known), str(known).replace("'", '"'), "[" + " ".join(quoted) + "]"):
        assert listed(writing) == known
