r"""Resolution and weights of the layers, chosen by ties and alliances that were held out.

A partition is made from part of the ties and alliances and judged by the rest. Where a community of
strength :math:`K_c` holds :math:`o_c` of the held-out links of a layer, of total weight W, the
configuration model expects :math:`\mu_c = W (K_c / 2m)^2`. The gain

.. math::  \sum_{c: o_c > \mu_c} \Bigl(o_c \ln\frac{o_c}{\mu_c} - 1\Bigr) + \bar o \ln\frac{\bar o}{\bar\mu}

(the last term for all other pairs) is the log-likelihood by which a density for each community beats one
for all, less one for each density, as Akaike has it. Communities that are too large make the
expectation large, those that are too small miss links, and those that follow noise do not hold for links
that they have not seen. The gains of the layers are taken per link, so that none decides by its
number of rows. No planted or known answer enters.

References
----------
Karrer, B. & Newman, M. E. J. (2011). Stochastic blockmodels and community structure in networks.
Physical Review E 83, 016107. doi:10.1103/PhysRevE.83.016107 (likelihood with the strengths kept)
Newman, M. E. J. (2016). Equivalence between modularity optimization and maximum likelihood methods for
community detection. Physical Review E 94, 052315. doi:10.1103/PhysRevE.94.052315
Pamfil, A. R., Howison, S. D., Lambiotte, R. & Porter, M. A. (2019). Relating modularity maximization
and stochastic block models in multilayer networks. SIAM Journal on Mathematics of Data Science 1(4),
667-698. doi:10.1137/18M1231304 (weights of layers)
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.communities.layers import Network, weighed
from jiqun.numerics.communities.louvain import louvain
from jiqun.numerics.communities.trial import HeldOut, Trial, trial
from jiqun.numerics.point_pattern.workers import in_order

Floats = NDArray[np.float64]
Small = NDArray[np.int32]
Judge = Callable[["Setting"], float]

KEPT = 0.7
"""Share of the ties and alliances that a partition is made from; the rest judges it."""
STEP = 2.0
FEW_LINKS = 100.0
"""Held-out links of a layer at which it has half its say."""
SPLITS = 3
ROUNDS = 2
STARTS = (0.5, 2.0, 4.0)
"""Weights of a further layer of links from which a search begins too."""
LARGE = 200_000
"""Pairs from which one split will do."""
FINEST = 4096.0
COARSE_SIZE = 50_000
"""Firms a unit of resolution at which the search begins: 1 up to 100,000 firms, then more."""
NEGLIGIBLE = 0.01
"""A gain must grow by this share to be followed further."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Weight of each layer, and one resolution for all."""

    weights: tuple[float, ...]
    resolution: float

    def times(self, layer: int | None, factor: float) -> "Setting":
        """Return the setting with the weight of a layer, or the resolution (None), multiplied."""
        if layer is None:
            return replace(self, resolution=self.resolution * factor)
        changed = [w * factor if place == layer else w for place, w in enumerate(self.weights)]
        return replace(self, weights=tuple(changed))


def partition(
    whole: Network,
    setting: Setting,
    seed: int,
    drawn: tuple[Floats, ...] | None = None,
    *,
    large: bool,
) -> Small:
    """Partition the firms at one setting, from the groups that were drawn."""
    resolutions = np.full(len(whole.layers), setting.resolution)
    pairs, strengths = weighed(whole, np.array(setting.weights), resolutions, drawn)
    return louvain(whole, pairs, strengths, seed, large=large)


def kept_groups(
    whole: Network, held_out: tuple[bool, ...], generator: np.random.Generator
) -> tuple[Floats, ...]:
    """Draw which groups are kept: 1 or 0 for each group of each layer.

    ``held_out`` names the layers whose other groups serve as a test. In these the numbers kept and
    held out are fixed; the links of the other layers are thinned alike.
    """
    drawn = []
    for layer, tested in zip(whole.layers, held_out, strict=True):
        keep = np.zeros(layer.groups)
        count = round(KEPT * layer.groups)
        if tested and layer.groups:
            keep[generator.permutation(layer.groups)[:count]] = 1.0
        else:
            keep = (generator.random(layer.groups) < KEPT).astype(np.float64)
        drawn.append(keep)
    return tuple(drawn)


def gain(community: Small, held: HeldOut) -> float:
    """Return what a partition gains on the links that were held out, nats per link.

    Of a part of the firms, the expectation is that of the whole network; what is not in its communities
    is as much of the whole as the part has of the strength.
    """
    share = float(held.strength.sum()) / (2.0 * held.total) if held.total > 0.0 else 0.0
    if share <= 0.0:
        return 0.0
    same = community[held.first] == community[held.second]
    strength = np.bincount(community, held.strength)
    due = held.total * (strength / (2.0 * held.total)) ** 2
    seen = np.bincount(community[held.first[same]], held.weight[same], strength.size)
    dense = seen > due
    seen, due = seen[dense], due[dense]
    total = held.total * share
    between = max(total - float(seen.sum()), 1e-9)
    between_due = max(total - float(due.sum()), 1e-9)
    nats = (seen * np.log(seen / due)).sum() + between * np.log(between / between_due)
    return float((nats - seen.size) / (total + FEW_LINKS))


def _gain(on: Trial, setting: Setting, seed: int, *, large: bool) -> float:
    """Partition at one setting and add up the gains of the layers held out."""
    weights = np.array(setting.weights)
    pairs = [np.float32(w) * p for w, p in zip(weights, on.pairs, strict=True)]
    strengths = on.strengths * np.sqrt(weights * setting.resolution)
    community = louvain(on.rows, np.concatenate(pairs), strengths, seed, large=large)
    return sum(gain(community, held) for held in on.held)


def coarsest(whole: Network) -> Setting:
    """Return the setting at which the search begins."""
    resolution = STEP ** np.floor(np.log2(max(whole.firms / COARSE_SIZE, 1.0)))
    return Setting((1.0,) * len(whole.layers), float(resolution))


def choose(
    whole: Network,
    held_out: tuple[bool, ...],
    generator: np.random.Generator,
    workers: int | None,
    part: Small | None = None,
) -> Setting:
    """Search for the setting with the largest gain, one quantity after the other.

    Parameters
    ----------
    whole
        The layers.
    held_out
        Which layers are judged by; the others (geography) are taken as they are.
    generator
        Source of the split and of the orders of firms.
    workers
        Partitions made side by side; the choice does not depend on it.
    part
        Firms that are partitioned and judged, ascending; all by default.

    Returns
    -------
    Setting
        Resolution in steps of √2, weights in steps of two; a layer without links keeps weight 1.
    """
    pairs = sum(layer.first.size for layer in whole.layers)
    drawn = [kept_groups(whole, held_out, generator) for _ in range(1 if pairs > LARGE else SPLITS)]
    splits = [trial(whole, held_out, kept, part) for kept in drawn]
    seed, large = int(generator.integers(2**31)), part is not None

    def judged(setting: Setting) -> float:
        return float(np.mean([_gain(on, setting, seed, large=large) for on in splits]))

    start = coarsest(whole)
    tested = zip(whole.layers, held_out, strict=True)
    if not any(layer.groups for layer, held in tested if held):
        return start
    occupied = [place for place, layer in enumerate(whole.layers) if layer.groups]
    starts = [start]
    if len(splits) > 1:
        linked = [place for place in occupied if held_out[place]]
        starts += [start.times(place, factor) for place in linked[1:] for factor in STARTS]
    # max takes the first of equals, so that the plainest setting stands.
    setting, reached = max(
        (_coarse(judged, each, workers) for each in starts), key=lambda best: best[1]
    )
    for _ in range(ROUNDS if len(splits) > 1 else 1):
        before = reached
        for layer in [*occupied[1:], None]:
            setting, reached = _climbed(judged, setting, reached, layer, workers)
        if reached == before:
            break
    return setting


def _coarse(judged: Judge, start: Setting, workers: int | None) -> tuple[Setting, float]:
    """Double the resolution until the gain has fallen; return the best setting and its gain."""
    ladder = [start, start.times(None, STEP)]
    gains = in_order(judged, ladder, workers)
    while gains[-1] >= max(gains) and ladder[-1].resolution < FINEST:
        more = [ladder[-1].times(None, STEP), ladder[-1].times(None, STEP**2)]
        ladder += more
        gains += in_order(judged, more, workers)
    best = int(np.argmax(gains))
    return ladder[best], gains[best]


def _climbed(
    judged: Judge, setting: Setting, reached: float, layer: int | None, workers: int | None
) -> tuple[Setting, float]:
    """Change one weight, or the resolution (None), as long as the gain grows."""
    step = float(np.sqrt(STEP)) if layer is None else STEP
    tried = [setting.times(layer, step), setting.times(layer, 1.0 / step)]
    found = in_order(judged, tried, workers)
    side = int(np.argmax(found))
    factor = (step, 1.0 / step)[side]
    while found[side] > reached + NEGLIGIBLE * abs(reached):
        setting, reached = tried[side], found[side]
        tried, side = [setting.times(layer, factor)], 0
        found = [judged(tried[0])]
    return setting, reached
