r"""Decomposability 可分解性: does an alliance reduce to bilateral ties?

.. math::
    D = \frac{\max(a, 0)}{\max(a, 0) + |b|}

a is what a pair's outcome owes to its own earlier state, b what it owes to that of the weakest pair of the
alliance. D = 1: the alliance is the sum of its pairs. D = 0: one pair that fails takes the others with it.
The paper says the one of clusters of industrial digitalisation and the other of digital industry.

What counts is how pairs fare, not who is in a group with whom: the number of participants says nothing
about it (``participation_multilaterality``).

Paper: K3f (decomposable), K3g, K3j, K3k (not decomposable), Q11 (payoffs, not topology), Q3 (a state, not
a type)

References
----------
Adner, R. (2017). Ecosystem as structure: an actionable construct for strategy. Journal of Management
43(1), 39-58. doi:10.1177/0149206316678451
Fieller, E. C. (1954). Some problems in interval estimation. Journal of the Royal Statistical Society B
16(2), 175-185. doi:10.1111/j.2517-6161.1954.tb00159.x
MacKinnon, J. G., Nielsen, M. Ø. & Webb, M. D. (2023). Fast and reliable jackknife and bootstrap methods
for cluster-robust inference. Journal of Applied Econometrics 38(5), 671-694. doi:10.1002/jae.2969
"""

from jiqun.measures.decomposability.index_of import LEAST_SHOWN, Evidence, index_of
from jiqun.measures.decomposability.neighbours import neighbours
from jiqun.measures.decomposability.structure import by_structure
from jiqun.measures.decomposability.wording import (
    ALL,
    ALL_PAIRS,
    LABELS,
    NAME,
    NO_OUTCOMES,
    NO_STATES,
    NO_STATES_OR_OUTCOMES,
    OUTCOMES,
    STATES,
    UNUSED,
)
from jiqun.measures.estimate import Estimate, not_measured
from jiqun.measures.readings.alliance_pairs import (
    Interfaces,
    interfaces,
    outcomes,
    pairs_before_the_end,
    pairs_over_time,
)
from jiqun.numerics.decomposability.estimators import alliance_sample, tie_sample
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text


def decomposability(record: Record, *, seed: int = 0) -> tuple[Estimate, ...]:
    """Measure whether alliances reduce to pairs.

    Parameters
    ----------
    record
        Reads ``interfaces``, ``alliances`` for outcomes and days, and ``memberships``.
    seed
        Seed of the bootstrap.

    Returns
    -------
    tuple of Estimate
        D of pairs, then D of whole alliances, each followed by the chance of either verdict with a
        record like this; then the effects of adjacent and of disjoint pairs; D of structure last.
    """
    found = interfaces(record)
    return (*_of_outcomes(record, found, seed), by_structure(record, seed))


def _of_outcomes(record: Record, found: Interfaces, seed: int) -> tuple[Estimate, ...]:
    """Measure D where states of pairs, and outcomes, allow it."""
    if found.observed.is_empty():
        return tuple(
            not_measured(
                NAME,
                LABELS[kind],
                reason.fill(least=LEAST_SHOWN[kind]),
                needs=needs,
                of=(("statistic", kind),),
            )
            for kind, reason, needs in (
                ("D_tie", NO_STATES, STATES),
                ("D_all", NO_STATES_OR_OUTCOMES, OUTCOMES),
            )
        )
    if _largest(found) == 1:
        return (_by_construction(found),)
    states = pairs_over_time(found)
    unused = _unused(found)
    outcome_known = outcomes(record, record["alliances"]["alliance_id"].unique().sort())
    ties = Evidence("D_tie", tie_sample(states), states, unused, outcome_known)
    before, alliances = pairs_before_the_end(record, found)
    result = outcomes(record, alliances)
    return (
        *index_of(ties, seed),
        *_of_alliances(
            Evidence("D_all", alliance_sample(before, result), before, unused, result), seed
        ),
        *neighbours(states),
    )


def _of_alliances(evidence: Evidence, seed: int) -> tuple[Estimate, ...]:
    """Write up whole alliances, if any has an outcome."""
    if evidence.sample.outcome.size == 0:
        reason = NO_OUTCOMES.fill(least=LEAST_SHOWN["D_all"])
        return (not_measured(NAME, ALL, reason, needs=OUTCOMES, of=(("statistic", "D_all"),)),)
    return index_of(evidence, seed)


def _largest(found: Interfaces) -> int:
    """Return the number of pairs of the alliance that has most."""
    pairs = found.observed.select("alliance_id", "one", "other").unique()
    return int(pairs.group_by("alliance_id").len()["len"].max() or 0)  # type: ignore[arg-type]


def _unused(found: Interfaces) -> tuple[Text, ...]:
    if found.undated + found.contradictory == 0:
        return ()
    return (UNUSED.fill(u=found.undated, c=found.contradictory),)


def _by_construction(found: Interfaces) -> Estimate:
    """Say that pairs alone are pairs alone."""
    return Estimate(
        measure=NAME,
        label=LABELS["D_tie"],
        of=(("statistic", "D_tie"),),
        value=1.0,
        interval=ALL_PAIRS,
        n=found.observed["alliance_id"].n_unique(),
        n_of=Text("alliances", "联盟"),
        method=ALL_PAIRS,
        warnings=(ALL_PAIRS, *_unused(found)),
    )
