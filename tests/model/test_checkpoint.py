"""Checkpoints: a run that goes on from disk is the uninterrupted run; other files are refused.

Paper: K1c (runs that can be compared are the same runs).
"""

import json
import zipfile
from pathlib import Path

import pytest

from jiqun.model.checkpoint import continued, restore, save
from jiqun.model.simulate import simulate
from jiqun.model.simulation import Simulation
from jiqun.record.problem import InputError
from tests.model.small import assert_same, small


def begun(path: Path, *, until: int, seed: int = 3) -> Simulation:
    run = Simulation.begin(small(), seed=seed)
    run.run(until)
    save(run, path)
    return run


@pytest.mark.parametrize("until", [0, 13])
def test_a_continuation_is_the_uninterrupted_run(tmp_path: Path, until: int) -> None:
    path = tmp_path / "run.checkpoint"
    begun(path, until=until)
    again = continued(path, small(), seed=3)
    assert again.period == until
    whole = Simulation.begin(small(), seed=3)
    for run in (again, whole):
        run.run(40)
    assert_same(again.world, whole.world)
    one, other = again.record(), whole.record()
    assert all(one[table].equals(other[table]) for table in other)


def test_simulate_goes_on_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "run.checkpoint"
    begun(path, until=20)
    seen: list[int] = []
    record = simulate(small(), seed=3, checkpoint=path, progress=lambda p, _: seen.append(p))
    assert seen == [24, 28, 32, 36, 40]
    whole = simulate(small(), seed=3)
    assert all(record[table].equals(whole[table]) for table in whole)
    assert restore(path).period == 40
    assert [p.name for p in tmp_path.iterdir()] == ["run.checkpoint"]


def test_a_run_that_is_stopped_goes_on(tmp_path: Path) -> None:
    """The interrupt comes after the seventh year; the checkpoint of the fifth is there."""
    path = tmp_path / "run.checkpoint"

    def stop(period: int, _: object) -> None:
        if period == 28:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simulate(small(), seed=3, checkpoint=path, progress=stop)
    assert restore(path).period == 20
    record = simulate(small(), seed=3, checkpoint=path)
    whole = simulate(small(), seed=3)
    assert all(record[table].equals(whole[table]) for table in whole)


def test_a_checkpoint_of_another_run_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "run.checkpoint"
    begun(path, until=1)
    for scenario, seed in ((small(), 4), (small(room=2.0), 3)):
        with pytest.raises(InputError, match="native_core"):
            continued(path, scenario, seed=seed)


def test_what_is_no_checkpoint_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "run.checkpoint"
    path.write_text("no zip")
    with pytest.raises(InputError, match="no checkpoint"):
        restore(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("about.json", json.dumps({"format": 0}))
    with pytest.raises(InputError, match="no checkpoint"):
        restore(path)
    begun(path, until=1)
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(InputError, match="no checkpoint"):
        restore(path)
