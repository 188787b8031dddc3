"""The order of the mirror on whole records: both verdicts, none yet, and what cannot be seen.

Paper: K2c, K2g, K2h (order of place and tie), Q7 (not yet observable at the first stage)
"""

from datetime import date
from typing import Any

import numpy as np
import polars as pl
import pytest

from jiqun.measures.estimate import Estimate
from jiqun.measures.mirror_order import mirror_order
from jiqun.record.record import Record
from tests.measures.records import firm_table
from tests.numerics.mirror.worlds import following


def month(step: int) -> date | None:
    """First of the month of a step from January 2015; nothing for what was before."""
    return None if step < 0 else date(2015 + step // 12, step % 12 + 1, 1)


def as_record(
    world: dict[str, Any], channel: str | None = "virtual", kind: str = "data_flow"
) -> Record:
    """Write a world of numbered steps as dated tables; places are 0.1° of longitude apart."""
    steps, firms = world["steps"], len(world["group"])
    return Record.of(
        firms=firm_table(["3510"] * firms, ["330100"] * firms),
        sites=pl.DataFrame(
            {
                "site_id": [f"s{i:05d}" for i in range(len(world["firm"]))],
                "firm_id": [f"f{i}" for i in world["firm"]],
                "longitude": world["points"][:, 0] / 10_000.0,
                "latitude": np.zeros(len(world["firm"])),
                "opened": pl.Series([month(t) for t in world["opened"]], dtype=pl.Date),
                "closed": pl.Series(
                    [None if t >= steps else month(t) for t in world["closed"]], dtype=pl.Date
                ),
            }
        ),
        ties=pl.DataFrame(
            {
                "tie_id": [f"t{i:05d}" for i in range(len(world["source"]))],
                "source": [f"f{i}" for i in world["source"]],
                "target": [f"f{i}" for i in world["target"]],
                "kind": pl.Series([kind] * len(world["source"]), dtype=pl.String),
                "channel": pl.Series([channel] * len(world["source"]), dtype=pl.String),
                "start": pl.Series([month(t) for t in world["onset"]], dtype=pl.Date),
            }
        ),
    )


def by_statistic(estimates: tuple[Estimate, ...]) -> dict[str, Estimate]:
    return {dict(e.of)["statistic"]: e for e in estimates}


def test_ties_between_neighbours() -> None:
    record = as_record(following(1, places_first=0.6))
    found = by_statistic(mirror_order(record, seed=0, permutations=99, recording_lag_days=30))
    verdict = found["verdict"]
    assert verdict.verdict is not None
    assert verdict.verdict.en == "place first, ties follow"
    assert verdict.low is not None
    assert verdict.low > 0.0
    assert found["place to tie"].value == pytest.approx(30.0, rel=0.9)
    share = found["ties due to place"]
    assert share.low is not None
    assert share.high is not None
    assert share.low < 0.5 < share.high
    assert "60 steps of one month" in verdict.method.en
    assert not verdict.warnings[0].en.startswith("No verdict")


def test_moves_to_partners() -> None:
    record = as_record(following(2, ties_first=0.7))
    found = by_statistic(mirror_order(record, seed=0, permutations=99, recording_lag_days=30))
    assert found["verdict"].verdict is not None
    assert found["verdict"].verdict.en == "ties first, places follow"
    assert found["moves to partners"].value is not None
    assert found["moves to partners"].value > 0.3
    assert found["verdict"].value is not None
    assert found["verdict"].value < 0.0


def test_verdict_that_the_stated_lag_changes_is_withheld() -> None:
    world = following(5, same_step=0.6)
    record = as_record(world | {"onset": world["onset"] + 3})
    (verdict, *_) = mirror_order(record, seed=0, permutations=99, recording_lag_days=92)
    assert verdict.verdict is not None
    assert verdict.verdict.en == "undetermined"
    assert "stated lag" in verdict.warnings[0].en


def test_path_without_virtual_ties_has_no_mirror_yet() -> None:
    record = as_record(following(3), channel="physical")
    (found,) = mirror_order(record, seed=0)
    assert not found.measured
    assert found.verdict is not None
    assert (found.verdict.en, found.verdict.zh) == ("not yet observable", "尚不可观测")
    supplies = as_record(following(3), channel=None, kind="supply")
    assert mirror_order(supplies, seed=0)[0].verdict == found.verdict


def test_untold_channels_are_measured_and_said_to_be_no_mirror() -> None:
    record = as_record(following(4, places_first=0.6), channel=None, kind="ownership")
    found = mirror_order(record, seed=0, permutations=99)
    assert any("not whether there is a digital mirror" in w.en for w in found[0].warnings)


def test_sites_without_dates_leave_moves_unseen() -> None:
    record = as_record(following(5, places_first=0.6))
    still = record.replace(
        sites=record["sites"]
        .unique("firm_id")
        .with_columns(opened=pl.lit(None, pl.Date), closed=pl.lit(None, pl.Date))
    )
    found = by_statistic(mirror_order(still, seed=0, permutations=99))
    assert not found["verdict"].measured
    assert found["verdict"].verdict is not None
    assert found["verdict"].verdict.en == "undetermined"
    assert "settled when they were founded" in str(found["verdict"].reason)
    assert not found["moves to partners"].measured
    assert found["place to tie"].measured


@pytest.mark.parametrize("missing", ["sites", "ties"])
def test_missing_table_is_named(missing: str) -> None:
    record = as_record(following(6))
    tables = {name: record[name] for name in record if name != missing}
    (found,) = mirror_order(Record.of(**tables), seed=0)
    assert not found.measured
    assert found.verdict is None
    assert any(need.startswith(missing) for need in found.needs)


def test_metres_of_a_projection_are_refused_and_not_taken_for_degrees() -> None:
    record = as_record(following(6))
    metres = record["sites"].with_columns(pl.col("longitude", "latitude") * 1e5 + 1e6)
    (found,) = mirror_order(record.replace(sites=metres), seed=0)
    assert "turn them into degrees" in str(found.reason)


def test_undated_ties_and_a_single_firm_are_decided() -> None:
    record = as_record(following(6))
    undated = record["ties"].with_columns(start=pl.lit(None, pl.Date))
    (found,) = mirror_order(record.replace(ties=undated), seed=0)
    assert "date" in str(found.reason)
    alone = record.replace(firms=record["firms"].head(1), ties=record["ties"].head(0))
    assert not mirror_order(alone, seed=0)[0].measured


def test_dates_on_the_first_of_january_are_years() -> None:
    record = as_record(following(7, places_first=0.6))
    yearly = record["ties"].with_columns(start=pl.col("start").dt.truncate("1y"))
    found = mirror_order(record.replace(ties=yearly), seed=0, permutations=19)
    assert any("of one year" in e.method.en for e in found)
