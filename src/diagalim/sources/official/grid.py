"""Insee, Filosofi on a grid of 200 m: people, poor households and standard of living by cell.

A cell with fewer than 11 households carries values that Insee modelled over its neighbours
(``impute``): they sum up right and mean nothing for the cell itself. Shares are of **households**,
where the poverty rate of an IRIS is of persons. Standards of living are winsorised by Insee.

Three forms are read: Insee's GeoPackage and Insee's CSV (2019), whose cells are drawn from their
identifiers (lower left corner in EPSG:3035), and a derived extract of 2017.
"""

from __future__ import annotations

import geopandas as gpd
import shapely

from diagalim.settings.codes import COMMUNE_LENGTH
from diagalim.settings.territory import Territory
from diagalim.sources.registry import Resolved
from diagalim.sources.schemas import columns_of, layout_of
from diagalim.sources.tables.layers import outside_metropole, read_layer
from diagalim.sources.tables.streaming import read_large_table
from diagalim.sources.tables.tabular import to_numbers
from diagalim.wording.problems import Problem, raise_if_any

SIDE = 200
"""Side of a cell, metres."""
CORNER = r"N(\d+)E(\d+)$"
"""End of an identifier: north and east of the lower left corner, EPSG:3035."""
COLUMNS = ["personnes", "menages", "part_menages_pauvres", "niveau_vie", "impute", "geometry"]
DERIVED = {
    "id": "carreau",
    "num_people": "personnes",
    "mean_std_living": "niveau_vie",
    "poverty_ratio": "part_menages_pauvres",
}


def read_grid(resolved: Resolved, territory: Territory) -> gpd.GeoDataFrame:
    """Read the cells of a territory.

    Returns
    -------
    GeoDataFrame
        In the CRS of the territory (EPSG:2154), indexed by ``carreau``, sorted: ``personnes``,
        ``menages`` (missing in the derived extract), ``part_menages_pauvres`` (0 to 1),
        ``niveau_vie`` (€ a year per consumption unit, mean over persons), ``impute`` (bool),
        ``geometry`` (squares). The derived extract names no commune: all its cells are returned.

    Raises
    ------
    InputError
        When the form of the file is not the declared one, a share is out of bounds, or no cell is
        of the territory.
    """
    read = {"derive": _derived, "insee": _layer, "insee_csv": _text}[resolved.pattern.format]
    cells = read(resolved, territory).to_crs(territory.crs)
    raise_if_any(_cell_problems(cells, resolved.path.name))
    raise_if_any(outside_metropole(cells, resolved.path))
    return cells.set_index("carreau").sort_index()[COLUMNS]


def _derived(resolved: Resolved, _: Territory) -> gpd.GeoDataFrame:
    cells = read_layer(resolved.path, columns_of(resolved)).rename(columns=DERIVED)
    return cells.assign(menages=float("nan"), impute=cells["imputed"] == 1)


def _layer(resolved: Resolved, territory: Territory) -> gpd.GeoDataFrame:
    # a cell across a border carries the codes of its communes one after the other
    where = f"lcog_geo LIKE '%{territory.code}%'"
    cells = read_layer(resolved.path, columns_of(resolved), where=where)
    codes = cells["lcog_geo"].astype(str)
    here = cells[codes.str.match(rf"(?:.{{{COMMUNE_LENGTH}}})*{territory.code}")]
    raise_if_any(_absence_problems(here, resolved, territory))
    return _tidy(here)


def _text(resolved: Resolved, territory: Territory) -> gpd.GeoDataFrame:
    layout = layout_of(resolved)
    table, _ = read_large_table(resolved.path, layout, territory.code, "i_est_200", COMMUNE_LENGTH)
    numbers = to_numbers(table, resolved.path, layout)
    for name in layout.numbers:
        table[name] = numbers.loc[numbers["variable"] == name, "valeur"].to_numpy()
    corners = table["idcar_200m"].str.extract(CORNER).astype(float)
    south, west = corners[0], corners[1]
    squares = shapely.box(west, south, west + SIDE, south + SIDE)
    return _tidy(gpd.GeoDataFrame(table, geometry=squares, crs="EPSG:3035"))


def _absence_problems(
    here: gpd.GeoDataFrame, resolved: Resolved, territory: Territory
) -> list[Problem]:
    if len(here):
        return []
    return [
        Problem(
            resolved.path.name,
            "colonne LCOG_GEO",
            "aucun carreau du département",
            f"au moins un carreau d'une commune qui commence par {territory.code}",
            "vérifier que le fichier couvre ce territoire",
        )
    ]


def _tidy(cells: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return shares and means of the sums that Insee publishes by cell."""
    return cells.assign(
        carreau=cells["idcar_200m"],
        personnes=cells["ind"],
        menages=cells["men"],
        part_menages_pauvres=cells["men_pauv"] / cells["men"],
        niveau_vie=cells["ind_snv"] / cells["ind"],
        impute=cells["i_est_200"].astype(int) == 1,
    )


def _cell_problems(cells: gpd.GeoDataFrame, name: str) -> list[Problem]:
    checks = [
        (
            cells["carreau"].duplicated(),
            "carreau répété",
            "chaque carreau une seule fois",
            "supprimer le doublon",
        ),
        (
            ~cells["part_menages_pauvres"].between(0.0, 1.0),
            "part de ménages pauvres hors de 0 à 1",
            "une part entre 0 et 1",
            "vérifier l'unité de cette colonne : une part, et non un pourcentage",
        ),
        (
            ~(cells["personnes"] >= 0),
            "nombre de personnes négatif ou absent",
            "un nombre de personnes",
            "reprendre le fichier du producteur",
        ),
    ]
    return [
        Problem(name, f"carreau {cells['carreau'][mask].iloc[0]}", seen, expected, remedy)
        for mask, seen, expected, remedy in checks
        if mask.any()
    ]
