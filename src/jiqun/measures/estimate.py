"""What every measure returns 估计: a number with its doubt, or the reason why there is none."""

import math
from dataclasses import dataclass, field

from jiqun.measures.curve_points import CurvePoints
from jiqun.vocabulary.text import Text, same

NO_UNIT = same("1")


LEAST_SHOWN = 0.001
"""P-values below it are not told apart: permutations and normal tails say no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One number about a record, with how sure we are of it.

    Attributes
    ----------
    measure
        Name of the measure, as in ``jq.measure(record, only=[...])``.
    of
        What it is of, as ordered pairs: ``(("industry", "35"), ("region", "330100"))``.
    label
        One line that a reader of the report understands.
    value
        The point estimate, in ``unit``; None where it was not measured.
    low, high
        Ends of the interval; None where the value has no interval, which ``interval`` then explains.
    level
        Probability that the interval is meant to have.
    interval
        How the interval was made and what it means.
    unit
        Unit of value, low and high; ``1`` for a ratio or share.
    n
        Number of observations it rests on (firms, ties, alliances: ``n_of`` says which).
    method
        How the value was computed, with the choices made.
    references
        The papers the method is from.
    warnings
        What a reader must know before relying on it.
    reason
        Why it was not measured; None where it was.
    needs
        ``table.column`` names that would allow it, where it was not measured.
    verdict
        What the estimate decides, for measures that decide something.
    curve
        The curve that the value sums up, with its bands, where there is one.
    """

    measure: str
    label: Text
    of: tuple[tuple[str, str], ...] = ()
    value: float | None = None
    low: float | None = None
    high: float | None = None
    level: float = 0.95
    interval: Text = field(default_factory=lambda: same(""))
    unit: Text = NO_UNIT
    n: int = 0
    n_of: Text = field(default_factory=lambda: Text("firms", "企业"))
    method: Text = field(default_factory=lambda: same(""))
    references: tuple[str, ...] = ()
    warnings: tuple[Text, ...] = ()
    reason: Text | None = None
    needs: tuple[str, ...] = ()
    verdict: Text | None = None
    curve: CurvePoints | None = None

    def __post_init__(self) -> None:
        """Refuse a silent NaN, a number beside a reason, and an interval that misses its value."""
        numbers = [x for x in (self.value, self.low, self.high) if x is not None]
        if any(math.isnan(x) for x in numbers):
            msg = f"{self.measure}: NaN is not an estimate; give a reason instead"
            raise ValueError(msg)
        if (self.value is None) == (self.reason is None):
            msg = f"{self.measure}: an estimate has either a value or a reason"
            raise ValueError(msg)
        if (self.low is None) != (self.high is None):
            msg = f"{self.measure}: an interval has two ends"
            raise ValueError(msg)
        if self.low is not None and self.high is not None and self.low > self.high:
            msg = f"{self.measure}: interval [{self.low}, {self.high}] is upside down"
            raise ValueError(msg)

    @property
    def is_band_of_chance(self) -> bool:
        """Whether ``low`` and ``high`` bound what chance makes of the value, not the value itself.

        The wording of ``interval`` then begins so, in every measure.
        """
        return self.interval.en.startswith("Not an interval")

    @property
    def measured(self) -> bool:
        """Whether there is a number."""
        return self.value is not None

    @property
    def id(self) -> str:
        """Stable name of this estimate: the measure and what it is of."""
        return ":".join([self.measure, *(f"{key}={value}" for key, value in self.of)])


def p_words(p: float) -> str:
    """Write a p-value to three decimals, and one that is smaller as below them.

    Examples
    --------
    >>> p_words(0.0154), p_words(5e-5)
    ('p = 0.015', 'p < 0.001')
    """
    return f"p {rate_words(p)}"


def rate_words(rate: float) -> str:
    """Write an error rate with its sign of comparison, to three decimals."""
    return "< 0.001" if rate < LEAST_SHOWN else f"= {rate:.3f}"


def round_up(rows: float) -> int:
    """Round a number of rows up to two significant figures: no more is known of how many it takes.

    Examples
    --------
    >>> round_up(2964.2), round_up(7)
    (3000, 7)
    """
    step = int("1".ljust(len(str(int(rows))) - 1, "0"))
    return math.ceil(rows / step) * step


def not_measured(
    measure: str,
    label: Text,
    reason: Text,
    *,
    needs: tuple[str, ...] = (),
    of: tuple[tuple[str, str], ...] = (),
    n: int = 0,
) -> Estimate:
    """Return an estimate that says why there is no number and which data would allow one."""
    return Estimate(measure=measure, label=label, of=of, reason=reason, needs=needs, n=n)
