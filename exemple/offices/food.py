"""Which shops and services stand where? The *base permanente des équipements*, in two layouts.

One list of equipment is drawn, then published twice: counts by IRIS in the nomenclature of 2018,
and one row an equipment, with coordinates, in that of 2024 (bakeries B203 became B207…).
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from exemple.land import names
from exemple.land.mesh import Mesh
from exemple.offices.registers import epci_of
from exemple.offices.zones import cells_of, density_levels, points_in
from exemple.people.households import People

KINDS = {  # code of 2018: code of 2024, number for 1,000 inhabitants
    "B101": ("B104", 0.018), "B102": ("B105", 0.165), "B201": ("B201", 0.12),
    "B202": ("B202", 0.59),
    "B203": ("B207", 0.80), "B204": ("B204", 0.37), "B205": ("B205", 0.031),
    "B206": ("B206", 0.075),
    "A206": ("A206", 0.07), "C107": ("C107", 0.12), "D307": ("D307", 0.36),
}  # fmt: skip
LATER = {"B208": 0.06, "B209": 0.05, "B210": 0.08}
"""Kinds that the 2018 nomenclature did not have."""
ROUNDED_TO_COMMUNE = 0.0016
COLUMNS = (
    "AN", "NOMRS", "CNOMRS", "NUMVOIE", "INDREP", "TYPVOIE", "LIBVOIE", "CADR", "CODPOS",
    "DEPCOM", "DEP", "REG", "LIBCOM", "DOM", "SDOM", "TYPEQU", "SIRET", "STATUT_DIFFUSION",
    "CANTINE", "INTERNAT", "RPI", "EP", "CL_PGE", "SECT", "ACCES_AIRE_PRATIQUE", "ACCES_LIBRE",
    "ACCES_SANITAIRE", "ACCES_VESTIAIRE", "CAPACITE_D_ACCUEIL", "PRES_DOUCHE", "PRES_SANITAIRE",
    "SAISONNIER", "COUVERT", "ECLAIRE", "CATEGORIE", "MULTIPLEXE", "STRUCTURE_EXERCICE",
    "SPECIALITE", "ACCUEIL", "ITINERANCE", "MODE_GESTION", "SSTYPHEB", "TYPE",
    "IMPLANTATION_STATION", "CAPACITE", "INDIC_CAPA", "NBEQUIDENT", "INDIC_NBEQUIDENT",
    "NBSALLES", "INDIC_NBSALLES", "NBLIEUX", "INDIC_NBLIEUX", "NB_PDC", "INDIC_NB_PDC",
    "NB_PDC_PA", "INDIC_NB_PDC_PA", "NB_PDC_ACCELEREE", "INDIC_NB_PDC_ACCELEREE",
    "NB_PDC_LENTE", "INDIC_NB_PDC_LENTE", "NB_PDC_RAPIDE", "INDIC_NB_PDC_RAPIDE",
    "NB_PDC_ULTRARAPIDE", "INDIC_NB_PDC_ULTRARAPIDE", "NB_JOURS_OUVERT",
    "INDIC_NB_JOURS_OUVERT", "LAMBERT_X", "LAMBERT_Y", "LONGITUDE", "LATITUDE", "QUALITE_XY",
    "EPSG", "QUALITE_GEOLOC", "TR_DIST_PRECISION", "DCIRIS", "QUALI_IRIS", "IRISEE", "QP2024",
    "QUALI_QP2024", "QVA", "QUALI_QVA", "ZUS", "QUALI_ZUS", "EPCI", "UU2020", "BV2022",
    "AAV2020", "DENS3", "DENS7",
)  # fmt: skip
NOT_APPLICABLE = "_Z"


def equipment(
    people: People,
    iris: gpd.GeoDataFrame,
    mesh: Mesh,
    of_cell: np.ndarray,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Draw each equipment: its kinds in both nomenclatures, its IRIS, its point."""
    living = np.bincount(people.persons["iris"], minlength=len(iris)).astype(float)
    living += 900 * (iris["TYP_IRIS"] == "A")
    rows = []
    for old, (new, rate) in [*KINDS.items(), *((None, (k, r)) for k, r in LATER.items())]:
        place = np.repeat(np.arange(len(iris)), rng.poisson(living * rate / 1000))
        rows.append(pd.DataFrame({"iris": place, "old": old, "new": new}))
    shops = pd.concat(rows, ignore_index=True)
    shops[["x", "y"]] = points_in(cells_of(shops["iris"].to_numpy(), mesh, of_cell, rng), mesh, rng)
    inside = shapely.contains_xy(iris.geometry.values[shops["iris"]], shops["x"], shops["y"])
    middle = shapely.get_coordinates(shapely.point_on_surface(iris.geometry.values))[shops["iris"]]
    shops.loc[~inside, ["x", "y"]] = middle[~inside]
    shops["in_2018"] = shops["old"].notna() & (rng.random(len(shops)) < 0.94)
    shops["in_2024"] = rng.random(len(shops)) < 0.95
    shops["districts"] = (
        pd.Series(density_levels(people, iris)).reindex(iris["INSEE_COM"]).to_numpy()[shops["iris"]]
    )
    return shops


def counts(shops: pd.DataFrame, iris: gpd.GeoDataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return the counts of 2018; a few pieces of a cut commune are not located (``_0000``)."""
    then = shops[shops["in_2018"]]
    commune = iris["INSEE_COM"].to_numpy()[then["iris"]]
    number = iris["IRIS"].to_numpy()[then["iris"]]
    number = np.where(rng.random(len(then)) < ROUNDED_TO_COMMUNE, "0000", number)
    table = pd.DataFrame(
        {"REG": names.REGION, "DEP": names.DEPARTMENT, "DEPCOM": commune,
         "DCIRIS": pd.Series(commune) + "_" + number, "AN": "2018",
         "TYPEQU": then["old"].to_numpy()}
    )  # fmt: skip
    return table.value_counts(sort=False).rename("NB_EQUIP").reset_index()


def located(
    shops: pd.DataFrame,
    iris: gpd.GeoDataFrame,
    quarters: gpd.GeoDataFrame,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Return one row an equipment, with its quality of location."""
    now = shops[shops["in_2024"]].sort_values(["new", "iris", "x"], kind="stable")
    place = now["iris"].to_numpy()
    quality = rng.choice(["B", "A", "M"], len(now), p=[0.9, 0.07, 0.03])
    shift = np.select([quality == "B", quality == "A"], [0, 300], 700)[:, None] * rng.uniform(
        -0.6, 0.6, (len(now), 2)
    )
    points = gpd.GeoSeries(
        gpd.points_from_xy(*(now[["x", "y"]].to_numpy() + shift).T), crs="EPSG:2154"
    )
    degrees = points.to_crs("EPSG:4326")
    inside = gpd.GeoDataFrame(geometry=points).sjoin(quarters, how="left", predicate="within")
    quarter = inside[~inside.index.duplicated()]["CODE_QP"].fillna("CSZ").to_numpy()
    commune = iris["INSEE_COM"].to_numpy()[place]
    level = now["districts"].to_numpy()
    known = {
        "AN": "2024", "NOMRS": "", "CODPOS": pd.Series(commune).str[:2] + "900", "DEPCOM": commune,
        "DEP": names.DEPARTMENT, "REG": names.REGION, "LIBCOM": iris["NOM_COM"].to_numpy()[place],
        "DOM": now["new"].str[:1].to_numpy(), "SDOM": now["new"].str[:2].to_numpy(),
        "TYPEQU": now["new"].to_numpy(), "LAMBERT_X": points.x.round(2).to_numpy(),
        "LAMBERT_Y": points.y.round(2).to_numpy(), "LONGITUDE": degrees.x.round(6).to_numpy(),
        "LATITUDE": degrees.y.round(6).to_numpy(), "QUALITE_XY": quality, "EPSG": "2154",
        "QUALITE_GEOLOC": np.select([quality == "B", quality == "A"], ["11", "12"], "33"),
        "TR_DIST_PRECISION": np.select(
            [quality == "B", quality == "A"], ["< 100", "100 - 500"], "> 500"
        ),
        "DCIRIS": iris["CODE_IRIS"].to_numpy()[place],
        "QUALI_IRIS": np.where(quality == "M", "3", "1"),
        "QP2024": quarter, "QUALI_QP2024": "1", "EPCI": epci_of(iris).to_numpy()[place],
        "DENS3": np.select([level <= 1, level <= 4], ["1", "2"], "3"), "DENS7": level.astype(str),
    }  # fmt: skip
    return pd.DataFrame({c: known.get(c, NOT_APPLICABLE) for c in COLUMNS}, index=range(len(now)))
