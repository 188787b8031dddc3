"""The town: founding, size, place and trade of every firm, from which all tables are drawn."""

from datetime import date, timedelta
from typing import Any

import numpy as np

from synthetic.shapes import Shape

END = date(2024, 1, 1)
"""First day after what the records tell."""

CLOSING = 0.07
"""Share of firms that close."""

FIRST_CLOSING = 2018

Row = dict[str, Any]

INSTITUTIONS = (
    ("university", "云岭工学院", "Yunling Institute"),
    ("laboratory", "澄江实验室", "Chengjiang Laboratory"),
    ("association", "行业联合会", "Trade Association"),
    ("financier", "禾汇基金", "Hehui Fund"),
    ("government", "镇产业办", "Town Industry Office"),
)
"""Each cluster has one of each; they take the last identifiers."""


def day_in(rng: np.random.Generator, year: int) -> date:
    """Draw the first day of a month: registers are seldom finer."""
    return date(year, int(rng.integers(1, 13)), 1)


def rounded(value: float) -> float:
    """Keep two significant digits: more would claim what no one drew."""
    return float(f"{value:.1e}")


class Town:
    """Draws one cluster, table by table; each table has a stream of its own."""

    def __init__(self, shape: Shape, seed: int) -> None:
        self.shape = shape
        self.seed = seed
        self.firm_ids = [f"{shape.key}-{i + 1:03d}" for i in range(shape.firms)]
        rng = self.stream("town")
        first, last = shape.founded
        years = np.sort(rng.integers(first, last + 1, shape.firms))
        self.founded = [day_in(rng, int(year)) for year in years]
        order = np.arange(shape.firms)
        may_close = (order >= shape.core) & (order < shape.firms - len(INSTITUTIONS))
        closes = may_close & (rng.random(shape.firms) < CLOSING)
        self.closed = [
            day_in(rng, int(rng.integers(FIRST_CLOSING, END.year)))
            if gone and born.year < FIRST_CLOSING - 1
            else None
            for gone, born in zip(closes, self.founded, strict=True)
        ]
        self.size = np.round(np.exp(rng.normal(3.4, 0.9, shape.firms))) + 3
        self.size[: shape.core] = np.round(self.size[: shape.core] * 12 + 200)
        self.place = rng.choice(len(shape.places), shape.firms, p=[p.share for p in shape.places])
        self.place[: shape.core] = 0
        self.trade = rng.choice(len(shape.trades), shape.firms, p=[t.share for t in shape.trades])
        self.trade[: shape.core] = 0
        seats = np.array([(p.longitude, p.latitude) for p in shape.places])
        self.at = np.round(seats[self.place] + rng.normal(0, shape.spread, (shape.firms, 2)), 4)

    def stream(self, name: str) -> np.random.Generator:
        """Return the stream of one table: what another table draws does not move it."""
        key = [int.from_bytes(part.encode()[:8], "big") for part in (self.shape.key, name)]
        return np.random.default_rng([self.seed, *key])

    def alive(self, day: date) -> list[int]:
        """Return the firms that exist on a day and for a year after it."""
        after = day + timedelta(days=365)
        return [
            i
            for i, (born, gone) in enumerate(zip(self.founded, self.closed, strict=True))
            if born <= day and (gone is None or gone > after)
        ]

    def until(
        self, rng: np.random.Generator, start: date, mean_years: float, *firms: int
    ) -> date | None:
        """Draw an end after a start and before any of the firms closes; None while it goes on."""
        end = start + timedelta(days=30 + int(rng.exponential(mean_years * 365)))
        closings = [gone for i in firms if (gone := self.closed[i]) is not None]
        end = min([end, *closings])
        return end if end < END else None
