"""The fictitious department, read as any other, and what was planted in it."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from diagalim.settings.territory import Territory
from diagalim.settings.territory_file import load_territory
from diagalim.sources.datasets import read
from exemple.make import make

ROOT = Path(__file__).resolve().parents[2]
OFFICIAL = ROOT / "data" / "exemple" / "officiel"


@pytest.fixture(scope="session")
def exemple() -> Territory:
    return load_territory("exemple")


@pytest.fixture(scope="session")
def outlines(exemple) -> gpd.GeoDataFrame:
    return read("contours_iris", exemple)[0]


@pytest.fixture(scope="session")
def truth() -> pd.DataFrame:
    """What was planted, by IRIS."""
    text = (OFFICIAL.parent / "verite.json").read_text(encoding="utf-8")
    return pd.DataFrame.from_dict(json.loads(text)["iris"], orient="index")


@pytest.fixture(scope="session")
def made_again(tmp_path_factory) -> Path:
    """The department made a second time, elsewhere."""
    folder = tmp_path_factory.mktemp("exemple")
    make(folder)
    return folder
