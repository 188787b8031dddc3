"""Write alliances as a hypergraph: HIF JSON, which XGI, HyperNetX and hypergraphx read.

Firms are nodes, alliances edges, memberships incidences; every other column is an attribute, days
as ISO 8601. A firm that is in one alliance more than once (roles, spells) is one incidence whose
attribute ``memberships`` lists them. Rows of ``platforms`` and ``sources`` that alliances refer to
go into the metadata. ``nodes`` and ``edges`` are always written: hypergraphx requires them.

HIF has no place for sites, ties, participations and the other tables; they are not written. What is
written reads back without loss (``jiqun import hif``), but for tables and extension columns that
hold no value.

Standard: Hypergraph Interchange Format, https://github.com/pszufe/HIF-standard (MIT).

Paper: K3g, K3h (alliances and roles).
"""

import datetime as dt
import json
from collections import defaultdict
from pathlib import Path

import polars as pl

from jiqun.record.exchange.whole_files import write_whole
from jiqun.record.record import Record

Attributes = dict[str, object]
CARRIED_IN_METADATA = ("platforms", "sources")


def write_hif(record: Record, path: str | Path) -> None:
    """Write the firms, alliances and memberships of a record to a HIF file.

    Parameters
    ----------
    record
        Any record; one without alliances gives a hypergraph without edges.
    path
        File to write; one that is there is replaced once the new one is complete.
    """
    text = json.dumps(hif(record), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    write_whole({Path(path): f"{text}\n".encode()})


def hif(record: Record) -> dict[str, object]:
    """Return the document that :func:`write_hif` writes."""
    return {
        "network-type": "undirected",
        "metadata": {
            "jiqun": {
                name: [_attributes(row) for row in record[name].iter_rows(named=True)]
                for name in CARRIED_IN_METADATA
                if name in record
            }
        },
        "nodes": _items(record["firms"], "node", "firm_id"),
        "edges": _items(record["alliances"], "edge", "alliance_id"),
        "incidences": _incidences(record["memberships"]),
    }


def _items(table: pl.DataFrame, kind: str, key: str) -> list[dict[str, object]]:
    return [{kind: row.pop(key), "attrs": _attributes(row)} for row in table.iter_rows(named=True)]


def _incidences(memberships: pl.DataFrame) -> list[dict[str, object]]:
    by_pair: dict[tuple[str, str], list[Attributes]] = defaultdict(list)
    for row in memberships.iter_rows(named=True):
        pair = row.pop("alliance_id"), row.pop("firm_id")
        by_pair[pair].append(_attributes(row))
    return [
        {
            "edge": edge,
            "node": node,
            "attrs": rows[0] if len(rows) == 1 else {"memberships": rows},
        }
        for (edge, node), rows in by_pair.items()
    ]


def _attributes(row: Attributes) -> Attributes:
    """Return the values that are there; what is missing has no attribute."""
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in row.items()
        if value is not None
    }
