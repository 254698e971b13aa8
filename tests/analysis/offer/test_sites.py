"""Which sites a map may name."""

from __future__ import annotations

import pandas as pd
import pytest

from diagalim.analysis.offer.sites import KEPT, sites


def service(number: str, **known) -> dict:
    asked = {*KEPT, "lieu_id", "confidentiel"} - {"nom", "groupe"}
    empty = dict.fromkeys(sorted(asked), pd.NA)
    own = {"service_id": number, "lieu_id": number, "code_insee": "1", "type_aide": "colis"}
    return empty | own | known


@pytest.fixture
def places() -> pd.DataFrame:
    return pd.DataFrame({"lieu_id": list("abcd"), "nom": ["Bois", "Abri", "Camion", "Refuge"]})


def test_a_secret_address_is_in_no_row_and_neither_is_a_stop_of_it(places):
    services = pd.DataFrame([service("a"), service("d", confidentiel=True)])
    stops = pd.DataFrame([stop("d", 1)])
    assert sites(services, stops, places)["nom"].tolist() == ["Bois"]


def stop(number: str, rank: int, **known) -> dict:
    empty = dict.fromkeys(["nom", "horaires", "lon", "lat"], pd.NA)
    return empty | {"service_id": number, "rang": rank, "code_insee": "2"} | known


def test_a_round_has_a_row_at_each_stop_with_the_hours_of_the_stop(places):
    services = pd.DataFrame(
        [service("c", type_aide="maraude", horaires="Mo 20:00-23:00", horaires_texte="lundi soir")]
    )
    stops = pd.DataFrame(
        [
            stop("c", 1, nom="Gare", horaires="Mo 20:00-20:30", lon=1.0, lat=2.0),
            stop("c", 2, lon=3.0, lat=4.0),
        ]
    )
    found = sites(services, stops, places)
    assert found["nom"].tolist() == ["Camion – Gare", "Camion – arrêt 2"]
    assert found["horaires"].tolist()[0] == "Mo 20:00-20:30" and pd.isna(found["horaires"][1])
    assert found["horaires_texte"].isna().all()
    assert found["groupe"].unique().tolist() == ["Tournée de rue"]
    assert found["code_insee"].unique().tolist() == ["2"]


def test_a_record_without_a_point_keeps_its_row_and_the_order_is_by_commune_then_name(places):
    services = pd.DataFrame([service("a"), service("b"), service("c", code_insee="0")])
    found = sites(services, pd.DataFrame([stop("z", 1)]), places)
    assert found["nom"].tolist() == ["Camion", "Abri", "Bois"]
    assert found["lon"].isna().all()


def test_no_address_telephone_mail_nor_capacity_is_kept():
    assert not {"adresse", "telephone", "courriel", "capacite"} & set(KEPT)
