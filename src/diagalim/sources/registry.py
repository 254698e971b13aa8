"""Which file answers for which dataset: the registry of sources, and the look-up of its files.

`data/sources.yml` names every official dataset once: producer, vintage, licence, page, address and
the file patterns accepted. A pattern carries the *nature* of what it finds, because the same data
may come from its producer (``officiel``) or through someone who re-published it (``repris``), and a
reader must be told which.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from diagalim.settings.checked_yaml import load_checked_yaml, problems_of, read_settings
from diagalim.settings.registry import Edition, Pattern, Source
from diagalim.settings.territory import Territory
from diagalim.sources.division import Division
from diagalim.sources.files import file_problem, laid
from diagalim.sources.nearby import is_there, other_vintages, under_another_name
from diagalim.wording.problems import InputError, Problem, raise_if_any
from diagalim.workspace.paths import data_dirs, project_root

REGISTRY_FILE = "data/sources.yml"


ORIGINS = {"officiel": "", "repris": " ; donnée reprise d'une source secondaire"}
"""What the foot of a figure adds to the licence, by nature of the file."""


@dataclass(frozen=True)
class Resolved:
    """A dataset and the file that answers for it in this run.

    Attributes
    ----------
    id : str
        Key of the dataset in ``data/sources.yml``.
    path : Path
        The file.
    source : Source
        Its entry in the registry.
    edition : Edition
        The vintage asked for.
    pattern : Pattern
        The accepted pattern that matched: nature and layout.
    division : Division
        Which of its codes were followed to those of the outlines, or left out; known once read.
    """

    id: str
    path: Path
    source: Source
    edition: Edition
    pattern: Pattern
    division: Division = Division()

    @property
    def nature(self) -> str:
        """Nature of the file found, not of the dataset in general."""
        return self.pattern.nature

    @property
    def vintage(self) -> int:
        """Year that the data describe."""
        return self.edition.millesime

    @property
    def name(self) -> str:
        """Producer, short title and vintage."""
        return f"{self.source.producteur}, {self.source.court} {self.vintage}"

    @property
    def terms(self) -> str:
        """Licence, date of the last update, and through whom the file came."""
        if self.nature == "synthétique":
            return "donnée fictive, au format de ce fichier"
        updated = self.edition.mise_a_jour
        dated = f"mise à jour du {updated}" if updated else "date de mise à jour non connue"
        return f"{self.source.licence} ; {dated}{ORIGINS[self.nature]}"


@lru_cache
def parse_sources(text: str) -> dict[str, Source]:
    """Check the text of a registry of sources; the faults of all its datasets come together."""
    sources: dict[str, Source] = {}
    problems: list[Problem] = []
    for key, entry in load_checked_yaml(text, REGISTRY_FILE).items():
        try:
            sources[str(key)] = Source.model_validate(entry)
        except ValidationError as error:
            problems += problems_of(error, REGISTRY_FILE, Source, under=[key])
    raise_if_any(problems)
    return sources


def load_sources() -> dict[str, Source]:
    """Read the registry of official datasets, ``data/sources.yml``.

    Raises
    ------
    InputError
        With every unknown key and bad value of every dataset.
    """
    return parse_sources(read_settings(project_root() / REGISTRY_FILE, REGISTRY_FILE))


def find(source_id: str, territory: Territory) -> Resolved | None:
    """Return the file that answers for a dataset in a study, or None when there is none.

    The vintage is the one that the territory file asks for. Patterns are tried in the order of the
    registry, which puts the producer's file first; for each, data folders in the order of
    `diagalim.workspace.paths.data_dirs`. So a producer's file replaces a re-published one wherever
    it lies.

    Raises
    ------
    InputError
        When several files answer to one pattern: which one is meant cannot be guessed.
    """
    source = load_sources()[source_id]
    edition = source.edition(territory.millesimes.get(source_id))
    if edition is None:
        return None
    fictitious = territory.nature == "synthétique"
    for pattern in edition.fichiers:
        if not pattern.covers(territory.code):
            continue
        glob = pattern.motif.format(territoire=territory.code)
        for folder in data_dirs(fictitious=fictitious):
            matches = laid(folder, glob)
            if len(matches) > 1:
                raise InputError([_several(source_id, [m.relative_to(folder) for m in matches])])
            if matches:
                if fictitious:
                    pattern = pattern.model_copy(update={"nature": "synthétique", "note": ""})
                return Resolved(source_id, matches[0], source, edition, pattern)
    return None


def resolve(source_id: str, territory: Territory) -> Resolved:
    """Return the file that answers for a dataset in a study.

    Raises
    ------
    InputError
        When no file is found, with where to get it, several are, or it cannot be opened.
    """
    found = find(source_id, territory)
    if found is None:
        raise InputError([missing(source_id, territory)])
    closed = file_problem(found.path)
    if closed:
        raise InputError([closed])
    return found


def _several(source_id: str, files: list[Path]) -> Problem:
    names = [file.as_posix() for file in files]
    others = "l'autre" if len(names) == 2 else "les autres"
    return Problem(
        ", ".join(sorted({file.name for file in files})),
        f"source « {source_id} »",
        " et ".join(names),
        "un seul fichier pour ce jeu de données et ce millésime",
        f"garder le bon fichier et retirer {others} du dossier",
    )


def missing(source_id: str, territory: Territory) -> Problem:
    """Return the problem to show when a dataset has no file for a study."""
    source = load_sources()[source_id]
    wanted = territory.millesimes.get(source_id)
    edition = source.edition(wanted)
    if edition is None:
        known = ", ".join(str(e.millesime) for e in source.editions)
        return Problem(
            territory.file,
            f"clé millesimes.{source_id}",
            str(wanted),
            f"un millésime connu de data/sources.yml : {known}",
            "choisir un de ces millésimes ou ajouter l'édition au registre",
        )
    names = " ou ".join(dict.fromkeys(Path(motif).name for motif in edition.motifs(territory)))
    remedy = f"le télécharger depuis {source.page} et le déposer dans data/officiel/{source_id}/"
    if lying := under_another_name(edition, territory):
        remedy = f"{is_there(lying[0])} : {lying[0].remedy}"
    elif others := other_vintages(source, edition, territory):
        remedy += f" (celui de {others[-1].year} est là : « {others[-1].place} »)"
    return Problem(
        names,
        f"source « {source_id} » ({source.titre}, {edition.millesime})",
        "fichier introuvable",
        "ce fichier dans le dossier DIAGALIM_DATA ou dans data/officiel/",
        remedy,
    )


def required_sources() -> list[str]:
    """Return the datasets without which no report can be made."""
    return [key for key, source in load_sources().items() if source.obligatoire]
