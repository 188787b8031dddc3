"""The comparison that the demo brings: what the model of today says, on one of its worlds run anew."""

from importlib.resources import files

import pytest

from jiqun.cli.demo import COMPARISON
from jiqun.experiments.compare import Question, compare
from jiqun.experiments.comparison import Comparison
from jiqun.experiments.documents import load_comparison
from jiqun.experiments.executors.local import LocalProcesses
from jiqun.experiments.policy_file import load_policies
from jiqun.experiments.store import RunStore
from jiqun.experiments.uncertainty import latin_hypercube, load_uncertainty
from jiqun.model.scenario import load

WORLD = 3


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    path = tmp_path_factory.mktemp("demo") / "comparison.json"
    path.write_bytes(files("jiqun.cli").joinpath(COMPARISON).read_bytes())
    return load_comparison(path)


@pytest.fixture(scope="module")
def again(bundled: Comparison, tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """The same question, asked of one of its worlds."""
    scenario = load(bundled.scenario)
    draws = latin_hypercube(load_uncertainty("broad", scenario), bundled.draws, seed=0)
    question = Question(
        scenario=scenario,
        policies=load_policies("paper", periods=scenario.periods),
        draws=(draws[WORLD],),
        seeds=range(bundled.seeds),
        criterion=bundled.criterion,
        structures=False,
    )
    return compare(
        question, RunStore(tmp_path_factory.mktemp("runs")), LocalProcesses(1), workers=1
    )


def test_the_bundled_comparison_is_of_today_s_scenario_policies_and_outcomes(
    bundled: Comparison, again: Comparison
) -> None:
    said, told = ({k: t.both() for k, t in c.titles.items()} for c in (bundled, again))
    assert said == told
    assert {(e.policy, e.outcome) for e in bundled.effects} == {
        (e.policy, e.outcome) for e in again.effects
    }
    assert {d.one + d.other for d in bundled.duels} == {d.one + d.other for d in again.duels}
    assert bundled.baseline == again.baseline
    assert bundled.warnings[0].both() == again.warnings[0].both()
    for name, rows in again.series.items():
        assert [year for year, *_ in rows] == [year for year, *_ in bundled.series[name]]


def test_one_world_run_anew_is_lost_by_each_policy_as_the_bundled_comparison_says(
    bundled: Comparison, again: Comparison
) -> None:
    """Regrets are per cent of the mean over the worlds that were run, so that one world gives their ratios."""
    then = {policy: lost[WORLD] for policy, lost in bundled.regrets[""].items()}
    now = {policy: lost[0] for policy, lost in again.regrets[""].items()}
    assert set(then) == set(now)
    scale = sum(then.values()) / sum(now.values())
    assert {p: lost * scale for p, lost in now.items()} == pytest.approx(then, rel=1e-9)
    assert len(set(then.values())) >= 4
