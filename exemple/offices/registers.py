"""What would the registers list of these communes and households?

Populations, EPCI, RSA, and files of older vintages.

Older vintages describe the same households some years before: each count is moved by a few percent,
so that two files of two years disagree as real ones do.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

from exemple.land import names
from exemple.people.households import MAN, SINGLE_PARENT, STUDENT, WOMAN, People
from exemple.people.incomes import MODES

SECRET_UNDER = 5


def epci_of(iris: gpd.GeoDataFrame) -> pd.Series:
    """Return the EPCI of each IRIS: the south to the metropolis, the north shared in two."""
    seat = iris.groupby("commune")[["x", "y"]].transform("mean")
    metropolis, west, east = names.EPCI
    south = (seat["y"] < 24) & (seat["x"].between(17, 58))
    return pd.Series(np.select([south, seat["x"] < 40], [metropolis, west], east), iris.index)


def affiliations(iris: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the membership table of the IRIS."""
    epci = epci_of(iris)
    return pd.DataFrame(
        {
            "CODE_IRIS": iris["CODE_IRIS"], "TYP_IRIS": iris["TYP_IRIS"],
            "CODE_INSEE": iris["INSEE_COM"], "LIBCOM": iris["NOM_COM"], "EPCI": epci,
            "NATURE_EPCI": epci.map({code: kind for code, (_, kind) in names.EPCI.items()}),
            "MODIF_IRIS": "0", "GRD_QUART": iris["INSEE_COM"] + iris["IRIS"].str[:2],
            "UU2010": "00" + iris["commune"].str[2:], "REG": names.REGION, "DEP": names.DEPARTMENT,
        }
    )  # fmt: skip


def legal_populations(
    people: People, iris: gpd.GeoDataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Return donnees_communes.csv: communes, and the *arrondissements* instead of the city."""
    place = people.persons["iris"].to_numpy()
    population = pd.Series(iris["INSEE_COM"].to_numpy()[place]).value_counts().sort_index()
    earlier = np.round(population * (1 + rng.normal(-0.004, 0.006, len(population)))).astype(int)
    apart = np.round(earlier * rng.uniform(0.006, 0.022, len(earlier))).astype(int)
    called = iris.drop_duplicates("INSEE_COM").set_index("INSEE_COM")["NOM_COM"]
    return pd.DataFrame(
        {
            "CODREG": names.REGION, "REG": names.REGION_NAME, "CODDEP": names.DEPARTMENT,
            "CODARR": "1", "CODCAN": [f"{1 + k % 14:02d}" for k in range(len(earlier))],
            "CODCOM": earlier.index.str[2:], "COM": called[earlier.index].to_numpy(),
            "PMUN": earlier.to_numpy(), "PCAP": apart.to_numpy(),
            "PTOT": (earlier + apart).to_numpy(),
        }
    )  # fmt: skip


def rsa(people: People, iris: gpd.GeoDataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return the RSA households by IRIS, counts under 5 hidden; no commune without IRIS."""
    count = people.households.groupby("iris")["rsa"].sum().reindex(iris.index, fill_value=0)
    count = rng.binomial(count, 0.92)
    lived = people.households["iris"].value_counts().reindex(iris.index, fill_value=0)
    kept = ((iris["TYP_IRIS"] != "Z") & (lived > 0)).to_numpy()
    shown = [f"{n:.1f}" if n >= SECRET_UNDER else "" for n in count]
    table = pd.DataFrame({"CODE_IRIS": iris["CODE_IRIS"], "EPCI": epci_of(iris), "ARSAS": shown})
    return table[kept]


def rsa_by_type(people: People, iris: gpd.GeoDataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return the open data of the Cnaf: two months, two types of RSA, counts rounded to five."""
    count = people.households.groupby("iris")["rsa"].sum().reindex(iris.index, fill_value=0)
    lived = people.households["iris"].value_counts().reindex(iris.index, fill_value=0)
    kept = np.flatnonzero(((iris["TYP_IRIS"] != "Z") & (lived > 0)).to_numpy())
    rows = []
    for month in ("2023-06", "2023-12"):
        total = rng.binomial(count, 0.95)
        increased = rng.binomial(total, 0.12)
        for kind, number in (("RSA non majoré", total - increased), ("RSA majoré", increased)):
            rounded = np.round(number / 5).astype(int) * 5
            rows.append(
                pd.DataFrame(
                    {
                        "dtreffre": month, "numcomdo": iris["INSEE_COM"].iloc[kept],
                        "numirisd": iris["IRIS"].iloc[kept], "rsa_type": kind,
                        "indfoy_rsa": [
                            "" if 0 < n < SECRET_UNDER else str(r)
                            for n, r in zip(number[kept], rounded[kept], strict=True)
                        ],
                    }
                )
            )  # fmt: skip
    return pd.concat(rows, ignore_index=True)


def composition_rows(iris: gpd.GeoDataFrame) -> list[list[object]]:
    """Return the sheet of the communes of each EPCI: five lines of title, then the table."""
    communes = iris.assign(epci=epci_of(iris)).drop_duplicates("commune").sort_values("commune")
    rows: list[list[object]] = [
        ["Intercommunalités à fiscalité propre (département fictif)"],
        ["Composition communale au 01/01/2025"], ["Au format de l'Insee"], [], [],
        ["CODGEO", "LIBGEO", "EPCI", "LIBEPCI", "DEP", "REG"],
    ]  # fmt: skip
    for code, name, epci in communes[["commune", "NOM_COM", "epci"]].itertuples(index=False):
        called = names.CITY_NAME if code == names.CITY else name
        rows.append([code, called, epci, names.EPCI[epci][0], names.DEPARTMENT, names.REGION])
    return rows


def carless(people: People, iris: gpd.GeoDataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return the share of households without a car, 0 to 1, of the IRIS where anyone lives."""
    none = (people.households["cars"] == 0).groupby(people.households["iris"]).mean()
    drift = np.clip(none + rng.normal(0, 0.012, len(none)), -1e-15, 1)
    return pd.DataFrame(
        {"IRIS": iris["CODE_IRIS"][none.index].to_numpy(), "perc_voit": drift.to_numpy()}
    )


def commuting(people: People, iris: gpd.GeoDataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return the workers by main way of going to work, and the centre of each IRIS."""
    persons = people.persons[people.persons["situation"] == 0]
    count = pd.crosstab(persons["iris"], persons["mode"]).reindex(iris.index, fill_value=0)
    table = iris[["INSEE_COM", "NOM_COM", "IRIS", "CODE_IRIS", "NOM_IRIS", "TYP_IRIS"]].copy()
    for mode in MODES:
        table[mode] = [f"{n:.1f}" for n in rng.binomial(count[mode], 0.97)]
    table["X_L93"], table["Y_L93"] = iris.centroid.x, iris.centroid.y
    return pd.DataFrame(table)


def commune_shares(
    people: People, iris: gpd.GeoDataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Return the shares of the 2017 census by commune, with its repeated rows without a value."""
    homes, persons = people.households, people.persons
    rows = {}
    city = (iris["commune"] == names.CITY).to_numpy()
    for code in sorted({*iris["INSEE_COM"], names.CITY}):
        here = city if code == names.CITY else (iris["INSEE_COM"] == code).to_numpy()
        home, person = homes[here[homes["iris"]]], persons[here[persons["iris"]]]
        adult = person[person["age"] >= 15]
        low = (adult["diploma"] <= 2) & (adult["situation"] != STUDENT)
        alone = home["type"].isin((MAN, WOMAN))
        shares = (
            low.mean(), alone.mean(), (home["type"] == SINGLE_PARENT).mean(),
            (adult["age"] >= 65).mean(), (adult["age"] < 25).mean(),
        )  # fmt: skip
        rows[code] = np.clip(100 * np.array(shares) + rng.normal(0, 0.5, 5), 0.1, 99)
    columns = ["TX_NSCOL15P", "TX_MENSEUL", "TX_FAMMONO", "TX_65ETPLUS", "TX_25ETMOINS"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    cut = [names.CITY, *(code for code, _ in names.TOWNS.values()), *names.DISTRICTS]
    table = pd.concat([table, pd.DataFrame(index=sorted(cut), columns=columns, dtype=float)])
    table["TX_DEMANDEUR_EMPLOIS"] = ""
    return table.rename_axis("CODE_INSEE").reset_index()


def codes(iris: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the *code officiel géographique* of the communes and *arrondissements*."""
    called = iris.drop_duplicates("INSEE_COM").set_index("INSEE_COM")["NOM_COM"].to_dict()
    called[names.CITY] = names.CITY_NAME
    table = pd.DataFrame(sorted(called.items()), columns=["COM", "LIBELLE"])
    inside = table["COM"].isin(names.DISTRICTS)
    plain = table["LIBELLE"].str.normalize("NFD").str.encode("ascii", "ignore").str.decode("ascii")
    table.insert(0, "TYPECOM", np.where(inside, "ARM", "COM"))
    return pd.DataFrame(
        {
            "TYPECOM": table["TYPECOM"], "COM": table["COM"],
            "REG": np.where(inside, "", names.REGION),
            "DEP": np.where(inside, "", names.DEPARTMENT),
            "CTCD": np.where(inside, "", "00D"), "ARR": np.where(inside, "", "001"), "TNCC": "0",
            "NCC": plain.str.upper().str.replace(r"[-']", " ", regex=True),
            "NCCENR": table["LIBELLE"], "LIBELLE": table["LIBELLE"], "CAN": "",
            "COMPARENT": np.where(inside, names.CITY, ""),
        }
    )  # fmt: skip
