"""Where the sites are, as GeoParquet 1.1 has it, so that any map software opens the table.

The record keeps longitude and latitude; the geometry is written from them and dropped on reading.

References
----------
OGC GeoParquet 1.1.0, https://geoparquet.org/releases/v1.1.0/ (column metadata, default CRS).
OGC 06-103r4, Simple Feature Access, section 8.2 (well-known binary).
"""

import json

import numpy as np
import polars as pl

GEOMETRY = "geometry"
WKB_POINT = np.dtype([("little_endian", "u1"), ("kind", "<u4"), ("x", "<f8"), ("y", "<f8")])
AXIS_UNIT = "degree"
LONGITUDE_LATITUDE = {
    "$schema": "https://proj.org/schemas/v0.7/projjson.schema.json",
    "type": "GeographicCRS",
    "name": "WGS 84 longitude-latitude",
    "datum": {
        "type": "GeodeticReferenceFrame",
        "name": "World Geodetic System 1984",
        "ellipsoid": {
            "name": "WGS 84",
            "semi_major_axis": 6378137,
            "inverse_flattening": 298.257223563,
        },
    },
    "coordinate_system": {
        "subtype": "ellipsoidal",
        "axis": [
            {
                "name": "Geodetic longitude",
                "abbreviation": "Lon",
                "direction": "east",
                "unit": AXIS_UNIT,
            },
            {
                "name": "Geodetic latitude",
                "abbreviation": "Lat",
                "direction": "north",
                "unit": AXIS_UNIT,
            },
        ],
    },
    "id": {"authority": "OGC", "code": "CRS84"},
}
"""OGC:CRS84 as PROJJSON: WGS 84, longitude first."""


def with_points(sites: pl.DataFrame) -> pl.DataFrame:
    """Add a column of WKB points; a site without both coordinates has none."""
    longitude = sites["longitude"].to_numpy()
    latitude = sites["latitude"].to_numpy()
    points = np.zeros(sites.height, WKB_POINT)
    points["little_endian"], points["kind"] = 1, 1
    points["x"], points["y"] = longitude, latitude
    octets = points.view(np.uint8).reshape(sites.height, WKB_POINT.itemsize)
    binary = pl.Series(GEOMETRY, octets).cast(pl.List(pl.UInt8)).cast(pl.Binary)
    placed = pl.Series(np.isfinite(longitude) & np.isfinite(latitude))
    return sites.with_columns(pl.when(placed).then(binary).alias(GEOMETRY))


def geo_metadata(sites: pl.DataFrame) -> dict[str, str]:
    """Return the ``geo`` entry of the file metadata, with the bounding box where there is one."""
    placed = sites.filter(pl.col("longitude").is_finite() & pl.col("latitude").is_finite())
    column: dict[str, object] = {
        "encoding": "WKB",
        "geometry_types": ["Point"],
        "crs": LONGITUDE_LATITUDE,
    }
    if placed.height:
        west, east = placed["longitude"].min(), placed["longitude"].max()
        south, north = placed["latitude"].min(), placed["latitude"].max()
        column["bbox"] = [west, south, east, north]
    geo = {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}
    return {"geo": json.dumps(geo, sort_keys=True)}
