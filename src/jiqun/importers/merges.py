"""Which firms may be one and the same? Proposed for review, applied only when asked.

Candidates are found by blocking, so that ten thousand firms take seconds: firms are compared where
they share a registration number, a normalised name, or a rare part of the name.
"""

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import polars as pl
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.fuzz import token_sort_ratio

from jiqun.importers.imported import Merge
from jiqun.importers.parsing.encodings import decode
from jiqun.importers.parsing.wording import key, plain
from jiqun.record.problem import Problem, Rule
from jiqun.record.record import Record
from jiqun.record.schema import TABLES
from jiqun.vocabulary.text import Text

MERGE_FILE = Rule(
    id="table.merge_file",
    title=Text("A list of merges names firms of the table", "合并清单所列企业存在"),
    remedy=Text(
        "Give a CSV with the columns keep and drop, each a firm_id of this import.",
        "请提供含 keep、drop 两列的 CSV,取值为本次导入的企业编号。",
    ),
)
LEGAL_FORMS_ZH = (
    "股份有限责任公司", "有限责任公司", "股份有限公司", "集团有限公司", "有限公司", "股份公司", "集团公司", "集团股份",
    "集团", "公司", "股份", "有限合伙", "合伙企业", "普通合伙", "个人独资企业",
)  # fmt: skip
LEGAL_FORMS_EN = frozenset(
    {
        "ltd", "limited", "inc", "incorporated", "corp", "corporation", "co", "company", "llc", "llp",
        "plc", "gmbh", "ag", "sa", "sas", "sarl", "bv", "nv", "ab", "oy", "as", "spa", "srl", "kg",
        "kgaa", "pte", "pty", "holding", "holdings", "group", "the",
    }
)  # fmt: skip
BRACKETED = re.compile(r"[(（][^()（）]*[)）]")
COMMON = 40
"""A part of a name that more firms share than this says nothing."""
LIKELY = 0.93
SAME_REGISTRATION = 1.0
GRAM = 3
"""Characters in a part of a name without blanks."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two firms are, and why."""

    score: float
    reason: Text


def propose_merges(firms: pl.DataFrame) -> tuple[Merge, ...]:
    """Propose pairs of firms that may be one.

    Parameters
    ----------
    firms
        The table of firms; ``x_registration`` and ``x_address`` count where they are there.

    Returns
    -------
    tuple of Merge
        Most alike first. Of a pair, the firm that comes first in the table is kept.
    """
    ids = firms["firm_id"].to_list()
    names = [name or "" for name in firms["name"].to_list()]
    cores = [core_of(name) for name in names]
    registrations = _registrations(firms)
    addresses = _column(firms, "x_address")
    found: dict[tuple[int, int], Likeness] = {}
    for i, j in sorted(_candidates(cores, registrations)):
        if ids[i] is None or ids[j] is None or ids[i] == ids[j]:
            continue
        likeness = _compare(cores, registrations, addresses, i, j)
        if likeness and _same_region(firms, i, j):
            found[i, j] = likeness
    merges = (
        Merge(
            keep=ids[i], drop=ids[j], score=round(found[i, j].score, 4), reason=found[i, j].reason
        )
        for i, j in found
    )
    return tuple(sorted(merges, key=lambda merge: -merge.score))


def core_of(name: str) -> str:
    """Return a name without legal form, brackets, width, case and punctuation."""
    text = BRACKETED.sub(" ", plain(name)).casefold()
    words = [w for w in re.split(r"[\W_]+", text) if w not in LEGAL_FORMS_EN]
    core = "".join(words) if not name.isascii() else " ".join(filter(None, words))
    for form in LEGAL_FORMS_ZH:
        core = core.removesuffix(form)
    return core.strip() or key(name)


def _column(firms: pl.DataFrame, name: str) -> list[str]:
    if name not in firms.columns:
        return [""] * firms.height
    return [key(text or "") for text in firms[name].to_list()]


def _registrations(firms: pl.DataFrame) -> list[str]:
    own = _column(firms, "x_registration")
    return [number or key(firm or "") for number, firm in zip(own, firms["firm_id"], strict=True)]


def _candidates(cores: list[str], registrations: list[str]) -> set[tuple[int, int]]:
    blocks: dict[str, list[int]] = defaultdict(list)
    for i, (core, registration) in enumerate(zip(cores, registrations, strict=True)):
        for part in {f"r{registration}", f"n{core}", *(f"p{p}" for p in _parts(core))}:
            blocks[part].append(i)
    pairs: set[tuple[int, int]] = set()
    shared: Counter[tuple[int, int]] = Counter()
    for part, members in blocks.items():
        if len(members) > COMMON or len(part) == 1:
            continue
        if part[0] in "rn":
            pairs.update(combinations(members, 2))
        else:
            shared.update(combinations(members, 2))
    return pairs | {pair for pair, times in shared.items() if times > 1 or " " in cores[pair[0]]}


def _parts(core: str) -> set[str]:
    if " " in core:
        return {word for word in core.split(" ") if len(word) >= GRAM}
    return {core[i : i + GRAM] for i in range(max(len(core) - GRAM + 1, 0))}


def _compare(
    cores: list[str], registrations: list[str], addresses: list[str], i: int, j: int
) -> Likeness | None:
    if registrations[i] and registrations[i] == registrations[j]:
        return Likeness(SAME_REGISTRATION, Text("same registration number", "登记号相同"))
    if not cores[i] or not cores[j]:
        return None
    same_address = bool(addresses[i]) and addresses[i] == addresses[j]
    if cores[i] == cores[j]:
        return Likeness(
            0.99 if same_address else 0.97,
            Text("same name but for the legal form, same address", "除组织形式外名称相同,地址相同")
            if same_address
            else Text("same name but for the legal form", "除组织形式外名称相同"),
        )
    if _numbered(cores[i]) != _numbered(cores[j]):
        return None
    score = max(
        JaroWinkler.similarity(cores[i], cores[j], prefix_weight=0.05),
        token_sort_ratio(cores[i], cores[j]) / 100,
    )
    if same_address:
        score = (1 + score) / 2
    if score < LIKELY:
        return None
    return Likeness(min(score, 0.96), Text("similar names", "名称相似"))


def _numbered(core: str) -> str:
    """Return the digits of a name: the first and the second plant are two firms."""
    return "".join(c for c in core if c.isdigit() or c in "一二三四五六七八九十")


def _same_region(firms: pl.DataFrame, i: int, j: int) -> bool:
    regions = firms["region_code"]
    return regions[i] is None or regions[j] is None or regions[i] == regions[j]


def read_merges(path: Path, firms: pl.DataFrame) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Read a reviewed list of merges.

    Returns
    -------
    tuple
        ``drop`` → ``keep``, and what is wrong with the list.
    """
    decoded = decode(path.read_bytes())
    rows = list(csv.DictReader(io.StringIO(decoded.text)))
    known = set(firms["firm_id"].to_list())
    chosen: dict[str, str] = {}
    problems = []
    if not rows or not {"keep", "drop"} <= set(rows[0]):
        problems.append(_merge_problem(path, None, "keep, drop"))
    for number, row in enumerate(rows if not problems else (), start=2):
        keep, drop = plain(row["keep"] or ""), plain(row["drop"] or "")
        if {keep, drop} <= known and keep != drop and chosen.get(drop, keep) == keep:
            chosen[drop] = keep
        else:
            problems.append(_merge_problem(path, number, f"{keep}, {drop}"))
    return chosen, tuple(problems)


def _merge_problem(path: Path, row: int | None, value: str) -> Problem:
    message = Text(
        "{file} does not name two different firms of the table here: {value}.",
        "{file} 此处未列出表中两家不同的企业:{value}。",
    ).fill(file=path.name, value=value)
    return MERGE_FILE.problem(
        table="firms", source=path.name, row=row, value=value, message=message
    )


def apply_merges(record: Record, merges: Mapping[str, str]) -> Record:
    """Merge firms: rows of the dropped ones refer to the kept ones, whose gaps they fill."""
    final = {drop: _root(merges, drop) for drop in merges}
    tables = {}
    for name in record:
        frame = record[name]
        refer = [c.name for c in TABLES[name].columns if c.references == "firms.firm_id"]
        tables[name] = frame.with_columns(pl.col(refer).replace(final)) if refer else frame
    tables["firms"] = _joined(record["firms"], final)
    return Record.of(**tables)


def _root(merges: Mapping[str, str], firm: str) -> str:
    seen = {firm}
    while firm in merges and merges[firm] not in seen:
        firm = merges[firm]
        seen.add(firm)
    return firm


def _joined(firms: pl.DataFrame, final: Mapping[str, str]) -> pl.DataFrame:
    dropped = pl.col("firm_id").is_in(list(final))
    target = pl.col("firm_id").replace(dict(final))
    ordered = firms.with_columns(target.alias("_target"), dropped.alias("_dropped"))
    ordered = ordered.with_row_index("_row").sort("_dropped", maintain_order=True)
    rest = [c for c in firms.columns if c != "firm_id"]
    merged = ordered.group_by("_target", maintain_order=True).agg(
        pl.col("_row").first(), *(pl.col(c).drop_nulls().first() for c in rest)
    )
    return merged.sort("_row").rename({"_target": "firm_id"}).select(firms.columns)


def as_csv(merges: Iterable[Merge]) -> str:
    """Write proposals as the CSV that a person reviews and hands back."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["keep", "drop", "score", "reason", "理由"])
    for merge in merges:
        writer.writerow([merge.keep, merge.drop, merge.score, merge.reason.en, merge.reason.zh])
    return out.getvalue()
