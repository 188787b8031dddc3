"""Relations and industries of a record: who supplies whom, and what each industry buys."""

import datetime as dt
from collections import Counter

import numpy as np
import polars as pl

from jiqun.model.scenario_schema import Industry, Scenario
from jiqun.model.state import BOUGHT, INDUSTRIES, NOBODY, Floats, Ints
from jiqun.record.record import Record

VIRTUAL = ("data_flow", "api")
INSIDE = 0.6
"""Share of demand that the cluster has at the start."""
COVER = 1.25
"""Sales over wages that the cluster's share of demand allows at the start."""
DIVISIONS = ((1, 33, 0.9), (35, 43, 0.8), (45, 56, 0.5), (58, 63, 0.1), (64, 82, 0.2))
"""ISIC divisions from, to, and how physical their goods are; 0.4 elsewhere."""


def traded(record: Record, number: dict[str, int], day: dt.date) -> tuple[Ints, Ints]:
    """Return the supply ties and the data links on a day as rows of (firm, other), newest first."""
    ties = (
        record["ties"]
        .filter(
            pl.col("source").is_in(list(number))
            & pl.col("target").is_in(list(number))
            & (pl.col("source") != pl.col("target"))
            & (pl.col("start").is_null() | (pl.col("start") <= day))
            & (pl.col("end").is_null() | (pl.col("end") > day))
        )
        .sort("start", "tie_id", descending=[True, False], nulls_last=True)
    )
    data = pl.col("kind").is_in(VIRTUAL)
    return _pairs(ties.filter(pl.col("kind") == "supply"), number), _pairs(
        ties.filter(data), number
    )


def _pairs(ties: pl.DataFrame, number: dict[str, int]) -> Ints:
    """Return (target, source) by number: who buys or gets data, and from whom."""
    rows = zip(ties["target"].to_list(), ties["source"].to_list(), strict=True)
    pairs = [(number[target], number[source]) for target, source in rows]
    return np.array(pairs, dtype=np.int32).reshape(-1, 2)


def industries_of(
    firms: pl.DataFrame, suppliers: Ints, factors: Floats, scenario: Scenario
) -> tuple[tuple[Industry, ...], Ints, str]:
    """Return the industries, that of each firm (or nobody), and the scheme of their codes.

    The model tells sixteen industries apart: the largest. A firm of another one counts to the one
    with the longest common beginning of its code, of equals to the largest.
    """
    schemes = firms["industry_scheme"].drop_nulls()
    scheme = str(schemes.mode().sort()[0]) if len(schemes) else "ISIC4"
    used = firms["industry_scheme"].to_list()
    codes = [
        c if s == scheme else None
        for c, s in zip(firms["industry_code"].to_list(), used, strict=True)
    ]
    counts = Counter(code for code in codes if code)
    names = sorted(counts, key=lambda code: (-counts[code], code))[:INDUSTRIES]
    if len(names) < 2:  # noqa: PLR2004 (a market needs somebody to buy from)
        names += [i.code for i in scenario.industries if i.code not in names][: 2 - len(names)]
    industry = np.array([_nearest(code, names) for code in codes], dtype=np.int32)
    bought = Counter(
        (int(industry[one]), int(industry[other]))
        for one, other in suppliers.tolist()
        if NOBODY not in {int(industry[one]), int(industry[other])}
    )
    typical = scenario.groups[0].factors
    each = np.where(np.isnan(factors), typical, factors)
    wage = scenario.rules.market.wage
    made = []
    for k, code in enumerate(names):
        partners = [o for (one, o), _ in bought.most_common() if one == k][:BOUGHT]
        costs = wage * max(float(each[industry == k].sum()), typical)
        made.append(
            Industry(
                code=code,
                physicality=_physicality(code) if scheme == "ISIC4" else 0.5,
                demand=COVER * costs / INSIDE,
                buys=tuple(names[o] for o in partners or range(min(BOUGHT, len(names)))),
            )
        )
    return tuple(made), industry, scheme


def _nearest(code: str | None, names: list[str]) -> int:
    """Return the industry with the longest common beginning, or nobody where there is no code."""
    if not code:
        return NOBODY
    if code in names:
        return names.index(code)
    common = [
        next((n for n in range(min(len(code), len(name))) if code[n] != name[n]), len(name))
        for name in names
    ]
    return common.index(max(common))


def _physicality(code: str) -> float:
    """Return how physical the goods of an ISIC industry are."""
    digits = code[:2]
    division = int(digits) if digits.isdigit() else 0
    return next((p for first, last, p in DIVISIONS if first <= division <= last), 0.4)
