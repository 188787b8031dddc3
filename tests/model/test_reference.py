"""The kernels and the reference are one model: bit for bit, on small worlds of every kind.

Both call the same mathematics library; where another is used, sums may differ in their last bits.

Paper: K1c (what is compared are rules, and these are the rules).
"""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiqun.model.founding import found
from jiqun.model.period import advance as advance_kernels
from jiqun.model.scenario_schema import Scenario
from jiqun.model.state import LIVING, NOBODY, PLATFORMS
from jiqun.model.world import World
from reference.entities import NUMBERS, Firm, State
from reference.model import advance
from tests.model.drawn import scenarios
from tests.model.small import small

UNSET_AT_BIRTH = {"to_x", "to_y", "parent_time"}
"""Columns that a firm fills in its first period, and that a reused slot still holds before."""
PLATFORM = [
    "since",
    "openness",
    "modularity",
    "admission",
    "fee",
    "infrastructure",
    "pooled",
    "users",
    "members",
]


def key_of(firm: Firm | None) -> int:
    return NOBODY if firm is None else firm.key


def differences(s: State, w: World, period: int) -> list[str]:
    """Name everything in which the two differ."""
    living = w.lists.roster[: int(w.tally[LIVING])].tolist()
    if [f.key for f in s.firms] != w.firms.key[living].tolist():
        return ["roster"]
    found_ones = []
    for i, f in zip(living, s.firms, strict=True):
        for name in NUMBERS:
            if name in UNSET_AT_BIRTH and (f.born == period or f.parent == NOBODY):
                continue
            a, b = np.asarray(w.firms[name])[i].item(), getattr(f, name)
            if a != b:
                found_ones.append(f"{name} of {f.key}: {a!r} {b!r}")
        rows = {
            "capability": (w.firms.capability[i].tolist(), f.capability),
            "attraction": (w.firms.attraction[i].tolist(), f.attraction),
            "industry": (int(w.firms.industry[i]), f.industry.number),
            "region": (int(w.firms.region[i]), f.region.number),
            "supplier": (keys(w, w.relations.supplier[i]), [key_of(j) for j in f.suppliers]),
            "link": (keys(w, w.relations.link[i]), [key_of(j) for j in f.links]),
            "home": (
                w.relations.home[i].tolist(),
                [NOBODY if p is None else p.number for p in f.homes],
            ),
            "members": (
                keys(w, w.alliances.member[i][: w.alliances.headcount[i]]),
                [m.key for m in f.alliance.members] if f.alliance else [],
            ),
            "event": (int(w.alliances.event[i]), f.event),
        }
        found_ones += [f"{n} of {f.key}: {a} {b}" for n, (a, b) in rows.items() if a != b]
    return found_ones + _common(s, w)


def _common(s: State, w: World) -> list[str]:
    """Compare platforms, regions and industries."""
    rows: dict[str, tuple[object, object]] = {}
    for p in s.platforms[:PLATFORMS]:
        owner = int(w.platforms.owner[p.number])
        there = NOBODY if owner == NOBODY else int(w.firms.key[owner])
        rows[f"owner of {p.number}"] = there, key_of(p.owner)
        for name in PLATFORM if p.owner else ():
            rows[f"{name} of platform {p.number}"] = w.platforms[name][p.number], getattr(p, name)
    for g in s.regions:
        rows[f"wage of {g.number}"] = w.regions.wage[g.number], g.wage
    for k in s.industries:
        rows[f"attracted of {k.number}"] = w.industries.attracted[k.number], k.attracted
        rows[f"quality of {k.number}"] = w.industries.mean_quality[k.number], k.mean_quality
    return [f"{name}: {a} {b}" for name, (a, b) in rows.items() if a != b]


def keys(w: World, slots: np.ndarray) -> list[int]:
    return [NOBODY if j == NOBODY else int(w.firms.key[j]) for j in slots.tolist()]


def compare(scenario: Scenario, *, seed: int, periods: int) -> None:
    """Run both side by side; name the first difference and its period."""
    w = found(scenario, seed=seed)
    s = State.of(w, scenario)
    for period in range(periods):
        advance_kernels(w, period, period + 1)
        advance(s, period)
        assert differences(s, w, period)[:5] == [], f"period {period}"


@pytest.mark.parametrize("name", ["traditional", "incumbent_core", "native_core"])
def test_bundled_scenarios_are_the_same_bits(name: str) -> None:
    compare(small(name), seed=11, periods=24)


@settings(max_examples=8, deadline=None, derandomize=True)
@given(scenario=scenarios(events=False), seed=st.integers(0, 2**40))
def test_whatever_a_scenario_says_it_is_the_same_bits(scenario: Scenario, seed: int) -> None:
    """Two hundred of them are in verification/model_reference.py."""
    compare(scenario, seed=seed, periods=scenario.periods)


def test_a_difference_is_noticed() -> None:
    w = found(small(), seed=1)
    s = State.of(w, small())
    assert differences(s, w, -1) == []
    s.firms[3].cash = math.nextafter(s.firms[3].cash, 0.0)
    s.firms[4].suppliers[0] = s.firms[3]
    assert [d.split()[0] for d in differences(s, w, -1)] == ["cash", "supplier"]
