"""One quantity of collaboration: its words, its interval, and the warnings that go with it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import stats

from jiqun.measures.estimate import NO_UNIT, Estimate, not_measured
from jiqun.measures.readings.collaborations import WHOLE, Collaborations
from jiqun.numerics.clustered import Incidence, clustered_error, share_interval
from jiqun.vocabulary.text import Text

Ints = NDArray[np.int64]

NAME = "collaboration_modes"
LEVEL = 0.95
ONE_LIST = 10.0
"""Fewer independent ties in effect mean that a few firms' lists make the record."""
REFERENCES = (
    "doi:10.1103/PhysRevE.67.026126",
    "doi:10.2307/1934352",
    "doi:10.1093/pan/mpv018",
)
TIES, ALLIANCES = Text("ties", "双边关系"), Text("alliances", "联盟")

SHARE_INTERVAL = Text(
    "Range of the share among firms like these: Wilson's interval at the number of independent "
    "observations that the firm-clustered error amounts to (relations that share a firm are not "
    "independent).",
    "同类企业中该份额所处范围:按企业聚类误差折算的有效独立观测数计算 Wilson 区间"
    "(共享同一企业的关系并不独立)。",
)
RATIO_INTERVAL = Text(
    "Range of the ratio among firms like these: logarithm ± Student's t times its firm-clustered error, "
    "which includes that of the expectation. An interval without 1 is not explained by random partners.",
    "同类企业中该比值所处范围:对数 ± t 分位数 × 按企业聚类的误差(含期望值的误差)。"
    "区间不含 1 即不能由随机配对解释。",
)
MEAN_INTERVAL = Text(
    "Range among firms like these: value ± Student's t times its firm-clustered error.",
    "同类企业中所处范围:估计值 ± t 分位数 × 按企业聚类的误差。",
)
NO_INTERVAL = Text(
    "No interval: without one of its firms nothing of the data would be left, or nothing varies.",
    "不给区间:去掉其中一家企业后数据即无所剩,或数据没有变异。",
)
FEW_LISTS = Text(
    "A few firms are in most of these relations: {n} of them say as much as {e:.1f} independent ones. Where "
    "that is a list of one buyer's suppliers, the shares describe the list and hardly the cluster.",
    "这些关系集中于少数企业:{n} 条只相当于 {e:.1f} 条独立关系。"
    "若为一家采购方的供应商名单,其份额描述的是名单本身,而非整个集群。",
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """What is estimated: the words that go with a number."""

    statistic: str
    label: Text
    method: Text
    window: str
    n_of: Text
    needs: tuple[str, ...]
    relation: str = ""
    unit: Text = NO_UNIT

    @property
    def of(self) -> tuple[tuple[str, str], ...]:
        """Identify the quantity."""
        relation = (("relation", self.relation),) if self.relation else ()
        return (("statistic", self.statistic), *relation, ("window", self.window))

    def missing(self, reason: Text, n: int = 0) -> Estimate:
        """Say why it was not measured."""
        return not_measured(NAME, self.label, reason, needs=self.needs, of=self.of, n=n)

    def estimate(
        self,
        value: float,
        ends: tuple[float, float] | None,
        meaning: Text,
        incidence: Incidence,
        warnings: tuple[Text, ...] = (),
    ) -> Estimate:
        """Write it up."""
        effective = incidence.independent
        if effective < min(ONE_LIST, incidence.relations):
            warnings = (*warnings, FEW_LISTS.fill(n=incidence.relations, e=effective))
        return Estimate(
            measure=NAME,
            label=self.label,
            of=self.of,
            value=float(value),
            low=None if ends is None else float(ends[0]),
            high=None if ends is None else float(ends[1]),
            level=LEVEL,
            unit=self.unit,
            interval=NO_INTERVAL if ends is None else meaning,
            n=incidence.relations,
            n_of=self.n_of,
            method=self.method,
            references=REFERENCES,
            warnings=warnings,
        )


@dataclass(frozen=True, slots=True)
class Ties:
    """Ties, one entry each.

    Attributes
    ----------
    source, target
        Firms, shape (N,).
    kind
        Number of the kind, −1 where it is not known, shape (N,).
    stratum
        Number of kind and period together, shape (N,).
    """

    source: Ints
    target: Ints
    kind: Ints
    stratum: Ints

    def where(self, chosen: NDArray[np.bool_]) -> "Ties":
        """Keep some of them."""
        return Ties(
            self.source[chosen], self.target[chosen], self.kind[chosen], self.stratum[chosen]
        )

    def incidence(self, firms: int) -> Incidence:
        """Say which firms are in which tie, two to each."""
        position = np.arange(self.source.size)
        both = np.concatenate([self.source, self.target])
        return Incidence(np.concatenate([position, position]), both, position.size, firms)


@dataclass(frozen=True, slots=True)
class Seats:
    """Memberships of alliances, one entry each, in the order of the alliances.

    Attributes
    ----------
    alliance
        Numbered from 0 without a gap, shape (L,).
    firm
        Shape (L,).
    stratum
        Number of kind and period of the alliance, shape (L,).
    """

    alliance: Ints
    firm: Ints
    stratum: Ints

    @property
    def alliances(self) -> int:
        """How many there are."""
        return int(self.alliance[-1]) + 1 if self.alliance.size else 0

    def where(self, chosen: NDArray[np.bool_]) -> "Seats":
        """Keep some of them, and of the alliances those that still have two."""
        left = np.bincount(self.alliance[chosen], minlength=self.alliances)
        chosen = chosen & (left[self.alliance] > 1)
        number = np.cumsum(left > 1) - 1
        return Seats(number[self.alliance[chosen]], self.firm[chosen], self.stratum[chosen])

    def incidence(self, firms: int) -> Incidence:
        """Say which firms are in which alliance."""
        return Incidence(self.alliance, self.firm, self.alliances, firms)

    def strata(self) -> Ints:
        """Return the stratum of each alliance, shape (alliances,)."""
        first = np.ones(self.alliance.size, dtype=bool)
        first[1:] = self.alliance[1:] != self.alliance[:-1]
        return self.stratum[first]


@dataclass(frozen=True, slots=True)
class Window:
    """Relations of one window, or of the whole record.

    Attributes
    ----------
    name
        Of the window.
    kinds
        Kinds of tie, in the order of their numbers.
    ties, seats, firms
        The relations, and how many firms there are.
    """

    name: str
    kinds: tuple[str, ...]
    ties: Ties
    seats: Seats
    firms: int

    @property
    def of_known_kind(self) -> Ties:
        """Ties whose kind is known."""
        return self.ties.where(self.ties.kind >= 0)

    def of_kind(self, kind: str) -> NDArray[np.bool_]:
        """Say which ties are of a kind."""
        number = self.kinds.index(kind) if kind in self.kinds else len(self.kinds)
        return np.asarray(self.ties.kind == number)


def cut(found: Collaborations) -> Iterator[Window]:
    """Cut relations into the whole record and its windows."""
    kinds = tuple(found.ties["kind"].drop_nulls().unique().sort().to_list())
    kind = found.ties["kind"].replace_strict(
        kinds, range(len(kinds)), default=-1, return_dtype=pl.Int64
    )
    ties = Ties(
        found.ties["source"].to_numpy(),
        found.ties["target"].to_numpy(),
        kind.to_numpy(),
        _strata(found.ties),
    )
    seats = Seats(
        found.memberships["alliance"].rle_id().cast(pl.Int64).to_numpy(),
        found.memberships["firm"].to_numpy(),
        _strata(found.memberships),
    )
    firms = found.firms.height
    yield Window(WHOLE, kinds, ties, seats, firms)
    tied, seated = (_periods(f, found.windows) for f in (found.ties, found.memberships))
    for number, name in enumerate(found.windows):
        part = seats.where(seated == number)
        yield Window(name, kinds, ties.where(tied == number), part, firms)


def _periods(relations: pl.DataFrame, windows: tuple[str, ...]) -> Ints:
    """Return the number of the window of each row, −1 where it is in none."""
    numbers = relations["window"].replace_strict(
        windows, range(len(windows)), default=-1, return_dtype=pl.Int64
    )
    return numbers.to_numpy()


def _strata(relations: pl.DataFrame) -> Ints:
    """Give numbers to the combinations of kind and period, what is not known being a kind of its own."""
    both = [relations[c].fill_null("").rank("dense").cast(pl.Int64) for c in ("kind", "window")]
    kind, period = (one.to_numpy() for one in both)
    return np.asarray(kind * (int(period.max()) + 1) + period if kind.size else kind)


def share_estimate(
    quantity: Quantity,
    has_it: NDArray[np.float64],
    incidence: Incidence,
    warnings: tuple[Text, ...] = (),
) -> Estimate:
    """Estimate the share of relations that have a property.

    Parameters
    ----------
    quantity
        What it is.
    has_it
        1 or 0 for each relation, shape (relations,).
    incidence
        Who is in which relation.
    warnings
        What else a reader must know.
    """
    share = float(has_it.mean())
    error = clustered_error((has_it - share) / has_it.size, incidence)
    ends = share_interval(share, incidence, error, LEVEL)
    return quantity.estimate(share, ends, SHARE_INTERVAL, incidence, warnings)


def mean_ends(
    value: float, influence: NDArray[np.float64], incidence: Incidence
) -> tuple[float, float] | None:
    """Put Student's interval around a mean; None where there is no error to speak of."""
    error = clustered_error(influence, incidence)
    half = float(stats.t.isf(0.5 - LEVEL / 2, error.freedom)) * error.error
    return (value - half, value + half) if 0.0 < half < np.inf else None
