"""The page of sources: for each dataset, who made it, what was found, changed, and by whom read.

It is the last hop from any figure: the foot of a figure leads to an entry here, and the entry names
the key and line of ``data/sources.yml``, the file read and the function that reads it.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import pandas as pd
from IPython.display import HTML, display

from diagalim.chapter.pages import dictionary_link
from diagalim.settings.download_facts import UNTRIED, Download
from diagalim.sources.division import FITTED, Division
from diagalim.sources.nearby import Lying
from diagalim.sources.places.left_out import inhabitants, said_of
from diagalim.sources.registry import REGISTRY_FILE, Resolved, load_sources
from diagalim.wording import french
from diagalim.workspace.paths import project_root

if TYPE_CHECKING:
    from diagalim.chapter.chapter import Chapter

NATURES = {
    "officiel": "fichier du producteur",
    "repris": (
        "donnée officielle reprise d'une source secondaire, non comparée au fichier du producteur"
    ),
    "synthétique": "donnée fictive",
}


def registry_lines() -> dict[str, int]:
    """Return the line of each dataset in the registry."""
    lines = (project_root() / REGISTRY_FILE).read_text(encoding="utf-8").splitlines()
    return {
        line.removesuffix(":"): number
        for number, line in enumerate(lines, start=1)
        if line.endswith(":") and not line.startswith((" ", "#"))
    }


def counts(chapter: Chapter) -> dict[str, int]:
    """Return how many datasets are known, read as their producer made them, taken over, absent."""
    natures = [
        found.nature if (found := chapter.find(name)) else "absent" for name in load_sources()
    ]
    return {
        "nb_jeux": len(natures),
        "nb_lus": len(natures) - natures.count("absent"),
        "nb_officiels": natures.count("officiel"),
        "nb_repris": natures.count("repris"),
        "nb_absents": natures.count("absent"),
    }


def summary(chapter: Chapter) -> pd.DataFrame:
    """Return one line a dataset: its year here, its nature, its producer; absent ones last."""
    rows = {}
    for name, source in load_sources().items():
        found = chapter.find(name)
        held = [str(found.vintage), found.nature] if found else [None, "non disponible"]
        rows[french.spaced(source.titre)] = [*held, source.producteur, found is None]
    columns = ["annee", "nature", "producteur", "absent"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    return table.sort_values("absent", kind="stable").drop(columns="absent")


def show_sources(chapter: Chapter) -> None:
    """Show one entry a dataset of the registry, found or not."""
    lines = registry_lines()
    divisions = {name: chapter.division(name) for name in FITTED if chapter.find(name)}
    people = inhabitants(divisions)
    entries = []
    for source_id, source in load_sources().items():
        found = chapter.find(source_id)
        page = html.escape(source.page)
        rows = {
            "Producteur": html.escape(source.producteur),
            "Champ": html.escape(source.champ),
            "Licence": html.escape(source.licence),
            "Page du producteur": f'<a href="{page}">{page}</a>',
            **(_found(found) if found else {"Fichier": _how_to_supply(source_id)}),
            **_unread(chapter.elsewhere(source_id)),
            **_places(said_of(divisions.get(source_id, Division()), people)),
            "Colonnes": dictionary_link(source_id) or "pas encore décrites",
            "Registre": f"<code>{REGISTRY_FILE}</code>, clé <code>{source_id}</code>, ligne "
            f"{lines[source_id]}",
            "Lecture": f"fonction <code>{html.escape(source.lecteur)}</code>",
        }
        body = "".join(f"<dt>{name}</dt><dd>{text}</dd>" for name, text in rows.items())
        title = html.escape(french.spaced(source.titre))
        entries.append(
            f'<section id="{source_id}" class="source"><h3>{title}</h3><dl>{body}</dl></section>'
        )
    display(HTML("".join(entries)))


def _unread(later: list[Lying]) -> dict[str, str]:
    """Say which later files of the dataset lie in the folders and are not read."""
    if not later:
        return {}
    shown = [f"{lying.year} (<code>{html.escape(lying.place)}</code>)" for lying in later]
    return {"Plus récent, là et non lu": ", ".join(shown)}


def _places(said: list[str]) -> dict[str, str]:
    """Say which rows have no outline, and which were followed to one."""
    lines = [html.escape(french.spaced(line)) for line in said]
    return {"Géographie": "<br>".join(lines)} if said else {}


def _how_to_supply(source_id: str) -> str:
    return (
        "non disponible dans cette édition ; le prendre chez le producteur et le déposer dans "
        f"<code>data/officiel/{html.escape(source_id)}/</code>"
    )


def _found(found: Resolved) -> dict[str, str]:
    edition = found.edition
    geography = f", géographie {edition.geographie}" if edition.geographie else ""
    rows = {
        "Millésime": f"{found.vintage}{geography}",
        "Mise à jour": html.escape(edition.mise_a_jour or "date non connue"),
        "Fichier": f"<code>{html.escape(found.path.name)}</code>",
        "Nature": NATURES[found.nature],
    }
    if edition.telechargement:
        rows["Téléchargement"] = "<br>".join(map(_address, edition.telechargement))
    if found.pattern.note:
        rows["Ce qui a été changé"] = html.escape(found.pattern.note)
    return rows


def _address(download: Download) -> str:
    address = html.escape(download.adresse)
    link = f'<a href="{address}">{address}</a>'
    return f"{link} ({UNTRIED})" if download.untried else link
