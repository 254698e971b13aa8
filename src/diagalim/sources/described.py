"""Which inputs are described by a Table Schema, official and collected, and where is each found?

The data dictionary of the report is made from this list: a schema that is added appears in it, and
an official dataset that has none yet is named as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from diagalim.settings.registry import Pattern
from diagalim.sources.recipe_columns import asked_columns, asked_fields
from diagalim.sources.registry import load_sources
from diagalim.sources.schemas import SCHEMA_DIR, load_schema, schema_path
from diagalim.workspace.paths import project_root

COLLECTED_ORDER = (
    "base_contacts",
    "dictionnaire",
    "modalites",
    "habilitations",
    "tableur_partenaire",
    "inventaire_lieux",
    "inventaire_services",
    "inventaire_arrets",
    "revue_appariement",
    "remontee",
    "entretiens",
    "segments",
    "groupes",
    "documents",
    "instances",
    "membres",
    "liens",
)
"""Order of the report: survey, offer, reporting sheets, interviews, coordination; others come
after."""
COLLECTED_FILES = {
    "base_contacts": "structures/base_contacts.csv",
    "dictionnaire": "enquete/dictionnaire.csv",
    "modalites": "enquete/modalites.csv",
}
"""Where the inputs stand whose schema does not say it (``fichiers``)."""

PUBLISHED_ORDER = (
    "score_iris",
    "couverture_indicateurs",
    "pauvrete_communes",
    "cadrage_villes",
    "verification_cadrage",
    "commerces_iris",
    "recommandations",
    "chiffres_documents",
    "chiffres_du_rapport",
)
"""Order of the page of downloads; others come after."""
PUBLISHED = "publie."
"""Begins the names of the published tables: an input may have the same name."""


@dataclass(frozen=True)
class Described:
    """One form of one input, with its schema.

    Parameters
    ----------
    name : str
        Name of the schema file, without extension: anchor of its section.
    source_id : str
        Key of the registry; empty for a collected input.
    producer : str
        Who makes the files.
    files : tuple of str
        Names or patterns of the files.
    vintage : int or None
        Year that the data describe, put into the names of the columns.
    nature : tuple of str
        What the files are (*officiel*, *repris*, *collecté*).
    schema : dict
        Table Schema.
    """

    name: str
    source_id: str
    producer: str
    files: tuple[str, ...]
    vintage: int | None
    nature: tuple[str, ...]
    schema: dict[str, Any]

    @property
    def title(self) -> str:
        """Title of the schema."""
        return self.schema["title"]

    @property
    def key(self) -> str:
        """Name of the schema file without what says whose it is: that of the published files."""
        return self.name.removeprefix(PUBLISHED)


def official_schemas() -> list[Described]:
    """Return the forms of the official datasets that have a schema, in the order of the registry.

    A form that several vintages share is described once, for the latest.
    """
    found: list[Described] = []
    for source_id, source in load_sources().items():
        by_form: dict[str, list[tuple[int, Pattern]]] = {}
        for edition in source.editions:
            for pattern in edition.fichiers:
                by_form.setdefault(pattern.format, []).append((edition.millesime, pattern))
        for form, patterns in by_form.items():
            path = schema_path(source_id, form)
            if not path.is_file():
                continue
            vintage = max(year for year, _ in patterns)
            found.append(
                Described(
                    name=path.stem,
                    source_id=source_id,
                    producer=source.producteur,
                    files=tuple(dict.fromkeys(_file_name(p.motif) for _, p in patterns)),
                    vintage=vintage,
                    nature=tuple(dict.fromkeys(p.nature for _, p in patterns)),
                    schema=asked_fields(
                        load_schema(path, vintage), asked_columns(source_id, form, vintage)
                    ),
                )
            )
    return found


def _file_name(pattern: str) -> str:
    """Return the name of the files of a pattern; the code of the department varies."""
    return Path(pattern).name.replace("{territoire}", "*")


def undescribed() -> list[str]:
    """Return the short titles of the official datasets that have a form without a schema."""
    return [
        source.titre
        for source_id, source in load_sources().items()
        if any(
            not schema_path(source_id, pattern.format).is_file()
            for edition in source.editions
            for pattern in edition.fichiers
        )
    ]


def collected_schemas() -> list[Described]:
    """Return the collected inputs, in the order of `COLLECTED_ORDER`."""
    described = []
    for name, path in _ordered("collecte", COLLECTED_ORDER):
        schema = load_schema(path)
        where = schema.get("fichiers", COLLECTED_FILES.get(name, ""))
        described.append(
            Described(
                name=name,
                source_id="",
                producer=schema.get("producteur", "recueilli par l'étude"),
                files=(where,) if where else (),
                vintage=None,
                nature=("collecté",),
                schema=schema,
            )
        )
    return described


def published_schemas() -> list[Described]:
    """Return the tables that the report hands out, in the order of `PUBLISHED_ORDER`."""
    return [
        Described(
            name=f"{PUBLISHED}{name}",
            source_id="",
            producer="ce rapport",
            files=(f"*_{name}.csv", f"*_{name}.xlsx"),
            vintage=None,
            nature=(),
            schema=load_schema(path),
        )
        for name, path in _ordered("publie", PUBLISHED_ORDER)
    ]


def _ordered(folder: str, order: tuple[str, ...]) -> list[tuple[str, Path]]:
    """Return the schemas of a folder by name, those of an order first."""
    place = project_root() / SCHEMA_DIR / folder
    paths = {path.stem: path for path in sorted(place.glob("*.json"))}
    names = [name for name in order if name in paths]
    return [(name, paths[name]) for name in [*names, *(n for n in paths if n not in names)]]
