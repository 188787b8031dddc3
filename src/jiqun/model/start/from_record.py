"""From a record to a start: firms, places, industries, relations, platforms and accounts at a date.

What a record lacks is drawn from the first group of the scenario and said so. No rule differs from
those of any other run.
"""

import datetime as dt

import numpy as np
import polars as pl

from jiqun.model.scenario_schema import LARGEST, Group, Scenario
from jiqun.model.start.columns import known_columns
from jiqun.model.start.places import located, regions_of
from jiqun.model.start.real_start import Origin, RealPlatform, RealStart
from jiqun.model.start.trade import industries_of, traded
from jiqun.model.state import NOBODY, PLATFORMS, SUPPLIERS
from jiqun.record.problem import InputError, Rule
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

NO_FIRMS = Rule(
    id="start.no_firms",
    title=Text("A record to start from has firms at that date.", "用作起点的记录在该日须有企业。"),
    remedy=Text("Choose another date with --at.", "请用 --at 另选日期。"),
)
RULES = (NO_FIRMS,)


def started(
    record: Record, scenario: Scenario, *, at: dt.date | None = None
) -> tuple[Scenario, RealStart]:
    """Return the scenario and the start that a record gives.

    Parameters
    ----------
    record
        Firms are required; sites, ties, platforms and accounts are taken over where they are there.
    scenario
        Rules, policy, events and periods; its first group says what to draw where the record lacks
        something.
    at
        Date of the start; by default the last day that the record speaks of.

    Raises
    ------
    InputError
        Where there is no firm at that date, or more than can be run.
    """
    day = at or last_day(record)
    firms = _living(record, day)
    if not 0 < firms.height <= LARGEST:
        message = Text(
            f"On {day} it has {firms.height} firms; 1 to {LARGEST} can be run.",
            f"{day} 当日有 {firms.height} 家企业;可运行 1 至 {LARGEST} 家。",
        )
        raise InputError((NO_FIRMS.problem(table="firms", message=message),))
    number = {name: n for n, name in enumerate(firms["firm_id"].to_list())}
    where = located(record, firms, number, day)
    regions, region = regions_of(firms, where, scenario)
    suppliers, partners = traded(record, number, day)
    columns, notes = known_columns(record, firms, number, day)
    industries, industry, scheme = industries_of(firms, suppliers, columns["factors"], scenario)
    group = scenario.groups[0].model_copy(
        update={
            "name": "record",
            "firms": firms.height,
            "supplied": min(1.0, len(suppliers) / (SUPPLIERS * firms.height)),
            "industries": tuple(i.code for i in industries),
            "regions": tuple(r.name for r in regions),
        }
    )
    start = RealStart(
        origin=Origin(tuple(number), tuple(firms["founded"].to_list()), scheme),
        industry=industry,
        region=region,
        columns=columns | where.columns,
        suppliers=suppliers,
        partners=partners,
        platforms=_platforms(record, number, day),
        notes=(*where.notes, *_lacking(industry, region), *notes),
    )
    return _placed(scenario, group, day, where.origin).model_copy(
        update={"regions": regions, "industries": industries}
    ), start


def last_day(record: Record) -> dt.date:
    """Return the last day that any table of the record names."""
    days = [
        table[column].max()
        for name in record
        for table in (record[name],)
        if name not in {"provenance", "sources"}
        for column in table.columns
        if table.schema[column] == pl.Date
    ]
    known = [day for day in days if isinstance(day, dt.date)]
    return max(known, default=dt.date(2000, 1, 1))


def _placed(
    scenario: Scenario, group: Group, day: dt.date, origin: tuple[float, float]
) -> Scenario:
    """Return the scenario with the record's firms, year and place."""
    changed = {
        "groups": (group,),
        "core": None,
        "start_year": day.year + (1 if day.month > 1 else 0),
        "longitude": origin[0],
        "latitude": origin[1],
    }
    return scenario.model_copy(update=changed)


def _living(record: Record, day: dt.date) -> pl.DataFrame:
    """Return the firms that exist on a day, in the order of the table."""
    born = pl.col("founded").is_null() | (pl.col("founded") <= day)
    there = pl.col("closed").is_null() | (pl.col("closed") > day)
    firm = pl.col("kind").is_null() | (pl.col("kind") == "firm")
    return record["firms"].filter(born & there & firm)


def _platforms(record: Record, number: dict[str, int], day: dt.date) -> tuple[RealPlatform, ...]:
    """Return the platforms that are open on a day and whose owner is a firm there."""
    taking = record["participations"].filter(
        (pl.col("joined").is_null() | (pl.col("joined") <= day))
        & (pl.col("left").is_null() | (pl.col("left") > day))
        & pl.col("firm_id").is_in(list(number))
    )
    open_now = record["platforms"].filter(
        (pl.col("opened").is_null() | (pl.col("opened") <= day))
        & (pl.col("closed").is_null() | (pl.col("closed") > day))
        & pl.col("operator").is_in(list(number))
    )
    found = []
    for row in open_now.iter_rows(named=True):
        mine = taking.filter(pl.col("platform_id") == row["platform_id"])["firm_id"].to_list()
        members = dict.fromkeys([number[row["operator"]], *(number[m] for m in mine)])
        found.append(
            RealPlatform(
                number[row["operator"]],
                tuple(members),
                row["openness"],
                row["admission_threshold"],
                row["fee"],
            )
        )
    found.sort(key=lambda p: -len(p.members))
    return tuple(found[:PLATFORMS])


def _lacking(industry: np.ndarray, region: np.ndarray) -> list[Text]:
    """Say for how many firms industry or region was drawn."""
    notes = []
    for column, en, zh in ((industry, "industry", "行业"), (region, "region", "区域")):
        count = int((column == NOBODY).sum())
        if count:
            notes.append(Text(f"{en} drawn for {count} firms", f"{count} 家企业的{zh}为抽取"))
    return notes
