"""Who sits where, and where information stops."""

from __future__ import annotations

import pandas as pd
import pytest

from diagalim.analysis.coordination.instances import (
    animation_cost,
    presence,
    seats,
    without_body,
    without_link_upward,
)

INSTANCES = pd.DataFrame(
    {
        "nom": ["V", "D", "R"],
        "niveau": ["ville", "département", "région"],
        "commune": ["13005", "", ""],
        "etat": "en place",
    },
    index=["v", "d", "r"],
)
MEMBERS = pd.DataFrame(
    {
        "instance": ["v", "d", "d", "r"],
        "organisme": ["CCAS", "DDETS", "Mairie", "DDETS"],
        "type": ["CCAS", "État", "collectivité", "État"],
    }
)


def links(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        [(de, vers, "représentation", etat) for de, vers, etat in rows],
        columns=["de", "vers", "type", "etat"],
    )


def test_a_body_without_an_established_link_to_a_wider_level_is_named():
    assert without_link_upward(INSTANCES, links(("d", "r", "constaté"))) == ["v"]


def test_a_proposed_link_carries_nothing_yet():
    assert without_link_upward(INSTANCES, links(("v", "d", "proposé"))) == ["v", "d"]


def test_a_body_that_is_only_announced_lacks_no_link():
    announced = INSTANCES.assign(etat=["en place", "annoncée", "en place"])
    assert without_link_upward(announced, links(("v", "d", "proposé"))) == ["v"]


def test_a_link_downward_is_no_link_upward():
    assert without_link_upward(INSTANCES, links(("d", "v", "constaté"))) == ["v", "d"]


def test_the_widest_level_has_nobody_above_it():
    assert "r" not in without_link_upward(INSTANCES, links())


def test_a_city_without_a_body_of_its_own_is_named_in_the_order_asked():
    assert without_body(INSTANCES, ["13055", "13005", "13001"]) == ["13055", "13001"]
    wider = INSTANCES.assign(niveau="département")
    assert without_body(wider, ["13005"]) == ["13005"], "a wider body is not that of the city"


def test_an_organisation_in_two_bodies_is_listed_with_its_seats():
    assert seats(MEMBERS)["instances"].to_dict() == {"DDETS": 2}


def test_a_kind_of_actor_that_sits_nowhere_has_a_line_of_zeros():
    table = presence(INSTANCES, MEMBERS)
    assert table.loc["santé"].sum() == 0
    assert table.loc["État"].to_dict() == {"ville": 0, "département": 1, "région": 1}


def test_an_organisation_counts_once_a_level():
    twice = pd.concat([MEMBERS, MEMBERS.assign(instance="d")])
    assert presence(INSTANCES, twice).loc["État", "département"] == 1


def test_a_share_of_a_post_in_three_cities_costs_what_it_costs():
    assert animation_cost((0.2, 0.5), 50_000, 3) == pytest.approx((30_000, 75_000))
    with pytest.raises(ValueError, match="shares"):
        animation_cost((0.5, 0.2), 50_000, 3)
