"""What structure alone says: do the same groups meet again beyond what their pairs imply?

It corroborates and decides nothing: who is in a group with whom says nothing about outcomes.

Paper: K3f, K3g, Q11 (payoffs, not topology)
"""

import numpy as np

from jiqun.measures.decomposability.wording import (
    D_STR,
    DATED,
    FEW_DATED,
    NAME,
    NO_BITS,
    STR_INTERVAL,
    STR_METHOD,
    STR_REFERENCES,
    STR_VERDICTS,
    STR_WARNING,
    WITH_VERDICT,
)
from jiqun.measures.estimate import Estimate, not_measured, p_words
from jiqun.measures.readings.partner_history import ALLIANCE, UNDATED, history
from jiqun.numerics.decomposability.structure import LEVEL, Structure, structure
from jiqun.numerics.hypergraph.structure import Hypergraph
from jiqun.numerics.random import stream
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

LEAST = 300
TRIPLE = 3
MOST = 20_000
"""Alliances, the latest, from which the past is known."""
OF = (("statistic", "D_str"),)
NEEDS = ("memberships.firm_id", "alliances.start")


def by_structure(record: Record, seed: int) -> Estimate:
    """Measure D of structure, or say why not.

    Parameters
    ----------
    record
        Reads ``alliances`` and ``memberships``.
    seed
        Seed of the run.
    """
    graph = _alliances(record)
    groups = int((graph.sizes >= TRIPLE).sum())
    if groups < LEAST:
        return not_measured(
            NAME, D_STR, FEW_DATED.fill(n=groups, least=LEAST), needs=NEEDS, of=OF, n=groups
        )
    found = structure(graph, stream(seed, NAME, "structure"))
    if found is None or found.seats < LEAST:
        seats = 0 if found is None else found.seats
        reason = FEW_DATED.fill(n=seats, least=LEAST)
        return not_measured(NAME, D_STR, reason, needs=NEEDS, of=OF, n=seats)
    if np.isnan(found.value):
        reason = NO_BITS.fill(b=found.bits)
        return not_measured(NAME, D_STR, reason, needs=NEEDS, of=OF, n=found.seats)
    return _written(found)


def _written(found: Structure) -> Estimate:
    verdict = verdict_of(found)
    lowest = float(found.null.min()) if found.null.size else 1.0
    return Estimate(
        measure=NAME,
        label=WITH_VERDICT.fill(label=D_STR, verdict=verdict),
        of=OF,
        value=found.value,
        low=found.low,
        high=found.high,
        level=LEVEL,
        interval=STR_INTERVAL,
        n=found.seats,
        n_of=DATED,
        method=STR_METHOD.fill(
            k=found.null.size, b=found.bits, p=found.bits_pairs, m=lowest, v=p_words(found.p_value)
        ),
        references=STR_REFERENCES,
        warnings=(STR_WARNING,),
        verdict=verdict,
    )


def verdict_of(found: Structure) -> Text:
    """Say that groups meet again only where D is below every record that remembers pairs only."""
    beyond = found.null.size > 0 and found.high < float(found.null.min())
    return STR_VERDICTS["groups" if beyond else "pairs"]


def _alliances(record: Record) -> Hypergraph:
    """Take the dated alliances, each set of firms once a day, the latest 20,000."""
    graph = history(record).graph
    dated = graph.where((graph.kind == ALLIANCE) & (graph.start < UNDATED) & (graph.sizes > 1))
    seen: set[tuple[int, bytes]] = set()
    fresh = np.zeros(dated.edges, np.bool_)
    for edge in range(max(0, dated.edges - MOST), dated.edges):
        members = dated.members[dated.offsets[edge] : dated.offsets[edge + 1]]
        key = (int(dated.start[edge]), members.tobytes())
        fresh[edge] = key not in seen
        seen.add(key)
    return dated.where(fresh)
