"""What the table beside the map says of the offer, written by hand."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from diagalim.analysis.offer.shops import HERE, NEXT_DOOR, NONE
from diagalim.map.offer_here import (
    aid_here,
    distance_text,
    distinct_names,
    offer_here,
    quarters_here,
    shops_here,
)
from diagalim.wording.french import NARROW, NO_BREAK

CODES = pd.Index(["a", "b", "c", "d"], name="code_iris")
LABELS = pd.Series({"B105": "Supermarché", "B202": "Épicerie"})


def test_shops_are_counted_by_kind_and_an_unknown_level_is_not_none():
    reach = pd.DataFrame(
        {
            "B105": [1, 0, 0, 0],
            "B202": [2, 0, 0, 0],
            "niveau": [HERE, NEXT_DOOR, NONE, np.nan],
        },
        CODES,
    )
    assert shops_here(reach, LABELS).tolist() == [
        f"3 commerces courants (1{NO_BREAK}×{NO_BREAK}supermarché, 2{NO_BREAK}×{NO_BREAK}épicerie)",
        "commerce courant dans un IRIS voisin seulement",
        "aucun commerce courant, ni dedans ni à côté",
        "commerce courant non connu",
    ]


def test_one_shop_is_singular():
    reach = pd.DataFrame({"B105": [1], "niveau": [HERE]}, CODES[:1])
    assert shops_here(reach, LABELS)["a"].startswith("1 commerce courant (")


def named(**quarters: tuple[str, str]) -> gpd.GeoDataFrame:
    """Return neighbourhoods by code, with the name and the communes of each."""
    return gpd.GeoDataFrame.from_dict(quarters, orient="index", columns=["nom", "communes"])


def test_every_neighbourhood_that_an_iris_touches_is_named():
    quarters = named(Q1=("Le Port", "Corvelle"), Q2=("<b>Les Tours", "Corvelle"))
    touched = pd.DataFrame({"iris": ["a", "a", "c"], "quartier": ["Q1", "Q2", "Q2"]})
    assert quarters_here(touched, quarters).to_dict() == {
        "a": f"quartier prioritaire{NO_BREAK}: Le Port, <b>Les Tours",
        "c": f"quartier prioritaire{NO_BREAK}: <b>Les Tours",
    }


def test_a_territory_whose_iris_touch_none_says_none():
    nothing = pd.DataFrame({"iris": [], "quartier": []}, dtype=str)
    assert quarters_here(nothing, named(Q1=("Le Port", "Corvelle"))).empty


def test_two_neighbourhoods_of_one_name_are_told_apart_and_the_others_keep_theirs():
    quarters = named(
        Q1=("Centre-ville", "Corvelle"), Q2=("Le Port", "Corvelle"),
        Q3=("Centre-ville", "Port-Vermeil, Corvelle"),
        Q4=("Les Tours", "Ambrelles"), Q5=("Les Tours", "Ambrelles"),
    )  # fmt: skip
    assert distinct_names(quarters).tolist() == [
        *("Centre-ville (Corvelle)", "Le Port", "Centre-ville (Port-Vermeil, Corvelle)"),
        *("Les Tours (Ambrelles), Q4", "Les Tours (Ambrelles), Q5"),
    ]


@pytest.mark.parametrize(
    ("metres", "said"),
    [(12, "moins de 100 m"), (94.9, "moins de 100 m"), (95.1, "100 m"), (824, "800 m"),
     (826, "850 m"), (996, "1,0 km"), (2344, "2,3 km")],
)  # fmt: skip
def test_a_distance_is_no_finer_than_a_straight_line(metres, said):
    assert distance_text(metres) == said.replace(" m", "\u00a0m").replace(" km", "\u00a0km")


def test_a_cell_holds_what_is_known_and_a_dash_where_nothing_is():
    said = [pd.Series({"a": "x", "b": "y"}), pd.Series({"b": "z", "ailleurs": "w"})]
    assert offer_here(CODES, said).tolist() == ["x", f"y{NARROW}; z", "–", "–"]
    assert offer_here(CODES[:1], [aid_here(pd.Series({"a": 2344.0}))]).tolist() == [
        "aide la plus proche à 2,3\u00a0km"
    ]
