"""The descriptor ``datapackage.json``: what is in a record on disk, made from the declaration.

References
----------
Data Package 2.0, https://datapackage.org/standard/data-package/ (package, resource, Table Schema).
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from jiqun.record.schema import TABLES, Column, Table
from jiqun.record.storage.geometry import GEOMETRY
from jiqun.record.storage.tables import PLACED_TABLE, file_name
from jiqun.vocabulary.text import Text, same

DESCRIPTOR = "datapackage.json"
FORMAT = 1
"""Version of the format on disk; a record of a higher one is not read."""
MARK = "jiqun"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TABLE_PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9._-]+")

EXTENSION_MEANING = Text("Column of the user's own.", "用户自有列。")
GEOMETRY_MEANING = Text(
    "Point from longitude and latitude (WKB, OGC:CRS84).", "由经纬度生成的点(WKB,OGC:CRS84)。"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """One table's file.

    Attributes
    ----------
    size
        Bytes.
    sha256
        Checksum, 64 hexadecimal digits.
    extensions
        Names of the user's own columns.
    """

    size: int
    sha256: str
    extensions: tuple[str, ...] = ()


def descriptor(files: Mapping[str, StoredFile], sources: pl.DataFrame) -> bytes:
    """Describe a record on disk.

    Parameters
    ----------
    files
        Table name → its file.
    sources
        The table of sources, which the licences and citations are from.

    Returns
    -------
    bytes
        JSON in UTF-8; the same for the same files and sources.
    """
    package: dict[str, object] = {
        "$schema": PROFILE,
        MARK: {"format": FORMAT},
        **licences(sources),
        "resources": [
            resource(TABLES[name], files[name], frozenset(files))
            for name in TABLES
            if name in files
        ],
    }
    return (json.dumps(package, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def licences(sources: pl.DataFrame) -> dict[str, object]:
    """Return ``licenses`` and ``sources`` of the package, each only where there are any."""
    titles = sources["citation"].drop_nulls().unique().sort().to_list()
    terms = sources["licence"].drop_nulls().unique().sort().to_list()
    found = {
        "licenses": [licence(term) for term in terms if term.strip()],
        "sources": [{"title": title} for title in titles if title.strip()],
    }
    return {key: value for key, value in found.items() if value}


def licence(term: str) -> dict[str, str]:
    """Describe a licence by its address or else by a name that the standard allows."""
    if re.match(r"https?://\S+$", term):
        return {"path": term, "title": term}
    return {"name": NOT_IN_A_NAME.sub("-", term).strip("-") or "other", "title": term}


def resource(table: Table, file: StoredFile, present: frozenset[str]) -> dict[str, object]:
    """Describe one table and its file."""
    return {
        "name": table.name,
        "type": "table",
        "path": file_name(table.name),
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        **titled(table.label, table.meaning),
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "schema": table_schema(table, file.extensions, present),
    }


def table_schema(
    table: Table, extensions: Sequence[str], present: frozenset[str]
) -> dict[str, object]:
    """Return the Table Schema; keys with optional columns are unique, not primary."""
    fields = [
        *(column_field(column) for column in table.columns),
        *(plain_field(name, "string", same(name), EXTENSION_MEANING) for name in extensions),
    ]
    if table.name == PLACED_TABLE:
        label = Text("geometry", "几何")
        fields.append(plain_field(GEOMETRY, "any", label, GEOMETRY_MEANING))
    schema: dict[str, object] = {"$schema": TABLE_PROFILE, "fields": fields}
    if all(table.column(name).required for name in table.key):
        schema["primaryKey"] = list(table.key)
    else:
        schema["uniqueKeys"] = [list(table.key)]
    keys = [foreign_key(table, c) for c in table.columns if target(c) in present]
    return {**schema, "foreignKeys": keys} if keys else schema


def target(column: Column) -> str:
    """Return the table that a column refers to, or an empty string."""
    return (column.references or "").partition(".")[0]


def foreign_key(table: Table, column: Column) -> dict[str, object]:
    """Describe a reference; to its own table a table is unnamed, as the standard has it."""
    to_table, _, to_column = (column.references or "").partition(".")
    reference = {"resource": "" if to_table == table.name else to_table, "fields": [to_column]}
    return {"fields": [column.name], "reference": reference}


def column_field(column: Column) -> dict[str, object]:
    """Describe one declared column."""
    bounds = {
        "required": True if column.required else None,
        "enum": list(column.codes.codes) if column.codes else None,
        "minimum": column.minimum,
        "maximum": column.maximum,
    }
    constraints = {key: value for key, value in bounds.items() if value is not None}
    return {
        **plain_field(column.name, column.type, column.label, column.meaning),
        **({"unit": column.unit} if column.unit else {}),
        **({"constraints": constraints} if constraints else {}),
    }


def plain_field(name: str, kind: str, label: Text, meaning: Text) -> dict[str, object]:
    """Describe a column without constraints."""
    return {"name": name, "type": kind, **titled(label, meaning)}


def titled(label: Text, meaning: Text) -> dict[str, str]:
    """Return title and description in both languages; the standard has room for one only."""
    return {
        "title": label.en,
        "title_zh": label.zh,
        "description": meaning.en,
        "description_zh": meaning.zh,
    }
