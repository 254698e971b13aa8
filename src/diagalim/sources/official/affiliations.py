"""Insee, membership tables: the commune and the EPCI of each IRIS, and the communes of each EPCI.

The table of the IRIS gives the commune; which EPCI it belongs to stands in another workbook, where
Paris, Lyon and Marseille are whole communes: an IRIS of an *arrondissement* takes the EPCI of its
city.
"""

from __future__ import annotations

import pandas as pd

from diagalim.analysis.geo.commune_codes import follow
from diagalim.settings.codes import CITIES_IN_DISTRICTS
from diagalim.settings.territory import Territory
from diagalim.sources.official.commune_lists import cog_at_hand
from diagalim.sources.registry import Resolved, resolve
from diagalim.sources.schemas import layout_of
from diagalim.sources.tables.tabular import read_text_table
from diagalim.sources.tables.workbook import read_sheet
from diagalim.wording.problems import InputError, Problem

_CITY = {code: city for city, districts in CITIES_IN_DISTRICTS.items() for code in districts}
MOST_WITHOUT = 0.02
"""Share of the communes that the composition of the EPCI may not know: theirs stays unknown
(project's convention, as `diagalim.sources.places.geography.MOST_OUTSIDE_REQUIRED`)."""
NO_EPCI = "ZZZZZZZZZ"
"""What Insee writes for the few island communes that belong to no EPCI."""
SHOWN = 3


def read_affiliations(resolved: Resolved, territory: Territory) -> pd.DataFrame:
    """Read which commune and EPCI each IRIS belongs to.

    Parameters
    ----------
    resolved : Resolved
        Insee's workbook (form ``reference``, completed by the dataset ``epci``), or the two tables
        already joined (form ``jointure``).
    territory : Territory
        The study; rows of other departments are dropped.

    Returns
    -------
    DataFrame
        Indexed by IRIS: ``commune`` (code; the *arrondissement* in Marseille), ``nom_commune``,
        ``epci`` (SIREN code, missing when not known), ``type_iris`` (H, A, D or Z).

    Raises
    ------
    InputError
        When the form of the file is not the declared one, when the workbook of the EPCI is missing,
        or when it does not know more than a few communes.
    """
    layout = layout_of(resolved)
    names = {"LIBCOM": "nom_commune", "TYP_IRIS": "type_iris", "EPCI": "epci"}
    if layout.sheet:
        path, code = resolved.path, territory.code
        table = read_sheet(path, layout.sheet, layout.header_row, layout, code)
        table["EPCI"] = _epci_of(table["DEPCOM"], resolved, territory)
        names["DEPCOM"] = "commune"
    else:
        table = read_text_table(resolved.path, layout, territory.code)
        names["CODE_INSEE"] = "commune"
    table = table.rename(columns=names).set_index("CODE_IRIS").rename_axis("code_iris")
    return table[["commune", "nom_commune", "epci", "type_iris"]]


def read_composition(resolved: Resolved, territory: Territory) -> pd.DataFrame:
    """Read the communes of every EPCI that has a commune in the territory.

    An EPCI may cross departments: those of its communes are here as well.

    Returns
    -------
    DataFrame
        Indexed by ``code`` of commune (13055 for Marseille, no *arrondissement*): ``nom``, ``epci``
        (SIREN code), ``nom_epci``, ``departement``.

    Raises
    ------
    InputError
        When the form of the file is not the declared one, or no commune is of the territory.
    """
    layout = layout_of(resolved)
    path, sheet, row = resolved.path, layout.sheet, layout.header_row
    table = read_sheet(path, sheet, row, layout)
    here = table["DEP"] == territory.code
    if not here.any():
        raise InputError(
            [
                Problem(
                    path.name,
                    layout.at("colonne DEP"),
                    ", ".join(sorted(table["DEP"].unique())[:SHOWN]),
                    f"au moins une commune du département {territory.code}",
                    "vérifier que le fichier couvre ce territoire et qu'il est complet",
                )
            ]
        )
    table = table[table["EPCI"].isin(table.loc[here, "EPCI"])]
    names = {"LIBGEO": "nom", "EPCI": "epci", "LIBEPCI": "nom_epci", "DEP": "departement"}
    table = table.rename(columns={"CODGEO": "code", **names}).set_index("code")
    return table[list(names.values())].sort_index()


def epci_names(composition: pd.DataFrame | None, named: dict[str, str]) -> dict[str, str]:
    """Return the name of each EPCI: that of the territory file where it gives one, else Insee's.

    Parameters
    ----------
    composition : DataFrame or None
        From `read_composition`, when the workbook is at hand.
    named : dict of str to str
        Names of the territory file, by SIREN code.
    """
    if composition is None:
        return dict(named)
    inside = composition[composition["epci"] != NO_EPCI]
    official = inside.drop_duplicates("epci").set_index("epci")["nom_epci"].to_dict()
    return official | named


def city_of(code: str, territory: Territory) -> str:
    """Return the commune of an *arrondissement*, or the code itself when it is a commune."""
    for commune in territory.communes_focus:
        if code in commune.arrondissements:
            return commune.code
    return _CITY.get(code, code)


def _epci_of(communes: pd.Series, resolved: Resolved, territory: Territory) -> pd.Series:
    composition = resolve("epci", territory)
    epci = read_composition(composition, territory)["epci"]
    whole = communes.map(lambda code: city_of(code, territory))
    unknown = sorted(set(whole) - set(epci.index))
    if unknown:  # merged since, or before: only then is the list of communes worth reading
        followed = follow(unknown, cog_at_hand(territory), set(epci.index)).dropna()
        whole = whole.replace(followed.to_dict())
    found = whole.map(epci)
    lost = sorted(communes[found.isna()].unique())
    if len(lost) > MOST_WITHOUT * communes.nunique():
        raise InputError(
            [
                Problem(
                    resolved.path.name,
                    f"{len(lost)} commune{'s' if len(lost) > 1 else ''} sans intercommunalité",
                    ", ".join(lost[:SHOWN]) + (", …" if len(lost) > SHOWN else ""),
                    f"des communes présentes dans {composition.path.name}",
                    "prendre deux fichiers de la même géographie (année du découpage)",
                )
            ]
        )
    return found
