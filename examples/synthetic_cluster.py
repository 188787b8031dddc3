"""Make the three synthetic clusters that ``jiqun demo`` shows.

Run it from the repository to write them again, byte for byte::

    python examples/synthetic_cluster.py src/jiqun/cli/demo_records

This is a generator of example data, not the model of the package: it draws from the distributions that
each ``Shape`` declares and nothing feeds back. No firm in it exists; every name says so. Places are
real (county seats in Zhejiang and some large cities), because a map needs places.

* ``synthetic-textile``: a weaving town with the gaps that real registers have: supply ties to near
  firms, few alliances, no platform, founding years and head counts missing here and there.
* ``synthetic-hardware``: makers around chain masters that put a platform over an existing place; supply
  ties come first, data flows between the same pairs follow; alliances survive the loss of a member.
* ``synthetic-data``: digital-native firms around a platform; data flows to far partners come first,
  sites near the platform's owner follow; alliances fail as a whole where one interface fails.

Paper: K3a, K3f, K3g, K3h, K3i, K3j, K4a (what the tables of the record are for)
"""

import sys
from dataclasses import asdict
from pathlib import Path

import polars as pl
from synthetic import alliances, organisations, performance, platforms, relations
from synthetic.shapes import SHAPES, Shape
from synthetic.town import Row, Town

from jiqun.record.provenance import append
from jiqun.record.record import Record
from jiqun.record.storage import write


def cluster(shape: Shape, seed: int) -> Record:
    """Draw one record; the same shape and seed give the same record."""
    town = Town(shape, seed)
    joined = alliances.alliances(town)
    tables: dict[str, list[Row]] = {
        "firms": organisations.firms(town),
        "sites": organisations.sites(town),
        "ties": relations.ties(town),
        **joined,
        **platforms.platforms(town),
        "accounts": performance.accounts(town),
        **performance.innovations(town, joined["memberships"]),
        "policies": performance.policies(town),
    }
    frames = {
        name: pl.DataFrame(rows, infer_schema_length=None).with_columns(
            source_id=pl.lit(shape.source)
        )
        for name, rows in tables.items()
    }
    frames["sources"] = pl.DataFrame({
        "source_id": [shape.source],
        "citation": ["Synthetic data made by examples/synthetic_cluster.py of jiqun 模拟数据,非真实企业"],
        "licence": ["CC0-1.0"],
    })  # fmt: skip
    return append(
        Record.of(**frames), command="synthetic_cluster", parameters=asdict(shape), seed=seed
    )


def main(folder: Path, seed: int = 20250101) -> None:
    """Write the three records as ``synthetic-….jiqun.zip``."""
    folder.mkdir(parents=True, exist_ok=True)
    for shape in SHAPES:
        write(cluster(shape, seed), folder / f"{shape.source}.jiqun.zip")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
