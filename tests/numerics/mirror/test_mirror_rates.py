"""Rates of both onsets: by hand, against all pairs written out, and what each firm does to them.

Paper: K2c (order statistic of place and tie), K2h (rate of a site near a partner)
"""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiqun.numerics.mirror import mirror_order, mobility_blocks
from jiqun.numerics.mirror.influence import influence
from jiqun.numerics.mirror.layers import Layers, layers
from jiqun.numerics.mirror.relabelling import COLUMN, fixed, log_ratio, observed, relabelled
from tests.numerics.mirror.worlds import Arguments, dense, random_record


def built(record: Arguments) -> Layers:
    return layers(**record, coordinates="projected")


def sums_of(record: Layers, shift: int = 0) -> dict[str, float]:
    own = np.arange(record.firms, dtype=np.int32)
    _, sums = observed(record, fixed(record), own, shift)
    return {name: float(sums[k]) for name, k in COLUMN.items()}


def written_out(record: Arguments) -> dict[str, float]:
    """The sums of both rate ratios from all pairs in all steps."""
    together, tied, both = dense(record)
    group, steps = np.asarray(record["group"]), record["steps"]
    upper = np.triu(np.ones((group.size, group.size), bool), 1)
    found = dict.fromkeys(COLUMN, 0.0)
    for t in range(steps):
        for a, b in ((0, 0), (0, 1), (1, 1)):
            pair = (np.minimum.outer(group, group) == a) & (np.maximum.outer(group, group) == b)
            here = both[t] & pair & upper
            for name, on, exposed, rest in (
                ("place", tied, together[t], ~tied[t]),
                ("tie", together, tied[t], ~together[t]),
            ):
                risk = here & rest
                event = risk & ~on[t] & on[t + 1]
                n1, n0 = (risk & exposed).sum(), (risk & ~exposed).sum()
                hits, misses = (event & exposed).sum(), (event & ~exposed).sum()
                if n0 + n1:
                    found[f"{name}_exposed"] += hits * n0 / (n0 + n1)
                    found[f"{name}_unexposed"] += misses * n1 / (n0 + n1)
                found["after_place" if name == "place" else "after_tie"] += hits
                found["ties" if name == "place" else "places"] += hits + misses
            fresh = ~tied[t] & tied[t + 1] & ~together[t] & together[t + 1]
            found["together"] += (fresh & here).sum()
    return found


def test_rate_ratio_of_ties_on_place_by_hand() -> None:
    """Four firms; 0 and 1 share a place. In step 0 they tie, and so do 2 and 3.

    At risk are 6 pairs, 1 of them co-located: a n0/n = 1 · 5/6 and c n1/n = 1 · 1/6, ratio 5.
    """
    record = built(
        {
            "firm": [0, 1, 2, 3],
            "points": [[0.0, 0.0], [0.0, 0.0], [900.0, 0.0], [0.0, 900.0]],
            "opened": [-1] * 4,
            "closed": [1] * 4,
            "source": [0, 2],
            "target": [1, 3],
            "onset": [0, 0],
            "group": [0] * 4,
            "block": [0] * 4,
            "steps": 1,
            "radius": 0.0,
        }
    )
    found = sums_of(record)
    assert found["place_exposed"] == pytest.approx(5 / 6)
    assert found["place_unexposed"] == pytest.approx(1 / 6)
    _, sums = observed(record, fixed(record), np.arange(4, dtype=np.int32), 0)
    assert np.exp(log_ratio(sums, "place")) == pytest.approx((5 / 6 + 0.25) / (1 / 6 + 0.25))


def test_move_to_a_partner_by_hand() -> None:
    """0 and 1 are tied from before; 0 moves to 1 in step 0, 2 moves to 3, which it has no tie to.

    At risk are all 6 pairs, 1 of them tied; two of them meet, one of which is tied.
    """
    record = built(
        {
            "firm": [0, 1, 2, 3, 0, 2],
            "points": [[0.0, 0], [10.0, 0], [20.0, 0], [30.0, 0], [10.0, 0], [30.0, 0]],
            "opened": [-1, -1, -1, -1, 0, 0],
            "closed": [0, 1, 0, 1, 1, 1],
            "source": [1],
            "target": [0],
            "onset": [-1],
            "group": [0] * 4,
            "block": [0] * 4,
            "steps": 1,
            "radius": 1.0,
        }
    )
    found = sums_of(record)
    assert found["tie_exposed"] == pytest.approx(5 / 6)
    assert found["tie_unexposed"] == pytest.approx(1 / 6)
    assert (found["places"], found["after_tie"], found["landings"]) == (2, 1, 1)
    assert found["ties"] == 0


@given(seed=st.integers(0, 10_000))
def test_sums_are_those_of_all_pairs_written_out(seed: int) -> None:
    record = random_record(seed)
    found, expected = sums_of(built(record)), written_out(record)
    for name in ("place_exposed", "place_unexposed", "tie_exposed", "tie_unexposed"):
        assert found[name] == pytest.approx(expected[name]), name
    for name in ("ties", "after_place", "after_tie", "together"):
        assert found[name] == expected[name], name


def test_closing_ties_are_those_with_a_partner_in_common_before() -> None:
    """0-1 and 1-2 first, then 0-2 closes the triangle; 2-3 closes none."""
    record = random_record(0) | {
        "source": [0, 1, 0, 2],
        "target": [1, 2, 2, 3],
        "onset": [1, 2, 3, 4],
    }
    ties = built(record).ties
    closing = {
        (int(a), int(b)): bool(c)
        for a, b, c in zip(ties.source, ties.target, ties.closing, strict=True)
    }
    assert closing == {(0, 1): False, (0, 2): True, (1, 2): False, (2, 3): False}


def test_influence_is_what_the_ratio_changes_by_without_a_firm() -> None:
    record = random_record(3, firms=40, steps=20, ties=250)
    whole = built(record)
    known, own = fixed(whole), np.arange(40, dtype=np.int32)
    counts, sums = observed(whole, known, own, 0)
    found = influence(whole, known, counts, sums, 0)
    change = np.zeros((2, 40))
    for firm in range(40):
        rest = whole.without(firm)
        _, less = observed(rest, fixed(rest), own, 0)
        for k, name in enumerate(("place", "tie")):
            change[k, firm] = log_ratio(sums, name) - log_ratio(less, name)
    for k in (0, 1):
        assert np.corrcoef(change[k], found.firms[k])[0, 1] > 0.95
        assert np.polyfit(change[k], found.firms[k], 1)[0] == pytest.approx(1.0, abs=0.2)


def test_dates_that_move_together_change_nothing() -> None:
    """Two steps later in a record two steps longer, for sites and ties alike."""
    record = random_record(5) | {"closed": np.full(random_record(5)["firm"].size, 12)}
    later = record | {
        "opened": np.where(record["opened"] < 0, -1, record["opened"] + 2),
        "onset": np.where(record["onset"] < 0, -1, record["onset"] + 2),
        "closed": record["closed"] + 2,
        "steps": 14,
    }
    first, second = sums_of(built(record)), sums_of(built(later))
    for name in ("after_place", "after_tie", "together", "landings", "ties", "places"):
        assert first[name] == second[name], name


def test_shift_is_the_same_as_later_ties() -> None:
    record = random_record(6)
    later = record | {"onset": np.where(record["onset"] < 0, -1, record["onset"] + 3)}
    assert sums_of(built(record), 3) == pytest.approx(sums_of(built(later)))


def test_relabelling_keeps_to_blocks_and_to_the_seed() -> None:
    record = built(random_record(7) | {"block": np.arange(14)})
    known, own = fixed(record), np.arange(14, dtype=np.int32)
    null = relabelled(record, known, np.array([0]), 5, 1, 1)
    _, sums = observed(record, known, own, 0)
    assert np.array_equal(null[:, 0], np.tile(sums, (5, 1)))  # nobody to exchange with
    free = built(random_record(7))
    one = relabelled(free, fixed(free), np.array([0, 1]), 40, 1, 1)
    two = relabelled(free, fixed(free), np.array([0, 1]), 40, 1, 2)
    assert np.array_equal(one, two)
    assert np.ptp(one[:, 0, COLUMN["place_exposed"]]) > 0.0


def test_mobility_blocks_are_part_of_groups_and_alike() -> None:
    moves = np.array([0, 0, 1, 2, 3, 4, 6, 7, 0, 2])
    group = np.array([0, 0, 0, 0, 0, 0, 0, 0, 1, 1])
    block = mobility_blocks(group, moves)
    assert block.tolist() == [0, 0, 1, 2, 2, 3, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"source": [0, 99], "target": [1, 1], "onset": [0, 0]}, "source: firms are numbered"),
        ({"source": [1], "target": [1], "onset": [0]}, "ties firm 1 to itself"),
        ({"steps": 0}, "steps"),
        ({"radius": float("nan")}, "radius"),
        ({"group": [-1] * 14}, "group: expected"),
        ({"block": [0] * 3}, "block: expected"),
        ({"opened": [0]}, "opened: there are"),
        ({"onset": [0]}, "onset: there are"),
        ({"lag": -1}, "lag"),
        ({"permutations": 3}, "permutations"),
        ({"coordinates": "longitude_latitude", "points": [[999.0, 0.0]] * 30}, "longitude"),
    ],
)
def test_wrong_input_is_refused(change: dict[str, Any], words: str) -> None:
    record = random_record(1) | change
    if "coordinates" in change:
        record["points"] = [[999.0, 0.0]] * len(record["firm"])
    with pytest.raises(ValueError, match=words):
        mirror_order(**record, seed=0)
