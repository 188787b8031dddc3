"""A small world that every process finds work in, and ways to compare two worlds."""

import numpy as np

from jiqun.model.scenario import bundled
from jiqun.model.scenario_schema import Scenario
from jiqun.model.world import World

TABLES = ("firms", "relations", "alliances", "platforms", "regions", "industries")


def small(name: str = "native_core", **changed: object) -> Scenario:
    """Return a bundled scenario, shortened, with some of its parts exchanged."""
    return bundled(name).model_copy(update={"periods": 40, **changed})


def assert_same(one: World, other: World) -> None:
    """Demand the same bits of every living firm and of everything that is not a firm."""
    assert one.tally.tolist() == other.tally.tolist()
    np.testing.assert_array_equal(one.total, other.total)
    rows = one.lists.roster[: one.tally[0]], other.lists.roster[: other.tally[0]]
    for column in one.firms.dtype.names or ():
        a, b = one.firms[column][rows[0]], other.firms[column][rows[1]]
        np.testing.assert_array_equal(a, b, err_msg=column)
    for table in ("platforms", "regions", "industries"):
        a, b = getattr(one, table), getattr(other, table)
        for column in a.dtype.names or ():
            if column != "owner":
                np.testing.assert_array_equal(a[column], b[column], err_msg=column)
