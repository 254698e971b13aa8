"""How does a chapter show what it found: sentences, tables, figures, each with its four-part foot.

A sentence never holds a typed number, and nothing is computed here: what is shown was stated.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from typing import Any

import pandas as pd
from IPython.display import HTML, Markdown, display
from matplotlib.figure import Figure

from diagalim.chapter.facts import Facts
from diagalim.chapter.figures import drawn
from diagalim.chapter.foot import cited, foot_html, foot_text, linked
from diagalim.chapter.statements import Stating
from diagalim.chapter.tables import html_table
from diagalim.wording import french
from diagalim.workspace.results import FIGURES


class Showing(Stating):
    """A chapter that shows its facts, tables and figures."""

    def __init__(self, name: str, territory_code: str) -> None:
        super().__init__(name, territory_code)
        self._files: dict[str, bytes] = {}
        self._drawn: dict[str, bytes] = {}

    def say(self, *sentences: str, facts: Facts | None = None) -> None:
        """Show sentences as one paragraph, each ``{id}`` replaced by its fact; nothing for none."""
        if sentences:
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
        self.show_foot(reading, scope, used, certainty)

    def foot_from(
        self, facts: Facts, fact_id: str, *, reading: str, scope: str, certainty: str
    ) -> None:
        """Show the four parts under something made of the facts of another chapter.

        Source and certainty are those of the fact named: ``{certitude}`` stands for the latter.
        """
        main = facts[fact_id]
        source = f"{linked(main.source, main.datasets)} (nature : {main.nature})"
        certainty = certainty.replace("{certitude}", main.certainty)
        self.show_foot(reading, scope, source, certainty, facts)

    def foot_published(self, *, reading: str, scope: str, source: str, certainty: str) -> None:
        """Show the four parts under figures that are quoted from a document, not computed."""
        quoted = html.escape(f"{self.facts.fill(source)} (nature : publié)")
        self.show_foot(reading, scope, quoted, certainty)

    def foot_collected(self, *, reading: str, scope: str, source: str, certainty: str) -> None:
        """Show the four parts under figures that rest on what was collected for the study."""
        named = html.escape(f"{self.facts.fill(source)} (nature : {self.collected_nature})")
        self.show_foot(reading, scope, named, certainty)

    def foot_told(self, **parts: str) -> None:
        """Show the four parts under what a team read in documents on its territory."""
        made_up = self.collected_nature == "synthétique"
        (self.foot_collected if made_up else self.foot_published)(**parts)

    def show_foot(
        self, reading: str, scope: str, source: str, certainty: str, facts: Facts | None = None
    ) -> None:
        """Show the four parts, ``source`` already HTML; kept with the figures drawn before."""
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
        """Show a table of text already formatted (`diagalim.chapter.tables.html_table`)."""
        display(HTML(html_table(table, french.spaced(caption), **options)))

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
