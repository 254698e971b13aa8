"""What a notebook holds on to: its territory, its sources, its facts, its results.

A chapter reads (`diagalim.chapter.inputs`), states (`diagalim.chapter.stated`) and shows
(`diagalim.chapter.shown`) what the words beside it describe, and leaves its results here, all
together when it closes: a chapter that stops half-way leaves none.

Chapters whose words still stand in the code state and show by `diagalim.chapter.statements` and
`diagalim.chapter.showing`.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import pandas as pd

from diagalim.chapter import texte
from diagalim.chapter.inputs import FACTS_FILE
from diagalim.chapter.quoting import Quotable
from diagalim.chapter.showing import Showing
from diagalim.chapter.shown import Described
from diagalim.chapter.stated import Declared
from diagalim.settings.words import ChapterWords
from diagalim.settings.words_file import words_of
from diagalim.wording.problems import raise_if_any
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
        self._words = words_of(name)
        words = self._words or ChapterWords()
        self.quotable = Quotable(self, self.facts, words.faits)
        self._declared = Declared(self, words, self.quotable)
        self._described = Described(self, words, self._declared, self.quotable)

    def state(self, values: Mapping[str, Any] | str, *more: Any, **given: Any) -> Any:
        """State facts whose words are in ``<chapter>.yml``: ``{id: value}``.

        See `Declared.state`; with a name first, one fact is stated with all its words, as
        `diagalim.chapter.statements` does.
        """
        if isinstance(values, Mapping):
            return self._declared.state(values, **given)
        return super().state(values, *more, **given)

    def show(self, key: str, what: Any, **given: Any) -> None:
        """Show a table or a figure with its foot (`Described.show`)."""
        self._described.show(key, what, **given)

    def foot_of(self, key: str, **given: Any) -> None:
        """Show the foot of an entry alone (`Described.foot`)."""
        self._described.foot(key, **given)

    def foot_lines(self, key: str, fact: str) -> list[str]:
        """Return the foot of an entry for a picture that leaves the page (`Described.lines`)."""
        return self._described.lines(key, fact)

    def show_text(self, text: str) -> None:
        """Show the Markdown of a ``%%texte`` cell."""
        texte.show_text(text, self._words or ChapterWords(), self.quotable)

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
        InputError
            When the facts stated are not those that the words declare.
        """
        if self._words is not None:
            raise_if_any(self._declared.missing())
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
    chapter = Chapter(name, territory_code)
    texte.register(chapter.show_text)
    return chapter
