"""The kernels are held to the reference on scenarios drawn at random, bit for bit.

    python -m verification.model_reference [SCENARIOS]

Two hundred small scenarios by default: sizes, switches, rules, levers and seeds are drawn. It stops
at the first difference and prints the smallest scenario that shows it.
"""

import sys
import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiqun.model.scenario_schema import Scenario
from tests.model.drawn import scenarios
from tests.model.test_reference import compare


def main() -> None:
    """Compare as many as asked for."""
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    begun, firm_steps = time.perf_counter(), [0]

    @settings(
        max_examples=asked, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(scenario=scenarios(events=False), seed=st.integers(0, 2**40))
    def same(scenario: Scenario, seed: int) -> None:
        compare(scenario, seed=seed, periods=scenario.periods)
        firm_steps[0] += scenario.periods * sum(group.firms for group in scenario.groups)

    same()
    seconds = time.perf_counter() - begun
    print(f"{asked} scenarios, about {firm_steps[0]:,} firm-steps: the same bits ({seconds:.0f} s)")


if __name__ == "__main__":
    main()
