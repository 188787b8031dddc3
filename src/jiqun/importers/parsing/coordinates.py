"""Where is a site? Decimal degrees or degrees, minutes and seconds, with the letters of the compass."""

import re
from collections.abc import Sequence

import polars as pl

from jiqun.importers.parsing.numbers import COMMON
from jiqun.importers.parsing.rules import COORDINATE_UNREADABLE, Failure, Parsed
from jiqun.importers.parsing.wording import is_missing, plain
from jiqun.vocabulary.text import Text

SIDES = {
    "e": 1, "n": 1, "east": 1, "north": 1, "东经": 1, "北纬": 1, "东": 1, "北": 1,
    "w": -1, "s": -1, "west": -1, "south": -1, "西经": -1, "南纬": -1, "西": -1, "南": -1,
}  # fmt: skip
SIDE = "|".join(sorted(SIDES, key=len, reverse=True))
DEGREES = re.compile(
    rf"(?P<before>{SIDE})?\s*(?P<sign>[+-]?)(?P<d>\d{{1,3}}(?:\.\d+)?)\s*(?:[°度º˚]|deg)?\s*"
    rf"(?:(?P<m>\d{{1,2}}(?:\.\d+)?)\s*(?:['′’分]|min)\s*)?"
    rf"(?:(?P<s>\d{{1,2}}(?:\.\d+)?)\s*(?:[\"″”秒]|''|′′|sec)\s*)?(?P<after>{SIDE})?",
    re.IGNORECASE,
)
SIXTY = 60.0


def parse_coordinates(cells: Sequence[object]) -> Parsed:
    """Read a column of longitudes or latitudes as signed decimal degrees."""
    if set(map(type, cells)) <= {float, int}:
        return Parsed(values=pl.Series(cells, dtype=pl.Float64), failures={})
    texts = pl.Series([c if isinstance(c, str) else None for c in cells], dtype=pl.String)
    common = pl.select(pl.when(texts.str.contains(COMMON)).then(texts).otherwise(None)).to_series()
    values: list[float | None] = common.cast(pl.Float64).to_list()
    failures: dict[int, Failure] = {}
    for i, (cell, value) in enumerate(zip(cells, values, strict=True)):
        if value is not None or cell == "" or cell is None:
            continue
        found = parse_coordinate(cell)
        if isinstance(found, Failure):
            failures[i] = found
        else:
            values[i] = found
    missing = sum(bool(isinstance(c, str) and c and is_missing(c)) for c in set(cells))
    return Parsed(values=pl.Series(values, dtype=pl.Float64), failures=failures, missing=missing)


def parse_coordinate(cell: object) -> float | Failure | None:
    """Read one cell as signed decimal degrees."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return float(cell)
    if cell is None or (isinstance(cell, str) and is_missing(cell)):
        return None
    # NFKC turns ″ into ′′, which is why both stand for seconds.
    match = DEGREES.fullmatch(plain(cell)) if isinstance(cell, str) else None
    if match is None or (match["before"] and match["after"]):
        return _unreadable(cell)
    minutes, seconds = float(match["m"] or 0), float(match["s"] or 0)
    side = match["before"] or match["after"]
    if minutes >= SIXTY or seconds >= SIXTY or (side and match["sign"]):
        return _unreadable(cell)
    size = float(match["d"]) + minutes / SIXTY + seconds / SIXTY**2
    sign = SIDES[side.casefold()] if side else (-1 if match["sign"] == "-" else 1)
    return sign * size


def _unreadable(cell: object) -> Failure:
    return Failure(
        COORDINATE_UNREADABLE,
        Text("{value} is not a coordinate.", "{value} 不是坐标。").fill(value=repr(cell)),
    )
