"""What four tools say of places of food aid, read into one form: nothing is added to what they say.

The fictitious files have planted traps, whose numbers stand in ``verite_offre.json``.
"""

from __future__ import annotations

import json
from datetime import date

import frictionless
import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import box

from diagalim.collected.inputs import collected_schema
from diagalim.collected.inventory.aid_words import aid_type, legal_status, osm_hours
from diagalim.collected.inventory.gather import read_tool
from diagalim.collected.inventory.osm import osm_type
from diagalim.collected.inventory.partner import first_day
from diagalim.collected.inventory.records import inventory, located
from diagalim.wording.problems import InputError
from diagalim.workspace.paths import project_root

OFFER = project_root() / "data" / "exemple" / "collecte" / "offre"
FILES = {
    "soliguide": [OFFER / "soliguide.json"],
    "data_inclusion": sorted(OFFER.glob("data_inclusion_*.csv")),
    "osm": [OFFER / "osm.geojson"],
    "tableur_partenaire": [OFFER / "tableur_partenaire.xlsx"],
}


@pytest.fixture(scope="module")
def tools():
    return {name: read_tool(name, files, "synthétique") for name, files in FILES.items()}


@pytest.fixture(scope="module")
def planted():
    return json.loads(
        (project_root() / "data" / "exemple" / "verite_offre.json").read_text(encoding="utf-8")
    )


@pytest.mark.parametrize("tool", FILES)
@pytest.mark.parametrize("part", ["places", "services", "stops"])
def test_the_tables_are_those_of_the_schemas(tool, part, tools):
    name = {"places": "lieux", "services": "services", "stops": "arrets"}[part]
    table = getattr(tools[tool], part)
    schema = collected_schema(f"inventaire_{name}")
    schema.pop("foreignKeys", None)
    assert list(table.columns) == [field["name"] for field in schema["fields"]]
    if tool == "osm" and part == "places":
        table = table.assign(code_insee="00001")  # it states none: its point tells, later
    flags = table.select_dtypes("boolean").columns
    table = table.assign(**{n: table[n].map({True: "oui", False: "non"}) for n in flags})
    dates = table.select_dtypes("datetime").columns
    table = table.assign(**{n: table[n].dt.strftime("%Y-%m-%d") for n in dates})
    text = table.astype("string").fillna("")
    whole = [f["name"] for f in schema["fields"] if f["type"] == "integer"]
    assert not text[whole].isin([""]).any().any() or text.empty
    lines = [list(text.columns), *text.to_numpy().tolist()]
    resource = frictionless.Resource(data=lines, schema=frictionless.Schema.from_descriptor(schema))
    if len(text):
        assert resource.validate().flatten(["rowNumber", "fieldName", "message"]) == []


@pytest.mark.parametrize(
    ("tool", "records", "left_out"),
    [
        ("soliguide", "soliguide", "soliguide_sans_alimentation"),
        ("data_inclusion", "data_inclusion", "data_inclusion_theme_sans_alimentation"),
        ("osm", "osm", "osm_hors_sujet"),
    ],
)
def test_places_that_give_no_food_are_left_out_and_counted(tool, records, left_out, tools, planted):
    assert len(tools[tool].places) == planted["par_outil"][records]
    assert tools[tool].left_out["sans aide alimentaire"] == planted["plante"][left_out]


def test_a_capacity_stays_missing_where_no_tool_says_it(tools):
    said = {name: int(tool.services["capacite"].notna().sum()) for name, tool in tools.items()}
    assert said == {"soliguide": 0, "data_inclusion": 0, "osm": 3, "tableur_partenaire": 4}


def test_no_contact_of_anybody_is_read(tools):
    for tool in tools.values():
        assert tool.places[["telephone", "courriel"]].isna().all(axis=None)


def test_every_value_says_where_it_comes_from(tools):
    for tool in tools.values():
        assert tool.places["source_ids"].notna().all() and tool.services["source_ids"].notna().all()
        assert set(tool.places["nature"]) == {"synthétique"}


def test_a_meal_whose_way_of_serving_is_not_said_stays_unknown(tools, planted):
    services = tools["soliguide"].services
    unknown = services[services["type_aide"] == "repas"]
    assert len(unknown) == planted["plante"]["soliguide_service_inconnu"]
    assert set(unknown["service"]) == {"inconnu"}


def test_the_stops_of_the_rounds_are_all_there(tools, planted):
    soliguide = tools["soliguide"]
    rounds = planted["plante"]["soliguide_parcours_mobile"]
    assert soliguide.places["itinerant"].sum() == rounds
    assert soliguide.stops["service_id"].nunique() == rounds
    of_stops = soliguide.services["service_id"].isin(soliguide.stops["service_id"])
    assert set(soliguide.services.loc[of_stops, "type_aide"]) == {"maraude"}


def test_soliguide_places_closed_for_good_say_so(tools):
    assert tools["soliguide"].places["ferme_le"].notna().sum() == 8


SLOTS = {"open": True, "timeslot": [{"start": 930, "end": 1200}, {"start": 2000, "end": 0}]}
PLACE = {
    "lieu_id": 1, "name": "Lieu", "status": "ONLINE", "placeType": "LIEU",
    "updatedAt": "2026-07-31T22:00:00.000Z",
    "position": {"cityCode": "00001", "location": {"coordinates": [3.0, 46.0]}},
    "newhours": {"monday": SLOTS}, "services_all": [{"category": "food_packages"}],
}  # fmt: skip


@pytest.fixture
def answer(tmp_path):
    """Write an answer of Soliguide that holds some places."""

    def write(*places, total=None):
        path = tmp_path / "soliguide.json"
        content = {"nbResults": len(places) if total is None else total, "places": places}
        path.write_text(json.dumps(content), encoding="utf-8")
        return read_tool("soliguide", [path])

    return write


def test_a_slot_is_four_figures_without_leading_zero_and_zero_is_midnight(answer):
    assert answer(PLACE).services["horaires"].tolist() == ["Mo 09:30-12:00,20:00-24:00"]


def test_a_moment_in_universal_time_is_a_day_in_france(answer):
    assert answer(PLACE).places["date_maj"].dt.date.tolist() == [date(2026, 8, 1)]


def test_a_silence_on_access_or_publics_is_not_open_to_all(answer):
    service = answer(PLACE).services.iloc[0]
    assert pd.isna(service["acces"]) and pd.isna(service["publics"]) and pd.isna(service["tension"])


def test_results_lost_by_a_request_too_short_are_refused(answer):
    with pytest.raises(InputError, match="3 annoncés, 1 lus.*« limit »"):
        answer(PLACE, total=3)


def test_results_given_twice_are_refused(answer):
    with pytest.raises(InputError, match="lieu_id 1 : lu « 2 fois »"):
        answer(PLACE, PLACE)


def test_a_place_of_another_form_is_refused_with_the_field(answer):
    with pytest.raises(InputError, match=r"champ places\.0\.services_all : lu « absent »"):
        answer({name: value for name, value in PLACE.items() if name != "services_all"})
    with pytest.raises(InputError, match=r"champ places\.0\.updatedAt : lu « hier »"):
        answer(PLACE | {"updatedAt": "hier"})


@pytest.mark.parametrize("tool", ["soliguide", "osm"])
def test_a_file_that_is_no_json_is_refused(tool, tmp_path):
    path = tmp_path / "export.json"
    path.write_text('{"places": [', encoding="utf-8")
    with pytest.raises(InputError, match="export.json.*pas du JSON"):
        read_tool(tool, [path])


def test_one_file_of_data_inclusion_without_the_other_is_refused():
    with pytest.raises(InputError, match="services : lu « 0 fichier »"):
        read_tool("data_inclusion", [OFFER / "data_inclusion_structures.csv"])


def test_a_service_of_an_unknown_structure_and_a_bad_date_are_refused(tmp_path):
    text = {path.name: path.read_text(encoding="utf-8") for path in FILES["data_inclusion"]}
    services = text["data_inclusion_services.csv"]
    (tmp_path / "structures.csv").write_text(
        text["data_inclusion_structures.csv"], encoding="utf-8"
    )
    changed = services.replace("annuaire-vermeil,annuaire-vermeil--0001,", "annuaire-vermeil,x,", 1)
    (tmp_path / "services.csv").write_text(changed, encoding="utf-8")
    files = [tmp_path / "structures.csv", tmp_path / "services.csv"]
    with pytest.raises(InputError, match="ligne 2, colonne structure_id : lu « x »"):
        read_tool("data_inclusion", files)
    (tmp_path / "services.csv").write_text(services.replace("2024-12-16", "16/12/24", 1))
    with pytest.raises(InputError, match="colonne date_maj : lu « 16/12/24 »"):
        read_tool("data_inclusion", files)


@pytest.mark.parametrize(
    ("text", "readable"),
    [
        ("Mo-Fr 09:00-12:00; PH off", True),
        ("Jul-Aug off; Mo-We 09:30-12:00,14:00-17:00; Th 09:30-12:00", True),
        ("week 01-53/2 Mo,Tu 11:30-13:30", True),
        ("Tu[1] 14:00-16:30", True),
        ('Mo 09:30-12:00 open "Sur rendez-vous"', True),
        ("24/7", True),
        ('"Sur rendez-vous"', False),
        ("Mo 09:00-11:00 sur rendez-vous", False),
        ("lundi matin", False),
        ("Aug off", False),
    ],
)
def test_hours_are_read_or_kept_as_a_sentence_and_never_closed(text, readable):
    assert osm_hours(text) == ((text, None) if readable else (None, text))


def test_without_hours_nothing_is_said():
    assert osm_hours("") == osm_hours(None) == (None, None)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("COLIS BÉBÉ", "colis_bebe"),
        ("Colis", "colis"),
        ("Repas chaud sur place", "repas_assis"),
        ("Repas à emporter", "repas_emporter"),
        ("Bons alimentaires", "bon_cheque"),
        ("Atelier cuisine", "atelier"),
        ("Cuisine partagée", "cuisine"),
        ("Accompagnement social et budgétaire", None),
    ],
)
def test_words_typed_by_hand_name_a_type_of_aid_or_none(words, kind):
    assert aid_type(words) == kind


def test_a_warehouse_is_not_a_point_of_distribution_though_it_bears_its_tag():
    tags = {"amenity": "social_facility", "social_facility": "food_bank"}
    assert osm_type(tags | {"name": "Entrepôt du Port"}) == "logistique"
    assert osm_type(tags | {"name": "Les Oyats"}) == "colis"
    assert osm_type({"amenity": "marketplace", "name": "Marché"}) is None


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("25/02/2026", date(2026, 2, 25)),
        ("11/2024", date(2024, 11, 1)),
        ("février 2026", date(2026, 2, 1)),
        ("31/02/2026", None),
        ("récemment", None),
        (None, None),
    ],
)
def test_a_date_typed_by_hand_is_its_first_day_or_unknown(said, day):
    assert first_day(said) == day


def test_a_public_body_is_known_by_its_name_and_any_other_is_not_guessed():
    assert legal_status("CCAS de Vauxmorin") == "ccas_cias"
    assert legal_status("Centre communal d\u2019action sociale", None) == "ccas_cias"
    assert legal_status("Les Oyats", None) is None


@pytest.fixture
def district() -> gpd.GeoDataFrame:
    """One IRIS of a district, around a point of central France."""
    shape = gpd.GeoSeries([box(2.9, 45.9, 3.1, 46.1)], crs="EPSG:4326").to_crs("EPSG:2154")
    return gpd.GeoDataFrame(
        {"commune": ["00201"]}, geometry=shape.to_numpy(), crs="EPSG:2154",
        index=pd.Index(["002010101"], name="code_iris"),
    )  # fmt: skip


def record(name, **known):
    return {"lieu_id": name, "nom": name, "source_ids": name, "nature": "collecté"} | known


def test_a_point_gives_its_iris_and_the_district_where_a_whole_city_was_stated(district):
    inside = record("a", lon=3.0, lat=46.0, code_insee="00055")
    found = located(inventory([inside], []), district).places.iloc[0]
    assert (found["iris"], found["code_insee"]) == ("002010101", "00201")


def test_a_place_without_a_point_keeps_the_commune_that_it_states(district):
    found = located(inventory([record("a", code_insee="00055")], []), district).places.iloc[0]
    assert pd.isna(found["iris"]) and found["code_insee"] == "00055"


def test_a_point_outside_the_department_is_left_out_and_counted(district):
    found = located(inventory([record("a", lon=7.0, lat=48.0)], []), district)
    assert found.places.empty and found.left_out["hors du département"] == 1


def test_a_service_of_soliguide_that_has_its_own_hours_keeps_them(answer):
    """Breakfast from 9 to 11 in a place open until 17: its hours are not those of the place."""
    evening = {"open": True, "timeslot": [{"start": 1800, "end": 1930}]}
    own = {
        "category": "food_distribution", "differentHours": True, "hours": {"tuesday": evening},
        "differentPublics": True, "publics": {"accueil": 0},
        "differentModalities": True, "modalities": {"orientation": {"checked": True}},
    }  # fmt: skip
    alike = {"category": "food_packages", "hours": {"tuesday": evening}}
    services = answer(PLACE | {"services_all": [own, alike]}).services
    assert services["horaires"].tolist() == ["Tu 18:00-19:30", "Mo 09:30-12:00,20:00-24:00"]
    assert services["acces"].fillna("").tolist() == ["orientation", ""]
    assert services["publics"].fillna("").tolist() == ["tous", ""]
