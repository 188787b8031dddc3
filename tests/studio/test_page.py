"""The page as its users meet it: their stories, in both languages, by keyboard, read aloud, and hostile names.

The stories are those of analysts, cluster managers and researchers that a page can serve.
"""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import polars as pl
import pytest

from jiqun.record.record import Record
from jiqun.record.selection import select
from jiqun.record.storage import read, write
from jiqun.studio.studio import Studio
from jiqun.studio.wording import WORDS
from tests.studio.browser import AXE, Seen, a_browser, served, visit
from tests.studio.finished import finish
from tests.studio.opened import demo_record
from tests.studio.test_uploads import SCRIPT, workbook

VIEWS = ("overview", "map", "network", "stages", "clusters", "partners", "changes", "report")
LANGUAGES = ("en", "zh")


def hostile(record: Record) -> Record:
    """Give every firm a name that would run, were it taken for anything but text."""
    names = pl.concat_str(pl.lit(SCRIPT), pl.lit(" 甲 "), pl.col("firm_id")).alias("name")
    return record.replace(firms=record["firms"].with_columns(names))


def studied(studio: Studio, folder: Path) -> str:
    """Open a record of some firms and study it, as a job would."""
    with demo_record("hardware") as whole:
        record = read(whole)
    path = folder / "few.jiqun.zip"
    write(hostile(select(record, firms=record["firms"]["firm_id"][:40].to_list())), path)
    opened = studio.library.add(path, name=f'few" {SCRIPT}', owner="local", uploaded=False)
    finish(studio, "study", opened)
    return opened


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Seen, str]]:
    """Return a page that came in, and the id of a record that was studied."""
    folder = tmp_path_factory.mktemp("studio")
    with a_browser() as browser, served(folder / "w") as studio:
        record = studied(studio, folder)
        yield visit(browser, studio), record


@pytest.fixture
def seen(opened: tuple[Seen, str]) -> Iterator[Seen]:
    """Return the page, and hold it to having caused no error, no dialog, and no request elsewhere."""
    page, _ = opened
    page.said.clear()
    yield page
    assert (page.said, page.elsewhere) == ([], [])


@pytest.fixture
def record(opened: tuple[Seen, str]) -> str:
    """Return the id of the record."""
    return opened[1]


def words(key: str, language: str) -> str:
    """Return a text of the page."""
    return WORDS[key].to("zh" if language == "zh" else "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_this_cluster_and_how_do_we_know(seen: Seen, record: str, language: str) -> None:
    """Two clicks: the record, then how a number was estimated, with the rows behind it."""
    page = seen.go("/", language)
    page.locator(f"a[href='/r/{record}/overview']").click()
    page.locator(".verdict p.called").wait_for()
    assert page.locator(".evidence li").count() >= 5
    page.get_by_role("button", name=words("evidence.how", language)).first.click()
    detail = page.locator(".detail").first
    assert words("detail.method", language) in detail.inner_text()
    detail.locator("table tbody tr").first.wait_for()
    assert SCRIPT in page.locator("h1").inner_text(), "a name is shown as it is written"


def test_all_words_change_with_the_language(seen: Seen, record: str) -> None:
    """No text of the page stays in the other language, on any view."""
    both = {text.to("en"): text.to("zh") for text in WORDS.values() if text.en != text.zh}
    for view in (*(f"/r/{record}/{view}" for view in VIEWS), "/", "/jobs", "/audit"):
        page = seen.go(view, "en")
        english = set(page.locator("body").inner_text().splitlines())
        page.get_by_role("button", name="中文").click()
        page.get_by_role("button", name="English").wait_for()
        assert page.locator("html").get_attribute("lang") == "zh"
        left = set(page.locator("body").inner_text().splitlines()) & set(both)
        assert left == set(), view
        assert english & set(both), "there were texts to change"


def test_every_text_has_its_place() -> None:
    """A text that no view uses is not kept, and one that a view uses is there."""
    folder = Path(__file__).parents[2] / "studio_page" / "src"
    source = "".join(p.read_text(encoding="utf-8") for p in folder.rglob("*.svelte"))
    stems = ("nav.", "view.", "job.", "problems.", "layer.", "report.", "compare.", "changes.")
    unused = [k for k in WORDS if f'"{k}"' not in source and not k.startswith(stems)]
    assert unused == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_bring_my_spreadsheet(seen: Seen, tmp_path: Path, language: str) -> None:
    """A wrong workbook is answered by place and remedy, the corrected one is kept."""
    page = seen.go("/", language)
    wrong, right = tmp_path / "成员.xlsx", tmp_path / f"members-{language}.xlsx"
    wrong.write_bytes(workbook(("F1", "甲公司", "firm"), ("F1", SCRIPT, "wizard")))
    page.locator("input[type=file]").set_input_files(wrong)
    table = page.locator("table.problems")
    table.wait_for()
    assert words("problems.remedy", language) in table.inner_text()
    assert "wizard" in table.inner_text()
    marked = page.locator("table.excerpt td.wrong").all_inner_texts()
    assert any(text.startswith("wizard") for text in marked), "in its place"
    with page.expect_download() as caught:
        page.get_by_role("button", name=words("upload.marked", language)).click()
    assert caught.value.suggested_filename.startswith("成员-")
    if language == "zh":  # reading takes some seconds, and the way is the same
        return
    right.write_bytes(workbook(("F1", "甲公司", "firm"), ("F2", SCRIPT, "firm")))
    page.locator("input[type=file]").set_input_files(right)
    page.get_by_role("link", name=words("upload.open", language), exact=True).click()
    page.get_by_role("heading", name=f"members-{language}").wait_for()


@pytest.mark.parametrize("language", LANGUAGES)
def test_which_stage_and_what_is_missing(seen: Seen, record: str, language: str) -> None:
    page = seen.go(f"/r/{record}/stages", language)
    page.get_by_role("heading", name=words("verdict.stage", language)).wait_for()
    states = page.locator(".evidence li").all_inner_texts()
    assert states
    assert any(words("evidence.not_measured", language) in text for text in states)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_in_which_alliance(seen: Seen, record: str, language: str) -> None:
    """Lines join firms to alliances: none joins two firms unless ties are asked for."""
    page = seen.go(f"/r/{record}/network", language)
    page.locator("svg.network").wait_for()
    firms, alliances = page.locator(".node.firm").count(), page.locator(".node.alliance").count()
    assert min(firms, alliances) > 0
    assert page.locator("line.tie").count() == 0
    page.locator(".node.alliance").first.focus()
    page.keyboard.press("Enter")
    assert page.locator(".node.firm.lit").count() >= 1
    page.get_by_label(words("network.form", language)).select_option("matrix")
    page.locator("table.incidence").wait_for()
    assert "form=matrix" in page.url


@pytest.mark.parametrize("language", LANGUAGES)
def test_compare_a_policy_while_the_slider_moves(seen: Seen, language: str) -> None:
    page = seen.go("/desk", language, periods="8", runs="2")
    page.set_default_timeout(600_000)  # the model may have to be compiled first
    page.locator(".history svg").first.wait_for()
    page.locator(".lever input").nth(2).fill("8")
    changed = page.locator(".worlds tbody tr").first.locator("td").first
    page.wait_for_function(
        "e => !['0', '–'].includes(e.textContent.trim())", arg=changed.element_handle()
    )
    assert "policy=templates%3A8" in page.url
    shared = page.url
    page.goto(shared)
    page.locator(".history svg").first.wait_for()
    assert page.locator(".lever input").nth(2).input_value() == "8"


@pytest.mark.parametrize("language", LANGUAGES)
def test_defend_it(seen: Seen, record: str, language: str) -> None:
    """The report is taken along as a file, and the page says how to get the same in Python."""
    page = seen.go(f"/r/{record}/report", language)
    name = words(f"report.{language}", language)
    with page.expect_download() as caught:
        page.get_by_role("link", name=name).first.click()
    assert caught.value.suggested_filename.endswith(f"report.{language}.html")
    seen.go(f"/r/{record}/overview", language).locator("details.python summary").click()
    assert "jq.diagnose" in page.locator("details.python pre").inner_text()


def test_the_python_of_each_view_is_python_whatever_a_record_is_called(
    seen: Seen, record: str
) -> None:
    """A name with quotation marks stays a name in what is copied."""
    for view in VIEWS:
        page = seen.go(f"/r/{record}/{view}")
        page.locator("details.python summary").click()
        code = page.locator("details.python pre").inner_text()
        assert 'few\\" <img' in code, view
        compile(code, view, "exec")


def test_the_map_is_moved_by_keyboard_and_shared_by_its_address(seen: Seen, record: str) -> None:
    page = seen.go(f"/r/{record}/map")
    page.locator(".time input").wait_for()
    ground = page.locator(".map .hands")
    ground.focus()
    page.keyboard.press("+")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**see=**")
    page.locator(".time input").fill(str(10_000))
    page.wait_for_url("**at=1997-05-19**")
    page.reload()
    page.locator(".time input").wait_for()
    assert page.locator(".time input").get_attribute("aria-valuetext") == "1997-05-19"


def test_the_keyboard_reaches_the_content_first(seen: Seen, record: str) -> None:
    page = seen.go(f"/r/{record}/overview")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_a_wall_screen_shows_the_view_alone(seen: Seen, record: str) -> None:
    page = seen.go(f"/r/{record}/map", kiosk="1")
    assert not page.locator("header").is_visible()


def test_a_narrow_screen_needs_no_sideways_scrolling(seen: Seen, record: str) -> None:
    seen.page.set_viewport_size({"width": 360, "height": 740})
    try:
        for view in (*(f"/r/{record}/{view}" for view in VIEWS), "/", "/jobs"):
            page = seen.go(view)
            page.wait_for_load_state("networkidle")
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, view
    finally:
        seen.page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: make studio")
def test_a_screen_reader_finds_no_barrier(seen: Seen, record: str) -> None:
    views = (*(f"/r/{record}/{view}" for view in VIEWS), "/", "/jobs", "/audit", "/desk")
    chinese = (f"/r/{record}/overview", "/desk")
    for view, language in (*product(views, ["en"]), *product(chinese, ["zh"])):
        seen.go(view, language)
        assert seen.barriers() == {}, (view, language)
