"""Elasticity to the installed base: reinforced and unreinforced entry, one platform, too few.

Paper: N2a, S13, Q19 (network effects)
"""

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from jiqun.measures.installed_base_elasticity import installed_base_elasticity
from jiqun.record.record import Record
from tests.measures.cluster_years import baseline, get, platform
from tests.measures.records import firm_table


def joined(beta: float, seed: int) -> Record:
    """Twelve platforms for five years; entry each quarter on the base to the power of beta."""
    generator = np.random.default_rng(seed)
    base, rows, firm = np.ones(12), [], 0
    attraction = np.exp(generator.normal(0, 0.3, 12))
    for quarter in range(20):
        rate = attraction * (1 + base) ** beta
        entrants = generator.multinomial(25, rate / rate.sum())
        for p, n in enumerate(entrants):
            day = date(2000, 1, 1) + timedelta(days=quarter * 91 + 5)
            rows += [
                {"platform_id": f"p{p}", "firm_id": f"f{firm + k}", "joined": day} for k in range(n)
            ]
            firm += int(n)
        base = base + entrants
    return Record.of(
        firms=firm_table(["17", "26"] * 1000, ["330100"] * 2000),
        platforms=pl.DataFrame({"platform_id": [f"p{p}" for p in range(12)]}),
        participations=pl.DataFrame(rows),
    )


def test_reinforced_entry_is_told_from_entry_that_only_differs() -> None:
    with_it = installed_base_elasticity(joined(1.2, 4))
    without = installed_base_elasticity(joined(0.0, 4))
    value = get(with_it, "elasticity", between="platforms")
    chance = get(with_it, "by chance", between="platforms")
    assert value.low is not None
    assert value.value is not None
    assert chance.high is not None
    assert value.low > 0
    assert value.value > chance.high
    assert value.n == 500
    flat = get(without, "elasticity", between="platforms")
    assert flat.low is not None
    assert flat.high is not None
    assert flat.low < 0 < flat.high


def test_one_platform_is_compared_between_industries_only() -> None:
    found = installed_base_elasticity(baseline(**platform()))
    alone = get(found, "elasticity", between="platforms").reason
    assert alone is not None
    assert "at least two platforms" in alone.en
    assert "base and time cannot be told apart" in alone.en


def test_too_few_and_none() -> None:
    few = installed_base_elasticity(baseline(**platform()), years=5)
    reasons = [e.reason.en for e in few if e.reason is not None and ("window", "all") not in e.of]
    assert set(reasons) == {"fewer than 20 dated entries"}
    none = installed_base_elasticity(baseline(), years=5)
    assert all(e.reason is not None and "no platform" in e.reason.en for e in none)


def test_the_seed_moves_chance_a_little_and_nothing_is_drawn_twice() -> None:
    record = joined(0.5, 1)
    one, other = (installed_base_elasticity(record, seed=s) for s in (0, 1))
    assert one == installed_base_elasticity(record)
    a, b = (get(e, "elasticity", between="platforms").value for e in (one, other))
    assert a != b
    assert a == pytest.approx(b, abs=0.1)
