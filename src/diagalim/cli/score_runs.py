"""Results of the score that a user names: a territory of the project, or a folder kept aside.

They are read as the chapter left them. What cannot be compared is refused before anything is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from diagalim.chapter.facts import Facts, read_facts
from diagalim.settings.territory import Territory
from diagalim.settings.territory_file import load_territory, territory_path
from diagalim.wording.problems import InputError, Problem
from diagalim.workspace.paths import build_dir
from diagalim.workspace.results import are_whole

CHAPTER = "score"
NEEDED = ("iris.geoparquet", "valeurs.parquet", "facts.json")
CERTAINTY, ENDS = "certitude.parquet", ["rang_bas", "rang_haut"]
SHOWN = 3


@dataclass(frozen=True)
class ScoreRun:
    """One run of the score.

    Attributes
    ----------
    name : str
        As the user named it.
    iris : GeoDataFrame
        Kept table of the chapter: ``nom``, ``commune``, ``code_commune``, ``population``,
        ``score``, ``rang``, ``classe``, ``geometry``.
    raw : DataFrame
        Indicators in columns.
    facts : Facts
        Of the chapter.
    territory : Territory or None
        The file with the weights of the run; None when the project does not hold it any more.
    ranges : DataFrame or None
        Ends of the interval of each rank, ``rang_bas`` and ``rang_haut``, indexed as ``iris``; None
        when the run did not measure them.
    """

    name: str
    iris: gpd.GeoDataFrame
    raw: pd.DataFrame
    facts: Facts
    territory: Territory | None
    ranges: pd.DataFrame | None = None

    @property
    def department(self) -> str:
        """Department of its IRIS."""
        return str(self.iris.index[0])[:2]

    @property
    def file(self) -> str:
        """Territory file that the run says it used."""
        return self.facts["fichier_territoire"].text

    @property
    def years(self) -> str:
        """Years of its data, in words."""
        return self.facts["annees_donnees"].text


def read_run(asked: str) -> ScoreRun:
    """Read the results of a territory, of a territory file, or of a folder of results.

    Parameters
    ----------
    asked : str
        Name of a territory (``13``), path of its file (``data/territories/13.yml``), or a folder:
        that of the chapter, of all the results, or of the build.

    Raises
    ------
    InputError
        Unknown territory, folder without results of the score, results cut short or of an older
        form, each with what to do.
    """
    folder, name = _folder(asked)
    if not folder.is_dir() or not all((folder / file).is_file() for file in NEEDED):
        raise InputError([_absent(asked, name)])
    if not are_whole(folder):
        raise InputError(
            [
                Problem(
                    asked,
                    f"résultats de {CHAPTER}",
                    "incomplets ou modifiés",
                    "un dossier laissé tel quel par une construction",
                    _rebuild(name) if name else "le copier de nouveau, entier",
                )
            ]
        )
    iris = gpd.read_parquet(folder / "iris.geoparquet")
    values = pd.read_parquet(folder / "valeurs.parquet")
    raw = values.pivot(index="code_iris", columns="indicateur", values="valeur")
    facts = read_facts(folder / "facts.json")
    ranges = _ranges(folder / CERTAINTY)
    return ScoreRun(
        asked,
        iris,
        raw.reindex(iris.index),
        facts,
        _territory(facts),
        None if ranges is None else ranges.reindex(iris.index),
    )


def check_comparable(before: ScoreRun, after: ScoreRun) -> None:
    """Refuse two runs that are not of the same IRIS.

    Raises
    ------
    InputError
        Another department, or IRIS that only one of the runs holds.
    """
    names = f"{before.name} et {after.name}"
    if before.department != after.department:
        raise InputError(
            [
                Problem(
                    names,
                    "département",
                    f"{before.department} et {after.department}",
                    "deux calculs du même département : un score ordonne les IRIS d'un seul",
                    "choisir deux calculs du même territoire",
                )
            ]
        )
    only = [
        run.iris.index.difference(other.iris.index)
        for run, other in ((before, after), (after, before))
    ]
    if any(len(codes) for codes in only):
        seen = " ; ".join(
            f"{len(codes)} IRIS seulement dans {run.name} ({', '.join(codes[:SHOWN])}"
            f"{'…' if len(codes) > SHOWN else ''})"
            for run, codes in zip((before, after), only, strict=True)
            if len(codes)
        )
        raise InputError(
            [
                Problem(
                    names,
                    "liste des IRIS",
                    seen,
                    "les mêmes IRIS, de la même géographie",
                    "refaire les deux calculs avec le même millésime de contours_iris "
                    "(clé millesimes du fichier de territoire)",
                )
            ]
        )


def _folder(asked: str) -> tuple[Path, str]:
    """Return where the results should be, and the territory when one was named."""
    path = Path(asked)
    # the folder « exemple » of the project is not the territory of that name; ./exemple would be it
    named = not any(sign in asked for sign in "/\\") and territory_path(asked).is_file()
    if path.is_dir() and not named:
        for inside in (path / "results" / CHAPTER, path / CHAPTER, path):
            if (inside / NEEDED[0]).is_file():
                return inside, ""
        return path, ""
    if path.suffix in (".yml", ".yaml"):
        name = path.stem
        if path.is_file() and path.resolve() != territory_path(name).resolve():
            raise InputError(
                [
                    Problem(
                        asked,
                        "fichier de territoire",
                        "hors de data/territories",
                        "un fichier de ce dossier, où la construction les lit",
                        f"l'y copier, puis {_rebuild(name)}",
                    )
                ]
            )
    else:
        name = asked
    if any(sign in name for sign in "/\\"):
        raise InputError(
            [
                Problem(
                    asked,
                    "dossier",
                    "absent",
                    "un dossier de résultats, ou le nom d'un territoire de data/territories",
                    "vérifier le chemin",
                )
            ]
        )
    load_territory(name)
    return build_dir(name) / "results" / CHAPTER, name


def _ranges(path: Path) -> pd.DataFrame | None:
    """Return the intervals of the ranks; None where a run has no table of them, or an older one."""
    if not path.is_file():
        return None
    table = pd.read_parquet(path)
    if not {"code_iris", *ENDS} <= set(table):
        return None
    return table.set_index("code_iris")[ENDS]


def _absent(asked: str, name: str) -> Problem:
    return Problem(
        asked,
        f"résultats de {CHAPTER}",
        "absents",
        f"{', '.join(NEEDED)}, laissés par le chapitre du score",
        _rebuild(name) if name else f"donner le dossier qui contient {CHAPTER}",
    )


def _rebuild(name: str) -> str:
    return f"lancer diagalim chapter {CHAPTER} --territoire {name}"


def _territory(facts: Facts) -> Territory | None:
    file = Path(facts["fichier_territoire"].text)
    return load_territory(file.stem) if territory_path(file.stem).is_file() else None
