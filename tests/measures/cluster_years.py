"""A traditional cluster that does the same every year, and tools to change one thing in it.

Forty firms of four industries in two regions; supply ties, pair alliances, process innovations and
accounts that repeat from 2000 to 2009; a platform-free, data-free baseline.
"""

from datetime import date

import polars as pl

from jiqun.measures.estimate import Estimate
from jiqun.record.record import Record
from tests.measures.records import firm_table

YEARS = range(2000, 2010)
FIRMS = 40
EARLY, LATE = "2000-2004", "2005-2009"


def by_year(row: "dict[str, object]", each: int) -> list[dict[str, object]]:
    """Repeat a row, ``each`` times a year, with the year and a number to fill in."""
    return [{**row, "year": year, "k": k} for year in YEARS for k in range(each)]


def ties() -> pl.DataFrame:
    """Sixteen supply ties a year that last two years, across industries and regions alike."""
    rows = [
        {
            "tie_id": f"t{year}-{k:02d}",
            "source": f"f{k}",
            "target": f"f{k + 20}",
            "kind": "supply",
            "channel": "physical",
            "start": date(year, 1, 1),
            "end": date(year + 2, 1, 1) if year < 2008 else None,
            "value": 100.0,
            "currency": "CNY",
        }
        for year in YEARS
        for k in range(16)
    ]
    return pl.DataFrame(rows)


def alliances() -> dict[str, pl.DataFrame]:
    """Four pair alliances a year, each begun by its first member."""
    names = [(f"a{year}-{k}", year, k) for year in YEARS for k in range(4)]
    return {
        "alliances": pl.DataFrame(
            [
                {
                    "alliance_id": name,
                    "kind": "joint_innovation",
                    "start": date(year, 3, 1),
                    "end": date(year + 1, 3, 1) if year < 2009 else None,
                }
                for name, year, _ in names
            ]
        ),
        "memberships": pl.DataFrame(
            [
                {"alliance_id": name, "firm_id": f"f{k + 20 * side}", "role": role}
                for name, _, k in names
                for side, role in enumerate(("initiator", "member"))
            ]
        ),
    }


def innovations() -> dict[str, pl.DataFrame]:
    """Six process innovations a year, each by one firm, each incremental."""
    names = [(f"i{year}-{k}", year, k) for year in YEARS for k in range(6)]
    return {
        "innovations": pl.DataFrame(
            [
                {
                    "innovation_id": name,
                    "date": date(year, 6, 1),
                    "mode": "efficiency",
                    "output": "process",
                    "radicalness": 0.1,
                }
                for name, year, _ in names
            ],
            schema_overrides={"radicalness": pl.Float64},
        ),
        "innovators": pl.DataFrame(
            [
                {"innovation_id": name, "firm_id": f"f{(6 * year + k) % FIRMS}"}
                for name, year, k in names
            ]
        ),
    }


def accounts() -> pl.DataFrame:
    """The same account of every firm in every year; the odd ones are bigger."""
    return pl.DataFrame(
        [
            {
                "firm_id": f"f{i}",
                "start": date(year, 1, 1),
                "end": date(year + 1, 1, 1),
                "currency": "CNY",
                "price_basis": "constant",
                "value_added": 30.0 + 10.0 * (i % 2),
                "revenue": 100.0,
                "employees": 10.0,
                "capital": 200.0,
                "data_spending": 0.0,
                "rd_spending": 2.0,
            }
            for year in YEARS
            for i in range(FIRMS)
        ]
    )


def baseline(**tables: pl.DataFrame) -> Record:
    """Return the cluster, with some tables exchanged or added."""
    codes = ["1711", "1712", "2611", "3511"]
    firms = firm_table(
        [codes[i % 4] for i in range(FIRMS)], ["330100", "330200"] * (FIRMS // 2)
    ).with_columns(founded=pl.lit(date(1990, 1, 1)))
    return Record.of(
        **{
            "firms": firms,
            "ties": ties(),
            **alliances(),
            **innovations(),
            "accounts": accounts(),
            **tables,
        }
    )


def get(found: tuple[Estimate, ...], statistic: str, window: str = "all", **of: str) -> Estimate:
    """Find one estimate."""
    wanted = {"statistic": statistic, "window": window, **of}
    return next(e for e in found if dict(e.of) == wanted)


def platform(**changes: object) -> dict[str, pl.DataFrame]:
    """One platform of f39 with a function and two joiners a year, who ally on it after a month."""
    about = {
        "platform_id": "p",
        "operator": "f39",
        "opened": date(2000, 1, 1),
        "openness": 0.4,
        "admission_threshold": 0.2,
        "fee": 0.1,
    }
    joined = [(year, 2 * (year - 2000) + k) for year in YEARS for k in range(2)]
    base = alliances()
    allied = [f"b{firm:02d}" for _, firm in joined]
    started = [date(year, 2, 1) for year, _ in joined]
    carried = pl.DataFrame({"alliance_id": allied, "platform_id": "p", "start": started})
    seats = pl.DataFrame(
        [
            {"alliance_id": f"b{firm:02d}", "firm_id": who, "role": role}
            for _, firm in joined
            for who, role in ((f"f{firm}", "member"), ("f39", "initiator"))
        ]
    )
    return {
        "platforms": pl.DataFrame([{**about, **changes}]),
        "participations": pl.DataFrame(
            [
                {
                    "platform_id": "p",
                    "firm_id": f"f{f}",
                    "role": "complementor",
                    "joined": date(y, 1, 1),
                }
                for y, f in joined
            ]
            + [{"platform_id": "p", "firm_id": "f39", "role": "owner", "joined": date(2000, 1, 1)}]
        ),
        "functions": pl.DataFrame(
            [{"platform_id": "p", "industry_code": "17", "opened": date(2000, 1, 1)}]
        ),
        "alliances": pl.concat([base["alliances"], carried], how="diagonal"),
        "memberships": pl.concat([base["memberships"], seats], how="diagonal"),
    }
