"""What would the registers say of a re-coded department? Communes, shops, benefits, quarters.

The same rows as those of the fictitious department, under the codes of another one, in the form of
each producer.
"""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd

from exemple.land.names import DISTRICTS
from exemple.offices.zones import LEVELS
from exemple.writing import write_layer, write_sheet, write_table

DECEMBER, SUMMER = "202312", "202306"
"""The month that is read, and another that must be left out."""
DENSE, TOWN, COUNTRY = 1, 4, 6
"""Levels of the density grid given to the places of the city, to towns, to communes not cut."""


def write_registers(
    fictitious: Path, here: pd.DataFrame, there: pd.DataFrame, out: Path, east: float
) -> None:
    """Write the registers of a department, which hold rows of its neighbour too.

    Parameters
    ----------
    fictitious : Path
        ``data/exemple/officiel``.
    here, there : DataFrame
        From `exemple.offices.recoding.recoded`: the department, and its neighbour.
    out : Path
        Receives a folder a dataset.
    east : float
        Metres by which the neighbour is moved.
    """
    both = pd.concat([here, there])
    _benefits(fictitious, both, out)
    _communes(both, out)
    _density(both, out)
    _shops(fictitious, here, there, out, east)
    _quarters(fictitious, here, there, out, east)


def _read(path: Path, separator: str = ";") -> pd.DataFrame:
    return pd.read_csv(path, sep=separator, dtype=str, keep_default_na=False)


def _benefits(fictitious: Path, both: pd.DataFrame, out: Path) -> None:
    """Households receiving the RSA, as the Cnaf exports them: a row a month and an IRIS."""
    counts = _read(fictitious / "caf/caf_arsas_iris.csv", ",").set_index("CODE_IRIS")["ARSAS"]
    listed = both[both.index.isin(counts.index) & (both["type"] != "Z")]
    months = [
        pd.DataFrame(
            {
                "numcomdo": listed["commune"], "dtreffre": month,
                "numirisd": listed["code"].str[5:],
                "indfoy_rsa": counts.loc[listed.index].str.removesuffix(".0"),
            }
        )
        for month in (SUMMER, DECEMBER)
    ]  # fmt: skip
    write_table(out / "caf_rsa/rsa_s_type_iris_f.csv", pd.concat(months))


def _communes(both: pd.DataFrame, out: Path) -> None:
    """The official list: communes, and the *arrondissements* of a city under it."""
    towns = both.drop_duplicates("ville")
    districts = both[both["commune"] != both["ville"]].drop_duplicates("commune")
    rows = [("COM", r.ville, r.nom_ville, "") for r in towns.itertuples()]
    rows += [("ARM", r.commune, r.nom_commune, r.ville) for r in districts.itertuples()]
    table = pd.DataFrame(rows, columns=["TYPECOM", "COM", "LIBELLE", "COMPARENT"])
    table.insert(2, "DEP", table["COM"].str[:2].where(table["TYPECOM"] == "COM", ""))
    write_table(out / "cog/v_commune_2024.csv", table.sort_values("COM"), ",")


def _levels(both: pd.DataFrame) -> pd.DataFrame:
    """Return the density level of each commune, *arrondissement* and city."""
    city = both.index.str[:5].isin(DISTRICTS)
    level = pd.Series(TOWN, both.index).mask(both["type"] == "Z", COUNTRY).mask(city, DENSE)
    of_place = pd.concat([level.groupby(both[key]).min() for key in ("commune", "ville")])
    return of_place[~of_place.index.duplicated()].sort_index()


def _density(both: pd.DataFrame, out: Path) -> None:
    called = dict(zip(both["commune"], both["nom_commune"], strict=True))
    called |= dict(zip(both["ville"], both["nom_ville"], strict=True))
    rows: list[list[object]] = [["Grille communale de densité à 7 niveaux (essai)"], [], [], []]
    rows.append(["CODGEO", "LIBGEO", "DENS", "LIBDENS"])
    for code, level in _levels(both).items():
        rows.append([code, called[code], str(level), LEVELS[level - 1]])
    write_sheet(out / "densite/grille_densite_7_niveaux_2024.xlsx", rows, "Maille communale")


def _shops(
    fictitious: Path, here: pd.DataFrame, there: pd.DataFrame, out: Path, east: float
) -> None:
    listed = _read(fictitious / "bpe/BPE24.csv")
    parts = []
    for places, moved in ((here, 0.0), (there, east)):
        place = listed["DCIRIS"].str.replace("_", "", regex=False)
        rows = listed[place.isin(places.index)].copy()
        new = places.loc[place[rows.index]]
        rows["DEPCOM"], rows["LIBCOM"] = new["commune"].to_numpy(), new["nom_commune"].to_numpy()
        rows["DCIRIS"], rows["DEP"] = new["code"].to_numpy(), new["commune"].str[:2].to_numpy()
        rows["EPCI"], rows["REG"] = new["epci"].to_numpy(), ""
        shifted = pd.to_numeric(rows["LAMBERT_X"], errors="coerce") + moved
        rows["LAMBERT_X"] = rows["LAMBERT_X"].where(shifted.isna(), shifted.map("{:.2f}".format))
        parts.append(rows)
    write_table(out / "bpe/BPE24.csv", pd.concat(parts))


def _quarters(
    fictitious: Path, here: pd.DataFrame, there: pd.DataFrame, out: Path, east: float
) -> None:
    """Perimeters in the national file of 2024, in degrees."""
    shapes = gpd.read_file(fictitious / "qpv/qp2024_l93.gpkg")
    parts = []
    for places, moved in ((here, 0.0), (there, east)):
        code = places["code"].iloc[0][:2].rjust(3, "0")
        layer = gpd.GeoDataFrame(
            {
                "code_qp": [f"QN{code}{k:03d}"[:8] for k in range(1, len(shapes) + 1)],
                "lib_qp": shapes["NOM_QP"], "lib_com": shapes["COMMUNE_QP"],
            },
            geometry=shapes.translate(moved), crs=shapes.crs,
        )  # fmt: skip
        parts.append(layer)
    place = "qpv/QP2024_France_Hexagonale_Outre_Mer_WGS84.gpkg"
    write_layer(out / place, pd.concat(parts, ignore_index=True).to_crs("EPSG:4326"), "qpv")
