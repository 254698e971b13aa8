"""The page « Données à télécharger »: what there is, in which form, how large, and what is not."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from IPython.display import HTML, display

from diagalim.chapter.pages import DICTIONARY, PAGES, address, anchor
from diagalim.downloads.offered import Offered
from diagalim.downloads.pictures import Picture
from diagalim.wording import french
from diagalim.workspace.results import DOWNLOADS

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter

KILO = 1000
FORMS = {
    "csv": "CSV",
    "xlsx": "Excel",
    "json": "schéma des colonnes",
    "gpkg": "GeoPackage",
    "png": "image PNG",
}
NEVER = {
    "Les valeurs des indicateurs, IRIS par IRIS": "Elles sont chez leurs producteurs, avec leur "
    "licence et leur dernière mise à jour ; la page des sources y mène.",
    "Les réponses au questionnaire, les fiches des réseaux, les entretiens": "Aucune donnée "
    "individuelle n'est publiée. Leurs tableaux sont sur les pages, après masquage ; ils ne sont "
    "pas proposés en fichier.",
    "Les lieux d'aide, leurs noms, adresses, points, et la distance au plus proche": "Les listes "
    "lues n'ont pas de licence, ou une licence qui ne permet pas de les rediffuser ; et un fichier "
    "vieillit mal pour qui cherche à manger. Besoin d'aide : 115 ou soliguide.fr.",
    "L'indice de fragilité numérique": "Le fichier lu n'a pas de licence précisée.",
    "Les phrases de l'étude et des documents relus": "Elles sont à leurs auteurs ; seuls leurs "
    "chiffres sont relevés, avec un libellé de notre main.",
}
"""What is offered in no edition, and why."""


def hand_out(chapter: Chapter, files: dict[str, bytes]) -> dict[str, int]:
    """Give files to readers and return their sizes, in bytes, by name."""
    for name, content in files.items():
        chapter.hand_out(name, content)
    return {name: len(content) for name, content in files.items()}


def counts(offered: list[Offered], drawn: list[Picture]) -> dict[str, int]:
    """Return how many tables, figures and quoted figures there are to take away."""
    return {
        "nb_tableaux": len(offered),
        "nb_images": len(drawn),
        "nb_cites": len(offered[-1].table),
    }


def show_tables(offered: list[Offered], sizes: dict[str, int]) -> None:
    """Show one entry a table: content, files, columns, source, nature, certainty."""
    display(HTML("".join(_table_entry(table, sizes) for table in offered)))


def show_outlines(sizes: dict[str, int]) -> None:
    """Show the links to the outlines."""
    display(HTML(_links(sizes)))


def show_pictures(drawn: list[Picture]) -> None:
    """Show one link a figure, with its caption and the page that shows it."""
    entries = "".join(
        f"<dt>{_link(picture.file, len(picture.png))}</dt>"
        f"<dd>{html.escape(french.spaced(picture.caption))} "
        f'<a href="{address(picture.page)}#{picture.name}">Voir la figure dans la page '
        f"« {html.escape(PAGES.get(picture.page, picture.page))} »</a></dd>"
        for picture in drawn
    )
    none = "<p>Aucune figure dans cette édition.</p>"
    display(HTML(f"<dl>{entries}</dl>" if drawn else none))


def show_withheld(offered: list[Offered]) -> None:
    """Show what is not handed out and why: columns of this edition, then what never is."""
    columns = [
        (f"{table.schema['title']} : {title}", f"Cette colonne reprendrait {why}.")
        for table in offered
        for title, why in table.withheld.items()
    ]
    entries = "".join(
        f"<dt>{html.escape(french.spaced(name))}</dt><dd>{html.escape(french.spaced(why))}</dd>"
        for name, why in [*columns, *NEVER.items()]
    )
    display(HTML(f"<dl>{entries}</dl>"))


def _table_entry(offered: Offered, sizes: dict[str, int]) -> str:
    notice, key = offered.notice, anchor(f"publie.{offered.name}")
    columns = french.plural(len(offered.fields), "colonne")
    rows = {
        "Fichiers": _links({name: sizes[name] for name in sizes if _belongs(name, offered)}),
        "Contenu": html.escape(french.plural(len(offered.table), "ligne"))
        + f' · <a href="{address(DICTIONARY)}#{key}">{columns}, dans le dictionnaire</a>',
        **{
            name: html.escape(text)
            for name, text in notice.lines()
            if name in ("Source", "Nature", "Certitude", "Remarque")
        },
    }
    body = "".join(f"<dt>{name}</dt><dd>{text}</dd>" for name, text in rows.items())
    title, about = (html.escape(french.spaced(t)) for t in (notice.title, notice.about))
    return (
        f'<section id="{html.escape(offered.name)}" class="source"><h3>{title}</h3>'
        f"<p>{about}</p><dl>{body}</dl></section>"
    )


def _belongs(name: str, offered: Offered) -> bool:
    return name.partition(".")[0] == offered.stem


def _links(sizes: dict[str, int]) -> str:
    items = "".join(f"<li>{_link(name, size)}</li>" for name, size in sizes.items())
    return f"<ul>{items}</ul>"


def _link(name: str, size: int) -> str:
    # two folders up from the page of a chapter, over http as from disk
    shown = html.escape(name)
    form = FORMS[name.rpartition(".")[2]]
    place = f"../../{DOWNLOADS}/{shown}"
    return f'<a href="{place}" download="{shown}">{shown}</a> ({form}, {weight(size)})'


def weight(size: int) -> str:
    """Return a size in bytes as readers know it: « 58 ko », « 1,2 Mo »."""
    if size < KILO:
        return french.with_unit(size, "octets")
    if size < KILO**2:
        return french.with_unit(size / KILO, "ko")
    return french.with_unit(size / KILO**2, "Mo", 1)
