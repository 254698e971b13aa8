"""Reference results of others stand beside the project, never in it: without them, a test skips."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pandas as pd
import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
REFERENCE = REPOSITORY.parent / "shared" / "reference"


def _folder(name: str) -> Path:
    folder = REFERENCE / name
    if not folder.is_dir():
        pytest.skip(f"résultats de référence absents : shared/reference/{name}, à côté du projet")
    return folder


@pytest.fixture(scope="session")
def tai() -> pd.DataFrame:
    """Technology Achievement Index: 23 countries × 8 indicators, all of direction 1."""
    return pd.read_csv(_folder("tai") / "tai_raw_23.csv", index_col="country")


@pytest.fixture(scope="session")
def tai_goalposts() -> pd.DataFrame:
    """Goalposts (``min``, ``max``) that Table 23 of the Handbook needs."""
    published = json.loads((_folder("tai") / "tai_published_results.json").read_text("utf-8"))
    given = published["tai_goalposts_for_table23"]
    return pd.DataFrame({side: [_number(x) for x in given[side]] for side in ("min", "max")})


def _number(written: float | str) -> float:
    """Read a goalpost: some are written as logarithms, « log10(901) »."""
    if isinstance(written, str):
        inside = written.removeprefix("log10(").removesuffix(")")
        return math.log10(float(inside))
    return float(written)


@pytest.fixture(scope="session")
def asem():
    """Every stage of the ASEM index, by name of the stage: 51 countries × 49 indicators."""
    folder = _folder("coinr") / "csv"

    def stage(name: str) -> pd.DataFrame:
        return pd.read_csv(folder / f"ASEM_COIN_Data_{name}.csv", index_col="UnitCode")

    return stage


@pytest.fixture(scope="session")
def asem_indicators() -> pd.DataFrame:
    """Direction and groups (``Agg1`` to ``Agg3``) of each ASEM indicator."""
    return pd.read_csv(_folder("coinr") / "csv" / "ASEM_COIN_IndMeta.csv", index_col="IndCode")
