"""What a simulated cluster is: read from its mechanisms by rules that are written down here.

Nothing of the diagnosis is used: no record, no measure, no card. Every number is a mean over the last
three years, so that one odd year decides nothing.

Digital at all: at least 16 % of the firms on platforms (early adopters, as in the positioning), or a mean
digital capability of ``TOOLS`` or more, since tools come before platforms. Else it is traditional.
Type, by what the firms that lead think in and live of. A firm is one of data where its logic λ is above one
half, or half of its sales are digital. Digital industrialization where firms of data have at least two thirds
of the sales of the five largest; industrial digitalization where they have a third at most; a hybrid where
firms of either kind have more than a third.

Stages of industrial digitalization: 1, tools are in use; 2, a platform has taken root (16 % of firms);
3, a quarter of the firms is on it and alliances reach beyond pairs and beyond the region.
Stages of digital industrialization: 1, the platform is being built; 2, it has taken root and a good part
of what firms use comes from its pool; 3, it carries a large part of the firms, and cooperation is in groups
and mostly begun by others than the owners.

Paper: K1c (type by logic of the core), K4g (data as a source of surplus), B5 (digital at all), Q15 (hybrid), I1a, I2d, I3b, I3c, N1a, N2a, N2d, N3a, N3b
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from jiqun.vocabulary.typology import DIGITAL, HYBRID, STAGES_OF, TRADITIONAL

ROOTED = 0.16
TOOLS = 0.2
HALF = 0.5
THIRD = 1.0 / 3.0
YEARS = 3
ID, DI = DIGITAL
POOLED = 0.15
GROUPS = 0.4
WIDE = 0.25
BEYOND_REGION = 0.3
PREVAILING = 0.4


@dataclass(frozen=True, slots=True)
class Truth:
    """What a simulated cluster is.

    Attributes
    ----------
    type
        Type in the last years.
    stage
        Stage in the last years.
    stages
        Stage of each year on the path of that type; of a hybrid, which has none of its own, on that of
        industrial digitalization.
    """

    type: str
    stage: str
    stages: tuple[str, ...]


def truth(table: pl.DataFrame) -> Truth:
    """Read the truth from the yearly state of the mechanisms.

    Parameters
    ----------
    table
        From :func:`jiqun.model.mechanisms.yearly`, a row a year.
    """
    smooth = {
        name: _recent(table[name].to_numpy().astype(float))
        for name in table.columns
        if name != "year"
    }
    code = _type({name: values[-1] for name, values in smooth.items()})
    path = ID if code == HYBRID else code
    years = range(table.height)
    stages = tuple(_stage(path, {k: v[t] for k, v in smooth.items()}) for t in years)
    return Truth(code, stages[-1], stages)


def _recent(values: np.ndarray) -> np.ndarray:
    """Return the mean of this year and the two before, of those that were seen; 0 where none was."""
    found = np.zeros(values.size)
    for t in range(values.size):
        last = values[max(0, t + 1 - YEARS) : t + 1]
        last = last[np.isfinite(last)]
        found[t] = last.mean() if last.size else 0.0
    return found


def _digital(now: dict[str, float]) -> bool:
    return now["on_platforms"] >= ROOTED or now["digital"] >= TOOLS


def _type(now: dict[str, float]) -> str:
    if not _digital(now):
        return TRADITIONAL
    by_data = now["leading_by_data"]
    return DI if by_data >= 1.0 - THIRD else ID if by_data <= THIRD else HYBRID


def _stage(path: str, now: dict[str, float]) -> str:
    if path == TRADITIONAL or not _digital(now):
        return "baseline"
    one, two, three = STAGES_OF[path]
    rooted = now["on_platforms"] >= ROOTED
    groups = now["multilateral"] >= GROUPS
    if path == ID:
        beyond = groups and now["cross_region"] >= BEYOND_REGION and now["on_platforms"] >= WIDE
        return three if rooted and beyond else two if rooted else one
    grown = rooted and now["pooled_in_use"] >= POOLED
    spread = groups and now["initiated_by_owners"] < HALF
    carried = now["on_platforms"] >= PREVAILING
    return three if grown and spread and carried else two if grown else one
