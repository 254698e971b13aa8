"""What may a chapter read: what its entry in ``data/chapters.yml`` declares, and nothing else.

The build decides from that plan what a change re-runs, so an undeclared read would one day show a
stale figure: it stops the notebook instead.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from diagalim.chapter.facts import NATURES, Facts, read_facts
from diagalim.chapter.figures import KeptFigure, read_figures
from diagalim.chapter.upstream import compute_chapters
from diagalim.collected.inputs import collected_files
from diagalim.settings.document import Document
from diagalim.settings.plan import load_plan
from diagalim.settings.territory import Territory
from diagalim.settings.territory_file import load_territory
from diagalim.sources.datasets import read
from diagalim.sources.division import Division
from diagalim.sources.nearby import Lying, other_vintages
from diagalim.sources.registry import Resolved, find, load_sources, missing, required_sources
from diagalim.sources.studies import published_study
from diagalim.wording.problems import raise_if_any
from diagalim.workspace.paths import results_dir
from diagalim.workspace.results import FIGURES, are_whole

FACTS_FILE = "facts.json"
LEFT = "fichier qui n'est plus là, alors que des résultats ont été calculés avec lui"
REAL_ONLY = ("accueil", "carte")
"""Pages that refuse a synthetic figure on a real department; the recommendations drop it."""


class Declared:
    """A view of the territory that shows only the keys a chapter declares."""

    def __init__(self, territory: Territory, keys: Iterable[str], chapter: str) -> None:
        self._territory, self._keys, self._chapter = territory, frozenset(keys), chapter

    def __getattr__(self, name: str) -> Any:
        if name not in self._keys:
            raise PermissionError(
                f"{self._chapter} reads the territory key {name!r} without declaring it: "
                "add it under `territoire` in data/chapters.yml"
            )
        return getattr(self._territory, name)


class Reading:
    """A chapter as a reader of files and of other chapters.

    Parameters
    ----------
    name : str
        Name of the notebook, without extension.
    territory_code : str
        Territory of the run: the name of its file in ``data/territories``.
    """

    def __init__(self, name: str, territory_code: str) -> None:
        self.name = name
        self._territory_name = territory_code
        self.plan = load_plan()[name]
        self._territory = load_territory(territory_code)
        self.territory = Declared(self._territory, self.plan.territoire, name)
        self._used: dict[str, Resolved] = {}
        self._whole: set[str] = set()
        self._looked = False

    def read(self, source_id: str, reader: str | None = None) -> Any:
        """Read a declared dataset of ``data/sources.yml`` and remember which file answered.

        Parameters
        ----------
        source_id : str
            Key of the registry.
        reader : str, optional
            Dotted name of another reader of the same file than the one the registry names.
        """
        self._allow(source_id, self.plan.sources, "sources")
        self._require()
        table, resolved = read(source_id, self._territory, reader)
        self._used[source_id] = resolved
        return table

    def read_if_there(self, source_id: str) -> Any:
        """Read a declared dataset that a report can do without; None when no file answers."""
        return self.read(source_id) if self.find(source_id) else None

    def cite(self, *source_ids: str) -> None:
        """Remember declared datasets that a chapter upstream has read for this one.

        Raises
        ------
        InputError
            When no file answers for some of them: results stayed, and the files have left.
        """
        found = {source_id: self.find(source_id) for source_id in source_ids}
        raise_if_any(
            replace(missing(source_id, self._territory), value=LEFT)
            for source_id, file in found.items()
            if file is None
        )
        self._used |= found

    def resolved(self, source_id: str) -> Resolved:
        """Return the file that answered for a dataset already read or cited."""
        return self._used[source_id]

    def used(self) -> list[str]:
        """Return the datasets read or cited so far."""
        return list(self._used)

    def division(self, source_id: str) -> Division:
        """Return what became of the codes of a declared dataset, read for nothing else."""
        self._allow(source_id, self.plan.sources, "sources")
        return read(source_id, self._territory)[1].division

    def elsewhere(self, source_id: str) -> list[Lying]:
        """Return the files of a declared dataset that lie in the folders for a later year."""
        self._allow(source_id, self.plan.sources, "sources")
        source = load_sources()[source_id]
        edition = source.edition(self._territory.millesimes.get(source_id))
        if edition is None:
            return []
        others = other_vintages(source, edition, self._territory)
        return [lying for lying in others if lying.year > edition.millesime]

    def find(self, source_id: str) -> Resolved | None:
        """Return the file of a declared dataset, not read, or None."""
        self._allow(source_id, self.plan.sources, "sources")
        return find(source_id, self._territory)

    def _require(self) -> None:
        """Refuse to go on without a file that no report can do without: all of them at once.

        A build looks before any notebook runs; a notebook run alone has nobody else to look.
        """
        if self._looked:
            return
        needed = [name for name in required_sources() if name in self.plan.sources]
        raise_if_any(
            missing(name, self._territory) for name in needed if not find(name, self._territory)
        )
        self._looked = True

    def collected(self, name: str) -> list[Path]:
        """Return the files, or the folder, of a declared collected input; none when there is none.

        Parameters
        ----------
        name : str
            Key under ``collecte`` in the territory file.
        """
        self._allow(name, self.plan.collecte, "collecte")
        return collected_files(name, self._territory)

    @property
    def study(self) -> Document | None:
        """The published study that the territory declares; the only one that pages may quote."""
        return published_study(self.territory)

    def nature(self, sources: Iterable[str]) -> str:
        """Return the weakest nature of some datasets already read."""
        return max((self._used[source].nature for source in sources), key=NATURES.index)

    def commune_codes(self) -> Any:
        """Return what the declared lists of communes say of their codes; None without them.

        A `diagalim.analysis.geo.commune_codes.Cog`.
        """
        # by its name, as a reader: a chapter without these lists does not rest on that code
        codes = importlib.import_module("diagalim.sources.official.commune_lists")
        for source_id in (codes.LIST, codes.MOVEMENTS):
            self._allow(source_id, self.plan.sources, "sources")
        return codes.cog_at_hand(self._territory)

    @property
    def collected_nature(self) -> str:
        """Nature of what was collected: never real in the fictitious department."""
        return "synthétique" if self._territory.nature == "synthétique" else "collecté"

    def table(self, chapter: str, name: str) -> pd.DataFrame:
        """Read a table that a declared chapter left, building that chapter first when needed."""
        folder = self._upstream(chapter)
        plain, geo = folder / f"{name}.parquet", folder / f"{name}.geoparquet"
        return gpd.read_parquet(geo) if geo.exists() else pd.read_parquet(plain)

    def table_if_there(self, chapter: str, name: str) -> pd.DataFrame | None:
        """Read a table that a declared chapter leaves only where its inputs are; else None."""
        left = self._upstream(chapter).glob(f"{name}.*parquet")
        return self.table(chapter, name) if any(left) else None

    def facts_of(self, chapter: str) -> Facts:
        """Read the facts that a declared chapter left.

        Raises
        ------
        ValueError
            When a page of a real department that shows only what is real is given a made-up figure.
        """
        facts = read_facts(self._upstream(chapter) / FACTS_FILE)
        made_up = [fact.id for fact in facts if fact.nature == "synthétique"]
        if made_up and self.name in REAL_ONLY and self._territory.nature != "synthétique":
            raise ValueError(f"{self.name} shows no synthetic figure; {chapter} states {made_up}")
        return facts

    def figures_of(self, chapter: str) -> dict[str, KeptFigure]:
        """Read the figures that a declared chapter left, each with its four-part foot."""
        return read_figures(self._upstream(chapter) / FIGURES)

    def _upstream(self, chapter: str) -> Path:
        self._allow(chapter, self.plan.lit, "lit")
        results = results_dir(self._territory_name)
        if chapter not in self._whole:
            if not are_whole(results / chapter):
                absent = [name for name in self.plan.lit if not are_whole(results / name)]
                compute_chapters(absent, self._territory_name, results)
            self._whole.add(chapter)
        return results / chapter

    def _allow(self, name: str, declared: Iterable[str], key: str) -> None:
        if name not in declared:
            raise PermissionError(
                f"{self.name} reads {name!r} without declaring it: add it under `{key}` in "
                "data/chapters.yml"
            )
