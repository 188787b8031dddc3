"""Least squares with firm effects: against dense algebra, and against leaving clusters out by hand."""

import numpy as np
import pytest

from jiqun.numerics.decomposability import regression
from jiqun.numerics.decomposability.estimators import tie_sample
from jiqun.numerics.decomposability.regression import Design, fit
from tests.numerics.decomposability.worlds import pair_states


def _dense(design: Design, outcome: np.ndarray, keep: np.ndarray) -> np.ndarray:
    firms = np.zeros((keep.size, int(design.firms.max()) + 1))
    for column in design.firms.T:
        firms[np.arange(keep.size), column] += 1
    everything = np.column_stack([design.columns, design.nuisance, firms])[keep]
    root = np.sqrt(design.weight[keep])
    solved = np.linalg.lstsq(everything * root[:, None], outcome[keep] * root, rcond=None)[0]
    return np.asarray(solved[: design.columns.shape[1]])


def _example() -> tuple[Design, np.ndarray]:
    sample = tie_sample(pair_states(np.random.default_rng(3), 60, kind="weakest", firms=15))
    weight = np.random.default_rng(1).uniform(0.5, 1.0, sample.own.size)
    design = sample.design
    return (
        Design(design.columns, design.nuisance, design.firms, design.cluster, weight),
        sample.outcome,
    )


def test_coefficients_are_those_of_dense_algebra() -> None:
    design, outcome = _example()
    found = fit(design, outcome)
    assert found is not None
    everything = np.ones(outcome.size, bool)
    assert found.coefficient == pytest.approx(_dense(design, outcome, everything), abs=1e-6)


def test_influence_is_what_leaving_a_cluster_out_changes() -> None:
    """The formula, against 60 regressions."""
    design, outcome = _example()
    found = fit(design, outcome)
    assert found is not None
    for position, cluster in enumerate(np.unique(design.cluster)):
        without = _dense(design, outcome, design.cluster != cluster)
        assert found.coefficient - without == pytest.approx(found.influence[position], abs=1e-5)


def test_many_firms_take_the_iterative_road_to_the_same_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    design, outcome = _example()
    exact = fit(design, outcome)
    monkeypatch.setattr(regression, "EXACT", 1)
    iterative = fit(design, outcome)
    assert exact is not None
    assert iterative is not None
    assert iterative.coefficient == pytest.approx(exact.coefficient, abs=1e-6)
    spread = np.linalg.norm(iterative.influence, axis=0) / np.linalg.norm(exact.influence, axis=0)
    assert (np.abs(spread - 1) < 0.25).all()


def test_a_column_that_the_effects_explain_has_no_coefficient() -> None:
    design, outcome = _example()
    quality = np.random.default_rng(0).normal(size=int(design.firms.max()) + 1)
    explained = quality[design.firms].sum(axis=1)[:, None]
    of_firms = Design(explained, design.nuisance, design.firms, design.cluster, design.weight)
    assert fit(of_firms, outcome) is None
    twice = np.column_stack([design.columns, design.columns[:, 0]])
    assert (
        fit(Design(twice, design.nuisance, design.firms, design.cluster, design.weight), outcome)
        is None
    )
