"""Firms of a region: by their own code, or by that of a site.

Paper: E1 (a cluster is firms of a region)
"""

import polars as pl

from jiqun.record.record import Record
from jiqun.record.selection import select


def test_a_site_in_the_region_counts_as_well() -> None:
    """The firm without a region of its own has a site in Suzhou."""
    record = Record.of(
        firms=pl.DataFrame({"firm_id": ["a", "b"], "region_code": [None, "330100"]}),
        sites=pl.DataFrame({"site_id": ["1"], "firm_id": ["a"], "region_code": ["320500"]}),
    )
    assert set(select(record, region="320000")["firms"]["firm_id"]) == {"a"}
    both = select(record, region=["32", "330000"])["firms"]["firm_id"]
    assert set(both) == {"a", "b"}
