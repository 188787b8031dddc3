"""Core firms and their logic 核心企业及其主导逻辑: do those at the core think in data or in goods?

Who is core is taken from four kinds of tables, each counting alike: who innovates and is built upon, who
owns platforms, who holds collaborations together, and which five firms have most revenue of the last three
years. Who initiates is an axis of its own (Q20), and the hub of a physical chain is a firm of goods by its
role, so that neither is asked for the logic. A firm's weight is its share in these sources.

Sources that name the same firms oftener than chance confirm each other. Where two or more sources name
firms as different as if their ids had been drawn, nobody is known to be core, and no logic is read: so it is
in a cluster without a core, and in a record whose tables name firms differently.

The logic is read from what core firms were founded on, from what they have earned with in the last three
years, and, as a hint only, from their industry. The firms that sell most are also read by themselves
(``leading_firms``), since incumbents may lead in sales where natives lead in innovation; the origin is that
of the others.

Paper: K1a, K1c (logic of the core firms is the key), Q13, Q20, X4 (logic, not sector), Q24 (roles apart)
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import partial

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import stats

from jiqun.diagnosis.elements.leading_firms import leading_firms
from jiqun.diagnosis.reading import Reading, share_text, sixths
from jiqun.measures import Measurement
from jiqun.measures.estimate import Estimate
from jiqun.numerics.random import stream
from jiqun.record.record import Record
from jiqun.vocabulary.classifications.digital import digital_prior
from jiqun.vocabulary.text import Text

ELEMENT = "core_logic"
HALF = 0.5
SALES = "accounts"
SHOWN = 3
LARGEST = 5
RECENT_DAYS = 3 * 365
DIGITAL_ISIC = ("26", "58", "59", "60", "61", "62", "63")
"""ISIC Rev. 4 divisions of the information sector: manufacture of computers, and section J."""
LEVEL = 0.95
TABLE_OF_ROLE = {
    "innovation core": "innovators",
    "demonstrator": "innovators",
    "platform owner": "platforms",
}
"""Roles that are asked for the logic, with the table that shows them."""
DRAWS = 199
BY_CHANCE = 0.05
"""Share of drawn namings that agree as well, above which sources do not confirm each other."""
ASPECTS = {
    "origin": (
        Text("Origin of the core firms", "核心企业的出身"),
        Text("Were the core firms founded on data or software?", "核心企业是否以数据或软件起家?"),
        Text("founded on data or software", "以数据或软件起家"),
        ("firms.digital_native",),
    ),
    "revenue": (
        Text("What the core firms earn with", "核心企业的收入来源"),
        Text(
            "Do the core firms earn most with digital products?",
            "核心企业的收入是否主要来自数字产品与服务?",
        ),
        Text("earned with digital products", "来自数字产品与服务"),
        ("accounts.revenue", "accounts.digital_revenue"),
    ),
    "sector": (
        Text("Industry of the core firms (a hint only)", "核心企业所属行业(仅供参考)"),
        Text("Is the core in a digital industry?", "核心企业是否属于数字行业?"),
        Text("in digital industries", "属于数字行业"),
        ("firms.industry_code",),
    ),
}
FOUND = Text(
    "Of the weight of the core ({names}), {share} is {what}; half is the threshold.",
    "核心企业({names})按权重计,{share} {what};以一半为界。",
)
NO_CORE = Text(
    "The record does not show who innovates, owns platforms, holds alliances together or sells most.",
    "记录未显示由谁引领创新、拥有平台、维系协作或销售居前。",
)
NO_OTHERS = Text(
    "The record does not show who innovates, owns platforms or holds alliances together.",
    "记录未显示由谁引领创新、拥有平台或维系协作。",
)
NO_AGREEMENT = Text(
    "The tables name firms as core that differ as much as by chance: there is no core, or firms are named "
    "differently in different tables.",
    "各数据表所示的核心企业彼此不一致,与随机无异:或不存在核心企业,或各表企业编号不一致。",
)
WHO_IS_CORE = (
    "innovators.firm_id",
    "platforms.operator",
    "memberships.firm_id",
    "accounts.revenue",
)
NO_LOGIC = Text(
    "Nothing is recorded of this for the core firms ({names}).", "核心企业({names})缺少该项记录。"
)


def core_logic(record: Record, measurement: Measurement) -> tuple[Reading, ...]:
    """Read the logic of the core in each of its aspects."""
    recent = recent_accounts(record)
    named = core_sources(measurement, recent)
    agree = agreeing(named, record["firms"]["firm_id"].n_unique())
    trusted = named if agree else {}
    largest = trusted.get(SALES, {})
    others = {table: shares for table, shares in trusted.items() if table != SALES}
    origin, revenue = _origin(record), _revenue(recent)
    disagreed = None if agree else NO_AGREEMENT
    nobody, nobody_else = disagreed or NO_CORE, disagreed or NO_OTHERS
    asked = {
        "origin": (others, origin, nobody_else),
        "revenue": (trusted, revenue, nobody),
        "sector": (trusted, _sector(record), nobody),
    }
    return (
        leading_firms(largest, origin, revenue, _names(record, largest), disagreed),
        *(
            _reading(record, aspect, core_weights(sources.values()), scores, missing)
            for aspect, (sources, scores, missing) in asked.items()
        ),
    )


def recent_accounts(record: Record) -> pl.DataFrame:
    """Return the accounts of the last three years that there are."""
    accounts = record["accounts"].filter(pl.col("revenue") > 0, pl.col("end").is_not_null())
    if accounts.is_empty():
        return accounts
    last = accounts.select(pl.col("end").max()).item()
    return accounts.filter(pl.col("end") > last - dt.timedelta(days=RECENT_DAYS))


def core_sources(measurement: Measurement, recent: pl.DataFrame) -> dict[str, dict[str, float]]:
    """Return table → firm → its share in the core that the table shows."""
    shown: dict[str, list[dict[str, float]]] = defaultdict(list)
    roles: dict[str, dict[str, float]] = defaultdict(dict)
    for estimate in measurement.get("core_firm_roles", ()):
        of = dict(estimate.of)
        if "firm" in of and estimate.value and of["role"] in TABLE_OF_ROLE:
            roles[of["role"]][of["firm"]] = estimate.value
    for role, firms in roles.items():
        shown[TABLE_OF_ROLE[role]].append(firms)
    holding = {}
    for estimate in measurement.get("core_firms", ()):
        of = dict(estimate.of)
        if "firm" in of and of["statistic"] == "inclusion probability" and estimate.value:
            holding[of["firm"]] = estimate.value
    if holding:
        shown["memberships"].append(holding)
    if recent.height and recent["currency"].n_unique() == 1:
        sums = recent.group_by("firm_id").agg(pl.col("revenue").sum())
        first = sums.sort("revenue", "firm_id", descending=[True, False]).head(LARGEST)
        shown[SALES].append(dict(zip(first["firm_id"], first["revenue"], strict=True)))
    return {table: core_weights(each) for table, each in shown.items()}


def core_weights(sources: Collection[Mapping[str, float]]) -> dict[str, float]:
    """Return the weight of each firm, every source counting alike; they sum to 1, or there are none."""
    weight: dict[str, float] = defaultdict(float)
    for shares in sources:
        total = sum(shares.values())
        for firm, share in shares.items():
            weight[firm] += share / total / len(sources)
    return dict(weight)


def agreeing(sources: Mapping[str, Mapping[str, float]], firms: int) -> bool:
    """Say whether sources name the same firms more than drawn firms would be; one alone may be right.

    Parameters
    ----------
    sources
        Table → firm → share.
    firms
        Number of firms that could have been named.
    """
    if len(sources) < 2:  # noqa: PLR2004 - nothing to compare
        return True
    place = {firm: k for k, firm in enumerate(sorted({f for s in sources.values() for f in s}))}
    shares = np.zeros((len(sources), max(firms, len(place))))
    for row, source in enumerate(sources.values()):
        for firm, share in source.items():
            shares[row, place[firm]] = share
    chance = stream(0, ELEMENT)
    drawn = [_agreement(chance.permuted(shares, axis=1)) for _ in range(DRAWS)]
    as_well = sum(each >= _agreement(shares) - 1e-12 for each in drawn)
    return (1 + as_well) / (1 + DRAWS) <= BY_CHANCE


def _agreement(shares: NDArray[np.float64]) -> float:
    """Return the sum over pairs of sources of the products of their shares."""
    return float((shares.sum(axis=0) ** 2).sum() - (shares**2).sum())


def _origin(record: Record) -> dict[str, float]:
    known = record["firms"].drop_nulls("digital_native")
    return dict(zip(known["firm_id"], known["digital_native"], strict=True))


def _revenue(recent: pl.DataFrame) -> dict[str, float]:
    """Return each firm's digital share of revenue over the periods that give both."""
    both = recent.filter(pl.col("digital_revenue").is_between(0.0, pl.col("revenue")))
    sums = both.group_by("firm_id").agg(pl.col("revenue").sum(), pl.col("digital_revenue").sum())
    shares = sums["digital_revenue"] / sums["revenue"]
    return dict(zip(sums["firm_id"], shares, strict=True))


def _sector(record: Record) -> dict[str, float]:
    """Return 1 for firms in a digital industry and 0 for others whose code can be read."""
    found: dict[str, float] = {}
    coded = record["firms"].drop_nulls("industry_code")
    for firm, scheme, code in coded.select("firm_id", "industry_scheme", "industry_code").rows():
        if scheme == "ISIC4":
            found[firm] = float(code.lstrip("C").startswith(DIGITAL_ISIC))
        elif scheme in {"GBT4754-2017", "DE2021"}:
            prior = digital_prior(scheme, code)
            found[firm] = float(prior is not None and prior.part == "digital_industrialization")
    return found


def _names(record: Record, weight: Mapping[str, float]) -> str:
    """Name the weightiest core firms."""
    first = sorted(weight, key=lambda firm: (-weight[firm], firm))[:SHOWN]
    known = record["firms"].filter(pl.col("firm_id").is_in(first))
    title = dict(zip(known["firm_id"], known["name"], strict=True))
    shown = ", ".join(str(title.get(firm) or firm) for firm in first)
    return f"{shown}, …" if len(weight) > SHOWN else shown


def _reading(
    record: Record,
    aspect: str,
    weight: Mapping[str, float],
    score: Mapping[str, float],
    nobody: Text,
) -> Reading:
    title, question, what, needs = ASPECTS[aspect]
    names = _names(record, weight)
    reading = partial(Reading, element=ELEMENT, aspect=aspect, title=title, question=question)
    known = {firm: w for firm, w in weight.items() if firm in score}
    total = sum(known.values())
    if total < HALF:
        if weight:
            reason = NO_LOGIC.fill(names=names)
            return reading(status="not_measured", reason=reason, needs=needs)
        return reading(status="not_measured", reason=nobody, needs=WHO_IS_CORE)
    mean = sum(w * score[firm] for firm, w in known.items()) / total
    firms = total**2 / sum(w * w for w in known.values())
    belief = stats.beta(mean * firms + HALF, (1.0 - mean) * firms + HALF)
    estimate = _estimate(aspect, title, mean, belief, len(known))
    return reading(
        finding=FOUND.fill(names=names, share=share_text(mean), what=what),
        support=sixths(estimate),
        estimates=(estimate,),
        needs=needs,
    )


def _estimate(aspect: str, title: Text, mean: float, belief: object, firms: int) -> Estimate:
    low, high = (float(belief.ppf(q)) for q in (0.025, 0.975))  # type: ignore[attr-defined]
    return Estimate(
        measure=ELEMENT,
        of=(("statistic", aspect),),
        label=title,
        value=mean,
        low=min(low, mean),
        high=max(high, mean),
        level=LEVEL,
        interval=Text(
            "Beta interval at the number of core firms that the weights amount to.",
            "按权重折算的核心企业数计算的 Beta 区间。",
        ),
        n=firms,
        n_of=Text("core firms", "核心企业"),
        method=Text(
            "Mean over core firms, weighted by their shares in the roles of a core firm.",
            "按核心企业在各角色中的份额加权平均。",
        ),
    )
