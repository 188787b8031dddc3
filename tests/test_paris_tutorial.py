"""The tutorial on the restaurants of Paris: its code runs, says what the page says, and its script works.

Paper: E4 (agglomeration in geographical space)
"""

import re
import runpy
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import numpy as np
import polars as pl
import pytest

from jiqun.record.requirements import check

REPOSITORY = Path(__file__).parents[1]
PAGE = REPOSITORY / "docs" / "tutorials" / "paris_restaurants.md"
DATA = REPOSITORY.parent / "shared" / "data" / "points" / "dfRestaurantParis.csv.gz"
needs_data = pytest.mark.skipif(not DATA.exists(), reason=f"{DATA.name} is not at hand")


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(REPOSITORY / "examples"))
    yield import_module("paris_restaurants")
    sys.modules.pop("paris_restaurants")


@pytest.mark.slow
@needs_data
def test_the_code_of_the_page_says_what_the_page_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(DATA.parent)
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    program = tmp_path / "page.py"
    program.write_text("".join(blocks), encoding="utf-8")
    said = runpy.run_path(str(program))
    curve, share, found = said["curve"], said["share"], said["found"]
    assert curve.verdict == "localised"
    assert curve.radii[curve.localised].tolist() == [0.0, 100.0, 200.0, 300.0, 400.0]
    assert curve.radii[curve.dispersed].tolist() == [2800.0, 2900.0, 3000.0]
    assert curve.band.p_value == pytest.approx(1 / 1001)
    np.testing.assert_allclose(share.observed, [8.21, 3.27, 1.77, 1.21], atol=0.005)
    np.testing.assert_allclose(share.band.high, [2.97, 1.31, 1.09, 1.04], atol=0.005)
    localised = {name for name, verdict in found.items() if verdict == "localised"}
    cuisines = {"indian", "asian", "african", "south_america", "french"}
    assert localised >= cuisines
    assert found["european"] == "dispersed"


def test_lambert_metres_become_the_degrees_of_known_places(example: ModuleType) -> None:
    """The origin of Lambert-93 by its definition, and the Eiffel Tower by the map of IGN."""
    found = example.degrees(np.array([[700_000.0, 6_600_000.0], [648_237.3, 6_862_271.7]]))
    np.testing.assert_allclose(found, [[3.0, 46.5], [2.2945, 48.8584]], atol=1e-7)


@needs_data
def test_the_record_of_the_restaurants_is_sound(example: ModuleType) -> None:
    record = example.record_of(pl.read_csv(DATA))
    assert check(record) == ()
    assert record["sites"].height == 13_823
    counts = record["firms"]["industry_code"].value_counts()
    assert dict(counts.iter_rows())["indian"] == 394


@needs_data
@pytest.mark.slow
def test_the_script_draws_what_the_page_shows(example: ModuleType, tmp_path: Path) -> None:
    example.main(DATA, tmp_path)
    for name in example.FILE_OF.values():
        shown = (PAGE.parent / name).read_text(encoding="utf-8")
        assert (tmp_path / name).read_text(encoding="utf-8") == shown
