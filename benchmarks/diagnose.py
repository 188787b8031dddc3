"""Time of one diagnosis: 1,000 firms over ten windows, all measures it needs, and what takes it.

    python benchmarks/diagnose.py [firms]

Prints seconds of wall clock and of processor, by part, and of the hidden Markov model alone.
"""

import sys
import time
from collections.abc import Callable

import numpy as np

import jiqun as jq
from jiqun.diagnosis.card import STATES, reference_card
from jiqun.diagnosis.elements import MEASURES as FOR_TYPE
from jiqun.diagnosis.stage.markers import MEASURES as FOR_STAGE
from jiqun.diagnosis.stage.path import chain
from jiqun.model.scenario import bundled
from jiqun.numerics.hidden_markov import smooth
from jiqun.record.record import Record

YEARS = 10


def record_of(firms: int) -> Record:
    """Simulate a cluster of about so many firms over ten years."""
    scenario = bundled("native_core")
    times = firms / sum(group.firms for group in scenario.groups)
    groups = tuple(
        g.model_copy(update={"firms": max(1, round(g.firms * times))}) for g in scenario.groups
    )
    industries = tuple(
        i.model_copy(update={"demand": i.demand * times}) for i in scenario.industries
    )
    regions = tuple(r.model_copy(update={"capacity": r.capacity * times}) for r in scenario.regions)
    scaled = {"groups": groups, "industries": industries, "regions": regions, "periods": 4 * YEARS}
    return jq.simulate(scenario.model_copy(update=scaled), seed=1)


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return seconds of wall clock and of processor."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def main() -> None:
    """Time everything once after compilation."""
    firms = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    record = record_of(firms)
    jq.diagnose(record_of(120))  # compiles
    print("part\twall s\tprocessor s")
    wall, cpu = timed(lambda: jq.diagnose(record))
    print(f"diagnosis of {record['firms'].height} firms\t{wall:.2f}\t{cpu:.2f}")
    for name in FOR_TYPE:
        wall, cpu = timed(lambda name=name: jq.measure(record, only=[name]))  # type: ignore[misc]
        print(f"{name}\t{wall:.2f}\t{cpu:.2f}")
    for name in FOR_STAGE:
        wall, cpu = timed(lambda name=name: jq.measure(record, only=[name], window=1))  # type: ignore[misc]
        print(f"{name}, windows\t{wall:.2f}\t{cpu:.2f}")
    emission = np.random.default_rng(1).normal(size=(YEARS, len(STATES)))
    walk = chain(len(STATES), reference_card().stages, 1)
    wall, cpu = timed(lambda: [smooth(walk, emission) for _ in range(1000)])
    print(f"hidden Markov model, ms\t{wall:.3f}\t{cpu:.3f}")


if __name__ == "__main__":
    main()
