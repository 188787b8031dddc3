"""Which firms may be one and the same? Proposed for review, applied only when asked.

Candidates are found by blocking, so that ten thousand firms take seconds: firms are compared where
they share a registration number, a normalised name, or a rare part of the name.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.fuzz import token_sort_ratio

from jiqun.importers.imported import Merge
from jiqun.importers.parsing.encodings import decode
from jiqun.importers.parsing.wording import plain
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
LEGAL_FORMS_EN = (

        "ltd", "limited", "inc", "incorporated", "corp", "corporation", "co", "company", "llc", "llp",
        "plc", "gmbh", "ag", "sa", "sas", "sarl", "bv", "nv", "ab", "oy", "as", "spa", "srl", "kg",
        "kgaa", "pte", "pty", "holding", "holdings", "group", "the",
)  # fmt: skip
COMMON = 40
"""A part of a name that more firms share than this says nothing."""
LIKELY = 0.93
SAME_REGISTRATION = Text("same registration number", "登记号相同")
SAME_CORE = Text("same name but for the legal form", "除组织形式外名称相同")
SAME_CORE_AND_ADDRESS = Text(
    "same name but for the legal form, same address", "除组织形式外名称相同,地址相同"
)
SIMILAR = Text("similar names", "名称相似")
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
    compared = _compared(firms.filter(pl.col("firm_id").is_not_null()))
    ids, cores, numbers, addresses = (compared[c].to_list() for c in compared.columns[:4])
    regions = compared["region"].to_list()
    merges = []
    for i, j in _candidates(compared):
        if ids[i] == ids[j] or (None not in (regions[i], regions[j]) and regions[i] != regions[j]):
            continue
        same_number = bool(numbers[i]) and numbers[i] == numbers[j]
        same_address = bool(addresses[i]) and addresses[i] == addresses[j]
        likeness = (
            Likeness(1.0, SAME_REGISTRATION)
            if same_number
            else _compare(cores[i], cores[j], same_address=same_address)
        )
        if likeness:
            score = round(likeness.score, 4)
            merges.append(Merge(keep=ids[i], drop=ids[j], score=score, reason=likeness.reason))
    return tuple(sorted(merges, key=lambda merge: -merge.score))


def core(name: pl.Expr) -> pl.Expr:
    """Return names without legal form, brackets, width, case and punctuation."""
    words = (
        name.str.normalize("NFKC")
        .str.to_lowercase()
        .str.replace_all(r"\([^()]*\)", " ")
        .str.replace_all(r"[^\p{L}\p{N}]+", " ")
        .str.replace_all(rf"\b(?:{'|'.join(LEGAL_FORMS_EN)})\b", " ")
        .str.replace_all(r" +", " ")
        .str.strip_chars(" ")
    )
    chinese = words.str.replace_all(" ", "").str.replace(rf"(?:{'|'.join(LEGAL_FORMS_ZH)})+$", "")
    return pl.when(words.str.contains(r"\p{Han}")).then(chinese).otherwise(words)


def _compared(firms: pl.DataFrame) -> pl.DataFrame:
    """Return what firms are compared by, one row a firm: identifier, core, number, address, region."""
    own = [c for c in ("x_registration", "firm_id") if c in firms.columns]
    address = pl.col("x_address") if "x_address" in firms.columns else pl.lit(None, pl.String)
    return firms.select(
        "firm_id",
        core(pl.col("name")).fill_null("").alias("core"),
        _plainly(pl.coalesce(own)).alias("number"),
        _plainly(address).fill_null("").alias("address"),
        pl.col("region_code").alias("region"),
    )


def _plainly(text: pl.Expr) -> pl.Expr:
    return text.str.normalize("NFKC").str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", "")


def _candidates(compared: pl.DataFrame) -> list[tuple[int, int]]:
    """Return pairs of rows that share a number, a core, or rare parts of it, in order."""
    rows = compared.with_row_index("i").select("i", "core", "number")
    same = [
        _pairs(rows.filter(pl.col(c) != "").select("i", pl.col(c).alias("part")))
        for c in ("core", "number")
    ]
    spaced = pl.col("core").str.contains(" ")
    words = rows.filter(spaced).select("i", pl.col("core").str.split(" ").alias("part"))
    words = words.explode("part").filter(pl.col("part").str.len_chars() >= GRAM).unique()
    together = rows.filter(~spaced)
    longest = together["core"].str.len_chars().max()
    grams = [
        together.select("i", pl.col("core").str.slice(k, GRAM).alias("part"))
        for k in range(max(int(str(longest or 0)) - GRAM + 1, 0))
    ]
    parts = pl.concat(grams) if grams else together.select("i", part="core")
    full = pl.col("part").str.len_chars() == GRAM
    parts = parts.filter(full).select("i", pl.col("part").hash()).unique()
    shared = _pairs(parts).group_by("i", "j").len().filter(pl.col("len") > 1).select("i", "j")
    found = pl.concat([*same, _pairs(words), shared]).unique().sort("i", "j")
    return list(found.iter_rows())


def _pairs(parts: pl.DataFrame) -> pl.DataFrame:
    """Pair the rows that share a part, where not too many do."""
    times = parts.group_by("part").len().filter(pl.col("len").is_between(2, COMMON))
    rare = parts.join(times.select("part"), on="part", how="semi")
    return (
        rare.join(rare, on="part", suffix="_other")
        .filter(pl.col("i") < pl.col("i_other"))
        .select("i", pl.col("i_other").alias("j"))
    )


def _compare(first: str, second: str, *, same_address: bool) -> Likeness | None:
    if not first or not second:
        return None
    if first == second:
        return Likeness(0.99, SAME_CORE_AND_ADDRESS) if same_address else Likeness(0.97, SAME_CORE)
    if _numbered(first) != _numbered(second):
        return None
    score = max(
        JaroWinkler.similarity(first, second, prefix_weight=0.05),
        token_sort_ratio(first, second) / 100,
    )
    if same_address:
        score = (1 + score) / 2
    return Likeness(min(score, 0.96), SIMILAR) if score >= LIKELY else None


def _numbered(core: str) -> str:
    """Return the digits of a name: the first and the second plant are two firms."""
    return "".join(c for c in core if c.isdigit() or c in "一二三四五六七八九十")


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
