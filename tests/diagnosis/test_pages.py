"""The generated pages: a number in each place where there is evidence, and a dash where there is none.

Paper: Q17
"""

import pytest

from jiqun.diagnosis.card import reference_card
from jiqun.diagnosis.findings import Trial
from jiqun.diagnosis.loop.paper_page import paper_page
from jiqun.diagnosis.stage.trial import pooled


def trial(ordered: float, likeliest: int) -> Trial:
    stretches = {k: 3.0 if k == likeliest else 0.0 for k in range(1, 6)}
    return Trial(ordered=ordered, stretches=stretches, windows=9)


def test_a_record_that_is_too_short_gets_a_dash() -> None:
    text = paper_page([], {"long": trial(2.5, 3), "short": None}, reference_card(), "en")
    assert "| long | 9 | 2.5 | 0.0 | 3.0 | 0.0 | 0.0 |" in text
    assert "| short | too few, or no type with stages | – |" in text


def test_evidence_of_several_clusters_adds_up() -> None:
    together = pooled([trial(1.0, 2), trial(-3.0, 2), trial(0.5, 4)])
    assert together is not None
    assert together.ordered == pytest.approx(-1.5)
    assert together.likeliest == 2
    assert together.windows == 27
    assert pooled([]) is None


def test_hybrids_have_no_stages_to_be_tried() -> None:
    """A simulated hybrid among the worlds is passed over: the paper gives it no path."""
    windows = {
        "names": [f"{year}-{year}" for year in range(2000, 2008)],
        "years": 1,
        "modes": [[None] * 3] * 8,
        "shares": {"joint": [[4.0, 10.0]] * 8},
        "indices": {},
    }
    full = {"firms": 50, "readings": [], "windows": windows}
    line = {"truth": {"type": "hybrid"}, "gathered": {"full": full}}
    assert paper_page([line], {}, reference_card(), "en") == paper_page(
        [], {}, reference_card(), "en"
    )
