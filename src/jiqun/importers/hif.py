"""Hypergraphs in the Hypergraph Interchange Format: nodes are firms, edges alliances.

What becomes what: node → firm, edge → alliance, incidence → membership. An attribute with the name
of a declared column is read into it; one that cannot be (an unknown code, no day) and any other is
kept as text in an extension column ``x_…``; weights and directions too. Nodes and edges that only
incidences name are added. An incidence whose attribute ``memberships`` is a list has one membership
for each entry, as ``jiqun`` writes them; ``platforms`` and ``sources`` come from the metadata.

A file is held to the published schema (version of 2025, MIT): known fields only, ids text or whole
numbers, everything wrong told at once. One deviation is accepted and told: ``type`` in place of
``network-type``, as hypergraphx 1.8 writes it. Ids become text, so 1 and "1" are the same.

Left out: repeated nodes, edges and incidences, each reported. A simplicial complex (``asc``) is read
as the sets that the file lists, without their subsets.

Paper: K3g, K3h (alliances and roles).
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jiqun.importers.imported import Imported, Importer
from jiqun.importers.merges import propose_merges
from jiqun.importers.parsing.open_data import (
    DOUBTFUL,
    DUPLICATE,
    NOTICE,
    UNREADABLE,
    Ledger,
    bytes_of,
    checksum,
    frame_of,
)
from jiqun.record.problem import InputError, Problem, Rule
from jiqun.record.record import Record
from jiqun.record.schema import EXTENSION_PREFIX, TABLES, Column
from jiqun.vocabulary.text import Text, same

SCHEMA = Rule(
    id="hif.schema",
    title=Text("The file keeps to the HIF schema.", "文件符合 HIF 规范。"),
    remedy=Text("Write it again with a tool that keeps to HIF.", "请用符合 HIF 的工具重新导出。"),
)
TYPES = ("undirected", "directed", "asc")
"""The values of ``network-type``."""
ITEMS: dict[str, tuple[str, ...]] = {
    "nodes": ("node",),
    "edges": ("edge",),
    "incidences": ("edge", "node"),
}
"""Array → the identifiers that each item must have."""
TOP = {"network-type", "type", "metadata", *ITEMS}
Item = dict[str, object]


def read(source: Path, *, options: Mapping[str, str]) -> Imported:  # noqa: ARG001 - has no options
    """Read the file.

    Raises
    ------
    InputError
        With everything that breaks the schema.
    """
    document = _parsed(source)
    broken = tuple(_problems(document, source.name))
    if broken or not isinstance(document, dict):
        raise InputError(broken)
    tables, ledgers = _tables(document, source.name)
    record = Record.of(
        **{name: frame_of(name, list(rows.by_key.values())) for name, rows in tables.items()}
    )
    return Imported(
        record=record,
        problems=tuple(problem for ledger in ledgers.values() for problem in ledger.problems),
        rows=tuple(ledger.count() for name, ledger in ledgers.items() if name in ITEMS),
        merges=propose_merges(record["firms"]),
        inputs={source.name: checksum(source)},
    )


def _parsed(source: Path) -> object:
    try:
        return json.loads(bytes_of(source).decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        told = Text("{name} is not JSON: {why}", "{name} 不是 JSON:{why}")
        message = told.fill(name=source.name, why=same(str(error)))
        raise InputError(
            (UNREADABLE.problem(table="", message=message, source=source.name),)
        ) from error


def _no_constant(name: str) -> float:
    msg = f"{name} is no JSON number"
    raise ValueError(msg)


def _problems(document: object, source: str) -> Iterator[Problem]:
    """Yield everything that breaks the schema."""
    if not isinstance(document, dict):
        yield _broken(source, Text("The document is no object.", "文档不是 JSON 对象。"))
        return
    for name in sorted(set(document) - TOP):
        told = Text("HIF has no field {name}.", "HIF 没有字段 {name}。")
        yield _broken(source, told.fill(name=name), column=name)
    kind = document.get("network-type", document.get("type", "undirected"))
    if kind not in TYPES:
        told = Text("network-type is one of {types}.", "network-type 须为 {types} 之一。")
        yield _broken(source, told.fill(types=", ".join(TYPES)), column="network-type", value=kind)
    if not isinstance(document.get("metadata", {}), dict):
        told = Text("metadata is an object.", "metadata 须为对象。")
        yield _broken(source, told, column="metadata")
    if "incidences" not in document:
        told = Text("The array incidences is missing.", "缺少数组 incidences。")
        yield _broken(source, told, column="incidences")
    for name, identifiers in ITEMS.items():
        items = document.get(name, [])
        if not isinstance(items, list):
            told = Text("{name} is an array.", "{name} 须为数组。")
            yield _broken(source, told.fill(name=name), column=name)
            continue
        for number, item in enumerate(items, 1):
            for wrong in _wrong_in(item, identifiers):
                yield _broken(f"{source}#{name}", wrong, row=number)


def _wrong_in(item: object, identifiers: Sequence[str]) -> Iterator[Text]:
    if not isinstance(item, dict):
        yield Text("The item is no object.", "该项不是对象。")
        return
    fields = {*identifiers, "weight", "attrs"} | ({"direction"} if len(identifiers) > 1 else set())
    for name in sorted(set(item) - fields):
        yield Text("The item has an unknown field {name}.", "该项含未知字段 {name}。").fill(
            name=name
        )
    for name in identifiers:
        if type(item.get(name)) not in {str, int}:
            yield Text(
                "{name} is missing, or neither text nor whole number.",
                "{name} 缺失,或既非文本也非整数。",
            ).fill(name=name)
    if type(item.get("weight", 0)) not in {int, float}:
        yield Text("weight is a number.", "weight 须为数值。")
    if item.get("direction", "head") not in {"head", "tail"}:
        yield Text("direction is head or tail.", "direction 须为 head 或 tail。")
    if not isinstance(item.get("attrs", {}), dict):
        yield Text("attrs is an object.", "attrs 须为对象。")


def _broken(
    source: str,
    message: Text,
    *,
    row: int | None = None,
    column: str | None = None,
    value: object = None,
) -> Problem:
    return SCHEMA.problem(
        table="", message=message, row=row, column=column, value=value, source=source
    )


@dataclass(slots=True)
class Rows:
    """Rows of one table of the record, by their key."""

    by_key: dict[tuple[object, ...], Item] = field(default_factory=dict)


def _tables(
    document: Mapping[str, object], source: str
) -> tuple[dict[str, Rows], dict[str, Ledger]]:
    tables = {"firms": Rows(), "alliances": Rows(), "memberships": Rows()}
    ledgers = {name: Ledger(f"{source}#{name}") for name in ITEMS} | {"": Ledger(source)}
    _tell_kind(document, ledgers[""])
    for name, table, key in (("nodes", "firms", "node"), ("edges", "alliances", "edge")):
        for number, item in _numbered(document, name, ledgers[name]):
            row = _row(table, {TABLES[table].key[0]: str(item[key])}, item, number, ledgers[name])
            _add(tables[table], (str(item[key]),), row, number, ledgers[name])
    for number, item in _numbered(document, "incidences", ledgers["incidences"]):
        node, edge = str(item["node"]), str(item["edge"])
        tables["firms"].by_key.setdefault((node,), {"firm_id": node})
        tables["alliances"].by_key.setdefault((edge,), {"alliance_id": edge})
        for member in _memberships(item):
            identity = {"alliance_id": edge, "firm_id": node}
            row = _row("memberships", identity, member, number, ledgers["incidences"])
            whole = tuple(row.get(column) for column in TABLES["memberships"].key)
            _add(tables["memberships"], whole, row, number, ledgers["incidences"])
    return tables | _from_metadata(document, tables, ledgers[""]), ledgers


def _numbered(
    document: Mapping[str, object], name: str, ledger: Ledger
) -> Iterator[tuple[int, Item]]:
    items = document.get(name, [])
    for number, item in enumerate(items if isinstance(items, list) else [], 1):
        ledger.read += 1
        yield number, item


def _add(rows: Rows, key: tuple[object, ...], row: Item, number: int, ledger: Ledger) -> None:
    if key in rows.by_key:
        told = Text("The item repeats an earlier one.", "该项与前面的项重复。")
        ledger.leave_out(DUPLICATE, number, told)
    else:
        rows.by_key[key] = row


def _memberships(item: Item) -> Iterator[Item]:
    attributes = item.get("attrs")
    listed = attributes.get("memberships") if isinstance(attributes, dict) else None
    if isinstance(listed, list) and all(isinstance(one, dict) for one in listed) and listed:
        for one in listed:
            yield {**item, "attrs": one}
    else:
        yield item


def _row(
    table: str, identity: Mapping[str, object], item: Item, number: int, ledger: Ledger
) -> Item:
    """Put attributes into their columns, the rest into extensions."""
    row: Item = dict(identity)
    attributes = item.get("attrs")
    given = dict(attributes) if isinstance(attributes, dict) else {}
    given |= {name: item[name] for name in ("weight", "direction") if name in item}
    for name, value in given.items():
        if value is None or name in identity:
            continue
        if name in TABLES[table].names:
            typed = _typed(TABLES[table].column(name), value)
            if typed is not None:
                row[name] = typed
                continue
            told = Text(
                "{name} can't be {value}; it is kept as {extension}.",
                "{name} 的取值不能是 {value},已保存为 {extension}。",
            )
            message = told.fill(name=name, value=value, extension=_extension(name))
            ledger.note(DOUBTFUL, message, row=number, column=name, value=value)
        extension = _extension(name)
        while extension in row:
            extension += "_"
        row[extension] = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return row


def _typed(column: Column, value: object) -> object:
    """Return the value in the column's type, or None where it can't be."""
    if column.codes is not None:
        return value if value in column.codes.codes else None
    if column.type == "string":
        return value if isinstance(value, str) else None
    try:
        if column.type == "date":
            return dt.date.fromisoformat(value) if isinstance(value, str) else None
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        return float(value) if column.type == "number" else int(value)
    except (ValueError, OverflowError):
        return None


def _extension(name: str) -> str:
    plain = "".join(sign if sign.isalnum() else "_" for sign in name.lower())
    return plain if plain.startswith(EXTENSION_PREFIX) else f"{EXTENSION_PREFIX}{plain}"


def _from_metadata(
    document: Mapping[str, object], tables: Mapping[str, Rows], ledger: Ledger
) -> dict[str, Rows]:
    """Return the platforms and sources of the metadata, and those that are only referred to."""
    metadata = document.get("metadata")
    ours = metadata.get("jiqun") if isinstance(metadata, dict) else None
    found: dict[str, Rows] = {}
    for name, key in (("platforms", "platform_id"), ("sources", "source_id")):
        rows = Rows()
        listed = ours.get(name) if isinstance(ours, dict) else None
        for item in listed if isinstance(listed, list) else []:
            if isinstance(item, dict) and isinstance(item.get(key), str):
                row = _row(name, {key: item[key]}, {"attrs": item}, 0, ledger)
                rows.by_key.setdefault((item[key],), row)
        for referred in _referred([*tables.values(), *found.values()], key):
            rows.by_key.setdefault((referred,), {key: referred})
        if rows.by_key:
            found[name] = rows
    return found


def _referred(tables: Iterable[Rows], key: str) -> list[str]:
    return sorted(
        {str(row[key]) for table in tables for row in table.by_key.values() if key in row}
    )


def _tell_kind(document: Mapping[str, object], ledger: Ledger) -> None:
    if "type" in document:
        told = Text("“type” is read as “network-type”.", "“type”按“network-type”读取。")
        ledger.note(NOTICE, told, column="type")
    kind = document.get("network-type", document.get("type"))
    if kind == "directed":
        told = Text("Directions are kept in x_direction.", "方向保存在 x_direction 列。")
        ledger.note(NOTICE, told, column="network-type")
    if kind == "asc":
        told = Text(
            "The subsets that a simplicial complex implies are no alliances of their own.",
            "单纯复形所隐含的子集不作为独立联盟。",
        )
        ledger.note(NOTICE, told, column="network-type")


IMPORTER = Importer(
    name="hif",
    title=Text("Hypergraph (HIF JSON)", "超图(HIF JSON)"),
    meaning=Text(
        "Hypergraph Interchange Format: nodes become firms, edges alliances, incidences "
        "memberships; attributes of declared names fill columns, others extension columns.",
        "超图交换格式:节点为企业,超边为联盟,关联为成员关系;与声明列同名的属性填入该列,其余为扩展列。",
    ),
    read=read,
)
