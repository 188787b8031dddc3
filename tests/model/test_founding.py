"""Founding: firms sell at the start what they can make, and buy from whom they need, near before far.

Paper: K1c (twins start alike), D2 (no decline that the start alone makes), E1 (places).
"""

import numpy as np
import pytest

from jiqun.model.founding import found
from jiqun.model.period import advance
from jiqun.model.scenario import BUNDLED, bundled
from jiqun.model.state import LIVING, NOBODY, SUPPLIERS


@pytest.mark.parametrize("name", BUNDLED)
def test_the_first_year_sells_most_of_what_can_be_made(name: str) -> None:
    w = found(bundled(name), seed=1)
    advance(w, 0, 4)
    here = w.lists.roster[: int(w.tally[LIVING])]
    sold = w.firms.revenue[here].sum() / (w.firms.price * w.firms.output)[here].sum()
    assert 0.75 < sold <= 1.0


def test_suppliers_make_what_is_bought_and_are_nearer_than_chance() -> None:
    scenario = bundled("incumbent_core")
    w = found(scenario, seed=2)
    count = int(w.tally[LIVING])
    buyers, places = np.nonzero(w.relations.supplier[:count] != NOBODY)
    sellers = w.relations.supplier[buyers, places]
    filled = buyers.size / (count * SUPPLIERS)
    assert 0.5 < filled <= scenario.groups[0].supplied + 0.05
    wanted = w.industries.buys[w.firms.industry[buyers]]
    assert (wanted == w.firms.industry[sellers, None]).any(axis=1).all()
    assert (buyers != sellers).all()
    for row in w.relations.supplier[:count]:
        known = row[row != NOBODY]
        assert np.unique(known).size == known.size

    def km(one: np.ndarray, other: np.ndarray) -> float:
        f = w.firms
        return float(np.hypot(f.x[one] - f.x[other], f.y[one] - f.y[other]).mean())

    rng = np.random.default_rng(0)
    assert km(buyers, sellers) < 0.8 * km(buyers, rng.permutation(sellers))


def test_the_logic_of_the_core_changes_nothing_else_at_the_start() -> None:
    scenario = bundled("incumbent_core")
    assert scenario.core is not None
    other = scenario.model_copy(update={"core": scenario.core.model_copy(update={"logic": 0.9})})
    one, two = found(scenario, seed=4), found(other, seed=4)
    for column in one.firms.dtype.names or ():
        if column not in {"logic", "next_logic"}:
            np.testing.assert_array_equal(one.firms[column], two.firms[column], err_msg=column)
    np.testing.assert_array_equal(one.relations.supplier, two.relations.supplier)
    assert (one.firms.logic != two.firms.logic).sum() == scenario.core.firms
