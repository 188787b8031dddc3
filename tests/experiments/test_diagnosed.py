"""What a policy is told of a cluster is what the whole diagnosis says.

Paper: P3 (by diagnosed type)
"""

import pytest

from jiqun.diagnosis.diagnose import diagnose
from jiqun.experiments.diagnosed import case_of
from jiqun.model.scenario import bundled
from jiqun.model.simulation import Simulation


@pytest.mark.parametrize("name", ["native_core", "incumbent_core"])
def test_a_policy_is_told_what_the_whole_diagnosis_says(name: str) -> None:
    run = Simulation.begin(bundled(name), seed=3, recording=True)
    run.run(32, recording=True)
    record = run.record()
    whole = diagnose(record, seed=3)
    assert case_of(record, seed=3, verdict=True, staged=False) == whole.type.verdict
    told = case_of(record, seed=3, verdict=False, staged=True)
    assert told == f"{whole.type.likeliest}.{whole.stage.verdict}"
