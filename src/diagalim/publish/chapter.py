"""What a notebook holds on to: its territory, its sources, its facts, its results.

A chapter may read only what its entry in ``data/chapters.yml`` declares: the build decides from
that plan what a change re-runs, so an undeclared read would one day show a stale figure. Results
are written together when the chapter closes: a chapter that stops half-way leaves none.
"""

from __future__ import annotations

import html
import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
from IPython.display import HTML, Markdown, display
from matplotlib.figure import Figure

from diagalim.paths import results_dir
from diagalim.plan import load_plan
from diagalim.publish import french
from diagalim.publish.facts import NATURES, Fact, Facts, read_facts
from diagalim.publish.foot import cited, foot_html, foot_text, linked
from diagalim.publish.kept_figures import FIGURES, KeptFigure, drawn, read_figures
from diagalim.publish.tables import html_table
from diagalim.publish.upstream import compute_chapter
from diagalim.results import DOWNLOADS, are_whole, put_in_place, write_manifest
from diagalim.sources.collected.inputs import collected_files
from diagalim.sources.reading import read
from diagalim.sources.registry import Resolved, find
from diagalim.territory import Territory, load_territory

FACTS_FILE = "facts.json"
NAMED = {"nom": "territoire", "nom_de": "territoire_de", "nom_dans": "territoire_dans"}
"""Names of the territory that sentences may quote, when the chapter declares the key."""
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


class Chapter:
    """One chapter of one report.

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
        self.facts = Facts()
        self._used: dict[str, Resolved] = {}
        self._tables: dict[str, pd.DataFrame] = {}
        self._whole: set[str] = set()
        self._files: dict[str, bytes] = {}
        self._drawn: dict[str, bytes] = {}
        for key, fact in NAMED.items():
            if key in self.plan.territoire:
                self.choose(fact, getattr(self._territory, key), "Territoire")
        self.choose("fichier_territoire", self._territory.file, "Fichier du territoire")

    # ---- what comes in -------------------------------------------------------------------------

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
        table, resolved = read(source_id, self._territory, reader)
        self._used[source_id] = resolved
        return table

    def cite(self, *source_ids: str) -> None:
        """Remember declared datasets that a chapter upstream has read for this one.

        Raises
        ------
        ValueError
            When no file answers for one of them.
        """
        for source_id in source_ids:
            found = self.find(source_id)
            if found is None:
                raise ValueError(f"{self.name} cites {source_id}, for which there is no file")
            self._used[source_id] = found

    def resolved(self, source_id: str) -> Resolved:
        """Return the file that answered for a dataset already read or cited."""
        return self._used[source_id]

    def used(self) -> list[str]:
        """Return the datasets read or cited so far."""
        return list(self._used)

    def find(self, source_id: str) -> Resolved | None:
        """Return the file of a declared dataset, not read, or None."""
        self._allow(source_id, self.plan.sources, "sources")
        return find(source_id, self._territory)

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
    def collected_nature(self) -> str:
        """Nature of what was collected: never real in the fictitious department."""
        return "synthétique" if self._territory.nature == "synthétique" else "collecté"

    def table(self, chapter: str, name: str) -> pd.DataFrame:
        """Read a table that a declared chapter left, building that chapter first when needed."""
        folder = self._upstream(chapter)
        plain, geo = folder / f"{name}.parquet", folder / f"{name}.geoparquet"
        return gpd.read_parquet(geo) if geo.exists() else pd.read_parquet(plain)

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
        folder = results_dir(self._territory_name) / chapter
        if chapter not in self._whole:
            if not are_whole(folder):
                compute_chapter(chapter, self._territory_name, folder)
            self._whole.add(chapter)
        return folder

    def _allow(self, name: str, declared: Iterable[str], key: str) -> None:
        if name not in declared:
            raise PermissionError(
                f"{self.name} reads {name!r} without declaring it: add it under `{key}` in "
                "data/chapters.yml"
            )

    # ---- what is stated ------------------------------------------------------------------------

    def nature(self, sources: Iterable[str]) -> str:
        """Return the weakest nature of some datasets already read."""
        order = ["officiel", "repris", "collecté", "publié", "synthétique"]
        return max((self._used[source].nature for source in sources), key=order.index)

    def state(
        self,
        fact_id: str,
        value: float | int | str,
        unit: str,
        label: str,
        sources: list[str],
        *,
        year: int | str | None = None,
        decimals: int = 0,
        interval: tuple[float, float] | None = None,
        certainty: str = "non mesurée",
    ) -> Fact:
        """State a fact that rests on datasets already read.

        The year is that of the first dataset unless given; the nature is the weakest one.
        """
        used = [self._used[source] for source in sources]
        return self.facts.add(
            Fact(
                id=fact_id,
                label=label,
                value=value if isinstance(value, str | int) else float(value),
                unit=unit,
                decimals=decimals,
                year=str(year or used[0].vintage),
                nature=self.nature(sources),
                source=cited(used),
                datasets=tuple((found.id, found.name) for found in used),
                notebook=self.name,
                interval=interval,
                certainty=certainty,
            )
        )

    def derive(
        self,
        fact_id: str,
        value: float | int | str,
        label: str,
        of: Fact,
        *,
        unit: str = "",
        decimals: int = 0,
        interval: tuple[float, float] | None = None,
        certainty: str = "non mesurée",
        also: Sequence[Resolved] = (),
    ) -> Fact:
        """State a fact computed from the results of another chapter.

        Its year is that of a fact of that chapter; its sources are those of this fact, then
        ``also`` (datasets read here); its nature is the weakest of all.
        """
        natures = [of.nature, *(found.nature for found in also)]
        named = {key for key, _ in of.datasets}
        new = [found for found in also if found.id not in named]
        return self.facts.add(
            replace(
                of,
                id=fact_id,
                label=label,
                value=value if isinstance(value, str | int) else float(value),
                unit=unit,
                decimals=decimals,
                nature=max(natures, key=NATURES.index),
                source=" ; ".join([of.source, *([cited(new)] if new else [])]),
                datasets=(*of.datasets, *((found.id, found.name) for found in new)),
                notebook=self.name,
                interval=interval,
                certainty=certainty,
            )
        )

    def choose(self, fact_id: str, value: str, label: str) -> Fact:
        """State a choice of the territory file, so that prose cannot contradict it."""
        return self.facts.add(
            Fact(
                id=fact_id,
                label=label,
                value=value,
                unit="",
                decimals=0,
                year="",
                nature="officiel",
                source=f"réglage de l'étude ({self._territory.file})",
                notebook=self.name,
                certainty="choix de l'étude",
            )
        )

    def quote(
        self,
        fact_id: str,
        value: float | int | str,
        unit: str,
        label: str,
        *,
        year: int,
        source: str,
        decimals: int = 0,
        certainty: str = "montant publié, non vérifié ici",
    ) -> Fact:
        """State a figure read in a published text; it is never checked against a file here."""
        return self.facts.add(
            Fact(
                id=fact_id,
                label=label,
                value=value,
                unit=unit,
                decimals=decimals,
                year=str(year),
                nature="publié",
                source=source,
                notebook=self.name,
                certainty=certainty,
            )
        )

    def count(
        self,
        fact_id: str,
        value: float | int | str,
        unit: str,
        label: str,
        *,
        year: int | str,
        source: str,
        decimals: int = 0,
        interval: tuple[float, float] | None = None,
        certainty: str = "non mesurée",
    ) -> Fact:
        """State a figure that rests on what was collected for the study."""
        return self.facts.add(
            Fact(
                id=fact_id,
                label=label,
                value=value if isinstance(value, str | int) else float(value),
                unit=unit,
                decimals=decimals,
                year=str(year),
                nature=self.collected_nature,
                source=source,
                notebook=self.name,
                interval=interval,
                certainty=certainty,
            )
        )

    # ---- what is shown -------------------------------------------------------------------------

    def say(self, *sentences: str, facts: Facts | None = None) -> None:
        """Show sentences as one paragraph, each ``{id}`` replaced by its fact."""
        display(Markdown(" ".join(self._said(sentences, facts))))

    def points(self, *sentences: str, facts: Facts | None = None) -> None:
        """Show sentences as a list, each ``{id}`` replaced by its fact."""
        display(Markdown("\n".join(f"- {text}" for text in self._said(sentences, facts))))

    def foot(
        self, *, reading: str, scope: str, sources: list[str], certainty: str = "non mesurée"
    ) -> None:
        """Show the four parts that follow every figure and table.

        Parameters
        ----------
        reading : str
            One sentence with one real number, facts in braces.
        scope : str
            Population, territory, year, exclusions.
        sources : list of str
            Datasets already read.
        certainty : str
            Interval, or why there is none.
        """
        used = cited([self._used[source] for source in sources], linked=True)
        self._show_foot(reading, scope, used, certainty)

    def foot_from(
        self, facts: Facts, fact_id: str, *, reading: str, scope: str, certainty: str
    ) -> None:
        """Show the four parts under something made of the facts of another chapter.

        Source and certainty are those of the fact named: ``{certitude}`` stands for the latter.
        """
        main = facts[fact_id]
        source = f"{linked(main.source, main.datasets)} (nature : {main.nature})"
        certainty = certainty.replace("{certitude}", main.certainty)
        self._show_foot(reading, scope, source, certainty, facts)

    def foot_published(self, *, reading: str, scope: str, source: str, certainty: str) -> None:
        """Show the four parts under figures that are quoted from a document, not computed."""
        quoted = html.escape(f"{self.facts.fill(source)} (nature : publié)")
        self._show_foot(reading, scope, quoted, certainty)

    def foot_collected(self, *, reading: str, scope: str, source: str, certainty: str) -> None:
        """Show the four parts under figures that rest on what was collected for the study."""
        named = html.escape(f"{self.facts.fill(source)} (nature : {self.collected_nature})")
        self._show_foot(reading, scope, named, certainty)

    def _show_foot(
        self, reading: str, scope: str, source: str, certainty: str, facts: Facts | None = None
    ) -> None:
        known = facts or self.facts
        reading, scope, certainty = (known.fill(text) for text in (reading, scope, certainty))
        for name, png in self._drawn.items():
            text = json.dumps(foot_text(reading, scope, source, certainty), ensure_ascii=False)
            self._files[f"{FIGURES}/{name}.json"] = (text + "\n").encode("utf-8")
            self._files[f"{FIGURES}/{name}.png"] = png
        self._drawn.clear()
        display(HTML(foot_html(reading, scope, source, certainty)))

    def _said(self, sentences: Iterable[str], facts: Facts | None) -> list[str]:
        known = facts or self.facts
        return [known.fill(sentence, french.markdown_text) for sentence in sentences]

    def fill(self, sentence: str) -> str:
        """Return a sentence with its facts, for the title of a table that states what it shows."""
        return self.facts.fill(sentence)

    def title(self, words: str) -> None:
        """Show a title of the third rank, for parts that the data decide."""
        display(Markdown(f"### {french.markdown_text(words)}"))

    def show_table(self, table: pd.DataFrame, caption: str, **options: Any) -> None:
        """Show a table of text already formatted (`diagalim.publish.tables.html_table`)."""
        display(HTML(html_table(table, french.spaced(caption), **options)))

    # ---- what goes out -------------------------------------------------------------------------

    def keep(self, name: str, table: pd.DataFrame) -> None:
        """Hand a table on to other chapters; written when the chapter closes."""
        if name in self._tables:
            raise ValueError(f"{self.name} already keeps a table named {name!r}")
        self._tables[name] = table

    def keep_figure(self, name: str, figure: Figure) -> None:
        """Hand a figure on as an image; the next foot that is shown becomes its own.

        Parameters
        ----------
        name : str
            That of its cell (``mystnb.figure.name``): its caption stands there.
        figure : Figure
            Drawn once more, finer than a page needs.
        """
        if name in self._drawn or f"{FIGURES}/{name}.png" in self._files:
            raise ValueError(f"{self.name} already keeps a figure named {name!r}")
        self._drawn[name] = drawn(figure)

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
