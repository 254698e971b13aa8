"""How is each file put on disk, the same to the byte each time?"""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio

STAMP = "2025-11-21T00:00:00.000Z"
"""A GeoPackage holds the date it was written on; this one is fixed."""


def write_table(
    path: Path, table: pd.DataFrame, separator: str = ";", end: str = "\n", index: str | None = None
) -> None:
    """Write a delimited text in UTF-8; ``index`` names a first column of row numbers."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if index is not None:
        table = table.copy()
        table.insert(0, index, np.arange(1, len(table) + 1))
    table.to_csv(
        path, sep=separator, index=False, lineterminator=end, encoding="utf-8", float_format="%.15g"
    )


def write_layer(path: Path, shapes: gpd.GeoDataFrame, layer: str) -> None:
    """Write one layer of a GeoPackage, without index so that it stays small."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": STAMP})
    shapes.to_file(path, layer=layer, driver="GPKG", engine="pyogrio", SPATIAL_INDEX="NO")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def write_sheet(path: Path, rows: list[list[object]], sheet: str) -> None:
    """Write a workbook of one sheet: text in place, numbers as numbers."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = []
    for number, cells in enumerate(rows, start=1):
        inside = ""
        for column, value in enumerate(cells):
            place = f"{chr(65 + column)}{number}"
            if value is None:
                continue
            if isinstance(value, str):
                inside += f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
            else:
                inside += f'<c r="{place}"><v>{value:.15g}</v></c>'
        lines.append(f'<row r="{number}">{inside}</row>')
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    kinds = "http://schemas.openxmlformats.org"
    main = f'xmlns="{kinds}/spreadsheetml/2006/main"'
    links = f"{kinds}/officeDocument/2006/relationships"
    package = "application/vnd.openxmlformats-package"
    office = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{kinds}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="'
        f'{package}.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{office}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{office}.worksheet+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{kinds}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{links}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{links}"><sheets>'
        f'<sheet name="{escape(sheet)}" '
        'sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{kinds}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{links}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{''.join(lines)}</sheetData>"
        "</worksheet>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, date_time=(2025, 11, 21, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, head + text)
