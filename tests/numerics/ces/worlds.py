"""Panels drawn from a known production function, with the troubles that real ones have."""

from dataclasses import dataclass

import numpy as np

from jiqun.numerics.ces.panel import Panel, panel
from jiqun.numerics.ces.technology import Floats, Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What a panel is drawn from.

    Attributes
    ----------
    firms, years
        A firm is seen in between ``years - 3`` and ``years`` years, chosen at random.
    sigma, share
        Elasticity of substitution, data's share at z = 0.
    noise, lasting
        Standard deviation of errors; part of the variance that stays with a firm.
    spread
        Standard deviation of z = ln(data/composite), nearly all of it between firms.
    uneven
        Whether the errors' spread moves with size and z.
    reliability
        Of the log of data, given the composite.
    own
        How z moves with data's own productivity, whose standard deviation is 0.7; 0 for none.
    """

    firms: int = 40
    years: int = 6
    sigma: float = 0.5
    share: float = 0.2
    noise: float = 0.3
    lasting: float = 0.5
    spread: float = 1.0
    uneven: bool = True
    reliability: float = 1.0
    own: float = 0.0

    def draw(self, *seed: int) -> "Drawn":
        """Draw a panel."""
        rng = np.random.default_rng(seed)
        span = rng.integers(max(self.years - 3, 1), self.years + 1, self.firms)
        firm = np.repeat(np.arange(self.firms), span)
        year = np.concatenate([np.sort(rng.choice(self.years, s, replace=False)) for s in span])

        def lasting(scale: float) -> Floats:
            return rng.normal(0.0, scale, self.firms)[firm]

        def passing(scale: float) -> Floats:
            return rng.normal(0.0, scale, firm.size)

        size = lasting(1.2)
        labour = size + passing(0.15)
        capital = labour + lasting(0.6) + passing(0.15)
        x = 0.35 * capital + 0.65 * labour
        productivity = lasting(0.7) if self.own else np.zeros(firm.size)
        z = lasting(0.95 * self.spread) + passing(0.3 * self.spread) + self.own * productivity
        r = 1.0 - 1.0 / self.sigma
        effective = z + productivity
        grown = np.expm1(r * effective)
        h = self.share * effective if r == 0 else np.log1p(self.share * grown) / r
        scale = np.exp(0.3 * z / self.spread - size / 3) if self.uneven else np.ones(firm.size)
        scale *= self.noise / np.sqrt((scale**2).mean())
        error = lasting(np.sqrt(self.lasting)) + passing(np.sqrt(1.0 - self.lasting))
        y = x + h + rng.normal(0.0, 0.05, self.years)[year] + scale * error
        recorded = z + passing(np.sqrt((1.0 / self.reliability - 1.0) * z.var()))
        return Drawn(y, np.column_stack([capital, labour]), x + recorded, firm, year.astype(float))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A panel in logs: output, capital and labour, data, firm and year."""

    y: Floats
    k: Floats
    d: Floats
    firm: Ints
    year: Floats

    @property
    def panel(self) -> Panel:
        """Made ready for estimation."""
        w = np.ones(self.y.size)
        return panel(self.y, self.k, self.d, firm=self.firm, period=self.year, w=w)

    @property
    def levels(self) -> tuple[Floats, Floats, Floats]:
        """Output, factors and data, not in logs."""
        return np.exp(self.y), np.exp(self.k), np.exp(self.d)
