"""Growth, points and shares on numbers small enough to redo by hand."""

from __future__ import annotations

import pytest

from diagalim.analysis.context.budget import compound, cost_share, points_as_percent, yearly_growth


def test_ten_percent_twice_is_twenty_one_percent_and_not_twenty():
    assert compound(10, 2) == pytest.approx(21)


def test_a_growth_brought_back_to_a_year_gives_it_again_when_compounded():
    assert yearly_growth(21, 2) == pytest.approx(10)
    assert compound(yearly_growth(39, 20), 20) == pytest.approx(39)


def test_the_two_figures_printed_on_housing_agree_to_their_rounding():
    assert compound(1.7, 20) == pytest.approx(40.1, abs=0.05)
    assert yearly_growth(39, 20) == pytest.approx(1.66, abs=0.005)
    assert compound(1.65, 20) < 39 < compound(1.75, 20)


def test_points_equal_percent_only_from_an_index_of_a_hundred():
    assert points_as_percent(20, 100) == 20
    assert points_as_percent(20, 80) == 25


def test_the_baskets_weigh_what_the_reference_says():
    assert round(cost_share(62, 565), 1) == 11.0
    assert round(cost_share(254, 565), 1) == 45.0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: compound(2, 0), "one year at least"),
        (lambda: yearly_growth(-100, 3), "leaves nothing"),
        (lambda: points_as_percent(20, 0), "index is positive"),
        (lambda: cost_share(62, 0), "income is positive"),
    ],
)
def test_what_cannot_be_computed_is_refused(wrong, said):
    with pytest.raises(ValueError, match=said):
        wrong()
