"""Thinning: tables and years are left out, the rest stays as it was and valid.

Paper: E15 (what is not in a record was not observed).
"""

import pytest

from jiqun.model.simulate import simulate
from jiqun.model.thinning import LEAVES, Thinning
from jiqun.record.problem import InputError
from jiqun.record.requirements import check
from tests.model.small import small


def test_what_is_asked_for_is_left_out() -> None:
    whole = simulate(small(), seed=3)
    thinned = simulate(small(), seed=3, thinning=Thinning.asked(["ties", "accounts=5"]))
    assert set(whole) - set(thinned) == {"ties"}
    years = thinned["accounts"]["start"].dt.year().unique().sort().to_list()
    assert years == [2000, 2005]
    assert thinned["alliances"].equals(whole["alliances"])


def test_a_record_without_any_leaf_is_valid() -> None:
    thinned = simulate(small(), seed=3, thinning=Thinning.asked(LEAVES))
    assert [p for p in check(thinned) if p.severity == "error"] == []


@pytest.mark.parametrize("word", ["firms", "love", "ties=3", "accounts=0", "accounts=many"])
def test_what_cannot_be_thinned_is_said(word: str) -> None:
    with pytest.raises(InputError) as caught:
        Thinning.asked([word, "alliances"])
    assert [p.value for p in caught.value.problems] == [word, "alliances"]
