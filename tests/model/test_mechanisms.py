"""Mechanisms: each year's state follows from the record and the books, and names no kind of cluster.

Paper: K1c, K2c, N2f (what stands behind the claims).
"""

import numpy as np
import pytest

from jiqun.model.event_log import used
from jiqun.model.mechanisms import LEADERS, Mechanisms, mechanisms, yearly
from jiqun.model.simulation import Simulation
from jiqun.model.state import LIVING
from tests.model.small import small

YEARS = 10


def test_the_years_agree_with_the_record_of_the_run() -> None:
    """Sales, modes and turnover of every year are those that the written record has."""
    run = Simulation.begin(small(), seed=3)
    table = yearly(run)
    record = run.record()
    assert table.columns == list(Mechanisms._fields)
    assert table["year"].to_list() == list(range(YEARS))
    start = run.scenario.start_year
    for row in table.iter_rows(named=True):
        year = start + row["year"]
        accounts = record["accounts"].filter(record["accounts"]["start"].dt.year() == year)
        assert row["sales"] == pytest.approx(float(accounts["revenue"].to_numpy().sum()) / 1e6)
        made = record["innovations"].filter(record["innovations"]["date"].dt.year() == year)
        assert row["innovations"] == made.height
        if made.height:
            shares = [row[mode] for mode in ("efficiency", "convergence", "digital_value")]
            assert sum(shares) == pytest.approx(1.0)
        begun = record["alliances"].filter(record["alliances"]["start"].dt.year() == year)
        assert row["alliances"] == begun.height
    firms = run.scenario.groups
    change = float((table["entered"] - table["left"]).to_numpy().sum())
    assert table["firms"][-1] == sum(group.firms for group in firms) + change


def test_the_leading_firms_are_those_with_most_sales() -> None:
    run = Simulation.begin(small(), seed=3)
    run.run(4)
    w = run.world
    w.firms.logic[w.lists.roster[: int(w.tally[LIVING])]] = 0.25
    books = used(run.log).accounts
    keys = books.firm[np.argsort(-books.revenue, kind="stable")[:LEADERS]]
    w.firms.logic[np.isin(w.firms.key, keys)] = 0.75
    assert mechanisms(run).leading_logic == pytest.approx(0.75)
    assert 0.25 < mechanisms(run).mean_logic < 0.75


def test_firms_of_data_think_in_it_or_live_of_it() -> None:
    """Of the leading firms, those above one half, and those whose sales are digital by half or more."""
    run = Simulation.begin(small(), seed=3)
    run.run(4)
    f, books = run.world.firms, used(run.log).accounts
    first = np.argsort(-books.revenue, kind="stable")[:LEADERS]
    sales, lives = books.revenue[first], books.digital[first] >= 0.5 * books.revenue[first]
    f.logic[:] = 0.5
    assert mechanisms(run).leading_by_data == pytest.approx(sales[lives].sum() / sales.sum())
    f.logic[f.key == books.firm[first[0]]] = 0.51
    lives[0] = True
    assert mechanisms(run).leading_by_data == pytest.approx(sales[lives].sum() / sales.sum())


def test_what_was_never_seen_is_not_a_number() -> None:
    silent = small().switches._replace(platforms=0, modes=(1, 1, 0))
    found = yearly(Simulation.begin(small(switches=silent), seed=1))
    assert found["alliance_size"].is_nan().all()
    assert found["functions"].is_nan().all()
    assert (found["users"] == 0).all()
    assert (found["attracted_by_data"] == 0).all()


def test_no_column_names_a_kind_of_cluster_or_a_stage() -> None:
    """Truth for a diagnosis is defined on mechanisms; it must not be here already."""
    words = ("type", "stage", "cluster", "industrialization", "digitalization", "traditional")
    assert not [name for name in Mechanisms._fields if any(word in name for word in words)]
