"""The page for those who set things side by side: policies, partners, two records, a first example.

The stories are those of analysts and cluster managers, told in both languages, on hostile names.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from jiqun.record.selection import select
from jiqun.record.storage import read, write
from jiqun.studio.comparison_order import OWN_TITLE, ComparisonOrder, question_of, runs_of
from tests.studio.browser import AXE, Seen, a_browser, served, visit
from tests.studio.finished import finish
from tests.studio.opened import demo_record
from tests.studio.test_page import LANGUAGES, hostile, words
from tests.studio.test_uploads import SCRIPT

SMALL = ComparisonOrder(draws=3, seeds=1, structures=False, mix={"templates": 2.0})


@dataclass(frozen=True)
class Opened:
    """A page that came in, and what is there to look at."""

    seen: Seen
    record: str
    earlier: str
    alliance: str
    comparison: str


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """Return a page with two records of one cluster, partners, changes and a comparison."""
    folder = tmp_path_factory.mktemp("studio")
    with demo_record("hardware") as whole, a_browser() as browser:
        record = read(whole)
        few = hostile(select(record, firms=record["firms"]["firm_id"][:60].to_list()))
        write(few, folder / "now.jiqun.zip")
        write(select(few, until=date(2019, 12, 31)), folder / "then.jiqun.zip")
        alliance = few["memberships"]["alliance_id"][0]
        with served(folder / "w", samples=(whole,)) as studio:
            now, then = (
                studio.library.add(
                    folder / f"{name}.jiqun.zip",
                    name=f"{name} {SCRIPT}",
                    owner="local",
                    uploaded=False,
                )
                for name in ("now", "then")
            )
            finish(studio, "partners", now, alliance=alliance)
            finish(studio, "changes", now, earlier=then)
            runs = runs_of(question_of(SMALL))
            job = finish(studio, "compare", None, order=SMALL.model_dump(), runs=runs)
            yield Opened(visit(browser, studio), now, then, alliance, job)


@pytest.fixture
def here(opened: Opened) -> Iterator[Opened]:
    """Return the page, and hold it to having caused no error, no dialog, and no request elsewhere."""
    opened.seen.said.clear()
    yield opened
    assert (opened.seen.said, opened.seen.elsewhere) == ([], [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_compare_policies_at_equal_budget(here: Opened, language: str) -> None:
    """Doubt is said first; every policy has its interval, and the mix of one's own is among them."""
    page = here.seen.go("/compare", language)
    page.locator(f"a[href='/compare?job={here.comparison}']").click()
    page.locator("table.ranking tbody tr").first.wait_for()
    assert page.locator("table.ranking tbody tr").count() == 6
    own = OWN_TITLE.to("zh" if language == "zh" else "en")
    assert own in page.locator("table.ranking").inner_text()
    assert page.locator("table.ranking svg.interval").count() == 5
    said = page.locator("p.robust").inner_text()
    assert "15" in said, "of the pairs of six policies, how many are undetermined comes first"
    assert page.locator("figure.history svg").count() == 5
    with page.expect_download() as caught:
        page.get_by_role("link", name=words("compare.data", language)).click()
    assert caught.value.suggested_filename == f"comparison-{here.comparison}.json"
    page.locator("details.python summary").click()
    assert "jq.compare" in page.locator("details.python pre").inner_text()


def test_order_a_comparison_from_the_desk_and_cancel_it(here: Opened) -> None:
    """The mix of the sliders comes along; the job is shown with its progress and can be cancelled."""
    page = here.seen.go("/compare", mix="templates:3,infrastructure:1")
    page.get_by_label(words("compare.budget", "en")).wait_for()
    assert page.get_by_label(words("compare.budget", "en")).input_value() == "4"
    page.get_by_label(words("compare.draws", "en")).fill("100")
    page.get_by_role("button", name=words("compare.order", "en")).click()
    page.wait_for_url("**job=**")
    page.get_by_role("button", name=words("job.cancel", "en")).click()
    page.get_by_text(words("job.cancelled", "en")).wait_for()


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_missing_from_our_alliance(here: Opened, language: str) -> None:
    """How far it can be relied on stands before the candidates, and each has its reasons."""
    page = here.seen.go(f"/r/{here.record}/partners", language)
    page.get_by_label(words("partners.search", language)).fill(here.alliance)
    page.locator("select").select_option(f"a:{here.alliance}")
    page.locator("ol.candidates li").first.wait_for()
    heads = page.locator("main h3").all_inner_texts()
    assert heads[0] == words("partners.again", language)
    assert words("partners.candidates", language) in heads[1:]
    assert SCRIPT in page.locator("ol.candidates li").first.inner_text()
    page.locator("ol.candidates button").first.click()
    page.locator("ol.candidates table tbody tr").first.wait_for()
    assert f"alliance={here.alliance}" in page.url


@pytest.mark.parametrize("language", LANGUAGES)
def test_did_it_work(here: Opened, language: str) -> None:
    """Each difference is parted; a click says how the number was made."""
    page = here.seen.go(f"/r/{here.record}/changes", language)
    page.get_by_label(words("changes.earlier", language)).select_option(here.earlier)
    page.locator("table.changes tbody tr").first.wait_for()
    for part in ("measuring", "behaviour", "membership"):
        assert words(f"changes.{part}", language) in page.locator("table.changes").inner_text()
    page.locator("table.changes button").first.click()
    page.locator("table.changes .detail").wait_for()
    assert f"earlier={here.earlier}" in page.url


def test_an_example_can_be_opened_first(here: Opened) -> None:
    page = here.seen.go("/")
    page.get_by_role(
        "button", name=words("samples.open", "en").format(name="synthetic-hardware")
    ).click()
    page.get_by_role("heading", name="synthetic-hardware").wait_for()
    page.get_by_role("button", name=words("ledger.order", "en")).wait_for()


def views(here: Opened) -> list[tuple[str, dict[str, str]]]:
    """Return the views of this file, each with what it shows."""
    return [
        ("/compare", {}),
        ("/compare", {"job": here.comparison}),
        (f"/r/{here.record}/partners", {"alliance": here.alliance}),
        (f"/r/{here.record}/changes", {"earlier": here.earlier}),
    ]


def test_a_narrow_screen_needs_no_sideways_scrolling(here: Opened) -> None:
    here.seen.page.set_viewport_size({"width": 420, "height": 800})
    try:
        for view, query in views(here):
            page = here.seen.go(view, "zh", **query)
            page.wait_for_load_state("networkidle")
            assert page.evaluate("document.documentElement.scrollWidth") <= 420, view
    finally:
        here.seen.page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: make studio")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_screen_reader_finds_no_barrier(here: Opened, language: str) -> None:
    for view, query in views(here):
        page = here.seen.go(view, language, **query)
        page.wait_for_load_state("networkidle")
        for summary in page.locator("main details > summary").all():
            summary.click()
        assert here.seen.barriers() == {}, view
