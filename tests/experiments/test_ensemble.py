"""Ensembles: interrupted or not, the store has the same bytes; nothing is lost, nothing done twice.

Paper: Q22 (a policy of size nothing changes nothing).
"""

import json
import shutil
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from jiqun.experiments.census import NAMES
from jiqun.experiments.ensemble import Ensemble, run_ensemble
from jiqun.experiments.experiment import Experiment
from jiqun.experiments.policy import NO_POLICY
from jiqun.experiments.policy_file import LEVERS, load_policies
from jiqun.experiments.run import Run, perform
from jiqun.experiments.store import BYTES_PER_ROW, RunStore
from jiqun.experiments.work import Done
from jiqun.record.problem import InputError
from tests.experiments.small_experiment import PERIODS, Here, experiment, small


def finished(folder: Path, wanted: Experiment, here: Here | None = None) -> Ensemble:
    return run_ensemble(wanted, RunStore(folder), here or Here(), workers=2)


def rules(caught: pytest.ExceptionInfo[InputError]) -> list[str]:
    return [problem.rule for problem in caught.value.problems]


def test_an_interrupted_store_has_the_bytes_of_one_that_was_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jiqun.experiments.ensemble.FRAGMENT", 5)
    wanted = experiment()
    whole = finished(tmp_path / "whole", wanted)
    for stop in (3, 2, 1):
        with pytest.raises(KeyboardInterrupt):
            finished(tmp_path / "parts", wanted, Here(stop_after=stop))
        (tmp_path / "parts" / "fragments" / ".torn.parquet.writing-00").write_bytes(b"PAR1")
        (tmp_path / "parts" / "fragments" / "00ff.parquet").write_bytes(b"PAR1 torn")
        (tmp_path / "parts" / "runs.parquet").write_bytes(b"PAR1 torn")
    rest = Here()
    parts = finished(tmp_path / "parts", wanted, rest)
    assert 0 < rest.done < 16
    assert parts.store.digest() == whole.store.digest()
    assert parts.wide().equals(whole.wide())
    assert {p.name for p in (tmp_path / "parts").iterdir()} == {"store.json", "runs.parquet"}
    again = Here()
    assert finished(tmp_path / "parts", wanted, again).store.digest() == whole.store.digest()
    assert again.done == 0


def test_a_larger_experiment_keeps_what_is_there(tmp_path: Path) -> None:
    small_one = finished(tmp_path / "store", experiment(seeds=2))
    before = small_one.wide()
    more = Here()
    larger = finished(tmp_path / "store", experiment(seeds=3), more)
    assert larger.wide().filter(pl.col("seed") < 2).equals(before)
    assert (
        larger.store.read(c.key for c in larger.cases)["key"].n_unique() == larger.experiment.size
    )
    direct = finished(tmp_path / "direct", experiment(seeds=3))
    assert direct.store.digest() == larger.store.digest()


def test_the_tables_have_a_row_a_run_and_year(tmp_path: Path) -> None:
    found = finished(tmp_path / "store", experiment(seeds=2))
    wide, tidy = found.wide(), found.tidy()
    assert wide.height == found.experiment.size * PERIODS // 4
    assert tidy.height == wide.height * len(NAMES)
    one = found.cases[5]
    rows = wide.filter(
        (pl.col("draw") == one.draw)
        & (pl.col("policy") == one.policy)
        & (pl.col("seed") == one.seed)
    )
    np.testing.assert_array_equal(rows.select(NAMES).to_numpy(), perform(one.run))


def test_a_policy_without_budget_has_no_effect_bit_for_bit() -> None:
    raw = {
        "policies": [{"name": "empty", "settings": {f"{lever}.budget": 0.0 for lever in LEVERS}}]
    }
    (empty,) = load_policies(raw, periods=PERIODS)
    without = perform(Run(small(), 3))
    np.testing.assert_array_equal(perform(Run(empty.applied_to(small()), 3)), without)


def test_a_census_changes_nothing_and_counts_what_is_there() -> None:
    rows = perform(Run(small(), 5))
    column = {name: rows[:, n] for n, name in enumerate(NAMES)}
    start = sum(group.firms for group in small().groups)
    np.testing.assert_array_equal(column["firms"], start + column["entered"] - column["left"])
    assert (column["core_sales"] < column["sales"]).all()
    assert (column["small_sales"] < column["sales"]).all()
    assert ((column["digital_share"] >= 0) & (column["digital_share"] <= 1)).all()
    demand = sum(industry.demand for industry in small().industries)
    assert (column["outside_sales"] < 1.05 * demand).all()


def test_a_store_of_another_model_is_refused_and_unchanged(tmp_path: Path) -> None:
    finished(tmp_path / "store", experiment(seeds=1))
    about = tmp_path / "store" / "store.json"
    about.write_text(json.dumps(json.loads(about.read_text()) | {"model": "0123"}))
    before = {p.name: p.read_bytes() for p in (tmp_path / "store").iterdir()}
    with pytest.raises(InputError) as caught:
        RunStore(tmp_path / "store")
    assert rules(caught) == ["store.model"]
    assert {p.name: p.read_bytes() for p in (tmp_path / "store").iterdir()} == before


@pytest.mark.parametrize("content", ["{}", "no JSON", "[]"])
def test_another_folder_is_no_store(tmp_path: Path, content: str) -> None:
    (tmp_path / "store.json").write_text(content)
    with pytest.raises(InputError) as caught:
        RunStore(tmp_path)
    assert rules(caught) == ["store.foreign"]
    (tmp_path / "store.json").rename(tmp_path / "letter.txt")
    with pytest.raises(InputError) as caught:
        RunStore(tmp_path)
    assert rules(caught) == ["store.foreign"]


def test_what_the_disk_cannot_hold_is_not_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = experiment(seeds=1)
    usage = shutil.disk_usage(tmp_path)._replace(free=wanted.rows * BYTES_PER_ROW)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    with pytest.raises(InputError) as caught:
        finished(tmp_path / "store", wanted)
    assert rules(caught) == ["store.space"]
    assert not (tmp_path / "store").exists()


def test_far_more_than_the_disk_holds_is_refused_before_it_is_listed(tmp_path: Path) -> None:
    many = experiment(draws=({},) * 10**6, seeds=10**3, policies=(NO_POLICY,) * 10)
    with pytest.raises(InputError, match="MB are free") as caught:
        finished(tmp_path / "store", many)
    assert rules(caught) == ["store.space"]
    assert not (tmp_path / "store").exists()


def test_two_writers_do_not_meet(tmp_path: Path) -> None:
    store = RunStore(tmp_path / "store")
    with store.writing(), pytest.raises(InputError) as caught:
        finished(tmp_path / "store", experiment(seeds=1))
    assert rules(caught) == ["store.busy"]
    assert finished(tmp_path / "store", experiment(seeds=1)).store.digest()


def test_a_worker_with_another_model_is_refused(tmp_path: Path) -> None:
    class Elsewhere(Here):
        def map(self, batches):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
            yield from (Done("0123", done.results) for done in super().map(batches))

    with pytest.raises(InputError) as caught:
        finished(tmp_path / "store", experiment(seeds=1), Elsewhere())
    assert rules(caught) == ["executor.versions"]


def test_runs_that_come_to_the_same_are_done_once(tmp_path: Path) -> None:
    raw = {"policies": [{"name": "one"}, {"name": "other"}]}
    twins = tuple(load_policies(raw, periods=PERIODS))
    here = Here()
    found = finished(tmp_path / "store", experiment(policies=twins, draws=({},), seeds=2), here)
    wide = found.wide()
    one, other = (wide.filter(pl.col("policy") == name).drop("policy") for name in ("one", "other"))
    assert one.equals(other)
    assert RunStore(tmp_path / "store").read([c.key for c in found.cases])["key"].n_unique() == 2
