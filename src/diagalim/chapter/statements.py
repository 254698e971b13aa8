"""How does a chapter state a figure: once, with its year, its nature and where it comes from.

There is one way in for each origin: datasets read here, results of another chapter, what was
collected for the study, a published text, a choice of the report. The origin decides the nature.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from diagalim.chapter.facts import NATURES, Fact, Facts
from diagalim.chapter.foot import cited
from diagalim.chapter.inputs import Reading
from diagalim.settings.words import NAMED, SETTINGS
from diagalim.sources.registry import Resolved

OF_PLACES = ("contours_iris", "appartenance_iris", "epci", "cog")
"""Datasets that say where places are, and measure nothing there."""
YEAR = re.compile(r"\b\d{4}\b")


class Stating(Reading):
    """A chapter that states facts on what it reads."""

    def __init__(self, name: str, territory_code: str) -> None:
        super().__init__(name, territory_code)
        self.facts = Facts()
        for key, fact in NAMED.items():
            if key in self.plan.territoire:
                self.choose(fact, getattr(self._territory, key), "Territoire")
        self.choose(SETTINGS, self._territory.file, "Fichier du territoire")

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

        The year, unless given, is that of the datasets, or from the first to the last of them
        (`period`); the nature is the weakest one.
        """
        used = [self._used[source] for source in sources]
        return self.facts.add(
            Fact(
                id=fact_id,
                label=label,
                value=_plain(value),
                unit=unit,
                decimals=decimals,
                year=str(year or period(used)),
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

        Its year is that of a fact of that chapter, widened to those of ``also`` (datasets read
        here); its sources are those of this fact, then ``also``; its nature is the weakest of all.
        """
        natures = [of.nature, *(found.nature for found in also)]
        named = {key for key, _ in of.datasets}
        new = [found for found in also if found.id not in named]
        return self.facts.add(
            replace(
                of,
                id=fact_id,
                label=label,
                value=_plain(value),
                unit=unit,
                decimals=decimals,
                year=period(also, of.year),
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
                nature="choix",
                source=f"réglage de ce rapport ({self._territory.file})",
                notebook=self.name,
                certainty="choix de ce rapport",
            )
        )

    def quote(
        self,
        fact_id: str,
        value: float | int | str,
        unit: str,
        label: str,
        *,
        year: int | str,
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

    def tell(
        self, fact_id: str, value: float | int | str, unit: str, label: str, **options: Any
    ) -> Fact:
        """State a figure that a team read in documents on its territory: quoted from them.

        Those of the fictitious department are made up, and so is what they tell.
        """
        made_up = self.collected_nature == "synthétique"
        return (self.count if made_up else self.quote)(fact_id, value, unit, label, **options)

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
                value=_plain(value),
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

    def count_shown(
        self, fact_id: str, value: float | int | str, unit: str, label: str, **options: Any
    ) -> Fact:
        """State a figure of structures, places or people as it is shown: rounded, bounds too.

        All its decimals would give back the counts that it was made of (`count` keeps them).
        """
        decimals, interval = options.get("decimals", 0), options.pop("interval", None)
        kept = value if isinstance(value, str | int) else round(float(value), decimals)
        ends = interval and tuple(round(float(end), decimals) for end in interval)
        return self.count(fact_id, kept, unit, label, interval=ends, **options)


def period(used: Sequence[Resolved], known: str = "") -> str:
    """Return the year that datasets describe, or the first and the last of their years.

    Parameters
    ----------
    used : sequence of Resolved
        Lists and outlines of places count only where there is nothing else: they date the map, not
        what is counted on it.
    known : str
        Year or period that is already known; its years count too.
    """
    described = [found for found in used if found.id not in OF_PLACES]
    dated = described or ([] if known else used)
    years = sorted({*YEAR.findall(known), *(str(found.vintage) for found in dated)})
    if not years:
        return known
    return years[0] if len(years) == 1 else f"{years[0]} à {years[-1]}"


def _plain(value: float | int | str) -> float | int | str:
    """Return a figure as JSON holds it: NumPy's floats become Python's."""
    return value if isinstance(value, str | int) else float(value)
