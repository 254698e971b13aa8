"""Published outlines as one GeoPackage for QGIS, a layer each, in the projection of the report."""

from __future__ import annotations

import tempfile
from pathlib import Path

import geopandas as gpd
import pyogrio

from diagalim.downloads.notice import Notice

CRS = "EPSG:2154"
"""Lambert-93: metres, the legal projection of metropolitan France."""
MOMENT = "OGR_CURRENT_DATE"
"""What GDAL writes where the format wants the hour: without it two builds would differ."""


def gpkg_bytes(layers: dict[str, tuple[gpd.GeoDataFrame, Notice]]) -> bytes:
    """Return outlines as a GeoPackage, the same bytes for the same outlines.

    Parameters
    ----------
    layers : dict of str to (GeoDataFrame, Notice)
        In `CRS`, by name of layer; the notice is the description that QGIS shows of it.

    Raises
    ------
    ValueError
        When there is no layer, or one is in another projection.
    """
    strange = [name for name, (table, _) in layers.items() if table.crs != CRS]
    if strange or not layers:
        raise ValueError(f"layers that are not in {CRS}: {', '.join(strange) or 'none at all'}")
    first = next(iter(layers.values()))[1]
    before = pyogrio.get_gdal_config_option(MOMENT)
    pyogrio.set_gdal_config_options({MOMENT: f"{first.created:%Y-%m-%dT%H:%M:%S}.000Z"})
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "contours.gpkg"
            for name, (table, notice) in layers.items():
                pyogrio.write_dataframe(
                    table,
                    path,
                    layer=name,
                    driver="GPKG",
                    append=path.exists(),
                    layer_options={
                        # unique in the file, whatever the titles are
                        "IDENTIFIER": f"{name} : {notice.title}",
                        "DESCRIPTION": notice.described(),
                    },
                )
            return path.read_bytes()
    finally:
        pyogrio.set_gdal_config_options({MOMENT: before})
