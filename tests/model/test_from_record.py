"""Starts from a record: what it says is taken over, what it lacks is drawn and said, ids are kept.

Paper: K1c (initial firms, places and logic are all that differs).
"""

import datetime as dt

import numpy as np
import polars as pl
import pytest

from jiqun.model.simulate import simulate
from jiqun.model.simulation import Simulation
from jiqun.model.start.from_record import last_day, started
from jiqun.model.state import LIVING, NOBODY
from jiqun.record.problem import InputError
from jiqun.record.record import Record
from jiqun.record.requirements import check
from tests.model.small import small

DAY = dt.date(2015, 12, 31)


def real() -> Record:
    """Return eight firms of two regions; the last has closed, and the sixth has nothing known."""
    n = 8
    firms = pl.DataFrame(
        {
            "firm_id": [f"F{k}" for k in range(n)],
            "name": [f"Firm {k}" for k in range(n)],
            "kind": ["firm"] * n,
            "industry_scheme": ["ISIC4"] * 5 + [None, "ISIC4", "ISIC4"],
            "industry_code": ["2822", "2822", "2410", "6201", "6311", None, "2410", "2410"],
            "founded": [dt.date(1990 + k, 3, 1) for k in range(n)],
            "closed": [None] * 7 + [dt.date(2010, 1, 1)],
            "digital_native": [0.0, 0.0, 0.0, 1.0, 1.0, None, 0.0, 0.0],
            "region_scheme": ["other"] * n,
            "region_code": ["east", "east", "east", "west", "west", None, "east", "west"],
        }
    )
    sites = pl.DataFrame(
        {
            "site_id": ["s0", "s3", "h3"],
            "firm_id": ["F0", "F3", "F3"],
            "longitude": [121.0, 120.0, 120.5],
            "latitude": [31.0, 30.0, 30.5],
            "kind": ["headquarters", "headquarters", "data_facility"],
        }
    )
    ties = pl.DataFrame(
        {
            "tie_id": ["t0", "t1", "t2", "t3"],
            "source": ["F2", "F3", "F1", "F7"],
            "target": ["F0", "F0", "F4", "F0"],
            "kind": ["supply", "supply", "data_flow", "supply"],
            "channel": ["physical", "physical", "virtual", "physical"],
            "start": [dt.date(2012, 1, 1)] * 4,
            "end": [None, dt.date(2014, 1, 1), None, None],
        }
    )
    accounts = pl.DataFrame(
        {
            "firm_id": ["F0", "F0"],
            "start": [dt.date(2013, 1, 1), dt.date(2015, 1, 1)],
            "end": [dt.date(2014, 1, 1), dt.date(2016, 1, 1)],
            "currency": ["CNY", "CNY"],
            "price_basis": ["constant", "constant"],
            "employees": [300.0, 450.0],
            "data_capital": [None, 2.5e6],
        }
    )
    platforms = pl.DataFrame(
        {
            "platform_id": ["p"],
            "operator": ["F4"],
            "opened": [dt.date(2011, 1, 1)],
            "openness": [0.7],
        }
    )
    participations = pl.DataFrame(
        {
            "platform_id": ["p", "p"],
            "firm_id": ["F3", "F7"],
            "role": ["complementor", "complementor"],
            "joined": [dt.date(2012, 1, 1)] * 2,
        }
    )
    return Record.of(
        firms=firms,
        sites=sites,
        ties=ties,
        accounts=accounts,
        platforms=platforms,
        participations=participations,
    )


def begun() -> Simulation:
    scenario, start = started(real(), small(), at=DAY)
    return Simulation.begin(scenario, seed=1, start=start)


def test_what_the_record_says_is_taken_over() -> None:
    run = begun()
    f, r = run.world.firms, run.world.relations
    assert int(run.world.tally[LIVING]) == 7
    codes = [i.code for i in run.scenario.industries]
    regions = [g.name for g in run.scenario.regions]
    assert [codes[k] for k in f.industry[:5]] == ["2822", "2822", "2410", "6201", "6311"]
    assert [regions[g] for g in f.region[:5]] == ["east", "east", "east", "west", "west"]
    assert f.factors[0] == pytest.approx(4.5)
    assert f.stock[0] == pytest.approx(2.5)
    assert f.logic[[0, 3]].tolist() == pytest.approx([0.1, 0.9])
    assert f.digital[3] == pytest.approx(0.55)
    assert f.facility[:5].tolist() == [0, 0, 0, 1, 0]
    # A degree of latitude is 111.195 km; the origin is the mean of the sites at 30.5 degrees.
    assert f.y[[0, 3]].tolist() == pytest.approx([0.5 * 111.195, -0.5 * 111.195])
    assert f.facility_y[3] == pytest.approx(0.0, abs=1e-9)
    assert r.supplier[0].tolist() == [2, NOBODY, NOBODY, NOBODY]  # the second tie has ended
    assert r.link[4].tolist() == [1, NOBODY, NOBODY, NOBODY]
    assert run.world.platforms.owner[0] == 4
    assert run.world.platforms.openness[0] == pytest.approx(0.7)
    assert r.home[:5, 0].tolist() == [NOBODY, NOBODY, NOBODY, 0, 0]


def test_what_it_lacks_is_drawn_and_said() -> None:
    scenario, start = started(real(), small(), at=DAY)
    said = [note.en for note in start.notes]
    assert "industry drawn for 1 firms" in said
    assert "place drawn for 5 firms" in said
    assert "size drawn for 6 firms" in said
    assert "dominant logic and digital capability drawn for 1 firms" in said
    run = Simulation.begin(scenario, seed=1, start=start)
    f = run.world.firms
    assert np.isfinite(f.x[:7]).all()
    assert (f.factors[:7] > 0).all()
    assert len(set(f.factors[1:7].tolist())) == 6


def test_industries_buy_what_their_ties_say() -> None:
    scenario, _ = started(real(), small(), at=DAY)
    bought = {i.code: i.buys for i in scenario.industries}
    assert bought["2822"] == ("2410",)


def test_the_run_is_valid_and_keeps_the_identifiers() -> None:
    scenario, start = started(real(), small(periods=12), at=DAY)
    record = simulate(scenario, seed=1, start=start)
    assert [p for p in check(record) if p.severity == "error"] == []
    firms = record["firms"]
    assert firms["firm_id"].to_list()[:7] == [f"F{k}" for k in range(7)]
    assert firms["founded"].to_list()[0] == dt.date(1990, 3, 1)
    assert all(name.startswith("new-") for name in firms["firm_id"].to_list()[7:])
    assert record["accounts"]["start"].min() == dt.date(2016, 1, 1)


def test_a_simulated_record_is_a_start_too() -> None:
    record = simulate(small(), seed=2)
    scenario, start = started(record, small(periods=8))
    again = simulate(scenario, seed=3, start=start)
    assert [p for p in check(again) if p.severity == "error"] == []
    assert len(start.suppliers) > 20
    assert last_day(record) == dt.date(2010, 1, 1)


def test_a_day_without_firms_is_refused() -> None:
    with pytest.raises(InputError, match="has 0 firms"):
        started(real(), small(), at=dt.date(1900, 1, 1))
