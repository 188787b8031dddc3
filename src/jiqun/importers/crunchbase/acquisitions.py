"""Acquisitions become ties of ownership; located firms become sites."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal

import polars as pl
from babel.core import get_global

from jiqun.importers.crunchbase.days import day_of
from jiqun.importers.crunchbase.organisations import SOURCE_ID, Organisations
from jiqun.importers.parsing.coded import currency_terms
from jiqun.importers.parsing.open_data import (
    DOUBTFUL,
    DUPLICATE,
    MALFORMED,
    UNUSABLE,
    Ledger,
    Row,
    frame_of,
)
from jiqun.importers.parsing.wording import key
from jiqun.vocabulary.text import Text

Side = Literal["acquirer", "company"]
SIDES: tuple[Side, ...] = ("acquirer", "company")
ACQUISITION_COLUMNS = (
    *(f"{side}_{column}" for side in ("company", "acquirer")
      for column in ("permalink", "name", "category_list", "country_code", "region")),
    "acquired_at", "price_amount", "price_currency_code",
)  # fmt: skip
LOCATED_COLUMNS = ("id", "name", "cat", "cc", "region", "city", "lat", "lon")
PERMALINK = re.compile(r"/organization/\S+")
SHIFTED = Text(
    "“{value}” is no permalink: the fields of the row are shifted.",
    "“{value}”不是机构链接:该行字段错位。",
)
REPEATED = Text("The row repeats row {first}.", "该行与第 {first} 行重复。")


def country_of(alpha3: str) -> str:
    """Return ISO 3166-1 alpha-2 for alpha-3, or nothing for an unknown code."""
    letters = get_global("territory_aliases").get(alpha3, [])
    return letters[0] if len(alpha3) == len("USA") and len(letters) == 1 else ""


def ties_of(rows: Iterable[Row], ledger: Ledger, organisations: Organisations) -> pl.DataFrame:
    """Turn acquisitions into ties, and note both organisations."""
    ties: list[dict[str, object]] = []
    same_day: Counter[str] = Counter()
    seen: dict[tuple[str, ...], int] = {}
    for number, row in rows:
        identity = tuple(row.values())
        if _is_shifted(number, row, ledger):
            continue
        if identity in seen:
            ledger.leave_out(DUPLICATE, number, REPEATED.fill(first=seen[identity]))
            continue
        seen[identity] = number
        source, target = (_note(row, side, organisations) for side in SIDES)
        if source == target:
            told = Text("{firm} cannot acquire itself.", "{firm} 不能收购自身。")
            ledger.leave_out(UNUSABLE, number, told.fill(firm=source))
            continue
        tie = _tie(number, row, ledger)
        stem = f"{source}>{target}@{tie['start'] or ''}"
        same_day[stem] += 1
        identifier = stem if same_day[stem] == 1 else f"{stem}#{same_day[stem]}"
        ties.append({"tie_id": identifier, "source": source, "target": target, **tie})
    return frame_of("ties", ties)


def _is_shifted(number: int, row: Mapping[str, str], ledger: Ledger) -> bool:
    """Report a row whose permalinks are none."""
    for column in ("company_permalink", "acquirer_permalink"):
        value = row[column]
        if not PERMALINK.fullmatch(value):
            told = SHIFTED.fill(value=value)
            ledger.leave_out(MALFORMED, number, told, column=column, value=value)
            return True
    return False


def _note(row: Mapping[str, str], side: Side, organisations: Organisations) -> str:
    return organisations.add(
        row[f"{side}_permalink"],
        row[f"{side}_name"],
        country_of(row[f"{side}_country_code"]),
        row[f"{side}_region"],
        row[f"{side}_category_list"],
    )


def _tie(number: int, row: Mapping[str, str], ledger: Ledger) -> dict[str, object]:
    value = amount_of(number, row["price_amount"], "price_amount", ledger)
    currency = currency_terms().get(key(row["price_currency_code"]))
    return {
        "kind": "ownership",
        "start": day_of(number, row["acquired_at"], "acquired_at", ledger),
        "value": value,
        "currency": currency if value is not None else None,
        "source_id": SOURCE_ID,
    }


def amount_of(number: int, text: str, column: str, ledger: Ledger) -> float | None:
    """Read an amount; one that is not positive or no number is reported and left out."""
    if not text:
        return None
    try:
        amount = float(text)
    except ValueError:
        amount = 0.0
    if 0.0 < amount < float("inf"):
        return amount
    told = Text("{value} is no amount; it is left out.", "{value} 不是有效金额,已略去。")
    ledger.note(DOUBTFUL, told.fill(value=text), row=number, column=column, value=text)
    return None


def sites_of(rows: Iterable[Row], ledger: Ledger, organisations: Organisations) -> pl.DataFrame:
    """Turn located firms into sites at the centre of their city."""
    sites: dict[str, dict[str, object]] = {}
    for number, row in rows:
        if not PERMALINK.fullmatch(row["id"]):
            told = SHIFTED.fill(value=row["id"])
            ledger.leave_out(MALFORMED, number, told, column="id", value=row["id"])
            continue
        firm_id = organisations.add(
            row["id"], row["name"], country_of(row["cc"]), row["region"], row["cat"]
        )
        place = _coordinates(row)
        if firm_id in sites:
            told = Text("{firm} has a place already.", "{firm} 已有地点。")
            ledger.leave_out(DUPLICATE, number, told.fill(firm=firm_id), column="id")
            continue
        if place is None:
            if row["lat"] or row["lon"]:
                told = Text("The coordinates are unusable.", "坐标不可用。")
                ledger.note(DOUBTFUL, told, row=number, column="lat", value=row["lat"])
            continue
        sites[firm_id] = {
            "site_id": firm_id,
            "firm_id": firm_id,
            "longitude": place[0],
            "latitude": place[1],
            "kind": "headquarters",
            "source_id": SOURCE_ID,
            "x_city": row["city"] or None,
        }
    return frame_of("sites", [sites[firm] for firm in sorted(sites)])


def _coordinates(row: Mapping[str, str]) -> tuple[float, float] | None:
    try:
        longitude, latitude = float(row["lon"]), float(row["lat"])
    except ValueError:
        return None
    inside = abs(longitude) <= 180.0 and abs(latitude) <= 90.0  # noqa: PLR2004 - the globe
    return (longitude, latitude) if inside and (longitude, latitude) != (0.0, 0.0) else None
