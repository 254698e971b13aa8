"""Do the files of a study speak of the same places?

Each may be well formed and still follow another year's division of the territory, or two years at
once. Then rows are lost by the joins without a word, and every total is wrong by as much.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from diagalim.settings.codes import CITIES_IN_DISTRICTS, COMMUNE_LENGTH
from diagalim.settings.territory import Territory
from diagalim.sources.division import Division
from diagalim.sources.registry import find, load_sources
from diagalim.wording.problems import Problem

DWELLINGS = (
    "filosofi_iris",
    "recensement_population",
    "recensement_menages",
    "recensement_logement",
    "recensement_activite",
    "recensement_diplomes",
)
"""Datasets with a row for every dwelling IRIS."""

BY_COMMUNE = ("filosofi_communes", "populations_legales", "recensement_communes")
"""Datasets keyed by commune, the *arrondissements* of a large city among them."""

MOST_LOST = 0.05
"""Share of dwelling IRIS, or of communes, that a change of geography may explain (project's
convention)."""
MOST_OUTSIDE, MOST_OUTSIDE_REQUIRED = 0.05, 0.02
"""Share of the codes of a dataset that may be without an outline, and of one that no report does
without when several are: a few merged communes a year, never another division (project's
convention)."""
SHOWN = 3


def check_geography(
    tables: dict[str, Any], divisions: dict[str, Division], territory: Territory
) -> list[Problem]:
    """Return the tables of which too many codes have no outline, and focus communes without IRIS.

    A stray code is left out and said (`diagalim.sources.places.left_out`); a table of another
    division would lose its rows by the hundred.

    Parameters
    ----------
    tables : dict of str to DataFrame
        Tables read, by dataset; nothing is checked without ``contours_iris``.
    divisions : dict of str to Division
        What became of their codes.
    territory : Territory
        The study; focus communes must have IRIS.
    """
    if "contours_iris" not in tables:
        return []
    outlines = tables["contours_iris"]
    problems = []
    for source_id, division in divisions.items():
        if too_many(source_id, division):
            name = find(source_id, territory).path.name
            drawn = set(outlines.index) | set(outlines["commune"])
            problems.append(_other_division(name, tables[source_id], division, drawn))
    lost = [
        commune.nom
        for commune in territory.communes_focus
        if not outlines["commune"].isin(commune.codes).any()
    ]
    if lost:
        problems.append(
            Problem(
                territory.file,
                "clé communes_focus",
                ", ".join(lost),
                "des communes présentes dans les contours",
                "corriger le code de la commune, ou la liste de ses arrondissements",
            )
        )
    return problems


def too_many(source_id: str, division: Division) -> bool:
    """Tell whether the codes left out are those of another division: a stray one stops nothing."""
    several = load_sources()[source_id].obligatoire and len(division.outside) > 1
    return division.share > (MOST_OUTSIDE_REQUIRED if several else MOST_OUTSIDE)


def _other_division(name: str, table: Any, division: Division, drawn: set[str]) -> Problem:
    """Codes that no outline carries: those of another year, of two years, or of something else."""
    unknown, codes = set(division.outside), codes_of(table)
    kind = "IRIS" if any(len(code) > COMMUNE_LENGTH for code in unknown) else "commune"
    cut_again = {code[:COMMUNE_LENGTH] for code in unknown}
    without_row = {
        code
        for code in drawn - codes
        if len(code) > COMMUNE_LENGTH and code[:COMMUNE_LENGTH] in cut_again
    }
    place = f"{len(unknown)} code{'s' if len(unknown) > 1 else ''} {_of(kind)}"
    if division.share == 1:
        seen = f"{_some(unknown)} : aucun code n'est celui d'un contour"
    elif without_row:
        place += f" hors des contours, et {len(without_row)} IRIS des contours sans ligne"
        seen = f"{_some(unknown)} ; sans ligne : {_some(without_row)} : deux géographies mêlées"
    else:
        seen = _some(unknown)
    return Problem(
        name,
        place,
        seen,
        f"des codes présents dans les contours, à quelques-uns près ({len(drawn)} lieux)",
        "prendre des fichiers de la même géographie (année du découpage), passer par la table de "
        "passage de l'Insee, ou déposer la liste des communes et celle de leurs mouvements (jeux "
        "cog et cog_mouvements), qui suivent les anciens codes",
    )


def _of(kind: str) -> str:
    return f"d'{kind}" if kind == "IRIS" else f"de {kind}"


def check_coverage(
    tables: dict[str, Any], territory: Territory, whole: Iterable[str | None]
) -> list[Problem]:
    """Return the tables which must hold all the IRIS of the outlines, and lack more than a few.

    Without a row an IRIS has no inhabitants or no EPCI known. A few such IRIS are said, and stay
    unknown in the pages; more would make the totals false.

    Parameters
    ----------
    tables : dict of str to DataFrame
        Tables read, by dataset.
    territory : Territory
        The study.
    whole : iterable of str
        Datasets that must hold every IRIS, of all types.
    """
    if "contours_iris" not in tables:
        return []
    outlines = tables["contours_iris"]
    problems = []
    for source_id in whole:
        if source_id not in tables:
            continue
        lost = without_line(tables, source_id)
        if len(lost) > MOST_OUTSIDE_REQUIRED * len(outlines):
            problems.append(
                Problem(
                    find(source_id, territory).path.name,
                    f"{len(lost)} IRIS des contours sans ligne",
                    _some(lost),
                    f"une ligne pour chacun des {len(outlines)} IRIS des contours",
                    "reprendre le fichier complet du producteur, de la même géographie (année du "
                    "découpage) que les contours",
                )
            )
    return problems


def without_line(tables: dict[str, Any], source_id: str) -> set[str]:
    """Return the IRIS of the outlines that a table by IRIS does not hold."""
    return set(tables["contours_iris"].index) - codes_of(tables[source_id])


def check_truncated(
    tables: dict[str, Any], divisions: dict[str, Division], territory: Territory
) -> list[Problem]:
    """Return the tables cut short between two lines: well formed, but with too few places.

    Every dwelling IRIS (type H), or commune, has a row in these files, withheld or not; a few may
    be lost to a change of geography, not one in twenty. A table that follows another division is
    left to `check_geography`.
    """
    if "contours_iris" not in tables:
        return []
    outlines = tables["contours_iris"]
    dwelling = set(outlines.index[outlines["type_iris"] == "H"])
    kinds = (
        (DWELLINGS, dwelling, "IRIS d'habitat"),
        (BY_COMMUNE, set(outlines["commune"]), "communes et arrondissements"),
    )
    problems = []
    for datasets, expected, called in kinds:
        for source_id in [name for name in datasets if name in tables]:
            codes = codes_of(tables[source_id])
            lost = expected - codes
            apart = too_many(source_id, divisions[source_id])
            if len(lost) > MOST_LOST * len(expected) and not apart:
                problems.append(
                    Problem(
                        find(source_id, territory).path.name,
                        f"{len(lost)} {called} sans ligne sur {len(expected)}",
                        _some(lost),
                        f"une ligne pour tous les {called}",
                        "le fichier est sans doute tronqué : le télécharger de nouveau en entier",
                    )
                )
    return problems


def check_districts(tables: dict[str, Any], territory: Territory) -> list[Problem]:
    """Return the tables by commune where a city stands half by *arrondissement*, half whole.

    Which of its people are where cannot be told from such a table, nor its total.
    """
    if "contours_iris" not in tables:
        return []
    drawn = set(tables["contours_iris"]["commune"])
    problems = []
    for source_id in [name for name in BY_COMMUNE if name in tables]:
        codes = codes_of(tables[source_id])
        for city, districts in districts_of(territory).items():
            lost = (districts & drawn) - codes
            if not lost:
                continue
            there = districts & codes
            whole = f"la commune entière ({city})" if city in codes else ""
            parts = f"{len(there)} arrondissement{'s' if len(there) > 1 else ''}" if there else ""
            seen = " et ".join(filter(None, (whole, parts))) or "aucune ligne"
            problems.append(
                Problem(
                    find(source_id, territory).path.name,
                    f"ville {city} : {len(lost)} arrondissements sans ligne",
                    f"{seen} ; sans ligne : {_some(lost)}",
                    f"une ligne pour chacun des {len(districts & drawn)} arrondissements des "
                    "contours",
                    "deux découpages sont mêlés dans ce fichier : reprendre celui du producteur, "
                    "par arrondissement",
                )
            )
    return problems


def districts_of(territory: Territory) -> dict[str, set[str]]:
    """Return the *arrondissements* of each city of the territory that is cut into them."""
    official = {
        city: set(districts)
        for city, districts in CITIES_IN_DISTRICTS.items()
        if city.startswith(territory.code)
    }
    followed = {c.code: set(c.arrondissements) for c in territory.communes_focus}
    return official | {city: districts for city, districts in followed.items() if districts}


def codes_of(table: Any) -> set[str]:
    """Return the codes of the places of a table, in its column ``code`` or in its index."""
    codes = table["code"] if "code" in table.columns else table.index
    return set(codes.unique())  # a code comes once a variable


def _some(codes: set[str]) -> str:
    return ", ".join(sorted(codes)[:SHOWN]) + (", …" if len(codes) > SHOWN else "")
