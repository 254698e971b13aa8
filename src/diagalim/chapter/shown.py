"""How does a chapter show a table or a figure whose words are beside it? In one call with its foot.

Title, headers, units and the four parts come from ``<chapter>.yml``; the code gives the numbers,
and those of the parts that only the data decide.
"""

from __future__ import annotations

import html
from typing import Any

import pandas as pd
from IPython.display import HTML, Markdown, display
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from diagalim.chapter.columns import written
from diagalim.chapter.foot import cited, foot_lines, linked
from diagalim.chapter.quoting import Quotable
from diagalim.chapter.showing import Showing
from diagalim.chapter.stated import Declared, one_of
from diagalim.chapter.tables import html_table
from diagalim.chapter.texte import lacking
from diagalim.settings.words import BY_CODE, CERTAINTY, ChapterWords, Shown
from diagalim.settings.words_file import not_a_fact, words_file
from diagalim.wording import french
from diagalim.wording.problems import InputError


class Described:
    """Shows what the words of a chapter describe.

    Parameters
    ----------
    chapter : Showing
        Knows the datasets read, and keeps the figures.
    words : ChapterWords
        What is shown under each key.
    declared : Declared
        Knows which of the declared datasets answered.
    quotable : Quotable
        The facts that texts quote.
    """

    def __init__(
        self, chapter: Showing, words: ChapterWords, declared: Declared, quotable: Quotable
    ) -> None:
        self._chapter, self._words = chapter, words
        self._declared, self._quotable = declared, quotable

    def show(self, key: str, what: pd.DataFrame | Figure | None, **given: Any) -> None:
        """Show a table or a figure, then its foot; a figure is kept under its key too.

        Parameters
        ----------
        key : str
            Entry of ``montre``; for a figure, the name of its cell too.
        what : DataFrame, Figure or None
            None for a figure that this run has nothing to draw: as an empty table.
        caption, reading, scope, certainty : str, optional
            Where the words have none; facts in braces.
        sources : iterable of str, optional
            Datasets, where the words say ``du_calcul``.
        document, collecte, releve : str, optional
            Origin in words, where they say ``du_calcul``.
        row_ids : Series, optional
            An ``id`` for each row.
        """
        shown = self._entry(key)
        if isinstance(what, Figure):
            self._chapter.keep_figure(key, what)
            self._draw(what)
        elif what is None or (what.empty and shown.sans_ligne is not None):
            self._say(shown.sans_ligne or "")
            return
        else:
            self._say(shown.avant)
            self._show_table(what, shown, given)
        if not shown.pied:
            self._foot(shown, given)

    def foot(self, key: str, **given: Any) -> None:
        """Show the foot of an entry alone, under what the code or a text showed by itself.

        Where its ``fait`` was not stated this time, the text that quotes it is left out, and so is
        the foot.
        """
        shown = self._entry(key)
        if not (shown.fait and lacking(shown.fait, self._words, self._quotable)):
            self._foot(shown, given)

    def lines(self, key: str, fact: str) -> list[str]:
        """Return the foot of an entry as plain lines, the source that of a fact (`foot_lines`)."""
        shown = self._entry(key)
        parts = {"reading": shown.lecture, "scope": shown.champ, "certainty": shown.certitude}
        return foot_lines(self._quotable, fact, **parts)

    def _entry(self, key: str) -> Shown:
        if key not in self._words.montre:
            file = words_file(self._chapter.name)
            raise InputError([not_a_fact(file, "clé montre", key, list(self._words.montre))])
        return self._words.montre[key]

    def _draw(self, figure: Figure) -> None:
        figure.canvas.draw()  # as pyplot does at the end of a cell: each drawing settles the layout
        display(figure)
        plt.close(figure)  # or it would be shown again at the end of the cell

    def _say(self, text: str) -> None:
        if text:
            display(Markdown(self._quotable.fill(text, french.markdown_text)))

    def _show_table(self, table: pd.DataFrame, shown: Shown, given: dict[str, Any]) -> None:
        quote = self._quotable.quote
        text, aligned = written(table, shown, quote)
        text = text.T if shown.debout else text
        caption = self._quotable.fill(one_of(shown.titre, given.get("caption"), "titre"))
        options = {"row_ids": given.get("row_ids"), "height": shown.hauteur or None}
        line = quote(shown.ligne)
        display(HTML(html_table(text, caption, index_label=line, text_columns=aligned, **options)))

    def _foot(self, shown: Shown, given: dict[str, Any]) -> None:
        reading = one_of(shown.lecture, given.get("reading"), "lecture")
        scope = one_of(shown.champ, given.get("scope"), "champ")
        certainty = one_of(shown.certitude, given.get("certainty"), CERTAINTY) or "non mesurée"
        if shown.fait:
            of_fact = self._quotable[shown.fait].certainty
            certainty = certainty.replace(f"{{{CERTAINTY}}}", of_fact)
        source = self._source(shown, given)
        self._chapter.show_foot(reading, scope, source, certainty, self._quotable)

    def _source(self, shown: Shown, given: dict[str, Any]) -> str:
        """Return the source of a foot as HTML."""
        chapter = self._chapter
        if shown.fait:
            fact = self._quotable[shown.fait]
            return f"{linked(fact.source, fact.datasets)} (nature : {fact.nature})"
        if shown.told:
            ((kind, words),) = shown.told.items()
            text = given[kind] if words == BY_CODE else words
            made_up = chapter.collected_nature == "synthétique"
            published = kind == "document" or (kind == "releve" and not made_up)
            nature = "publié" if published else chapter.collected_nature
            return html.escape(f"{self._quotable.fill(text)} (nature : {nature})")
        names = self._declared.datasets(shown.sources, given)
        return cited([chapter.resolved(name) for name in names], linked=True)
