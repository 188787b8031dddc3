"""Accounts as a panel of output, traditional factors and data, one row a firm and period.

Paper: K4a (output of traditional factors and data), K4c, K4g
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiqun.record.record import Record
from jiqun.vocabulary.codes import PRICE_BASIS
from jiqun.vocabulary.text import Text, same

Floats = NDArray[np.float64]

MOSTLY = 0.8
"""Share of the rows of the fuller choice that the better choice must have to be taken."""
DEPRECIATION = 0.315
"""Part of a stock of software and data that a year uses up, as EU KLEMS assumes for software."""
GROWTH = 0.05
"""Growth of spending before the first year known."""
YEAR = 365.25
SAME_SERIES = 1e-9
"""Spread of the log ratio of two factors up to which one is the other in another unit."""
KEYS = ("firm_id", "period")


@dataclass(frozen=True, slots=True)
class ProductionPanel:
    """Rows in which output, capital, labour and data are all positive.

    Attributes
    ----------
    output, data
        Shape (n,).
    factors
        Capital and employees, shape (n, 2); capital alone, shape (n, 1), where the two are one series.
    firm
        Number of the firm, shape (n,).
    period
        Number of the period, shape (n,).
    price
        Relative price of data, shape (n,); None where it is not known.
    output_name, data_name, prices, currency
        What was taken for each.
    warnings
        What was left out and what to mind.
    """

    output: Floats
    factors: Floats
    data: Floats
    firm: NDArray[np.int64]
    period: Floats
    price: Floats | None
    output_name: Text
    data_name: Text
    prices: Text
    currency: Text
    warnings: tuple[Text, ...]


def production_panel(record: Record) -> ProductionPanel | Text:
    """Read the accounts that can be compared, or say why there are none.

    Constant prices are preferred, value added to revenue, and a stock of data to spending on it,
    which is else cumulated by perpetual inventory. Rows in another currency than the most frequent
    one, or over another length of time, are left out.
    """
    rows = record["accounts"].filter(
        pl.col("start").is_not_null(), pl.col("end") > pl.col("start"), _positive("employees"),
        _positive("capital"),
    )  # fmt: skip
    if rows.is_empty():
        return Text(
            "no account gives both capital and employees", "没有账目同时给出资本存量与从业人数"
        )
    rows, prices = _one_basis(rows)
    rows, currency, foreign = _one_currency(rows)
    rows, odd = _one_length(rows)
    measured = _with_data(rows)
    if isinstance(measured, Text):
        return measured
    rows, data_name, warnings = measured
    chosen = _with_output(rows)
    if isinstance(chosen, Text):
        return chosen
    rows, output_name, mind = chosen
    none = rows.filter(pl.col("data") == 0).height
    used = rows.filter(_positive("data")).sort(KEYS)
    left = ((FOREIGN, foreign), (OTHER_LENGTH, odd))
    warnings += [text.fill(n=n) for text, n in left if n]
    warnings += mind
    if none:
        warnings.append(WITHOUT_DATA.fill(n=none, total=rows.height))
    if prices is PRICE_BASIS.terms["current"]:
        warnings.append(CURRENT_PRICES)
    used, price, told = _with_price(used)
    warnings += told
    factors, told = _distinct_factors(used)
    warnings += told
    firm = np.unique(used["firm_id"].to_numpy().astype(str), return_inverse=True)[1]
    return ProductionPanel(
        output=used["output"].to_numpy(), factors=factors,
        data=used["data"].to_numpy(), firm=firm.astype(np.int64),
        period=used["period"].to_numpy().astype(np.float64), price=price, output_name=output_name,
        data_name=data_name, prices=prices, currency=currency, warnings=tuple(warnings),
    )  # fmt: skip


FOREIGN = Text("{n} accounts in other currencies are left out.", "已排除 {n} 条其他币种的账目。")
OTHER_LENGTH = Text(
    "{n} accounts over another length of time, or of a period that a firm has twice, are left out.",
    "已排除 {n} 条期间长度不同或同一企业期间重复的账目。",
)
WITHOUT_DATA = Text(
    "{n} of {total} firm-periods have output but no data at all. They have no logarithm and are left "
    "out; that they produce is itself evidence against data being indispensable.",
    "{total} 个企业-期间中有 {n} 个虽有产出却无数据投入。其对数不存在故未纳入;其能够生产本身即不支持数据不可或缺。",
)
CURRENT_PRICES = Text(
    "Amounts are in current prices: years absorb common inflation, but not that data and capital "
    "become cheaper at different rates.",
    "金额为当年价:年份效应可吸收普遍通胀,但不能吸收数据与资本价格变动的差异。",
)
REVENUE = Text(
    "Output is revenue, which includes materials; value added would be better.",
    "产出以营业收入计,含中间投入;以增加值计更佳。",
)
CUMULATED = Text(
    "The stock of data is spending cumulated with depreciation of {d:.1%} a year; its level in a firm's "
    "first years is an assumption.",
    "数据存量由支出按年折旧率 {d:.1%} 累积而得;企业最初几年的水平属假定。",
)


SOME_PRICES = Text(
    "The relative price of data is known in {n} of {total} firm-periods, too few to be used.",
    "{total} 个企业-期间中仅 {n} 个给出数据相对价格,过少而未使用。",
)
UNPRICED = Text(
    "{n} firm-periods without a relative price of data are left out.",
    "已排除 {n} 个未给出数据相对价格的企业-期间。",
)

ONE_FACTOR = Text(
    "Capital and employees are the same series but for its unit in every account; they count as one "
    "traditional factor.",
    "各账目中资本存量与从业人数成固定比例,视为同一种传统要素。",
)


def _distinct_factors(rows: pl.DataFrame) -> tuple[Floats, list[Text]]:
    """Return capital and employees, or capital alone where employees say nothing beside it."""
    factors = rows.select("capital", "employees").to_numpy()
    ratio = np.log(factors[:, 0]) - np.log(factors[:, 1])
    if rows.height > 1 and np.ptp(ratio) < SAME_SERIES:
        return factors[:, :1], [ONE_FACTOR]
    return factors, []


def _with_price(rows: pl.DataFrame) -> tuple[pl.DataFrame, Floats | None, list[Text]]:
    """Return the relative price of data where nearly all rows have one, and the rows that do."""
    priced = rows.filter(_positive("data_price"))
    if priced.is_empty():
        return rows, None, []
    if priced.height < MOSTLY * rows.height:
        return rows, None, [SOME_PRICES.fill(n=priced.height, total=rows.height)]
    absent = rows.height - priced.height
    told = [UNPRICED.fill(n=absent)] if absent else []
    return priced, priced["data_price"].to_numpy(), told


def _positive(column: str) -> pl.Expr:
    return pl.col(column).is_finite() & (pl.col(column) > 0)


def _one_basis(rows: pl.DataFrame) -> tuple[pl.DataFrame, Text]:
    """Keep one price basis: constant prices, unless other rows are far more."""
    counts = dict(rows["price_basis"].value_counts().iter_rows())
    most = max(counts.values())
    order = sorted(counts, key=lambda b: (-counts[b], str(b)))
    basis = "constant" if counts.get("constant", 0) >= MOSTLY * most else order[0]
    kept = rows.filter(pl.col("price_basis").eq_missing(pl.lit(basis, pl.String)))
    if basis is None:
        return kept, Text("prices not stated", "价格口径未注明")
    return kept, PRICE_BASIS.terms[basis]


def _one_currency(rows: pl.DataFrame) -> tuple[pl.DataFrame, Text, int]:
    """Keep the most frequent currency; amounts that name none are in it."""
    named = (
        rows["currency"]
        .drop_nulls()
        .value_counts()
        .sort(["count", "currency"], descending=[True, False])
    )
    if named.is_empty():
        return rows, Text("a currency that is not stated", "未注明的币种"), 0
    currency = str(named["currency"][0])
    kept = rows.filter(pl.col("currency").fill_null(currency) == currency)
    return kept, same(currency), rows.height - kept.height


def _one_length(rows: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """Keep periods of the most frequent length, number them, and keep each firm's once."""
    months = ((pl.col("end") - pl.col("start")).dt.total_days() * 12 / YEAR).round().clip(1)
    timed = rows.with_columns(months=months.cast(pl.Int64))
    usual = int(timed["months"].mode().min() or 1)  # type: ignore[arg-type]
    since = pl.col("start").dt.year() * 12 + pl.col("start").dt.month() - 1
    kept = (
        timed.filter(pl.col("months") == usual)
        .with_columns(period=(since / usual).round().cast(pl.Int64), years=pl.lit(usual / 12))
        .sort("firm_id", "start")
        .unique(KEYS, keep="first", maintain_order=True)
    )
    return kept, rows.height - kept.height


def _with_data(rows: pl.DataFrame) -> tuple[pl.DataFrame, Text, list[Text]] | Text:
    """Add the stock of data: as recorded, or cumulated from spending."""
    stock = pl.col("data_capital")
    recorded = rows.filter(stock.is_finite(), stock >= 0).with_columns(data=stock)
    spent = pl.col("data_spending")
    paid = rows.filter(spent.is_finite(), spent >= 0)
    if recorded.filter(_positive("data")).height >= MOSTLY * paid.filter(spent > 0).height:
        if recorded.filter(_positive("data")).is_empty():
            return Text(
                "no account gives a stock of data or spending on it",
                "没有账目给出数据资本存量或数据支出",
            )
        return recorded, Text("recorded data capital", "账面数据资本"), []
    name = Text("cumulated data spending", "累积数据支出")
    return _cumulated(paid), name, [CUMULATED.fill(d=DEPRECIATION)]


def _cumulated(paid: pl.DataFrame) -> pl.DataFrame:
    """Cumulate spending: S = (1 - δ)^gap S₋₁ + I, from I/(g + δ) in a firm's first period."""
    ordered = paid.sort(KEYS)
    years = float(ordered["years"][0]) if ordered.height else 1.0
    kept, growth = (1.0 - DEPRECIATION) ** years, (1.0 + GROWTH) ** years
    stocks: list[float] = []
    last: tuple[str, int, float] | None = None
    for firm, period, spent in ordered.select(*KEYS, "data_spending").iter_rows():
        before = last[2] * kept ** (period - last[1]) if last and last[0] == firm else None
        stock = spent / (1.0 - kept / growth) if before is None else before + spent
        stocks.append(stock)
        last = (firm, period, stock)
    return ordered.with_columns(data=pl.Series(stocks, dtype=pl.Float64))


def _with_output(rows: pl.DataFrame) -> tuple[pl.DataFrame, Text, list[Text]] | Text:
    """Add output: value added, or revenue where that is known for far more rows."""
    added, sold = (rows.filter(_positive(c)) for c in ("value_added", "revenue"))
    if added.is_empty() and sold.is_empty():
        return Text("no account gives value added or revenue", "没有账目给出增加值或营业收入")
    if added.height >= MOSTLY * sold.height:
        lost = rows.filter(pl.col("value_added").is_not_null()).height - added.height
        mind = [NEGATIVE.fill(n=lost)] if lost else []
        return added.with_columns(output="value_added"), Text("value added", "增加值"), mind
    return sold.with_columns(output="revenue"), Text("revenue", "营业收入"), [REVENUE]


NEGATIVE = Text(
    "{n} accounts with a value added of zero or less are left out, which favours firms that do well.",
    "已排除 {n} 条增加值为零或负的账目,样本因而偏向经营较好的企业。",
)
