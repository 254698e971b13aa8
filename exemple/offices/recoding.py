"""Where would each fictitious IRIS be in another department? Codes, communes and EPCI, re-made.

Three shapes of department put the reader to the test: one like the fictitious one (a city, towns,
villages), one where nearly every place is a commune that is not cut into IRIS, and one that is a
single city in *arrondissements*. Only the codes are those of a real department: names of places
stay the fictitious ones, so that no real town stands beside an invented figure.
"""

from __future__ import annotations

import pandas as pd

from diagalim.settings.codes import CITIES_IN_DISTRICTS
from diagalim.sources.official.departments import Department
from exemple.land import names

ONE_CITY, RURAL = ("75",), ("01", "08")
"""Departments with one commune only, and mostly made of communes not cut into IRIS; the others are
like the fictitious one."""
EPCI_OF_PARIS = "200054781"
FIRST_COMMUNE = {"towns": 300, "villages": 400}
"""Numbers given to communes in the department: away from those of the main town and districts."""
ONLY_TOWNS = ("00004", "00011")
"""Fictitious towns that stay cut into IRIS in a rural department."""


def recoded(iris: pd.DataFrame, department: Department) -> pd.DataFrame:
    """Return where each fictitious IRIS goes.

    Parameters
    ----------
    iris : DataFrame
        Attributes of the fictitious outlines: ``CODE_IRIS``, ``INSEE_COM``, ``NOM_COM``,
        ``NOM_IRIS``, ``TYP_IRIS``.
    department : Department
        Whose codes to use.

    Returns
    -------
    DataFrame
        Indexed by fictitious code, columns ``code``, ``commune`` (the *arrondissement* where there
        are any), ``ville`` (the commune), ``nom_commune``, ``nom_ville``, ``nom``, ``type``,
        ``epci``.
    """
    old = iris.set_index("CODE_IRIS").sort_index()
    shape = _one_city if department.code in ONE_CITY else _with_towns
    if department.code in RURAL:
        shape = _rural
    table = shape(old, department)
    uncut = table["type"] == "Z"
    rank = table.groupby("commune").cumcount()
    cut = (101 + 100 * (rank // 10) + rank % 10).map("{:04d}".format)
    table["code"] = table["commune"] + cut.mask(uncut, "0000")
    return table


def _one_city(old: pd.DataFrame, department: Department) -> pd.DataFrame:
    districts = CITIES_IN_DISTRICTS[department.chef_lieu]
    rank = [k * len(districts) // len(old) for k in range(len(old))]
    table = _same(old)
    table["commune"] = [districts[k] for k in rank]
    table["nom_commune"] = [_district(k) for k in rank]
    table["ville"], table["nom_ville"] = department.chef_lieu, names.CITY_NAME
    table["type"] = table["type"].replace("Z", "H")
    table["nom"] = table["nom"].str.removesuffix(" (commune non irisée)")
    table["epci"] = EPCI_OF_PARIS
    return table


def _with_towns(old: pd.DataFrame, department: Department) -> pd.DataFrame:
    districts = CITIES_IN_DISTRICTS.get(department.chef_lieu, ())
    table = _same(old)
    code = department.code
    first = FIRST_COMMUNE["towns"]
    table["commune"] = [f"{code}{first + int(commune[2:])}" for commune in old["INSEE_COM"]]
    table["ville"], table["nom_ville"] = table["commune"], table["nom_commune"]
    city = old["INSEE_COM"].isin(names.DISTRICTS)
    table.loc[city, ["ville", "nom_ville"]] = [department.chef_lieu, names.CITY_NAME]
    if districts:
        place = old.loc[city, "INSEE_COM"].map(names.DISTRICTS.index).clip(upper=len(districts) - 1)
        table.loc[city, "commune"] = place.map(lambda k: districts[k])
        table.loc[city, "nom_commune"] = place.map(_district)
    else:
        table.loc[city, ["commune", "nom_commune"]] = [department.chef_lieu, names.CITY_NAME]
    table["epci"] = _epci(table, department)
    return table


def _rural(old: pd.DataFrame, department: Department) -> pd.DataFrame:
    table = _same(old)
    capital, town = ONLY_TOWNS
    empty = old["TYP_IRIS"].isin(["A", "D"])
    in_capital = (old["INSEE_COM"] == capital) | (empty & (old["INSEE_COM"] != town))
    in_town = old["INSEE_COM"] == town
    first = FIRST_COMMUNE["villages"]
    own = [f"{department.code}{first + k}" for k in range(len(old))]
    table["commune"], table["nom_commune"] = (
        own,
        old["NOM_IRIS"].str.split(" (", regex=False).str[0],
    )
    table.loc[~in_capital & ~in_town, "type"] = "Z"
    table.loc[in_capital, ["commune", "nom_commune"]] = [department.chef_lieu, "Auberoche-l'Étang"]
    second = f"{department.code}{FIRST_COMMUNE['towns']}"
    table.loc[in_town, ["commune", "nom_commune"]] = [second, "Brévannes-les-Marais"]
    table["ville"], table["nom_ville"] = table["commune"], table["nom_commune"]
    table["epci"] = _epci(table, department)
    return table


def _same(old: pd.DataFrame) -> pd.DataFrame:
    names_here = {"NOM_COM": "nom_commune", "NOM_IRIS": "nom", "TYP_IRIS": "type"}
    return old[list(names_here)].rename(columns=names_here)


def _district(rank: int) -> str:
    return names.district_name(f"00{201 + rank}")


def _epci(table: pd.DataFrame, department: Department) -> pd.Series:
    """Share the communes between as many EPCI as the fictitious department has."""
    number = department.code.replace("A", "0").replace("B", "1")
    codes = [f"2{number}0000{k:02d}" for k, _ in enumerate(names.EPCI, start=1)]
    towns = sorted(table["ville"].unique())
    share = {town: codes[k * len(codes) // len(towns)] for k, town in enumerate(towns)}
    return table["ville"].map(share)


def epci_names(table: pd.DataFrame) -> dict[str, str]:
    """Return a fictitious name for each EPCI of a re-coded department."""
    codes = sorted(table["epci"].unique())
    return {code: name for code, (name, _) in zip(codes, names.EPCI.values(), strict=False)}
