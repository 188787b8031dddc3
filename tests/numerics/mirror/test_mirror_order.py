"""Verdicts: the four of them, and each reason for none.

Paper: K2c (virtual mirrors physical), K2g and K2h (physical mirrors virtual), Q7 (no mirror yet)
"""

from dataclasses import replace

import numpy as np
import pytest

from jiqun.numerics.mirror import mirror_order
from jiqun.numerics.mirror.evidence import excess
from jiqun.numerics.mirror.judgement import Evidence, judge
from tests.numerics.mirror.worlds import following

FIRM = Evidence(
    ties=200, moves=100, any_onset=True, mixable=1.0, p_place=0.001, p_tie=0.5, p_open=0.001,
    p_within_place=0.001, p_within_tie=0.5, most_ties=0.5, most_moves=0.05, difference_low=1.0,
    difference_high=2.0, p_together=0.5, share_together=0.0, alpha=0.05,
)  # fmt: skip


def test_ties_between_neighbours_are_physical_first() -> None:
    found = mirror_order(**following(1, places_first=0.6), lag=1, permutations=99, seed=1)
    assert (found.verdict, found.reasons) == ("physical first", ())
    assert found.place_to_tie.low > 5.0
    assert found.place_to_tie.attributable_low < 0.5 < found.place_to_tie.attributable_high
    assert found.asymmetry_low > 0.0
    assert [shift for shift, _ in found.by_shift] == [-1, 0, 1]


def test_moves_to_partners_are_virtual_first() -> None:
    found = mirror_order(**following(2, ties_first=0.7), lag=1, permutations=99, seed=1)
    assert (found.verdict, found.reasons) == ("virtual first", ())
    assert found.tie_to_place.ratio > 2.0
    assert found.tie_to_place.attributable > 0.3
    assert found.landings.share > 0.3
    assert found.landings.p_value < 0.001
    assert found.asymmetry_high < 0.0


def test_both_are_mutual_and_neither_is_no_mirror() -> None:
    both = following(3, places_first=0.5, ties_first=0.5)
    assert mirror_order(**both, permutations=99, seed=1).verdict == "mutual"
    neither = mirror_order(**following(4), permutations=99, seed=1)
    assert neither.verdict == "no mirror"
    assert neither.place_to_tie.attributable_high < 0.1


def test_onsets_in_one_step_have_no_order() -> None:
    found = mirror_order(**following(5, same_step=0.6), permutations=99, seed=1)
    assert found.verdict == "undetermined"
    assert "simultaneous onsets" in found.reasons
    assert found.simultaneous > 20


def test_ties_registered_late_are_undetermined_within_the_stated_lag() -> None:
    world = following(5, same_step=0.6)
    late = world | {"onset": world["onset"] + 3}
    assert mirror_order(**late, permutations=99, seed=1).verdict == "physical first"  # wrong
    stated = mirror_order(**late, lag=3, permutations=99, seed=1)
    assert (stated.verdict, stated.reasons) == ("undetermined", ("recording lag",))


def test_no_moves_leave_one_direction_unseen() -> None:
    world = following(6, places_first=0.6)
    stays = world["opened"] < 0
    still = world | {k: world[k][stays] for k in ("firm", "points", "opened")}
    still["closed"] = np.full(int(stays.sum()), world["steps"])
    found = mirror_order(**still, permutations=99, seed=1)
    assert (found.verdict, found.reasons) == ("undetermined", ("founding-time co-location",))
    assert found.place_to_tie.p_value <= 0.05
    assert found.landings.moves == 0


def test_one_hub_is_not_a_cluster() -> None:
    """All that follows is of one firm: it moves to a partner in each step."""
    world = following(7)
    rng = np.random.default_rng(0)
    steps, hub = world["steps"], 0
    others = np.unique(world["firm"][1:])[1:]
    mine = world["firm"] == hub
    rest = {k: world[k][~mine] for k in ("firm", "points", "opened", "closed")}
    stops = rng.choice(others, steps, replace=False)
    home = {int(f): p for f, p in zip(rest["firm"], rest["points"], strict=True)}
    world |= {
        "firm": np.append(rest["firm"], np.full(steps, hub)),
        "points": np.vstack([rest["points"], [home[int(f)] for f in stops]]),
        "opened": np.concatenate([rest["opened"], [-1], np.arange(1, steps)]),
        "closed": np.concatenate([rest["closed"], np.arange(1, steps), [steps]]),
        "source": np.append(world["source"], np.full(steps, hub)),
        "target": np.append(world["target"], stops),
        "onset": np.append(world["onset"], np.maximum(np.arange(steps) - 5, -1)),
    }
    found = mirror_order(**world, permutations=199, seed=1)
    assert found.tie_to_place.p_value <= 0.05
    assert found.verdict == "undetermined"
    assert set(found.reasons) & {"hub leverage", "unblocked homophily"}


def test_nothing_at_all_is_undetermined() -> None:
    world = following(8)
    bare = world | {k: [] for k in ("source", "target", "onset")}
    found = mirror_order(**bare, permutations=19, seed=1)
    assert found.verdict == "undetermined"
    assert "too few ties" in found.reasons
    nobody = world | {k: np.zeros(0, int) for k in ("firm", "opened", "closed")}
    found = mirror_order(**nobody | {"points": np.zeros((0, 2))}, permutations=19, seed=1)
    assert (found.firms, found.ties, found.verdict) == (0, 0, "undetermined")


def test_places_that_are_the_same_for_all_say_nothing() -> None:
    world = following(8, places_first=0.5)
    one = mirror_order(**world | {"points": 0.0 * world["points"]}, permutations=19, seed=1)
    assert one.verdict == "undetermined"
    assert "founding-time co-location" in one.reasons
    across = np.where(np.arange(len(world["firm"])) % 2, -179.99999, 179.99999)
    points = np.stack([across, np.zeros(across.size)], axis=1)
    near = world | {"points": points, "radius": 5.0, "coordinates": "longitude_latitude"}
    assert mirror_order(**near, permutations=19, seed=1).reasons == one.reasons


def test_same_result_for_any_number_of_threads_and_other_for_another_seed() -> None:
    world = following(9, places_first=0.3)
    one = mirror_order(**world, permutations=49, seed=1, workers=1)
    assert one == mirror_order(**world, permutations=49, seed=1, workers=2)
    other = mirror_order(**world, permutations=49, seed=2)
    assert one.place_to_tie.crude == other.place_to_tie.crude
    assert one.place_to_tie.by_chance != other.place_to_tie.by_chance


def test_degrees_of_the_globe_are_as_good_as_metres() -> None:
    world = following(10, places_first=0.5)
    degrees = world | {"points": world["points"] / 111_195.0, "coordinates": "longitude_latitude"}
    flat = mirror_order(**world, permutations=49, seed=1)
    round_ = mirror_order(**degrees, permutations=49, seed=1)
    assert flat.place_to_tie == round_.place_to_tie


@pytest.mark.parametrize(
    ("change", "verdict", "reason"),
    [
        ({}, "physical first", None),
        ({"ties": 19}, "undetermined", "too few ties"),
        ({"moves": 19}, "undetermined", "too few moves"),
        ({"moves": 0, "any_onset": False}, "undetermined", "founding-time co-location"),
        ({"any_onset": False}, "undetermined", "founding-time co-location"),
        ({"mixable": 0.5}, "undetermined", "small blocks"),
        ({"most_moves": 0.3}, "undetermined", "moves not ruled out"),
        ({"p_place": 0.2, "p_tie": 0.01, "most_ties": 0.3}, "undetermined", "ties not ruled out"),
        ({"p_together": 0.01, "share_together": 0.5}, "undetermined", "simultaneous onsets"),
        ({"p_together": 0.01, "share_together": 0.1}, "physical first", None),
        ({"difference_low": -0.1}, "undetermined", "unblocked homophily"),
        ({"p_within_place": 0.4}, "undetermined", "unblocked homophily"),
        ({"p_open": 0.4}, "undetermined", "triadic closure"),
        ({"p_tie": 0.01, "p_within_place": 0.4}, "mutual", None),
        ({"p_place": 0.4, "most_ties": 0.05}, "no mirror", None),
    ],
)
def test_each_reason_by_itself(change: dict[str, float], verdict: str, reason: str | None) -> None:
    found, reasons = judge(replace(FIRM, **change))  # type: ignore[arg-type]
    assert found == verdict
    assert reasons == (() if reason is None else (reason,))


def test_excess_over_chance_by_hand() -> None:
    """30 of 110 against 10 by chance: 20 of the 100 that chance leaves."""
    share, low, high = excess(30.0, np.array([10.0, 10.0]), 110.0, 2.0)
    assert share == pytest.approx(0.2)
    assert high - share == pytest.approx(2.0 * np.sqrt(1.0 + 20.0) / 100.0)
    assert low == pytest.approx(0.4 - high)
