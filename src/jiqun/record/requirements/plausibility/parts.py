"""Parts and totals 部分与总量: a total follows from what it is the total of.

Alarm, parts: across firms the 95 % upper bound of Spearman's ρ of a part and its total is below
``NOTHING`` = 0.1 (a firm with more revenue has more digital revenue, not always but mostly), over
``FIRMS`` = 200 firms at least. Alarm, employees: the 95 % lower bound of the share of firms whose
sites together employ more than ``EXCESS`` = 1.5 times what the accounts say, even in the year in which
the two are nearest (a site has one number for all its years), is above ``OFTEN`` = 25 %, over
``FIRMS_WITH_SITES`` = 30 at least; fewer at the sites is no alarm, for some sites may be missing.
Of 400 simulated sound records (counts of employees within 20 %) none was warned about.
"""

from collections.abc import Iterator

import polars as pl

from jiqun.record.problem import Problem, Rule
from jiqun.record.requirements.plausibility.bounds import pooled_spearman, share_bounds, spearman
from jiqun.record.requirements.plausibility.screen import Screen
from jiqun.record.requirements.query import Tables, labelled
from jiqun.vocabulary.text import Text

PARTS_RULE = Rule(
    id="plausibility.parts",
    title=Text("Totals go with their parts.", "总量与其组成部分相符。"),
    remedy=Text(
        "Check whether the two columns were joined to the same firms, and where each is from.",
        "请检查两列是否对应同一企业,以及各自来源。",
    ),
    severity="warning",
)
EMPLOYEES_RULE = Rule(
    id="plausibility.site_employees",
    title=Text(
        "The sites of a firm do not employ more persons than the firm.",
        "企业各场所从业人数之和不超过企业从业人数。",
    ),
    remedy=Text(
        "Check whether the sites carry the firm's total each, and the dates of the sites.",
        "请检查各场所是否均填写了企业总人数,以及场所的起止日期。",
    ),
    severity="warning",
)
PARTS = (("digital_revenue", "revenue"), ("value_added", "revenue"))
NOTHING = 0.1
FIRMS = 200
EXCESS = 1.5
OFTEN = 0.25
FIRMS_WITH_SITES = 30

UNRELATED = Text(
    "{column} does not go with {total}: Spearman's ρ = {rho}, at most {high} (95%), over {n} firms.",
    "“{column}”与“{total}”无关:{n} 家企业间斯皮尔曼 ρ = {rho},95% 上限 {high}。",
)
MORE_AT_SITES = Text(
    "In {hits} of {n} firms ({share}%) the sites employ more than {excess} times what the accounts "
    "say in any year; for example {firm} in {year}: {at_sites} against {in_accounts}.",
    "{n} 家企业中有 {hits} 家({share}%)的场所从业人数之和在任何一年都超过账目人数的 {excess} 倍;"
    "例如 {firm} {year} 年:{at_sites} 对 {in_accounts}。",
)


def find_parts(tables: Tables, panel: pl.DataFrame) -> Iterator[Problem]:
    """Report parts that are unrelated to their total."""
    del tables
    for part, total in PARTS:
        firms = panel.drop_nulls([part, total]).group_by("firm_id").agg(pl.col(part, total).mean())
        rho = spearman(firms[part], firms[total]) if len(firms) >= FIRMS else None
        if rho is None:
            continue
        _, high = pooled_spearman([(rho, len(firms))])
        if high < NOTHING:
            message = UNRELATED.fill(
                column=labelled("accounts", part),
                total=labelled("accounts", total),
                rho=f"{rho:.2f}",
                high=f"{high:.2f}",
                n=len(firms),
            )
            value = f"{rho:.3f}"
            yield PARTS_RULE.problem(table="accounts", column=part, value=value, message=message)


def beside_sites(tables: Tables, panel: pl.DataFrame) -> pl.DataFrame:
    """Return firm-years with employees in the accounts and at the sites open in their middle."""
    accounts = panel.select("firm_id", "year", in_accounts="employees").drop_nulls().lazy()
    accounts = accounts.filter(pl.col("in_accounts") > 0)
    middle = pl.date(pl.col("year"), 7, 1)
    is_open = (pl.col("opened") <= middle).fill_null(value=True) & (
        pl.col("closed") > middle
    ).fill_null(value=True)
    sites = tables.rows["sites"].select("firm_id", "opened", "closed", "employees")
    return (
        sites.filter(pl.col("employees").is_finite())
        .join(accounts, on="firm_id")
        .filter(is_open)
        .group_by("firm_id", "year", "in_accounts")
        .agg(at_sites=pl.col("employees").sum())
        .sort("firm_id", "year")
        .collect(engine="streaming")
    )


def find_employees(tables: Tables, panel: pl.DataFrame) -> Iterator[Problem]:
    """Report sites that together employ more than their firms, in many firms."""
    ratio = pl.col("at_sites") / pl.col("in_accounts")
    both = (
        beside_sites(tables, panel)
        .sort(ratio, "firm_id", "year")
        .group_by("firm_id", maintain_order=True)
        .first()
        .sort("firm_id")
    )
    more = both.filter(ratio > EXCESS)
    if len(both) < FIRMS_WITH_SITES or share_bounds(len(more), len(both))[0] <= OFTEN:
        return
    example = more.row(0, named=True)
    message = MORE_AT_SITES.fill(
        hits=len(more),
        n=len(both),
        share=f"{100 * len(more) / len(both):.0f}",
        excess=EXCESS,
        firm=example["firm_id"],
        year=example["year"],
        at_sites=f"{example['at_sites']:g}",
        in_accounts=f"{example['in_accounts']:g}",
    )
    yield EMPLOYEES_RULE.problem(
        table="sites", column="employees", value=len(more), message=message
    )


PARTS_SCREEN = Screen(rule=PARTS_RULE, needs=("accounts",), find=find_parts)
EMPLOYEES_SCREEN = Screen(rule=EMPLOYEES_RULE, needs=("accounts", "sites"), find=find_employees)
