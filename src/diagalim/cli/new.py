"""What `diagalim new` does: the territory file of another department, ready to be checked.

Everything that an analyst would look up is written for them (names, region, main towns, vintages),
and every choice that is theirs is there with its comment. The file is made of text, not dumped from
a model, because its comments are what they will read.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from string import Template

from rich.console import Console

from diagalim.settings.checked_yaml import read_settings
from diagalim.settings.codes import CITIES_IN_DISTRICTS
from diagalim.settings.registry import Edition, Source
from diagalim.settings.territory import FocusCommune, Territory
from diagalim.settings.territory_file import parse_territory, territory_path
from diagalim.sources.datasets import read
from diagalim.sources.official.departments import Department, department_of, region_departments
from diagalim.sources.registry import find, load_sources
from diagalim.wording.problems import InputError, Problem
from diagalim.workspace.paths import project_root

DONE, WRONG_INPUT = 0, 2
SKELETON = "data/modele_territoire.yml"
POPULATIONS = "populations_legales"
REFERENCE = "recensement_population"
"""The dataset whose geography the others follow: it gives the inhabitants of every IRIS."""
SAME_GEOGRAPHY = ("contours_iris", "appartenance_iris", "epci")
"""Datasets taken in the geography of the census rather than in the latest one: codes of communes
that have merged since would otherwise be in one file and not in another."""
MOST_FOLLOWED = 4
"""Cities followed, the main town included: more do not fit the tables of a phone (project's
convention)."""
LINE = 98
"""Longest line of codes, so that the file is read without scrolling."""


def new_command(typed: str, *, quiet: bool = False) -> int:
    """Write the territory file of a department and say what to do next."""
    try:
        path = write_territory(typed)
    except InputError as error:
        _complain(str(error))
        return WRONG_INPUT
    if not quiet:
        _say(_next_steps(path.stem))
    return DONE


def write_territory(typed: str) -> Path:
    """Write ``data/territories/<code>.yml`` and return it; never over an existing file.

    Parameters
    ----------
    typed : str
        Code of the department.

    Raises
    ------
    InputError
        Code refused, file already there, or a file at hand that cannot be read; nothing is written
        then.
    """
    department = department_of(typed)
    path = territory_path(department.code)
    name = f"data/territories/{path.name}"
    if path.exists():
        raise InputError([_already_there(department, name)])
    text = complete(department, name)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def complete(department: Department, name: str) -> str:
    """Return the text of the territory file, with what the files at hand add to it.

    Parameters
    ----------
    department : Department
        The department.
    name : str
        Name of the file, for messages.
    """
    capital = focus_commune(department.chef_lieu, department.chef_lieu_nom)
    draft = parse_territory(skeleton(department, [capital]), name)
    return skeleton(department, _followed(draft, capital))


def skeleton(department: Department, followed: Iterable[FocusCommune]) -> str:
    """Return the text of a territory file.

    Parameters
    ----------
    department : Department
        Names, region and codes.
    followed : iterable of FocusCommune
        The cities that the report follows.
    """
    sources = load_sources()
    words = {
        **vars(department),
        "departements": ", ".join(f'"{code}"' for code in region_departments(department)),
        "edition": f"{date.today():%Y-%m}",
        "graine": f"{date.today():%Y%m%d}",
        "communes": "\n".join(_written(commune) for commune in followed),
        "millesimes": "\n".join(_vintages(sources)),
    }
    text = read_settings(project_root() / SKELETON, SKELETON)
    return Template(text).substitute(words)


def focus_commune(code: str, name: str) -> FocusCommune:
    """Return a commune to follow, with its *arrondissements* in Paris, Lyon and Marseille."""
    districts = list(CITIES_IN_DISTRICTS.get(code, ()))
    return FocusCommune(code=code, nom=name, arrondissements=districts)


def chosen_edition(source_id: str, sources: dict[str, Source]) -> Edition:
    """Return the edition that a new study reads: the latest one that comes from its producer.

    Outlines and membership tables take the geography of the census instead, when an edition has it.
    """
    editions = [edition for edition in sources[source_id].editions if _official(edition)]
    if source_id in SAME_GEOGRAPHY:
        wanted = chosen_edition(REFERENCE, sources).geographie
        editions = [e for e in editions if e.geographie == wanted] or editions
    return max(editions or sources[source_id].editions, key=lambda edition: edition.millesime)


def _official(edition: Edition) -> bool:
    return any(pattern.nature == "officiel" for pattern in edition.fichiers)


def _vintages(sources: dict[str, Source]) -> list[str]:
    """Return a line a dataset that has a producer's file; the report does without the others."""
    chosen = {name: chosen_edition(name, sources) for name in sources}
    return [f"  {name}: {e.millesime}" for name, e in chosen.items() if _official(e)]


def _followed(draft: Territory, capital: FocusCommune) -> list[FocusCommune]:
    """Return the main town, then the largest communes when the populations are at hand."""
    if find(POPULATIONS, draft) is None:
        return [capital]
    table, _ = read(POPULATIONS, draft)
    table = table.set_index("code")
    apart = [code for city in CITIES_IN_DISTRICTS.values() for code in city]
    others = table[~table.index.isin([capital.code, *apart])]
    if capital.code in table.index:  # as the file writes it
        capital = focus_commune(capital.code, table.loc[capital.code, "nom"])
    largest = others.nlargest(MOST_FOLLOWED - 1, "valeur")
    return [capital, *(focus_commune(code, name) for code, name in largest["nom"].items())]


def _written(commune: FocusCommune) -> str:
    head = f'  - code: "{commune.code}"\n    nom: {_quoted(commune.nom)}'
    if not commune.arrondissements:
        return head
    lines, line = [], "      ["
    for code in commune.arrondissements:
        word = f'"{code}", '
        if len(line) + len(word) > LINE:
            lines.append(line.rstrip())
            line = "       "
        line += word
    lines.append(line.removesuffix(", ") + "]")
    return "\n".join([head, "    arrondissements:", *lines])


def _quoted(name: str) -> str:
    """Write a name as YAML text, whatever it holds."""
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _already_there(department: Department, name: str) -> Problem:
    return Problem(
        name,
        "fichier",
        "déjà là, non modifié",
        f"aucun fichier pour {department.nom}",
        f"le modifier, ou le renommer pour repartir du modèle ; pour le lire : diagalim check "
        f"--territoire {department.code}",
    )


def _next_steps(code: str) -> str:
    return "\n".join(
        [
            f"Écrit : data/territories/{code}.yml. À relire : les villes suivies, les poids, les "
            "seuils.",
            "Ensuite :",
            f"  diagalim fetch {code}                  télécharger les fichiers des producteurs",
            f"  diagalim check --territoire {code}     les contrôler, toutes les erreurs d'un coup",
            f"  diagalim build --territoire {code}     construire le site",
            "Facultatif : qui travaille avec qui, vos tableaux dans "
            f"data/collecte/{code}/coordination. Les y écrire vides :",
            f"  diagalim template coordination --territoire {code}",
        ]
    )


def _say(text: str) -> None:
    Console(highlight=False, soft_wrap=True).print(text, markup=False)


def _complain(text: str) -> None:
    Console(stderr=True, highlight=False, soft_wrap=True).print(text, markup=False)
