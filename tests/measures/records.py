"""Small records that the tests of measures are made from."""

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
import polars as pl

from jiqun.record.record import Record

GBT = {"industry_scheme": "GBT4754-2017", "region_scheme": "GBT2260"}


def firm_table(
    industry: Sequence[str | None], region: Sequence[str | None], prefix: str = "f"
) -> pl.DataFrame:
    """Firms f0, f1, … with an industry and a region each."""
    return pl.DataFrame(
        {
            "firm_id": [f"{prefix}{i}" for i in range(len(industry))],
            "industry_code": pl.Series(list(industry), dtype=pl.String),
            "region_code": pl.Series(list(region), dtype=pl.String),
        }
    ).with_columns(**{name: pl.lit(value) for name, value in GBT.items()})


def tie_table(
    ends: Iterable[tuple[int, int]], kind: str | Sequence[str] = "supply", year: int | None = None
) -> pl.DataFrame:
    """Ties t0, t1, … between numbered firms."""
    pairs = list(ends)
    kinds = [kind] * len(pairs) if isinstance(kind, str) else list(kind)
    return pl.DataFrame(
        {
            "tie_id": [f"t{i:06d}" for i in range(len(pairs))],
            "source": [f"f{a}" for a, _ in pairs],
            "target": [f"f{b}" for _, b in pairs],
            "kind": kinds,
            "start": pl.Series(
                [None if year is None else date(year, 1, 1)] * len(pairs), dtype=pl.Date
            ),
        }
    )


def alliance_tables(members: Sequence[Sequence[int]]) -> dict[str, pl.DataFrame]:
    """Alliances a0, a1, … of numbered firms."""
    names = [f"a{i:06d}" for i in range(len(members))]
    seats = [(a, f"f{i}") for a, team in zip(names, members, strict=True) for i in team]
    return {
        "alliances": pl.DataFrame({"alliance_id": names}, schema={"alliance_id": pl.String}),
        "memberships": pl.DataFrame(
            seats, schema={"alliance_id": pl.String, "firm_id": pl.String}, orient="row"
        ),
    }


def random_teams(generator: np.random.Generator, teams: int, chance: np.ndarray) -> list[list[int]]:
    """Teams of two to six different firms, firm i joining in proportion to ``chance[i]``."""
    sizes = generator.integers(2, 7, teams)
    return [
        generator.choice(chance.size, size, replace=False, p=chance / chance.sum()).tolist()
        for size in sizes
    ]


def record_of_firms(firms: int, **tables: pl.DataFrame) -> Record:
    """A record with so many firms, all in one industry and region, and the given tables."""
    return Record.of(firms=firm_table(["3510"] * firms, ["330100"] * firms), **tables)
