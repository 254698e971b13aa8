"""The collected offer of the fictitious department: real forms, planted pairs, misleading hours."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import combinations
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
from frictionless import Resource, Schema
from stdnum.fr import siret

ROOT = Path(__file__).resolve().parents[2]
EXEMPLE = ROOT / "data" / "exemple"
OFFER = EXEMPLE / "collecte" / "offre"
SCHEMAS = ROOT / "data" / "schemas" / "collecte"
OURS = (
    "remontee", "entretiens", "segments", "groupes", "habilitations", "tableur_partenaire",
    "inventaire_lieux", "inventaire_services", "inventaire_arrets", "revue_appariement",
)  # fmt: skip
OUR_FOLDERS = ("offre", "remontees", "ecoute")
FICTION = re.compile(r"^(?:0|\+?33)(?:53649|63998)\d{4}$")
"""The ranges that Arcep keeps for fiction, 05 36 49 and 06 39 98."""
METRES_OF_A_TOOL = 140


@pytest.fixture(scope="module")
def truth() -> dict:
    return json.loads((EXEMPLE / "verite_offre.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def soliguide() -> list[dict]:
    answer = json.loads((OFFER / "soliguide.json").read_text(encoding="utf-8"))
    assert answer["nbResults"] == len(answer["places"])
    return answer["places"]


@pytest.fixture(scope="module")
def osm() -> list[dict]:
    return json.loads((OFFER / "osm.geojson").read_text(encoding="utf-8"))["features"]


@pytest.fixture(scope="module")
def structures() -> pd.DataFrame:
    return table("offre/data_inclusion_structures.csv")


@pytest.fixture(scope="module")
def services() -> pd.DataFrame:
    return table("offre/data_inclusion_services.csv")


@pytest.fixture(scope="module")
def partner() -> pd.DataFrame:
    schema = json.loads((SCHEMAS / "tableur_partenaire.json").read_text(encoding="utf-8"))
    sheet = openpyxl.load_workbook(OFFER / "tableur_partenaire.xlsx")[schema["feuille"]]
    lines = list(sheet.iter_rows(values_only=True))
    head = schema["ligne_entete"] - 1
    return pd.DataFrame(lines[head + 1 :], columns=lines[head]).fillna("")


@pytest.fixture(scope="module")
def labels() -> pd.DataFrame:
    return pd.read_csv(EXEMPLE / "verite_doublons.csv", dtype=str)


@pytest.fixture(scope="module")
def points(soliguide, osm, structures) -> gpd.GeoDataFrame:
    """Every point that a tool gives, with the commune it states (OSM states none)."""
    rows = [
        (f"soliguide:{p['lieu_id']}", p["position"]["cityCode"], *xy)
        for p in soliguide
        if (xy := p["position"]["location"]["coordinates"])
    ]
    rows += [
        (f"soliguide:{p['lieu_id']}", stop["position"]["cityCode"],
         *stop["position"]["location"]["coordinates"])
        for p in soliguide for stop in p["parcours"]
    ]  # fmt: skip
    rows += [
        (f"data_inclusion:{s['id']}", s["code_insee"], float(s["longitude"]), float(s["latitude"]))
        for _, s in structures.iterrows()
        if s["longitude"]
    ]
    rows += [(f"osm:{f['id']}", "", *f["geometry"]["coordinates"]) for f in osm]
    frame = pd.DataFrame(rows, columns=["id", "code", "lon", "lat"])
    shape = gpd.points_from_xy(frame["lon"], frame["lat"], crs="EPSG:4326")
    return gpd.GeoDataFrame(frame, geometry=shape).to_crs("EPSG:2154")


def table(place: str) -> pd.DataFrame:
    return pd.read_csv(EXEMPLE / "collecte" / place, dtype=str, keep_default_na=False)


def misfits(content: pd.DataFrame, name: str) -> list:
    """What frictionless finds wrong in a table of text, by the schema of that name."""
    schema = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    schema.pop("foreignKeys", None)
    lines = [list(content.columns), *content.to_numpy().tolist()]
    report = Resource(data=lines, schema=Schema.from_descriptor(schema)).validate()
    return report.flatten(["rowNumber", "fieldName", "message"])


def all_ids(soliguide, osm, structures, partner) -> set[str]:
    return {
        *(f"soliguide:{p['lieu_id']}" for p in soliguide),
        *(f"osm:{f['id']}" for f in osm),
        *("data_inclusion:" + structures["id"]),
        *("tableur:" + partner["N°"]),
    }


def test_the_collected_offer_stays_small():
    size = sum(
        p.stat().st_size
        for folder in OUR_FOLDERS
        for p in (EXEMPLE / "collecte" / folder).rglob("*")
    )
    assert size < 1_500_000


def test_there_are_as_many_true_places_as_said(truth):
    places = truth["sites"].values()
    open_places = [p for p in places if p["ouvert"]]
    assert 180 <= len(places) == truth["lieux"] <= 240
    assert Counter(a for p in open_places for a in p["type_aide"]) == truth["par_type_aide"]
    assert Counter(p["code_insee"] for p in open_places) == truth["par_commune"]


def test_each_true_place_is_seen_by_one_to_three_tools(truth):
    tools = [{r.split(":")[0] for r in place["fiches"]} for place in truth["sites"].values()]
    assert {len(seen) for seen in tools} == {1, 2, 3}


def test_every_record_of_a_tool_is_of_one_true_place_or_planted_noise(
    truth, soliguide, osm, structures, partner
):
    held = [r for place in truth["sites"].values() for r in place["fiches"]]
    planted = truth["plante"]
    noise = all_ids(soliguide, osm, structures, partner) - set(held)
    assert len(held) == len(set(held))
    assert set(held) <= all_ids(soliguide, osm, structures, partner)
    assert len(noise) == planted["soliguide_sans_alimentation"] + planted["osm_hors_sujet"]


def test_villages_without_a_place_have_none(truth):
    assert len(truth["communes_sans_lieu"]) == 9
    assert not set(truth["communes_sans_lieu"]) & set(truth["par_commune"])


def test_soliguide_has_the_fields_of_its_api(soliguide):
    keys = {
        "lieu_id", "name", "entity", "position", "placeType", "parcours", "newhours", "modalities",
        "publics", "services_all", "tempInfos", "updatedAt", "status",
    }  # fmt: skip
    assert all(keys <= set(place) for place in soliguide)
    assert {p["placeType"] for p in soliguide} == {"LIEU", "PARCOURS_MOBILE"}
    for place in soliguide:
        assert bool(place["parcours"]) == (place["placeType"] == "PARCOURS_MOBILE")
        assert {"closure", "hours", "message"} <= set(place["tempInfos"])
        for service in place["services_all"]:
            assert service["saturated"]["status"] in ("LOW", "MODERATE", "HIGH")


def test_soliguide_answers_in_no_order(soliguide):
    numbers = [p["lieu_id"] for p in soliguide]
    assert len(set(numbers)) == len(numbers)
    assert numbers != sorted(numbers)


def test_slots_of_soliguide_are_integers_without_leading_zero(soliguide):
    slots = [
        slot
        for place in soliguide
        for day in place["newhours"].values()
        if isinstance(day, dict)
        for slot in day["timeslot"]
    ]
    bounds = [slot[key] for slot in slots for key in ("start", "end")]
    assert all(isinstance(b, int) and b % 100 < 60 and 0 <= b < 2400 for b in bounds)
    assert 930 in bounds and 0 in bounds


def test_data_inclusion_has_the_columns_of_schema_v1(structures, services):
    assert {"id", "nom", "siret", "adresse", "code_insee", "longitude", "latitude", "date_maj",
            "horaires_accueil", "reseaux_porteurs"} <= set(structures)  # fmt: skip
    assert {"structure_id", "type", "thematiques", "publics", "frais", "conditions_acces",
            "modes_mobilisation", "horaires_accueil"} <= set(services)  # fmt: skip
    assert structures["id"].str.fullmatch(r"[a-z-]+--\w+").all()
    assert set(services["structure_id"]) == set(structures["id"])
    assert services["id"].is_unique
    food = services["thematiques"].map(json.loads)
    assert all("equipement-et-alimentation--alimentation" in themes for themes in food)


def test_osm_features_carry_type_id_and_timestamp(osm):
    assert all(re.fullmatch(r"(node|way)/\d+", f["id"]) for f in osm)
    assert all(f["properties"]["@id"] == f["id"] for f in osm)
    assert all(f["properties"]["@timestamp"].endswith("Z") for f in osm)
    assert {"food_bank", "soup_kitchen"} <= {f["properties"].get("social_facility") for f in osm}


def test_a_point_lies_inside_the_commune_it_states(points, outlines):
    communes = outlines.assign(code=outlines.index.str[:5]).dissolve("code").geometry
    city = communes[communes.index.str.match(r"002\d\d")].union_all()
    said = points[points["code"] != ""]
    assert set(said["code"]) <= {*communes.index, "00055"}
    for _, point in said.iterrows():
        shape = city if point["code"] == "00055" else communes[point["code"]]
        assert shape.distance(point.geometry) < 1, point["id"]


def test_a_tool_moves_a_point_by_140_metres_at_most(points, truth):
    places = truth["sites"].values()
    at = gpd.GeoSeries(
        gpd.points_from_xy([p["lon"] for p in places], [p["lat"] for p in places]), crs="EPSG:4326"
    ).to_crs("EPSG:2154")
    true = {r: at[k] for k, place in enumerate(places) for r in place["fiches"]}
    first = points.drop_duplicates("id")
    away = [p.geometry.distance(true[p["id"]]) for _, p in first.iterrows() if p["id"] in true]
    assert max(away) < METRES_OF_A_TOOL + 1
    assert sum(a > 50 for a in away) > 20


def test_labels_name_records_that_exist(labels, soliguide, osm, structures, partner):
    known = all_ids(soliguide, osm, structures, partner)
    assert set(labels["id_a"]) | set(labels["id_b"]) <= known
    assert set(labels["decision"]) == {"doublon", "distinct"}
    assert (labels["id_a"] < labels["id_b"]).all()
    assert not labels.duplicated(["id_a", "id_b"]).any()


def test_a_pair_is_a_duplicate_exactly_when_the_true_place_is_one(labels, truth):
    expected = {
        tuple(sorted(pair))
        for place in truth["sites"].values()
        for pair in combinations(place["fiches"], 2)
    }
    found = labels.loc[labels["decision"] == "doublon", ["id_a", "id_b"]]
    assert set(found.itertuples(index=False, name=None)) == expected
    assert len(expected) > 150


def test_pairs_that_only_look_alike_are_labelled_distinct(labels, truth):
    reasons = labels.loc[labels["decision"] == "distinct", "motif"].value_counts()
    assert reasons["trois associations à la même adresse"] >= 15
    assert reasons["un opérateur à deux adresses"] >= 6
    assert reasons["un entrepôt et son point de distribution"] >= 5
    assert reasons["antennes d'un réseau au même standard"] >= 4
    assert reasons["voisins"] >= 20
    assert reasons.to_dict() == truth["paires_distinctes"]


def test_a_warehouse_and_its_point_bear_one_tag_in_osm(truth, osm):
    tags = {f"osm:{f['id']}": f["properties"] for f in osm}
    stores = [p for p in truth["sites"].values() if p["type_aide"] == ["logistique"]]
    seen = [tags[r] for p in stores for r in p["fiches"] if r in tags]
    assert seen and all(t["social_facility"] == "food_bank" for t in seen)


@pytest.mark.parametrize(
    ("form", "pattern"),
    [
        ("jours_feries", r"; PH off$"),
        ("vacances_ignorees", r"; SH off$"),
        ("ordre_fautif", r"^Jul-Aug off; "),
        ("ordre_correct", r"; Jul-Aug off$"),
        ("commentaire_seul", r'^"Sur rendez-vous"$'),
        ("commentaire_ouvert", r' open "Sur rendez-vous"$'),
        ("texte_nu", r"\d sur rendez-vous$"),
        ("semaines_alternees", r"^week 01-53/2 "),
        ("premier_du_mois", r"^Tu\[1\] "),
        ("permanent", r"^24/7$"),
    ],
)
def test_each_trap_of_opening_hours_is_read_somewhere(form, pattern, truth, osm, structures):
    hours = {f"osm:{f['id']}": f["properties"].get("opening_hours", "") for f in osm}
    hours |= dict(
        zip("data_inclusion:" + structures["id"], structures["horaires_accueil"], strict=True)
    )
    places = [p for p in truth["sites"].values() if p["forme_horaires"] == form]
    assert len(places) >= 5
    texts = [hours[r] for p in places for r in p["fiches"] if r in hours]
    assert texts and all(re.search(pattern, text) for text in texts)


def test_hours_that_say_august_is_closed_have_no_hours_in_august(truth):
    for place in truth["sites"].values():
        if place["forme_horaires"] in ("vacances_ignorees", "ordre_fautif", "ordre_correct"):
            assert place["heures_semaine"] > 0 == place["heures_semaine_aout"]


@pytest.mark.parametrize(
    ("form", "part"),
    [("ordinaire", 1), ("semaines_alternees", 1 / 2), ("premier_du_mois", 12 / 52)],
)
def test_hours_a_week_are_those_of_the_true_slots_over_the_weeks_of_a_year(form, part, truth):
    places = [p for p in truth["sites"].values() if p["forme_horaires"] == form]
    assert places
    for place in places:
        hours = sum(in_hours(end) - in_hours(start) for _, start, end in place["creneaux"])
        assert place["heures_semaine"] == pytest.approx(hours * part, abs=1e-4)


def test_a_fridge_in_the_street_is_open_168_hours(truth):
    always = [p for p in truth["sites"].values() if p["forme_horaires"] == "permanent"]
    assert {p["heures_semaine"] for p in always} == {168.0}


def in_hours(time: str) -> float:
    return int(time[:2]) + int(time[3:]) / 60


def test_some_hours_are_sentences(structures):
    sentences = structures["horaires_accueil"].str.contains(r"lundi|mardi|mercredi|jeudi")
    assert sentences.sum() > 20
    assert structures["horaires_accueil"].str.contains(r"lundi (?:matin|après-midi)").any()


def test_stale_villages_have_no_record_checked_within_two_years(truth, soliguide, structures, osm):
    dates = {f"soliguide:{p['lieu_id']}": p["updatedAt"] for p in soliguide}
    dates |= dict(zip("data_inclusion:" + structures["id"], structures["date_maj"], strict=True))
    dates |= {f"osm:{f['id']}": f["properties"]["@timestamp"] for f in osm}
    for code in truth["communes_perimees"]:
        here = [p for p in truth["sites"].values() if p["code_insee"] == code]
        assert here
        assert all(dates[r][:10] < "2024-10-15" for p in here for r in p["fiches"] if r in dates)


def test_a_closed_place_is_closed_in_one_tool_and_stale_in_another(truth, soliguide, partner):
    closed = {r for p in truth["sites"].values() if not p["ouvert"] for r in p["fiches"]}
    gone = [p for p in soliguide if p["status"] == "PERMANENTLY_CLOSED"]
    assert gone and {f"soliguide:{p['lieu_id']}" for p in gone} <= closed
    marked = partner[partner["Remarques"].str.startswith("FERMÉ")]
    assert set("tableur:" + marked["N°"]) <= closed
    assert any(r.startswith(("osm:", "data_inclusion:")) for r in closed)


def test_what_was_planted_is_counted(truth, soliguide, structures):
    planted = truth["plante"]
    august = [p for p in soliguide if p["tempInfos"]["closure"]["actif"]]
    assert len(august) == planted["soliguide_fermeture_aout"] > 0
    assert sum(s["close"]["actif"] for p in soliguide for s in p["services_all"]) > 0
    mobile = sum(p["placeType"] == "PARCOURS_MOBILE" for p in soliguide)
    assert mobile == planted["soliguide_parcours_mobile"] > 0
    assert (structures["longitude"] == "").any()
    assert planted["lieux_fermes"] == 10


def test_capacity_is_mostly_missing(partner):
    assert 0 < (partner["Capacité"] != "").mean() < 0.35


def test_a_siret_has_the_right_key_and_starts_with_000(truth, structures, partner):
    seen = [*structures["siret"], *partner["SIRET"]]
    seen += [p["siret"] for p in truth["sites"].values()]
    given = [number for number in seen if number]
    assert all(number.startswith("000") and siret.is_valid(number) for number in given)
    assert (structures["siret"] == "").any() and (partner["SIRET"] == "").any()


def test_telephones_and_mails_are_those_of_fiction(soliguide, osm, structures, partner):
    phones = [t["phoneNumber"] for p in soliguide for t in p["entity"]["phones"]]
    phones += [f["properties"].get("phone", "") for f in osm]
    phones += [*structures["telephone"], *partner["Tél."]]
    digits = [re.sub(r"[^\d+]", "", phone) for phone in phones if phone]
    assert len(digits) > 200
    assert [d for d in digits if not FICTION.match(d)] == []
    mails = [p["entity"]["mail"] for p in soliguide if p["entity"]["mail"]]
    mails += [m for m in [*structures["courriel"], *partner["Courriel"]] if m]
    assert all(mail.endswith("example.invalid") for mail in mails)


def test_the_partner_workbook_keeps_its_codes_as_text(partner):
    assert misfits(partner, "tableur_partenaire") == []
    assert partner["CP"].str.fullmatch(r"00\d{3}").all()


def test_licences_fit_their_schema_and_are_not_given_to_public_bodies(truth):
    licences = table("offre/habilitations.csv")
    assert misfits(licences, "habilitations") == []
    named = set(licences["denomination"].str.lower())
    assert not any(name.startswith(("ccas", "commune de")) for name in named)
    operators = {p["operateur"].lower() for p in truth["sites"].values()}
    assert len(named - operators) == truth["plante"]["habilitations_sans_lieu"] == 2


@pytest.mark.parametrize("name", OURS)
def test_a_schema_is_valid_and_in_french(name):
    path = SCHEMAS / f"{name}.json"
    assert Schema.validate_descriptor(str(path)).valid
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["title"] and content["description"] and content["missingValues"] == [""]
    assert all(field["title"] for field in content["fields"])


def test_personal_and_free_columns_are_marked():
    marked = {
        name: {
            f["name"]
            for f in json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))["fields"]
            if f.get("donnee_personnelle") or f.get("texte_libre")
        }
        for name in OURS
    }
    assert {"Tél.", "Courriel", "Remarques"} <= marked["tableur_partenaire"]
    assert {"telephone", "courriel"} <= marked["inventaire_lieux"]
    assert "commentaire" in marked["remontee"]
    assert "verbatim_court" in marked["segments"]
