"""Timeline 时间线: firms, ties, alliances, memberships active in each year."""

import numpy as np
import polars as pl

from jiqun.record.record import Record
from jiqun.record.schema import TABLES
from jiqun.report.block import Block, Field, Figure, Paragraph, Rows, Value, count_of
from jiqun.report.figures.timeline import Series, timeline
from jiqun.report.naming import table_label
from jiqun.report.section import Section
from jiqun.report.study import Study
from jiqun.vocabulary.text import Text, joined

SERIES = ("firms", "sites", "ties", "alliances", "memberships", "participations")
MOST_YEARS = 60
FEW = 0.005
"""Share of the rows that may have begun before the first year drawn."""
ONE_YEAR = Text(
    "There is no picture: all days that the record names lie in {year}.",
    "没有图形:记录中的日期均在 {year} 年。",
)
NO_DATES = Text(
    "There is no timeline: no firm, site, tie, alliance or membership says when it began.",
    "没有时间线:企业、场所、双边关系、联盟和成员关系均未注明开始日期。",
)
MEANING = Text(
    "A row counts in each year in which it held on at least one day. A row without an end is taken to "
    "hold until the last year drawn; where a source does not record ends, this overstates.",
    "某行只要在一年中有一天有效,即计入该年。没有结束日期的行视为持续到图中最后一年;若来源不记录结束日期,"
    "数量会偏高。",
)
LEFT_OUT = Text(
    "{label}: rows without a start, or that end before they start, left out: {n}.",
    "{label}:缺少开始日期或结束早于开始而未计入的行数:{n}。",
)
EARLIER = Text("Years before {year} are not drawn.", "{year} 年以前未绘出。")
PART = Text(
    "{label}: {first_n} in {first}, highest {most} in {peak}, {last_n} in {last}.",
    "{label}:{first} 年 {first_n};{peak} 年最高 {most};{last} 年 {last_n}。",
)


def _interval(record: Record, table: str) -> pl.DataFrame:
    """Return first and last year in which each row held; ``last`` is null where it has no end."""
    start, end = TABLES[table].interval or ("", "")
    years = record[table].select(
        first=pl.col(start).dt.year(), last=pl.col(end).dt.offset_by("-1d").dt.year()
    )
    return years.filter(
        pl.col("first").is_not_null()
        & (pl.col("last").is_null() | (pl.col("last") >= pl.col("first")))
    )


def _active(years: pl.DataFrame, first: int, last: int) -> tuple[int, ...]:
    """Count rows by year: those that have begun less those that are over."""
    axis = np.arange(first, last + 1)
    begun = np.searchsorted(np.sort(years["first"].to_numpy()), axis, side="right")
    over = np.searchsorted(np.sort(years["last"].drop_nulls().to_numpy()), axis, side="left")
    return tuple((begun - over).tolist())


def active_by_year(record: Record) -> tuple[Series, ...]:
    """Count what was active in each year, for each table that has dated rows."""
    dated = {t: y for t in SERIES if t in record and (y := _interval(record, t)).height}
    if not dated:
        return ()
    named = np.sort(
        np.concatenate([pl.concat([y["first"], y["last"]]).drop_nulls() for y in dated.values()])
    )
    last = int(named[-1])
    if last - int(named[0]) >= MOST_YEARS:
        last = int(np.quantile(named, 0.99, method="higher"))
    begun = np.concatenate([years["first"].to_numpy() for years in dated.values()])
    early = int(np.quantile(begun, FEW, method="lower"))
    first = max(early, last - MOST_YEARS + 1)
    return tuple(
        Series(
            table=table,
            label=table_label(table),
            first=first,
            active=_active(years, first, last),
            left_out=record[table].height - years.height,
        )
        for table, years in dated.items()
    )


def _alt(series: tuple[Series, ...]) -> Text:
    parts = [
        PART.fill(
            label=s.label,
            first=s.first,
            first_n=s.active[0],
            most=max(s.active),
            peak=s.first + s.active.index(max(s.active)),
            last=s.last,
            last_n=s.active[-1],
        )
        for s in series
    ]
    return joined(parts)


def _timeline(study: Study) -> tuple[Block, ...]:
    series = active_by_year(study.record)
    if not series:
        return (Paragraph(text=NO_DATES),)
    if len(series[0].active) == 1:
        return (Paragraph(text=ONE_YEAR.fill(year=series[0].first)),)
    alt = _alt(series)
    left_out = tuple(LEFT_OUT.fill(label=s.label, n=s.left_out) for s in series if s.left_out)
    first = series[0].first
    began = study.summary.first
    earlier = (EARLIER.fill(year=first),) if began and began.year < first else ()
    years: tuple[tuple[Value, ...], ...] = tuple(
        (str(first + i), *(count_of(s.active[i], f"{s.table}.active") for s in series))
        for i in range(len(series[0].active))
    )
    fields = (Field("year", Text("year", "年份")), *(Field(s.table, s.label) for s in series))
    return (
        Figure(
            name="timeline",
            title=Text("Active in each year", "各年有效数量"),
            alt=alt,
            draw=lambda language: timeline(
                series, alt.to(language), language, synthetic=study.synthetic
            ),
            data=Rows(fields=fields, rows=years),
            notes=(MEANING, *left_out, *earlier),
        ),
    )


TIMELINE = Section(name="timeline", title=Text("When", "时间演变"), build=_timeline)
