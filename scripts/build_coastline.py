"""Build the coastline of the report's map from Natural Earth land polygons.

Run once, by hand, when Natural Earth is updated::

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python scripts/build_coastline.py package/land-50m.json src/jiqun/report/figures/coastline.npz

Natural Earth is in the public domain; ``world-atlas`` (ISC) only packs it as TopoJSON. The file holds
land polygons and no political border. Rings are cut at the antimeridian, coordinates rounded to 1/90
of a degree, so that the difference of any two longitudes fits sixteen bits; a ring that collapses to a
line is left out.
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from jiqun.report.figures.coastline import Points, keep_half

PER_DEGREE = 90
EXPECTED = "619477ff690c086885e45cb91707d783805561bd75ae8e437b7d4694b0204e0f"
ORIGIN = (
    "Natural Earth 1:50m land (public domain, naturalearthdata.com), from npm world-atlas 2.0.2, "
    f"land-50m.json, sha256 {EXPECTED}"
)


def decode_arcs(topology: dict) -> list[Points]:
    """Turn the quantised, delta-coded arcs into degrees; shape (points, 2) each."""
    scale, translate = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    return [np.cumsum(np.array(arc), axis=0) * scale + translate for arc in topology["arcs"]]


def join_ring(ring: list[int], arcs: list[Points]) -> Points:
    """Chain the arcs of one ring; ``~i`` is arc i backwards, and each arc repeats the last point."""
    pieces = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in ring]
    return np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])


def unrolled(ring: Points) -> Points:
    """Undo the jumps at the antimeridian; a ring round a pole is closed over the pole."""
    longitude = np.unwrap(ring[:, 0], period=360)
    flat = np.stack([longitude, ring[:, 1]], axis=1)
    if abs(longitude[-1] - longitude[0]) < 180:
        return flat
    pole = np.sign(ring[:, 1].mean()) * 90
    return np.concatenate([flat, [[longitude[-1], pole], [longitude[0], pole]]])


def cut_at_antimeridian(ring: Points) -> list[Points]:
    """Return the parts of a ring that lie between 180° W and 180° E."""
    flat = unrolled(ring)
    turns = (flat + np.array([shift, 0.0]) for shift in (-360.0, 0.0, 360.0))
    parts = (keep_half(keep_half(turn, 0, -180.0, 1.0), 0, 180.0, -1.0) for turn in turns)
    return [part for part in parts if len(part)]


def round_ring(ring: NDArray[np.float64]) -> NDArray[np.int16]:
    """Round to the grid and drop points that fall on their predecessor."""
    grid = np.rint(ring * PER_DEGREE).astype(np.int16)
    moved = np.any(np.diff(grid, axis=0) != 0, axis=1)
    return grid[np.concatenate([[True], moved])]


def main() -> None:
    """Read the TopoJSON file and write the arrays."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    arguments = parser.parse_args()
    content = arguments.source.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != EXPECTED:
        parser.error(f"{arguments.source} is not the file this script was written for: {found}")
    topology = json.loads(content)
    arcs = decode_arcs(topology)
    rings = [
        round_ring(part)
        for geometry in topology["objects"]["land"]["geometries"]
        for polygon in geometry["arcs"]
        for ring in polygon
        for part in cut_at_antimeridian(join_ring(ring, arcs))
    ]
    rings = [ring for ring in rings if len(ring) > 3 and np.ptp(ring, axis=0).min() > 0]
    points = np.concatenate(rings)
    np.savez_compressed(
        arguments.target,
        steps=np.diff(points, axis=0, prepend=np.zeros((1, 2), np.int16)).astype(np.int16),
        lengths=np.array([len(ring) for ring in rings], np.int32),
        per_degree=np.array(PER_DEGREE),
        origin=np.array(ORIGIN),
    )
    print(f"{len(rings)} rings, {len(points)} points, {arguments.target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
