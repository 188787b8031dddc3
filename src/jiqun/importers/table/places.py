"""Coordinates: which datum they are in, whether they are swapped, and their conversion to WGS 84."""

from dataclasses import replace
from typing import cast

import polars as pl

from jiqun.importers.table.cells import Columns
from jiqun.importers.table.fragment import Fragment
from jiqun.importers.table.options import Options
from jiqun.importers.table.rules import DATUM, DATUM_TAKEN, OPTION, SWAPPED
from jiqun.numerics.datum import Datum, is_shifted, to_wgs84
from jiqun.record.problem import Problem
from jiqun.vocabulary.text import Text

X_DATUM = "x_datum"
POLE = 90.0


def settle_places(
    fragment: Fragment, columns: Columns, options: Options
) -> tuple[Fragment, list[Problem]]:
    """Bring the coordinates of a sheet to WGS 84, or ask in which datum they are."""
    frame = fragment.frame
    if not {"longitude", "latitude"} <= set(frame.columns):
        return fragment, []
    fragment, problems = _unswapped(fragment)
    frame = fragment.frame
    stated: set[Datum] = {
        cast("Datum", h.units.datum) for h in columns.layout.columns.values() if h.units.datum
    }
    complete = frame.select("longitude", "latitude").drop_nulls()
    if len(stated) > 1 or (stated and options.datum and options.datum not in stated):
        return fragment, [*problems, _contradiction(fragment, stated, options)]
    datum = options.datum or (stated.pop() if stated else None)
    if datum is None:
        shifted = int(is_shifted(complete["longitude"], complete["latitude"]).sum())
        if shifted:
            return fragment, [*problems, _unknown(fragment, shifted, complete.height)]
        return fragment, [*problems, *_outside(fragment, complete.height)]
    if datum == "WGS84":
        return fragment, problems
    longitude, latitude = to_wgs84(
        frame["longitude"].fill_null(float("nan")), frame["latitude"].fill_null(float("nan")), datum
    )
    moved = frame.with_columns(
        pl.Series("longitude", longitude).fill_nan(None),
        pl.Series("latitude", latitude).fill_nan(None),
        pl.lit(datum).alias(X_DATUM),
    )
    return replace(fragment, frame=moved), [*problems, _converted(fragment, datum, complete.height)]


def _unswapped(fragment: Fragment) -> tuple[Fragment, list[Problem]]:
    """Report rows whose latitude can only be a longitude, and take their coordinates out."""
    swapped = (pl.col("latitude").abs() > POLE) & (pl.col("longitude").abs() <= POLE)
    mask = fragment.frame.select(swapped.fill_null(value=False)).to_series()
    if not mask.any():
        return fragment, []
    message = Text(
        "Longitude {lon} and latitude {lat} are swapped: no latitude exceeds 90°.",
        "经度 {lon} 与纬度 {lat} 颠倒:纬度不可能超过 90°。",
    )
    problems = [
        SWAPPED.problem(
            table=fragment.table,
            source=fragment.source,
            row=fragment.rows[int(i)],
            column="latitude",
            value=fragment.frame["latitude"][int(i)],
            message=message.fill(
                lon=fragment.frame["longitude"][int(i)], lat=fragment.frame["latitude"][int(i)]
            ),
        )
        for i in mask.arg_true()
    ]
    without = [pl.when(~mask).then(pl.col(c)).alias(c) for c in ("longitude", "latitude")]
    return replace(fragment, frame=fragment.frame.with_columns(without)), problems


def _unknown(fragment: Fragment, shifted: int, total: int) -> Problem:
    message = Text(
        "{n} of {total} points of {source} lie in China, and nothing says whether they are WGS 84, "
        "GCJ-02 or BD-09.",
        "{source} 的 {total} 个点中有 {n} 个在中国境内,未说明是 WGS 84、GCJ-02 还是 BD-09。",
    ).fill(n=shifted, total=total, source=fragment.source)
    return DATUM.problem(table="sites", source=fragment.source, column="longitude", message=message)


def _outside(fragment: Fragment, total: int) -> list[Problem]:
    if not total:
        return []
    message = Text(
        "The {n} points of {source} lie outside China; they were taken as WGS 84.",
        "{source} 的 {n} 个点均在中国境外,按 WGS 84 处理。",
    ).fill(n=total, source=fragment.source)
    return [DATUM_TAKEN.problem(table="sites", source=fragment.source, message=message)]


def _converted(fragment: Fragment, datum: str, total: int) -> Problem:
    message = Text(
        "The {n} points of {source} were converted from {datum} to WGS 84; column x_datum says so.",
        "{source} 的 {n} 个点已由 {datum} 转换为 WGS 84,并记于 x_datum 列。",
    ).fill(n=total, source=fragment.source, datum=datum)
    return DATUM_TAKEN.problem(table="sites", source=fragment.source, message=message)


def _contradiction(fragment: Fragment, stated: set[Datum], options: Options) -> Problem:
    message = Text(
        "The headings of {source} say {stated}, the option says {datum}.",
        "{source} 的表头写明 {stated},而选项为 {datum}。",
    ).fill(source=fragment.source, stated=", ".join(sorted(stated)), datum=options.datum or "-")
    remedy = OPTION.remedy.fill(choices=", ".join(sorted(stated)))
    return DATUM.problem(
        table="sites", source=fragment.source, column="longitude", message=message, remedy=remedy
    )
