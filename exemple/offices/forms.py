"""What would the producers publish of a re-coded department? Their own forms, and no other.

Files by IRIS keep every figure of the fictitious department under other codes. Files by commune are
made again, for the communes are not the same: counts are added, rates and incomes averaged over
persons, and withheld where the producer would withhold them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from diagalim.sources.official.departments import Department
from exemple.offices.filosofi import (
    COMMUNE,
    COMMUNE_FEWEST,
    COMMUNE_RATE,
    DEC,
    DISP,
    LOWEST_MEDIAN,
    LOWEST_RATE,
    SO,
    comma,
    euros,
)
from exemple.offices.recoded_registers import write_registers
from exemple.offices.recoding import epci_names, recoded
from exemple.writing import write_layer, write_table

OUTLINES = "contours_iris/CONTOURS-IRIS_2-1_GPKG_LAMB93_D000-2020.gpkg"
BASES = (
    "recensement_population/base-ic-evol-struct-pop-2022.CSV",
    "recensement_menages/base-ic-couples-familles-menages-2022.CSV",
    "recensement_logement/base-ic-logement-2022.CSV",
    "recensement_activite/base-ic-activite-residents-2022.CSV",
    "recensement_diplomes/base-ic-diplomes-formation-2022.CSV",
)
STRUCTURE, HOUSING = BASES[0], BASES[2]
BY_IRIS = "filosofi_iris/BASE_TD_FILO_IRIS_2021_DISP.csv"
DECLARED = "filosofi_iris/BASE_TD_FILO_IRIS_2021_DEC.csv"
BY_COMMUNE = "filosofi_communes/cc_filosofi_2021_COM.csv"
SHARES = ("PACT", "PTSA", "PCHO", "PBEN", "PPEN", "PPAT", "PPSOC", "PPFAM", "PPMINI", "PPLOGT",
          "PIMPOT")  # fmt: skip
AVERAGED = ("TP60", "MED", "D1", "D9", *SHARES)
EAST = 150_000
"""The neighbouring department is moved this many metres away: its outlines must not overlap."""
TITLE_ROWS = 5


@dataclass(frozen=True)
class Fictitious:
    """The files of the fictitious department that the others are made from.

    Attributes
    ----------
    outlines : GeoDataFrame
        Outlines of the IRIS.
    bases : dict of str to DataFrame
        Census bases as text, by place, indexed by IRIS.
    incomes : DataFrame
        Published figures of disposable income as text, indexed by IRIS of cut communes.
    declared : DataFrame
        The same of declared income.
    communes : DataFrame
        Those of disposable income, by commune.
    folder : Path
        Where all this was read.
    """

    outlines: gpd.GeoDataFrame
    bases: dict[str, pd.DataFrame]
    incomes: pd.DataFrame
    declared: pd.DataFrame
    communes: pd.DataFrame
    folder: Path

    @classmethod
    def read(cls, folder: Path) -> Fictitious:
        """Read ``data/exemple/officiel``."""

        def table(place: str) -> pd.DataFrame:
            return pd.read_csv(
                folder / place, sep=";", dtype=str, keep_default_na=False, index_col=0
            )

        return cls(
            gpd.read_file(folder / OUTLINES),
            {place: table(place) for place in BASES},
            table(BY_IRIS),
            table(DECLARED),
            table(BY_COMMUNE),
            folder,
        )


def write_forms(
    fictitious: Fictitious, department: Department, neighbour: Department, out: Path
) -> pd.DataFrame:
    """Write the producers' files of a department, which hold rows of its neighbour too.

    Returns
    -------
    DataFrame
        From `recoded`, the department alone: what the files say of each IRIS, for tests.
    """
    outlines = fictitious.outlines
    towns = outlines[~outlines["INSEE_COM"].str.startswith("002")]
    here, there = recoded(outlines, department), recoded(towns, neighbour)
    both = pd.concat([here, there])
    regions = {d.code: d.region for d in (department, neighbour)}
    _outlines(out, fictitious, here, there)
    _membership(out, both, regions)
    _composition(out, (here, there), regions)
    for place, table in fictitious.bases.items():
        rows = table.loc[both.index].drop(columns=["COM", "TYP_IRIS"])
        rows.insert(0, "COM", both["commune"].to_numpy())
        rows.insert(1, "TYP_IRIS", both["type"].to_numpy())
        rows.insert(0, "IRIS", both["code"].to_numpy())
        write_table(out / place, rows)
    _incomes(out / BY_IRIS, fictitious.incomes, both, "DISP", DISP)
    _incomes(out / DECLARED, fictitious.declared, both, "DEC", DEC)
    communes = _communes(fictitious, both)
    write_table(out / BY_COMMUNE, communes)
    write_table(
        out / "populations_legales/donnees_communes.csv",
        _legal(fictitious, both, {d.code: d for d in (department, neighbour)}),
    )
    write_registers(fictitious.folder, here, there, out, EAST)
    return here


def _outlines(out: Path, fictitious: Fictitious, here: pd.DataFrame, there: pd.DataFrame) -> None:
    shapes = fictitious.outlines.set_index("CODE_IRIS").geometry
    moved = [shapes.loc[here.index], shapes.loc[there.index].translate(EAST)]
    both = pd.concat([here, there])
    layer = gpd.GeoDataFrame(
        {
            "cleabs": "IRIS____0000000" + both["code"], "code_insee": both["commune"],
            "nom_commune": both["nom_commune"], "iris": both["code"].str[5:],
            "code_iris": both["code"], "nom_iris": both["nom"], "type_iris": both["type"],
        },
        geometry=pd.concat(moved), crs=fictitious.outlines.crs,
    )  # fmt: skip
    place = "contours_iris/CONTOURS-IRIS_3-0__GPKG_LAMB93_FXX_2024-01-01.gpkg"
    write_layer(out / place, layer.reset_index(drop=True), "contours_iris")


def _membership(out: Path, both: pd.DataFrame, regions: dict[str, str]) -> None:
    table = pd.DataFrame(
        {
            "CODE_IRIS": both["code"], "LIB_IRIS": both["nom"], "TYP_IRIS": both["type"],
            "MODIF_IRIS": "00", "GRD_QUART": both["code"].str[:7],
            "LIB_GRD_QUART": both["nom_commune"], "DEPCOM": both["commune"],
            "LIBCOM": both["nom_commune"], "UU2020": both["commune"].str[:2] + "701",
            "REG": both["commune"].str[:2].map(regions), "DEP": both["commune"].str[:2],
        }
    )  # fmt: skip
    place = out / "appartenance_iris/reference_IRIS_geo2024.xlsx"
    _workbook(place, {"Emboitements_IRIS": table})


def _composition(out: Path, parts: tuple[pd.DataFrame, ...], regions: dict[str, str]) -> None:
    called = {code: name for part in parts for code, name in epci_names(part).items()}
    towns = pd.concat(parts).drop_duplicates("ville").sort_values("ville")
    composition = pd.DataFrame(
        {
            "CODGEO": towns["ville"], "LIBGEO": towns["nom_ville"], "EPCI": towns["epci"],
            "LIBEPCI": towns["epci"].map(called), "DEP": towns["ville"].str[:2],
            "REG": towns["ville"].str[:2].map(regions),
        }
    )  # fmt: skip
    size = composition.groupby("EPCI").size()
    listed = pd.DataFrame({"EPCI": size.index, "LIBEPCI": size.index.map(called),
                           "NATURE_EPCI": "CC", "NB_COM": size.to_numpy()})  # fmt: skip
    sheets = {"EPCI": listed, "Composition_communale": composition}
    _workbook(out / "epci/EPCI_au_01-01-2024.xlsx", sheets)


def _workbook(path: Path, sheets: dict[str, pd.DataFrame]) -> None:
    """Write sheets as Insee does: lines of title, then the names of the columns on line 6."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with pd.ExcelWriter(path, engine="xlsxwriter") as book:
        for name, table in sheets.items():
            table.to_excel(book, sheet_name=name, startrow=TITLE_ROWS, index=False)
            book.sheets[name].write(0, 0, f"{name} (essai : lieux et chiffres inventés)")


def _incomes(
    path: Path, figures: pd.DataFrame, both: pd.DataFrame, prefix: str, names: tuple[str, ...]
) -> None:
    """Write incomes by IRIS; a place that had none by IRIS has a row where all is withheld."""
    cut = both[both["type"] != "Z"]
    withheld = {f"{prefix}_{name}21": "so" if name in SO else "ns" for name in names}
    rows = figures.reindex(cut.index).fillna(withheld)
    rows.insert(0, "IRIS", cut["code"].to_numpy())
    write_table(path, rows)


def _numbers(fictitious: Fictitious) -> pd.DataFrame:
    """Return the published figures of each fictitious IRIS, missing where withheld."""
    cut = fictitious.incomes[[f"DISP_{name}21" for name in AVERAGED]].set_axis(AVERAGED, axis=1)
    uncut = fictitious.communes[[f"{name}21" for name in AVERAGED]].set_axis(AVERAGED, axis=1)
    uncut = uncut.set_axis(uncut.index + "0000")
    text = pd.concat([cut, uncut[~uncut.index.isin(cut.index)]])
    return text.apply(lambda column: pd.to_numeric(column.str.replace(",", "."), errors="coerce"))


def _communes(fictitious: Fictitious, both: pd.DataFrame) -> pd.DataFrame:
    """Return incomes by commune, for the city and for its *arrondissements* alike."""
    figures = _numbers(fictitious).reindex(both.index)
    figures["MED"] = figures["MED"].fillna(figures["MED"].median())
    persons = fictitious.bases[STRUCTURE]["P22_PMEN"].astype(float).loc[both.index]
    homes = fictitious.bases[HOUSING]["P22_RP"].astype(float).loc[both.index]
    places = {code: both["commune"] == code for code in both["commune"].unique()}
    places |= {code: both["ville"] == code for code in both["ville"].unique()}
    rows = [
        {"CODGEO": code} | _cells(figures[inside], persons[inside], round(homes[inside].sum()))
        for code, inside in sorted(places.items())
    ]
    return pd.DataFrame(rows)


def _cells(figures: pd.DataFrame, persons: pd.Series, homes: int) -> dict[str, str]:
    known = figures.notna()
    weight = known.mul(persons, axis=0)
    mean = (figures.fillna(0) * weight).sum() / weight.sum().replace(0, np.nan)
    cells = dict.fromkeys(COMMUNE, "s")
    cells |= {"NBMENFISC": str(homes), "NBPERSMENFISC": str(round(persons.sum()))}
    if homes >= LOWEST_MEDIAN:
        cells["MED"] = euros(mean["MED"])
    if homes >= COMMUNE_FEWEST and mean.notna().all():
        cells |= {name: comma(mean[name]) for name in SHARES}
        cells |= {name: euros(mean[name]) for name in ("D1", "D9")}
        cells["RD"] = comma(float(cells["D9"]) / float(cells["D1"]))
        if homes >= COMMUNE_RATE and mean["TP60"] >= LOWEST_RATE:
            cells["TP60"] = comma(np.floor(mean["TP60"] + 0.5))
    return {f"{name}21": cell for name, cell in cells.items()}


def _legal(
    fictitious: Fictitious, both: pd.DataFrame, departments: dict[str, Department]
) -> pd.DataFrame:
    """Return donnees_communes.csv: the *arrondissements* stand in place of their city."""
    people = fictitious.bases[STRUCTURE]["P22_POP"].astype(float).loc[both.index]
    count = people.groupby(both["commune"]).sum().round().astype(int)
    called = both.drop_duplicates("commune").set_index("commune")["nom_commune"]
    code = count.index.str[:2]
    region = [departments[c].region for c in code]
    return pd.DataFrame(
        {
            "CODREG": region, "REG": [departments[c].region_nom for c in code], "CODDEP": code,
            "CODARR": "1", "CODCAN": "01", "CODCOM": count.index.str[2:],
            "COM": called[count.index].to_numpy(), "PMUN": count.to_numpy(), "PCAP": 0,
            "PTOT": count.to_numpy(),
        }
    )  # fmt: skip
