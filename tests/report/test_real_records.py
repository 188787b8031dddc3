"""Reports on open data sets, where they are at hand: whole, small, and with every problem counted."""

from pathlib import Path

import pytest

from jiqun.importers import IMPORTERS
from jiqun.report.grouping import group_problems
from jiqun.report.sections import SECTIONS
from jiqun.report.study import study
from jiqun.vocabulary.text import LANGUAGES
from tests.report.study_samples import Page, page_of

DATA = Path(__file__).parents[2].parent / "shared" / "data"
SETS = {
    "supplier-list": "apple_suppliers/apple-supplier-list.csv.gz",
    "cncf-landscape": "cncf_landscape/items_by_half_year.csv.gz",
}


@pytest.mark.slow
@pytest.mark.parametrize("importer", SETS)
def test_open_data_has_a_report_in_both_languages(importer: str) -> None:
    source = DATA / SETS[importer]
    if not source.exists():
        pytest.skip(f"{source.name} is not at hand")
    imported = IMPORTERS[importer].read(source, options={})
    found = study(imported.record, name=importer, problems=imported.problems)
    assert sum(group.count for group in group_problems(imported.problems)) == len(imported.problems)
    for language in LANGUAGES:
        html = page_of(found, language)
        page = Page(html)
        assert len(page.words("h2")) >= len(SECTIONS) - 4
        assert len(html.encode()) < 5_000_000
        counted = {a["data-basis"]: a["value"] for a in page.all("data")}
        assert counted["count:firms"] == str(imported.record["firms"].height)
        warnings = sum(problem.severity == "warning" for problem in imported.problems)
        assert counted["count:problems.warning"] == str(warnings)
