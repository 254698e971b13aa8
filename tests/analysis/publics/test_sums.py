"""What may be added, and what never is."""

from __future__ import annotations

import pandas as pd
import pytest

from diagalim.analysis.publics.comparability import (
    COUNTERS,
    PARTS,
    NotAdditive,
    add_up,
    comparability,
    obstacles,
)
from diagalim.analysis.publics.profiles import latest_profiles, profile
from diagalim.analysis.publics.series import completeness, network_series, received
from diagalim.analysis.publics.volumes import ORIGINS, by_place, places_behind, share_of, volumes

FIELDS = [*COUNTERS.values(), *(f for fields in PARTS.values() for f in fields), *ORIGINS]


def lines(*rows: dict) -> pd.DataFrame:
    """Lines of reporting sheets: a network A that counts households, unless a row says else."""
    plain = {
        "id_site": "S1",
        "operateur": "A",
        "unite_de_compte": "foyers",
        "periode": "2025-S1",
        "type_aide": "colis",
        "qualite": "exact",
    }
    table = pd.DataFrame([{**plain, **row} for row in rows]).reindex(columns=[*plain, *FIELDS])
    counts = [name for name in FIELDS if name not in ORIGINS]
    table[counts] = table[counts].astype("Int64")
    return table.astype(dict.fromkeys(ORIGINS, "Float64"))


def test_counts_of_one_network_unit_and_period_are_added():
    two = lines({"foyers_distincts": 40}, {"id_site": "S2", "foyers_distincts": 60})
    assert add_up(two) == 100


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (
            {"operateur": "B"},
            "2 réseaux \\(A · B\\) : un même foyer peut être aidé par deux réseaux",
        ),
        ({"unite_de_compte": "personnes"}, "2 unités de compte \\(foyers · personnes\\)"),
        ({"periode": "2025-S2"}, "2 périodes \\(2025-S1 · 2025-S2\\)"),
    ],
)
def test_counts_of_two_networks_units_or_periods_are_refused_with_the_reason(other, reason):
    two = lines({"foyers_distincts": 40}, {"id_site": "S2", "foyers_distincts": 60, **other})
    with pytest.raises(NotAdditive, match=reason):
        add_up(two)


def test_every_reason_is_given_at_once():
    two = lines({}, {"operateur": "B", "unite_de_compte": "passages", "periode": "2024-S2"})
    with pytest.raises(NotAdditive) as refused:
        add_up(two)
    assert str(refused.value).count(" ; ") == 2


def test_the_counter_of_another_unit_never_stands_in_for_a_missing_one():
    with pytest.raises(NotAdditive, match="une absence n'est pas un zéro"):
        add_up(lines({"personnes_distinctes": 90, "passages": 900}))


def test_an_unknown_unit_is_refused():
    with pytest.raises(NotAdditive, match="unité de compte inconnue \\(repas\\)"):
        add_up(lines({"unite_de_compte": "repas", "foyers_distincts": 4}))


def test_the_matrix_says_what_each_network_counts():
    table = comparability(
        lines(
            {"foyers_distincts": 4, **dict.fromkeys(PARTS["âges"], 1)},
            {"foyers_distincts": 4, "id_site": "S2", "periode": "2025-S2", "qualite": "estimé"},
            {"operateur": "B", "unite_de_compte": "passages", "qualite": None},
        )
    )
    first, second = table.loc[("A", "foyers")], table.loc[("B", "passages")]
    assert first["periodes"] == ["2025-S1", "2025-S2"] and first["lieux"] == 2
    assert first["exact"] == 0.5 and first["âges"] == 0.5 and first["ménages"] == 0
    assert pd.isna(second["exact"])


def test_two_networks_that_count_alike_may_still_count_a_household_twice():
    table = comparability(lines({}, {"operateur": "B"}, {"operateur": "C", "periode": "2025-T1"}))
    pairs = obstacles(table)
    assert pairs.loc["A (foyers)", "B (foyers)"] == "double compte possible"
    assert pairs.loc["A (foyers)", "C (foyers)"] == "période"
    assert pairs.loc["A (foyers)", "A (foyers)"] == "–"


def test_the_index_follows_only_the_lines_filled_at_every_period():
    table = network_series(
        lines(
            {"foyers_distincts": 100},
            {"id_site": "S2", "foyers_distincts": 500},
            {"periode": "2025-S2", "foyers_distincts": 110},
            {"id_site": "S2", "periode": "2025-S2"},
        )
    )
    last = table.loc[("A", "foyers", "2025-S2")]
    assert last["indice"] == pytest.approx(110)
    assert last["total"] == 110 and last["remplies"] == 1 and last["lignes"] == 2
    assert table.loc[("A", "foyers", "2025-S1"), "indice"] == 100


def test_one_period_alone_has_no_index():
    table = network_series(lines({"foyers_distincts": 100}))
    assert pd.isna(table.iloc[0]["indice"]) and table.iloc[0]["total"] == 100


def test_a_period_without_any_counter_has_no_total_rather_than_zero():
    table = network_series(lines({"foyers_distincts": 9}, {"periode": "2025-S2"}))
    assert pd.isna(table.loc[("A", "foyers", "2025-S2"), "total"])
    assert table["indice"].isna().all()


def test_a_sheet_that_never_came_is_missing_and_not_empty():
    table = completeness(
        lines({**dict.fromkeys(ORIGINS, 1.0)}, {"id_site": "S2"}, {"periode": "2025-S2"})
    )
    assert table.loc[("A", "S1"), "2025-S1"] == 1 and table.loc[("A", "S2"), "2025-S1"] == 0
    assert pd.isna(table.loc[("A", "S2"), "2025-S2"])
    counts = received(table).loc["A"]
    assert counts.to_dict() == {"connus": 2, "2025-S1": 2, "2025-S2": 1}


def test_a_group_left_blank_on_one_line_of_a_place_is_not_filled():
    whole = dict.fromkeys(PARTS["âges"], 2)
    table = completeness(lines(whole, {"type_aide": "repas_assis"}))
    assert table.loc[("A", "S1"), "2025-S1"] == 0


def test_tonnes_of_one_period_are_added_and_a_silent_network_is_not_at_zero():
    both = lines({"t_don": 1.5}, {"id_site": "S2", "t_don": 0.5}, {"operateur": "B"})
    table = volumes(both)
    assert table.loc["A", "t_don"] == 2.0 and pd.isna(table.loc["A", "t_achat"])
    assert table.loc["B"].isna().all()
    assert places_behind(both).to_dict() == {"A": 2, "B": 0}
    assert by_place(both)["t_don"].to_dict() == {("A", "S1"): 1.5, ("A", "S2"): 0.5, ("B", "S1"): 0}


def test_tonnes_of_two_periods_are_not_added():
    with pytest.raises(NotAdditive, match="plusieurs périodes \\(2025-S1, 2025-T1\\)"):
        volumes(lines({"t_don": 1.0}, {"t_don": 1.0, "periode": "2025-T1"}))


def test_a_share_of_a_volume_is_in_percent_of_the_whole():
    assert share_of(1500, 10000) == 15
    with pytest.raises(ValueError, match="no part"):
        share_of(3, 2)


def households(alone: int, others: int) -> dict:
    first, *rest = PARTS["ménages"]
    return {first: alone, **dict.fromkeys(rest, 0), rest[-1]: others}


def test_a_profile_rests_only_on_the_lines_that_fill_the_whole_group():
    found = profile(
        lines(households(30, 70), {"id_site": "S2", "menage_seul": 900}), PARTS["ménages"]
    )
    assert found.base == 100 and found.shares["menage_seul"] == 30
    assert (found.lines, found.filled) == (2, 1)


def test_a_profile_of_two_networks_is_refused():
    with pytest.raises(NotAdditive, match="plusieurs valeurs de operateur"):
        profile(lines(households(1, 1), {"operateur": "B", **households(1, 1)}), PARTS["ménages"])


def test_the_last_period_that_says_something_is_kept_for_each_network():
    found = latest_profiles(
        lines(households(1, 3), {"periode": "2025-S2"}, {"operateur": "B"}), PARTS["ménages"]
    )
    assert [(one.network, one.period) for one in found] == [("A", "2025-S1")]
