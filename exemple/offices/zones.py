"""What is known by other zones: 200 m cells, priority neighbourhoods, density, digital index?"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from exemple.land import names
from exemple.land.mesh import Mesh
from exemple.people.households import RETIRED, People

CELL = 200
FEWEST_IN_CELL = 11
"""Households under which Insee gives a cell modelled values (``imputed``)."""
MEASURES = (
    "GLOBAL COMPETENCES", "GLOBAL ACCES", "COMPÉTENCES NUMÉRIQUES / SCOLAIRES",
    "COMPETENCES ADMINISTATIVES", "ACCES A L'INFORMATION", "ACCÈS AUX INTERFACES NUMERIQUES",
    "SCORE GLOBAL ", "Population",
)  # fmt: skip
"""Names of the published index, misspellings and final blank included."""
QUARTERS = 14


def homes_on_land(
    people: People, mesh: Mesh, of_cell: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Return a point for each household, in EPSG:2154, where its IRIS is lived in."""
    cell = cells_of(people.households["iris"].to_numpy(), mesh, of_cell, rng)
    return points_in(cell, mesh, rng)


def cells_of(
    place: np.ndarray, mesh: Mesh, of_cell: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Draw a cell of the mesh for each IRIS of ``place``, the denser the likelier."""
    order = np.argsort(of_cell, kind="stable")
    reach = np.cumsum(mesh.people[order])
    start = np.searchsorted(of_cell[order], place)
    end = np.searchsorted(of_cell[order], place, side="right")
    low = np.where(start > 0, reach[start - 1], 0)
    drawn = low + rng.random(len(place)) * (reach[end - 1] - low)
    return order[np.clip(np.searchsorted(reach, drawn), start, end - 1)]


def points_in(cell: np.ndarray, mesh: Mesh, rng: np.random.Generator) -> np.ndarray:
    """Draw a point near the middle of each cell."""
    middle = shapely.get_coordinates(shapely.centroid(mesh.polygons))[cell]
    radius = 0.3 * np.sqrt(shapely.area(mesh.polygons))[cell]
    return middle + radius[:, None] * rng.uniform(-1, 1, (len(cell), 2))


def grid(
    people: People, points: np.ndarray, iris: gpd.GeoDataFrame, rng: np.random.Generator
) -> gpd.GeoDataFrame:
    """Return the 200 m cells of the city, in the layout of the file at hand."""
    homes = people.households
    city = (iris["commune"] == names.CITY).to_numpy()[homes["iris"]]
    located = gpd.GeoSeries(gpd.points_from_xy(*points[city].T), crs="EPSG:2154").to_crs(
        "EPSG:3035"
    )
    east = (located.x // CELL * CELL).astype(int).to_numpy()
    north = (located.y // CELL * CELL).astype(int).to_numpy()
    here = homes[city].assign(east=east, north=north)
    here["size"] = here["adults"] + here["children"]
    here["poor_persons"] = here["size"] * here["poor"]
    here["euros"] = here["size"] * here["standard"]
    cells = here.groupby(["north", "east"]).agg(
        num_people=("size", "sum"), euros=("euros", "sum"), poor=("poor_persons", "sum"),
        homes=("size", "size"),
    ).reset_index()  # fmt: skip
    few = cells["homes"] < FEWEST_IN_CELL
    block = [cells["north"] // 1000, cells["east"] // 1000, few]
    pooled = cells.groupby(block)[["num_people", "euros", "poor"]].transform("sum")
    for name in ("euros", "poor"):  # cells with too few households share the values of their km²
        cells[name] = np.where(
            few, pooled[name] / pooled["num_people"], cells[name] / cells["num_people"]
        )
    boxes = [
        shapely.box(e, n, e + CELL, n + CELL)
        for e, n in zip(cells["east"], cells["north"], strict=True)
    ]
    shapes = gpd.GeoSeries(boxes, crs="EPSG:3035").to_crs("EPSG:2154")
    return gpd.GeoDataFrame(
        {
            "id": [
                f"CRS3035RES200mN{n}E{e}"
                for n, e in zip(cells["north"], cells["east"], strict=True)
            ],
            "imputed": few.astype("int32"), "num_people": cells["num_people"].astype(float),
            "mean_std_living": cells["euros"].round(2), "poverty_ratio": cells["poor"].round(6),
            "land_surface_temperature": rng.normal(36, 2, len(cells)).round(2),
        },
        geometry=shapely.transform(shapes.values, lambda c: np.round(c, 1)), crs="EPSG:2154",
    )  # fmt: skip


def priority_quarters(
    iris: gpd.GeoDataFrame, places: pd.DataFrame, rng: np.random.Generator
) -> gpd.GeoDataFrame:
    """Draw ragged priority neighbourhoods where life is hardest, apart from one another."""
    order = places["hard"].where(iris["TYP_IRIS"] == "H").sort_values(ascending=False).index
    land = shapely.union_all(iris.geometry.values)
    rows, taken = [], []
    for row in order:
        centre = iris.geometry[row].representative_point()
        if any(centre.distance(other) < 1_300 for other in taken):
            continue
        angle = np.linspace(0, 2 * np.pi, 28, endpoint=False)
        radius = 330 * np.clip(
            1 + 0.25 * np.sin(2 * angle + rng.uniform(0, 6)) + rng.normal(0, 0.14, 28), 0.4, 2
        )
        ring = np.column_stack(
            [centre.x + radius * np.cos(angle), centre.y + radius * np.sin(angle)]
        )
        shape = shapely.intersection(shapely.polygons(np.round(ring, 1)), land)
        taken.append(centre)
        rows.append(
            {
                "CODE_QP": f"QN{names.DEPARTMENT}{len(rows) + 1:03d}0",
                "NOM_QP": iris["NOM_IRIS"][row].rsplit(" ", 1)[0],
                "COMMUNE_QP": iris["NOM_COM"][row],
                "geometry": shapely.multipolygons(shapely.get_parts(shape)),
            }
        )  # fmt: skip
        if len(rows) == QUARTERS:
            break
    return gpd.GeoDataFrame(rows, geometry="geometry", crs="EPSG:2154")


def digital(people: People, iris: gpd.GeoDataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return the digital fragility index in its long layout, and the population of 2016."""
    persons = people.persons
    living = np.bincount(persons["iris"], minlength=len(iris))
    earlier = living * rng.normal(0.98, 0.03, len(iris))
    adult = persons[persons["age"] >= 15]
    part = lambda mask: mask.groupby(adult["iris"]).mean().reindex(iris.index, fill_value=0)  # noqa: E731
    low, old = part(adult["diploma"] <= 1), part(adult["situation"] == RETIRED)
    poor = (
        people.households["poor"]
        .groupby(people.households["iris"])
        .mean()
        .reindex(iris.index, fill_value=0)
    )
    noise = lambda: rng.normal(0, 7, len(iris))  # noqa: E731
    school = 100 * low / low.mean() + noise()
    paper = 100 * poor / max(poor.mean(), 1e-9) + noise()
    news = 60 + 40 * old / old.mean() + noise()
    access = 55 + 45 * poor / poor.mean() + noise()
    skills, reach = (school + paper) / 2, (news + access) / 2
    score = (skills + reach) / 2
    values = np.clip(
        np.column_stack([skills, reach, school, paper, news, access, score]), 0, 530
    ).round()
    rank = (-score).rank(method="first").astype(int)
    rows = []
    for row in iris.index:
        cells = [f"{v:.1f}" for v in values[row]] + [f"{earlier[row]:.12g}"]
        for name, value in zip(MEASURES, cells, strict=True):
            rows.append(
                (
                    iris["NOM_COM"][row],
                    iris["CODE_IRIS"][row],
                    iris["NOM_IRIS"][row],
                    name,
                    rank[row],
                    value,
                )
            )
    columns = ["Nom Com", "Code Iris", "Nom Iris", "Noms de mesures",
               "Classement de SCORE GLOBAL region 1", "Valeurs de mesures"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


LEVELS = ("Grands centres urbains", "Centres urbains intermédiaires", "Ceintures urbaines",
          "Petites villes",
          "Bourgs ruraux", "Rural à habitat dispersé", "Rural à habitat très dispersé")  # fmt: skip


def density_levels(people: People, iris: gpd.GeoDataFrame) -> dict[str, int]:
    """Return the level, 1 to 7, of each commune and *arrondissement*, the city too."""
    living = np.bincount(people.persons["iris"], minlength=len(iris))
    table = pd.DataFrame({"code": iris["INSEE_COM"], "people": living, "km2": iris["surface"]})
    total = table.groupby("code").sum()
    crowd = total["people"] / total["km2"]
    city = crowd.index.isin(names.DISTRICTS)
    level = np.select(
        [city, crowd > 420, crowd > 250, crowd > 120, crowd > 60, crowd > 22], [1, 2, 3, 4, 5, 6], 7
    )
    return dict(zip(crowd.index, level.tolist(), strict=True)) | {names.CITY: 1}


def density_rows(people: People, iris: gpd.GeoDataFrame, legal: pd.DataFrame) -> list[list[object]]:
    """Return the sheet of the density grid: four lines of title, then the table."""
    levels = density_levels(people, iris)
    population = dict(zip(names.DEPARTMENT + legal["CODCOM"], legal["PMUN"], strict=True))
    called = iris.drop_duplicates("INSEE_COM").set_index("INSEE_COM")["NOM_COM"].to_dict()
    population[names.CITY] = sum(population.pop(code) for code in names.DISTRICTS)
    called[names.CITY] = names.CITY_NAME
    rows: list[list[object]] = [
        ["Grille communale de densité à 7 niveaux (département fictif)"],
        ["Maille communale, géographie au 01/01/2024"], ["Au format de l'Insee"], [],
        ["CODGEO", "LIBGEO", "DENS", "LIBDENS", "PMUN21", *(f"P{k}" for k in range(1, 8))],
    ]  # fmt: skip
    for code in sorted(population):
        shares = [100.0 if k == levels[code] else 0.0 for k in range(1, 8)]
        level = levels[code]
        rows.append(
            [code, called[code], str(level), LEVELS[level - 1], int(population[code]), *shares]
        )
    return rows
