"""Read a descriptor back: which tables it lists, with their sizes and checksums."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jiqun.record.problem import Problem
from jiqun.record.schema import TABLES
from jiqun.record.storage.descriptor import DESCRIPTOR, FORMAT, MARK, StoredFile
from jiqun.record.storage.faults import fault
from jiqun.record.storage.rules import (
    DESCRIPTOR_SOUND,
    IS_RECORD,
    KNOWN_FORMAT,
    TABLE_KNOWN,
)
from jiqun.record.storage.tables import file_name
from jiqun.vocabulary.text import Text

LARGEST_DESCRIPTOR = 16 * 2**20
CHECKSUM_FORM = re.compile(r"sha256:[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Listing:
    """What a descriptor says, as far as it could be read.

    Attributes
    ----------
    files
        Table name → its file.
    problems
        What is wrong with the descriptor.
    """

    files: Mapping[str, StoredFile] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_listing(raw: bytes, path: Path) -> Listing:
    """Read a descriptor; whatever it holds, the answer is a listing with its problems."""
    package = parsed(raw)
    mark = package.get(MARK)
    version = mark.get("format") if isinstance(mark, dict) else None
    if type(version) is not int:
        text = Text(
            "{path} is not a record: its {name} is damaged or describes something else.",
            "{path} 不是记录:其 {name} 已损坏或描述的是其他内容。",
        ).fill(path=path, name=DESCRIPTOR)
        return Listing(problems=(fault(IS_RECORD, path, text),))
    if not 1 <= version <= FORMAT:
        text = Text(
            "{path} is in format {found}; this version reads up to {known}.",
            "{path} 的格式为 {found},本版本最高可读 {known}。",
        ).fill(path=path, found=version, known=FORMAT)
        return Listing(problems=(fault(KNOWN_FORMAT, path, text),))
    resources = package.get("resources")
    return list_resources(resources if isinstance(resources, list) else [], path)


def parsed(raw: bytes) -> dict[str, object]:
    """Parse a JSON object; anything else is an empty one."""
    try:
        package = json.loads(raw) if len(raw) <= LARGEST_DESCRIPTOR else None
    except (ValueError, RecursionError):
        return {}
    return package if isinstance(package, dict) else {}


def is_record(raw: bytes) -> bool:
    """Say whether a descriptor is that of a record, of whatever format version."""
    return MARK in parsed(raw)


def list_resources(resources: list[object], path: Path) -> Listing:
    """Read what the descriptor says of each table."""
    files: dict[str, StoredFile] = {}
    problems: list[Problem] = []
    for entry in resources:
        name = entry.get("name") if isinstance(entry, dict) else None
        if not isinstance(entry, dict) or not isinstance(name, str):
            text = Text("{path} lists a table without a name.", "{path} 列有无名称的表。").fill(
                path=path
            )
            problems.append(fault(DESCRIPTOR_SOUND, path, text))
        elif name not in TABLES:
            text = Text(
                "{path} lists {name}, which no record has.", "{path} 列有记录中不存在的表 {name}。"
            )
            problems.append(fault(TABLE_KNOWN, path, text.fill(path=path, name=name), name))
        elif name in files or (file := listed_file(name, entry)) is None:
            text = Text(
                "{path} does not say which file, of what size and checksum, table {name} is in, or "
                "says it twice.",
                "{path} 未说明表 {name} 的文件、大小与校验和,或重复说明。",
            )
            problems.append(fault(DESCRIPTOR_SOUND, path, text.fill(path=path, name=name), name))
        else:
            files[name] = file
    return Listing(files, tuple(problems))


def listed_file(name: str, entry: Mapping[str, object]) -> StoredFile | None:
    """Return a listed file; None unless it is where a record has it, with size and checksum."""
    size, checksum = entry.get("bytes"), entry.get("hash")
    if entry.get("path") != file_name(name) or type(size) is not int:
        return None
    if not isinstance(checksum, str) or not CHECKSUM_FORM.fullmatch(checksum):
        return None
    return StoredFile(size=size, sha256=checksum.partition(":")[2])
