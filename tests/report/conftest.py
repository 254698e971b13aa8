"""What the tests of several chapters share: a table as its page writes it."""

from __future__ import annotations

import pandas as pd
import pytest

from diagalim.chapter.columns import written
from diagalim.settings.words_file import words_of


@pytest.fixture(scope="session")
def as_shown():
    """Return what writes a table by the words beside a notebook."""

    def write(chapter: str, key: str, table: pd.DataFrame) -> pd.DataFrame:
        return written(table, words_of(chapter).montre[key])[0]

    return write
