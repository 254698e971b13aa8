"""What a notebook holds on to: its territory, its sources, its facts, its results.

A chapter reads (`diagalim.chapter.inputs`), states (`diagalim.chapter.statements`), shows
(`diagalim.chapter.showing`) and leaves its results here, all together when it closes: a chapter
that stops half-way leaves none.
"""

from __future__ import annotations

import shutil

import geopandas as gpd
import pandas as pd

from diagalim.chapter.inputs import FACTS_FILE
from diagalim.chapter.showing import Showing
from diagalim.workspace.paths import results_dir
from diagalim.workspace.results import DOWNLOADS, put_in_place, write_manifest


class Chapter(Showing):
    """One chapter of one report.

    Parameters
    ----------
    name : str
        Name of the notebook, without extension.
    territory_code : str
        Territory of the run: the name of its file in ``data/territories``.
    """

    def __init__(self, name: str, territory_code: str) -> None:
        super().__init__(name, territory_code)
        self._tables: dict[str, pd.DataFrame] = {}

    def keep(self, name: str, table: pd.DataFrame) -> None:
        """Hand a table on to other chapters; written when the chapter closes."""
        if name in self._tables:
            raise ValueError(f"{self.name} already keeps a table named {name!r}")
        self._tables[name] = table

    def hand_out(self, name: str, content: bytes) -> None:
        """Give readers a file to download; it reaches the site under ``telechargements/``."""
        path = f"{DOWNLOADS}/{name}"
        if path in self._files:
            raise ValueError(f"{self.name} already hands out a file named {name!r}")
        self._files[path] = content

    def close(self) -> None:
        """Write the facts, tables and files of the chapter with their list, all together.

        The folder is made beside its place and moved there whole: the next build recognises it.

        Raises
        ------
        ValueError
            When a figure was kept and no foot followed it.
        """
        if self._drawn:
            raise ValueError(f"{self.name} keeps figures without a foot: {', '.join(self._drawn)}")
        folder = results_dir(self._territory_name) / self.name
        fresh = folder.with_name(folder.name + ".new")
        if fresh.exists():
            shutil.rmtree(fresh)
        fresh.mkdir(parents=True)
        for name, table in self._tables.items():
            geo = isinstance(table, gpd.GeoDataFrame)
            table.to_parquet(fresh / f"{name}.{'geoparquet' if geo else 'parquet'}")
        self.facts.write(fresh / FACTS_FILE)
        for name, content in self._files.items():
            (fresh / name).parent.mkdir(exist_ok=True)
            (fresh / name).write_bytes(content)
        write_manifest(fresh)
        put_in_place(fresh, folder)


def open_chapter(name: str, territory_code: str) -> Chapter:
    """Open a chapter for a run: the first call of every notebook."""
    return Chapter(name, territory_code)
