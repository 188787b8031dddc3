"""Read a published list of hyperedges, in any of its three layouts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from jiqun.importers.parsing.encodings import decode
from jiqun.importers.parsing.open_data import DUPLICATE, UNREADABLE, UNUSABLE, Ledger, bytes_of
from jiqun.record.problem import InputError, Rule
from jiqun.vocabulary.text import Text

Ints = NDArray[np.int64]

VECTORS = ("nverts", "simplices", "times", "node-labels", "simplex-labels")
"""Parts of a data set of timestamped simplices; the first two must be there."""
PART = re.compile(rf"(?P<stem>.*)-(?P<part>{'|'.join(VECTORS)})\.txt(\.gz)?")
DIVIDED = re.compile(r"[,;\s]+")
SIZE = re.compile(r"size\s*=\s*(\d+)")
LISTED = re.compile(r"#\s*source\s*,\s*target\b.*", re.IGNORECASE)
MOST_NODES = 50_000_000
"""A first line that names more nodes than this is a mistake."""
SHOWN = 20
LENGTHS = Rule(
    id="hyperedges.lengths",
    title=Text("The files of one data set belong together.", "同一数据集的各文件相互对应。"),
    remedy=Text("Fetch all of them again from one place.", "请从同一来源重新获取全部文件。"),
)
NO_NODE = Text("The hyperedge has no node.", "该超边没有节点。")
TWICE = Text("The hyperedge names node {node} twice.", "该超边重复列出节点 {node}。")
NO_NUMBER = Text("{value} is no whole number of 0 or more.", "{value} 不是非负整数。")


@dataclass(slots=True, kw_only=True)
class Hyperedges:
    """Memberships as they stand in the files.

    Attributes
    ----------
    edges
        Name of each hyperedge.
    edge, node
        Place of the hyperedge and name of the node of each membership.
    alone
        Nodes that exist whether or not a hyperedge has them.
    times
        Time of each hyperedge, or None where the files have none.
    weights
        What a third column says of each membership; empty where there is none.
    ledger
        What became of the lines.
    files
        Files read.
    labels
        Files of labels beside them, by what they label.
    """

    edges: list[str] = field(default_factory=list)
    edge: list[int] = field(default_factory=list)
    node: list[str] = field(default_factory=list)
    alone: range = range(0)
    times: Ints | None = None
    weights: list[str] = field(default_factory=list)
    ledger: Ledger
    files: list[Path]
    labels: dict[str, Path] = field(default_factory=dict)


def hyperedges_of(source: Path) -> Hyperedges:
    """Read the folder or file.

    Raises
    ------
    InputError
        Where it cannot be read, or its parts do not fit.
    """
    parts = _parts(source)
    if parts:
        return _simplices(parts)
    if source.is_dir():
        told = Text(
            "The folder {name} has no one NAME-nverts.txt with its NAME-simplices.txt.",
            "文件夹 {name} 中没有唯一的 NAME-nverts.txt 及对应的 NAME-simplices.txt。",
        )
        raise _unreadable(source, told.fill(name=source.name))
    return _lines(source)


def _parts(source: Path) -> dict[str, Path]:
    """Return the files of one data set of simplices by part; none where there is no one."""
    folder = source if source.is_dir() else source.parent
    named = PART.fullmatch(source.name)
    if not source.is_dir() and named is None:
        return {}
    sets: dict[str, dict[str, Path]] = {}
    for path in sorted(folder.iterdir()):
        found = PART.fullmatch(path.name)
        if found and (named is None or found["stem"] == named["stem"]):
            sets.setdefault(found["stem"], {})[found["part"]] = path
    whole = [parts for parts in sets.values() if {"nverts", "simplices"} <= set(parts)]
    return whole[0] if len(whole) == 1 else {}


def _simplices(parts: dict[str, Path]) -> Hyperedges:
    """Read one number a line from each of the files."""
    sizes, nodes = _numbers(parts["nverts"]), _numbers(parts["simplices"])
    times = _numbers(parts["times"]) if "times" in parts else None
    total = int(sizes.sum())
    if total != nodes.size:
        told = Text(
            "{nverts} adds up to {n} memberships; {simplices} has {m}.",
            "{nverts} 合计 {n} 个成员关系,而 {simplices} 有 {m} 个。",
        )
        names = {part: path.name for part, path in parts.items()}
        raise _unfit(parts["simplices"], told.fill(n=total, m=nodes.size, **names))
    if times is not None and times.size != sizes.size:
        told = Text("{n} hyperedges, but {m} times.", "超边 {n} 条,时间 {m} 个。")
        raise _unfit(parts["times"], told.fill(n=sizes.size, m=times.size))
    ledger = Ledger(parts["nverts"].name, read=int(sizes.size))
    for empty in np.flatnonzero(sizes == 0):
        ledger.leave_out(UNUSABLE, int(empty) + 1, NO_NODE)
    kept = np.flatnonzero(sizes > 0)
    width = len(str(sizes.size))
    found = Hyperedges(
        edges=[f"{n + 1:0{width}d}" for n in kept],
        edge=np.repeat(np.arange(kept.size), sizes[kept]).tolist(),
        node=[str(n) for n in nodes.tolist()],
        times=None if times is None else times[kept],
        ledger=ledger,
        files=[parts[part] for part in VECTORS[:3] if part in parts],
        labels={part: parts[part] for part in VECTORS[3:] if part in parts},
    )
    return _once(found, (kept + 1).tolist())


def _lines(source: Path) -> Hyperedges:
    """Read a hyperedge, or a membership, a line."""
    text = text_of(source)
    lines = [(n, line.strip()) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    found = Hyperedges(ledger=Ledger(source.name), files=[source])
    if not lines:
        raise _unreadable(source, Text("The file is empty.", "文件为空。"))
    if LISTED.fullmatch(lines[0][1]):
        return _once(_listed(found, lines[1:]), None)
    sized = SIZE.fullmatch(lines[0][1])
    if sized:
        if len(sized[1]) > len(str(MOST_NODES)) or int(sized[1]) > MOST_NODES:
            told = Text("{line} is more than {n} nodes.", "{line} 超过 {n} 个节点。")
            raise _unreadable(source, told.fill(line=lines[0][1], n=MOST_NODES))
        found.alone = range(int(sized[1]))
    rows = []
    for number, line in lines[1 if sized else 0 :]:
        if line[0] in "#%":
            continue
        found.ledger.read += 1
        nodes = [cell for cell in DIVIDED.split(line) if cell]
        if not nodes:
            found.ledger.leave_out(UNUSABLE, number, NO_NODE)
            continue
        rows.append(number)
        found.edge += [len(found.edges)] * len(nodes)
        found.edges.append(str(number))
        found.node += nodes
    return _once(found, rows)


def _listed(found: Hyperedges, lines: list[tuple[int, str]]) -> Hyperedges:
    """Read hyperedge and node of a membership a line, and whatever a third column says."""
    place: dict[str, int] = {}
    seen: set[tuple[str, str]] = set()
    for number, line in lines:
        found.ledger.read += 1
        cells = [cell.strip() for cell in line.split(",")]
        if not all((*cells, "")[:2]):
            told = Text("The line has no source and target.", "该行缺少 source 或 target。")
            found.ledger.leave_out(UNUSABLE, number, told)
        elif (cells[0], cells[1]) in seen:
            found.ledger.leave_out(DUPLICATE, number, TWICE.fill(node=cells[1]))
        else:
            seen.add((cells[0], cells[1]))
            found.edge.append(place.setdefault(cells[0], len(place)))
            found.node.append(cells[1])
            found.weights.append(",".join(cells[2:]))
    found.edges = list(place)
    return found


def _once(found: Hyperedges, rows: list[int] | None) -> Hyperedges:
    """Keep a node once in each hyperedge, and tell of those named twice; ``rows`` of the hyperedges."""
    if rows is None:
        return found
    names, number = np.unique(np.array(found.node, dtype=object).astype(str), return_inverse=True)
    edge = np.array(found.edge, dtype=np.int64)
    key = edge * max(names.size, 1) + number
    first = np.sort(np.unique(key, return_index=True)[1])
    for place in np.setdiff1d(np.arange(key.size), first):
        told = TWICE.fill(node=found.node[place])
        found.ledger.note(DUPLICATE, told, row=rows[found.edge[place]], value=found.node[place])
    if first.size < key.size:
        found.edge = edge[first].tolist()
        found.node = [found.node[place] for place in first]
    return found


def _numbers(path: Path) -> Ints:
    """Read one whole number of 0 or more a line.

    Raises
    ------
    InputError
        With the first lines that are none.
    """
    lines = text_of(path).split()
    try:
        numbers = np.array(lines, dtype=np.int64)
    except (ValueError, OverflowError):
        numbers = None
    if numbers is not None and not (numbers < 0).any():
        return numbers
    raise InputError(
        tuple(
            UNREADABLE.problem(
                table="", row=n, value=line, message=NO_NUMBER.fill(value=line), source=path.name
            )
            for n, line in _wrong(lines)
        )
    )


def _wrong(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the first lines that are no number, with their place."""
    wrong = ((n, line) for n, line in enumerate(lines, 1) if not _counts(line))
    for _, found in zip(range(SHOWN), wrong, strict=False):
        yield found


def _counts(line: str) -> bool:
    return line.isdecimal() and len(line) <= len(str(np.iinfo(np.int64).max)) - 1


def text_of(path: Path) -> str:
    """Return the text of a file.

    Raises
    ------
    InputError
        Where it is none.
    """
    decoded = decode(bytes_of(path))
    if decoded.bad_lines or not decoded.encoding:
        raise _unreadable(path, Text("It is not text in a known encoding.", "不是已知编码的文本。"))
    return decoded.text


def _unreadable(path: Path, why: Text) -> InputError:
    return InputError((UNREADABLE.problem(table="", message=why, source=path.name),))


def _unfit(path: Path, why: Text) -> InputError:
    return InputError((LENGTHS.problem(table="", message=why, source=path.name),))
