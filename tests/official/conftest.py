"""Official files of department 13, read once; absent, the tests say what is missing."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from diagalim.analysis.values.recipes import all_values
from diagalim.analysis.values.tables import Tables
from diagalim.settings.indicators_file import load_indicators
from diagalim.settings.territory import Territory
from diagalim.settings.territory_file import load_territory
from diagalim.sources.datasets import read
from diagalim.sources.registry import find, load_sources, required_sources
from diagalim.workspace.paths import results_dir


@pytest.fixture(scope="session")
def bouches_du_rhone() -> Territory:
    territory = load_territory("13")
    missing = [name for name in required_sources() if find(name, territory) is None]
    if missing:
        pytest.skip(f"fichiers officiels du 13 absents : {', '.join(missing)} (voir README)")
    return territory


@pytest.fixture(scope="session")
def official(bouches_du_rhone) -> dict[str, pd.DataFrame]:
    """Every dataset of the registry that is at hand, read."""
    return {
        name: read(name, bouches_du_rhone)[0]
        for name in load_sources()
        if find(name, bouches_du_rhone) is not None
    }


@pytest.fixture(scope="session")
def iris(official) -> pd.DataFrame:
    table = official["contours_iris"].copy()
    table["population"] = official["population_iris"].set_index("code")["valeur"]
    return table


@pytest.fixture(scope="session")
def values(official, iris, bouches_du_rhone) -> pd.DataFrame:
    """Every indicator of every IRIS, long."""
    registry = load_indicators()
    found = {name: find(name, bouches_du_rhone) for name in sorted(registry.sources())}
    tables = Tables(
        {name: official[name] for name in found},
        formats={name: f.pattern.format for name, f in found.items()},
        vintages={name: f.vintage for name, f in found.items()},
    )
    return all_values(registry, iris, tables, least=0)[0]


@pytest.fixture(scope="session")
def results(bouches_du_rhone, site_of_13) -> Path:
    """Results of the chapters of 13, as the build publishes them: made by the first that asks."""
    return results_dir(site_of_13.code)
