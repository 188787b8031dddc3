"""Records that meet every requirement, small ones by hand and random ones by chance."""

import datetime as dt

import numpy as np
import polars as pl

from jiqun.record.problem import Problem
from jiqun.record.record import Record
from jiqun.record.requirements import check

Cell = str | float | int | dt.date | None


def day(year: int, month: int = 6, of_month: int = 15) -> dt.date:
    """Return a day that is not the first of January unless asked for."""
    return dt.date(year, month, of_month)


def frame(columns: str, *rows: tuple[Cell, ...]) -> pl.DataFrame:
    """Write a table row by row."""
    return pl.DataFrame(rows, schema=columns.split(), orient="row")


def sound_record() -> Record:
    """Return a record with every table and no problem."""
    return Record.of(
        firms=frame(
            "firm_id name kind industry_scheme industry_code founded closed digital_native country "
            "region_scheme region_code source_id",
            (
                "a",
                "甲公司",
                "firm",
                "ISIC4",
                "2910",
                day(1990),
                None,
                0.2,
                "CN",
                "GBT2260",
                "330100",
                "s",
            ),
            (
                "b",
                "乙公司",
                "firm",
                "ISIC4",
                "6201",
                day(1995),
                None,
                1.0,
                "CN",
                "GBT2260",
                "330100",
                "s",
            ),
            ("c", "丙大学", "university", None, None, day(1950), None, None, "CN", None, None, "s"),
            (
                "d",
                "Delta",
                "firm",
                "ISIC4",
                "2910",
                day(1980),
                day(2020),
                0.0,
                "DE",
                None,
                None,
                "s",
            ),
        ),
        sites=frame(
            "site_id firm_id longitude latitude opened closed kind employees",
            ("s1", "a", 120.1, 30.2, day(1991), None, "plant", 900.0),
            ("s2", "b", 120.3, 30.1, day(1996), day(2010), "headquarters", 40.0),
            ("s3", "b", 120.4, 30.3, day(2010), None, "headquarters", 80.0),
            ("s4", "d", 9.1, 48.7, None, None, "headquarters", None),
        ),
        ties=frame(
            "tie_id source target kind channel start end value currency",
            ("t1", "a", "b", "supply", "physical", day(2001), day(2003), 10.5, "CNY"),
            ("t2", "b", "a", "data_flow", "virtual", day(2002), None, None, None),
            ("t3", "d", "a", "licence", None, None, day(2019), None, None),
        ),
        alliances=frame(
            "alliance_id kind platform_id start end outcome value currency",
            ("l1", "joint_innovation", "p", day(2005), day(2010), "succeeded", 1.0, "CNY"),
            ("l2", "consortium", None, day(2006), None, "ongoing", None, None),
        ),
        memberships=frame(
            "alliance_id firm_id role joined left withdrawal_cause",
            ("l1", "a", "lead", day(2005), day(2010), "completed"),
            ("l1", "b", "data_application", day(2005), day(2008), "interface_failure"),
            ("l1", "d", "member", day(2006), None, None),
            ("l2", "a", "member", day(2006), None, None),
            ("l2", "c", "member", day(2007), None, None),
        ),
        interfaces=frame(
            "alliance_id firm_a firm_b date state",
            ("l1", "a", "b", day(2006), "coordinated"),
            ("l1", "a", "b", day(2007), "failed"),
            ("l2", "c", "a", day(2008), "coordinated"),
        ),
        platforms=frame(
            "platform_id operator opened closed openness",
            ("p", "b", day(2004), day(2018), 0.5),
            ("q", None, day(2009), None, None),
        ),
        participations=frame(
            "platform_id firm_id role joined left",
            ("p", "b", "owner", day(2004), None),
            ("p", "a", "complementor", day(2005), day(2015)),
            ("q", "c", "data_user", day(2010), None),
        ),
        functions=frame(
            "platform_id industry_scheme industry_code opened closed",
            ("p", "ISIC4", "2910", day(2004), day(2018)),
            ("q", "ISIC4", "6201", day(2009), None),
        ),
        data_assets=frame(
            "asset_id owner platform_id kind volume unit start end",
            ("d1", "b", "p", "production", 5.0, "GB", day(2004), None),
            ("d2", None, None, "user", None, None, None, None),
        ),
        accounts=frame(
            "firm_id start end currency price_basis value_added revenue employees digital_revenue",
            ("a", day(2004, 1, 1), day(2005, 1, 1), "CNY", "current", 30.0, 90.0, 950.0, 5.0),
            ("a", day(2005, 1, 1), day(2006, 1, 1), "CNY", "current", 35.0, 95.0, 960.0, 6.0),
            ("b", day(2004, 1, 1), day(2005, 1, 1), "CNY", "current", 4.0, 9.0, 41.0, 9.0),
            ("b", day(2004, 1, 1), day(2005, 1, 1), "CNY", "constant", 4.0, 8.0, 41.0, 8.0),
        ),
        innovations=frame(
            "innovation_id date mode output alliance_id builds_on radicalness",
            ("i1", day(2005), "efficiency", "process", "l1", None, 0.1),
            ("i2", day(2007), "convergence", "product", None, "i1", 0.5),
            ("i3", day(2009), "digital_value", "service", None, "i2", 0.9),
        ),
        innovators=frame("innovation_id firm_id", ("i2", "a"), ("i2", "b"), ("i3", "b")),
        policies=frame(
            "policy_id lever start end cost currency",
            ("y", "subsidy", day(2010, 1, 1), day(2012, 1, 1), 100.0, "CNY"),
        ),
        sources=frame("source_id citation retrieved", ("s", "A register.", day(2024))),
        provenance=frame("step software command input", (1, "jiqun", "import", "firms.csv")),
    )


def plant(record: Record, table: str, row: int, **cells: Cell) -> Record:
    """Put values into one row, counted from 1."""
    rows = record[table].to_dicts()
    rows[row - 1].update(cells)
    return record.replace(**{table: pl.DataFrame(rows, schema=record[table].schema)})


def append(record: Record, table: str, **cells: Cell) -> Record:
    """Add a row at the end; what is not named stays empty."""
    added = pl.DataFrame([cells]).cast({k: record[table].schema[k] for k in cells})
    return record.replace(**{table: pl.concat([record[table], added], how="diagonal")})


def places(problems: tuple[Problem, ...]) -> list[tuple[str, str, int | None, str | None]]:
    """Say where which rule is broken."""
    return [(p.rule, p.table, p.row, p.column) for p in problems]


def found(record: Record) -> list[tuple[str, str, int | None, str | None]]:
    """Check a record and say where which rule is broken."""
    return places(check(record))


def random_days(rng: np.random.Generator, n: int, first: int, last: int) -> pl.Series:
    """Draw days of the years from ``first`` to before ``last``, never the first of January."""
    years = rng.integers(first, last, n)
    return pl.Series(
        [
            dt.date(int(y), 2, 1) + dt.timedelta(int(d))
            for y, d in zip(years, rng.integers(0, 300, n), strict=True)
        ],
        dtype=pl.Date,
    )


def random_record(seed: int, *, firms: int, ties: int, alliances: int) -> Record:
    """Make a sound record of any size: firms with sites, ties, alliances with interfaces."""
    rng = np.random.default_rng(seed)
    ids = np.array([f"F{i:05d}" for i in range(firms)])
    n = ties if firms > 1 else 0
    source = rng.integers(0, max(firms, 1), n)
    target = (source + rng.integers(1, max(firms, 2), n)) % max(firms, 1)
    start = random_days(rng, n, 2000, 2010)
    groups = alliances if firms > 1 else 0
    size = rng.integers(2, max(3, min(firms, 6) + 1), groups) if firms > 2 else np.full(groups, 2)
    members = [rng.choice(firms, k, replace=False) for k in size]
    begun = random_days(rng, groups, 2001, 2009)
    alliance = np.repeat(np.arange(groups), size)
    return Record.of(
        firms=pl.DataFrame(
            {
                "firm_id": pl.Series(ids, dtype=pl.String),
                "name": pl.Series([f"公司 {i}" for i in range(firms)], dtype=pl.String),
                "founded": random_days(rng, firms, 1950, 2000),
                "digital_native": rng.uniform(0, 1, firms),
            }
        ),
        sites=pl.DataFrame(
            {
                "site_id": pl.Series([f"S{i}" for i in range(firms)], dtype=pl.String),
                "firm_id": pl.Series(ids, dtype=pl.String),
                "longitude": rng.uniform(119, 121, firms),
                "latitude": rng.uniform(29, 31, firms),
            }
        ),
        ties=pl.DataFrame(
            {
                "tie_id": pl.Series([f"T{i}" for i in range(n)], dtype=pl.String),
                "source": pl.Series(ids[source] if n else [], dtype=pl.String),
                "target": pl.Series(ids[target] if n else [], dtype=pl.String),
                "start": start,
                "end": start.dt.offset_by("30d"),
            }
        ),
        alliances=pl.DataFrame(
            {
                "alliance_id": pl.Series([f"A{i}" for i in range(groups)], dtype=pl.String),
                "start": begun,
            }
        ),
        memberships=pl.DataFrame(
            {
                "alliance_id": pl.Series([f"A{i}" for i in alliance], dtype=pl.String),
                "firm_id": pl.Series([ids[i] for m in members for i in m], dtype=pl.String),
                "joined": begun.gather(alliance),
            }
        ),
        interfaces=pl.DataFrame(
            {
                "alliance_id": pl.Series([f"A{i}" for i in range(groups)], dtype=pl.String),
                "firm_a": pl.Series([ids[m[0]] for m in members], dtype=pl.String),
                "firm_b": pl.Series([ids[m[1]] for m in members], dtype=pl.String),
                "date": begun.dt.offset_by("40d"),
                "state": pl.Series(["coordinated"] * groups, dtype=pl.String),
            }
        ),
    )
