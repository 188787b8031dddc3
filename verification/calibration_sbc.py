"""Simulation-based calibration of ``jiqun calibrate``: are its posteriors as sure as they say?

Runs of the prior serve in turn as the record, left out of the table they are judged by. Where the
posterior is right, ranks of the truth are uniform, and intervals of 50, 80 and 95 per cent hold it so
often. Three parameters leave no trace on purpose (a shift of the map, a rule whose mechanism is switched
off, what data circulation does where no policy opens it), which is checked bit for bit; they have to be
called not identified.

    python verification/calibration_sbc.py [runs] [truths] [folder]

Talts et al. (2018), https://doi.org/10.48550/arXiv.1804.06788
"""

import sys
from tempfile import mkdtemp

import numpy as np
from scipy.stats import chisquare

from jiqun.experiments.dotted import changed
from jiqun.experiments.executors import open_executor
from jiqun.experiments.fitting import run_table, statistics_of
from jiqun.experiments.observed import PATTERNS
from jiqun.experiments.run import Run, perform
from jiqun.experiments.store import RunStore
from jiqun.experiments.uncertainty import Uncertain, load_uncertainty
from jiqun.model.scenario import bundled
from jiqun.model.scenario_schema import Scenario
from jiqun.numerics.regression_abc import RegressionAbc

YEARS, BINS, DRAWS = 10, 10, 999
LEVELS = (0.5, 0.8, 0.95)
PLANTED = {"longitude": [100, 130], "rules.ally.circulation": {"times": [0.5, 2.0]}}
OFF, SILENT = {"switches.data_effect": 0}, "rules.platform.data_effect"
"""A mechanism that is switched off, and the rule that is then silent."""


def judged(abc: RegressionAbc, fits: list[np.ndarray], p: int) -> str:
    """Return predictivity, coverage and ranks of one parameter in words."""
    found = abc.predictivity[p]
    quality = f"R2 {found.value:.2f} [{found.low:.2f}, {found.high:.2f}]"
    if not found.identified:
        return f"{quality}, not identified"
    truth = abc.unit[: len(fits), p]
    ranks = np.array([(fit[:, p] < truth[n]).sum() for n, fit in enumerate(fits)])
    counts = np.histogram(ranks, bins=BINS, range=(0, DRAWS + 1))[0]
    held = []
    for level in LEVELS:
        tails = (0.5 - level / 2, 0.5 + level / 2)
        low, high = np.array([np.quantile(fit[:, p], tails) for fit in fits]).T
        held.append(f"{((low <= truth) & (truth <= high)).mean():.3f}")
    uniform = chisquare(counts).pvalue
    coverage = "/".join(held)
    return f"{quality}, coverage {coverage}, ranks {counts.tolist()} P = {uniform:.3f}"


def demand_silence(scenario: Scenario, planted: list[Uncertain]) -> None:
    """Check that a planted parameter changes no bit of a run."""
    for parameter in planted:
        ends = (changed(scenario, {parameter.path: x}) for x in (parameter.low, parameter.high))
        one, other = (perform(Run(end, 7)) for end in ends)
        assert np.array_equal(one, other, equal_nan=True), parameter.path


def main() -> None:
    """Run, fit, and print ranks and coverage."""
    runs, truths = (int(a) for a in sys.argv[1:3] or ("2000", "400"))
    folder = sys.argv[3] if len(sys.argv) > 3 else mkdtemp() + "/store"
    scenario = changed(bundled("native_core"), OFF)
    uncertain = (*load_uncertainty("broad", scenario), *load_uncertainty(PLANTED, scenario))
    planted = {SILENT, *PLANTED}
    demand_silence(scenario, [u for u in uncertain if u.path in planted])
    with open_executor(workers=2) as processes:
        table = run_table(
            scenario,
            uncertain,
            RunStore(folder),
            processes,
            runs=runs,
            years=YEARS,
            seed=1,
            workers=2,
        )
    used = [p.name for p in PATTERNS if not p.held_out]
    statistics = np.hstack([statistics_of(table.series[name]) for name in used])
    abc = RegressionAbc(table.unit, statistics, seed=1)
    fits = [abc.posterior(statistics[n], draws=DRAWS, leave_out=n).draws for n in range(truths)]
    print(f"{runs} runs of {YEARS} years, {truths} truths, series: {', '.join(used)}")
    for p, parameter in enumerate(uncertain):
        mark = " (planted)" if parameter.path in planted else ""
        print(f"{parameter.path}{mark}: {judged(abc, fits, p)}")
    told = {u.path for u, q in zip(uncertain, abc.predictivity, strict=True) if q.identified}
    print(f"planted and called identified: {len(told & planted)} of {len(planted)}")


if __name__ == "__main__":
    main()
