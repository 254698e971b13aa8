"""What do real files of a rural department hold that tidy ones do not? Laid over trial files.

One commune changed its code, one stands under that of a delegated one, one under a code that no
list knows, shops carry the code of the commune in place of an IRIS, quarters cross themselves. All
of it was met in files of producers of different years.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
from shapely.geometry import Polygon

from exemple.writing import write_layer, write_table

ODD = ("08",)
"""Departments whose trial files are made so."""
FORMER, DELEGATED, OBSOLETE = "998", "996", "997"
"""Numbers, in the department, of the codes of other years."""
BASES = (
    "recensement_population/base-ic-evol-struct-pop-2022.CSV",
    "recensement_menages/base-ic-couples-familles-menages-2022.CSV",
    "recensement_logement/base-ic-logement-2022.CSV",
    "recensement_activite/base-ic-activite-residents-2022.CSV",
    "recensement_diplomes/base-ic-diplomes-formation-2022.CSV",
)
DIPLOMAS = BASES[-1]
LEGAL = "populations_legales/donnees_communes.csv"
INCOMES = "filosofi_communes/cc_filosofi_2021_COM.csv"
SHOPS = "bpe/BPE24.csv"
DENSITY = "densite/grille_densite_7_niveaux_2024.xlsx"
LIST, MOVEMENTS = "cog/v_commune_2024.csv", "cog/v_mvt_commune_2024.csv"
QUARTERS = "qpv/QP2024_France_Hexagonale_Outre_Mer_WGS84"
BROKEN = 4
"""Quarters whose outline crosses itself."""


def uncut(here: pd.DataFrame) -> list[str]:
    """Return the communes not cut into IRIS, sorted: the first three are given odd codes."""
    return sorted(here.loc[here["type"] == "Z", "commune"])


def spoil(out: Path, here: pd.DataFrame) -> None:
    """Make the files of a department those of several years.

    Parameters
    ----------
    out : Path
        Holds the producers' files (`exemple.offices.forms.write_forms`).
    here : DataFrame
        The department, from `exemple.offices.recoding.recoded`.
    """
    communes = uncut(here)
    moved, merged, lost = communes[:3]
    department = moved[:2]
    former, delegated = f"{department}{FORMER}", f"{department}{DELEGATED}"
    for place in (*BASES, INCOMES, SHOPS):
        _rename(out / place, {moved: former})
    _rename(out / LEGAL, {moved[2:]: FORMER}, only=department)
    _rename(out / DIPLOMAS, {lost: f"{department}{OBSOLETE}"})
    _rename_in_workbook(out / DENSITY, {merged: delegated})
    _bare_communes(out / SHOPS, communes)
    _lists(out, former, moved, delegated, merged)
    _cross(out)


def _table(path: Path, separator: str = ";") -> pd.DataFrame:
    return pd.read_csv(path, sep=separator, dtype=str, keep_default_na=False)


def _rename(path: Path, codes: dict[str, str], only: str = "") -> None:
    """Give communes, and the one IRIS of each, another code wherever a column holds it."""
    table = _table(path)
    here = table["CODDEP"] == only if only else pd.Series(True, table.index)
    whole = codes | {f"{old}0000": f"{new}0000" for old, new in codes.items()}
    for name in [n for n in ("IRIS", "COM", "CODGEO", "CODCOM", "DEPCOM", "DCIRIS") if n in table]:
        table[name] = table[name].where(~here, table[name].replace(whole))
    write_table(path, table)


def _rename_in_workbook(path: Path, codes: dict[str, str]) -> None:
    book = openpyxl.load_workbook(path)
    for row in book.active.iter_rows():
        row[0].value = codes.get(row[0].value, row[0].value)
    book.save(path)


def _bare_communes(path: Path, communes: Iterable[str]) -> None:
    """Write the code of the commune alone where there is no IRIS, as some editions do."""
    table = _table(path)
    alone = table["DCIRIS"].str.endswith("0000")
    table["DCIRIS"] = table["DCIRIS"].where(~alone, table["DCIRIS"].str[:5])
    assert table["DCIRIS"].isin(list(communes)).any()
    write_table(path, table)


def _lists(out: Path, former: str, moved: str, delegated: str, merged: str) -> None:
    """Write the movement of the commune that changed its code, and the delegated one."""
    listed = _table(out / LIST, ",")
    part = {"TYPECOM": "COMD", "COM": delegated, "LIBELLE": "Ancienne Vanne", "COMPARENT": merged}
    listed = pd.concat([listed, pd.DataFrame([part])]).fillna("").sort_values("COM")
    write_table(out / LIST, listed, ",")
    rows = [("50", "2021-01-01", "COM", former, "COM", moved)]
    names = ["MOD", "DATE_EFF", "TYPECOM_AV", "COM_AV", "TYPECOM_AP", "COM_AP"]
    write_table(out / MOVEMENTS, pd.DataFrame(rows, columns=names), ",")


def _cross(out: Path) -> None:
    """Make some quarters cross themselves: two opposite corners change places."""
    (path,) = (out / "qpv").glob("QP2024*")
    layer = gpd.read_file(path)
    crossed = layer.geometry.head(BROKEN).map(_bow)
    assert not crossed.is_valid.any()
    layer.loc[crossed.index, "geometry"] = crossed
    path.unlink()
    write_layer(path, layer, "qpv")


def _bow(outline: Polygon) -> Polygon:
    corners = list(getattr(outline, "geoms", [outline])[0].exterior.coords)[:-1]
    far = len(corners) // 2
    corners[1], corners[far] = corners[far], corners[1]
    return Polygon(corners)
