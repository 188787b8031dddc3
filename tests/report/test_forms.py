"""The forms: the same numbers in each, the same bytes each time, Chinese that can be read and searched."""

import base64
import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

import docx
import polars as pl
import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from jiqun.measures import Measurement
from jiqun.record.problem import InputError
from jiqun.report import fonts
from jiqun.report.forms import FORMS, extra, plain, word
from jiqun.report.report import Report
from jiqun.report.tables import result_tables
from jiqun.report.writing import write_report
from jiqun.vocabulary.text import LANGUAGES, Language, Text, same
from tests.report.study_samples import (
    a_full_study,
    a_study,
    an_estimate,
    as_synthetic,
    small_record,
)
from tests.report.test_report_hostile import PAYLOADS, hostile_study

FORMULAS = (
    "=1+1",
    "+1+1",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "=cmd|' /C calc'!A0",
    "\uff1d1+1",
)
BOX = re.compile(r"<[^>]+>")


@pytest.fixture(scope="module")
def made() -> Mapping[tuple[str, Language], Mapping[str, bytes]]:
    report = Report.of(a_full_study())
    return {(n, lang): f.make(report, lang, ()) for n, f in FORMS.items() for lang in LANGUAGES}


def pdf_text(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def docx_text(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read("word/document.xml").decode()
    return BOX.sub("", xml.replace("</w:p>", "\n"))


def sheets(content: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {
        n: [list(row) for row in book.get_sheet_by_name(n).to_python()] for n in book.sheet_names
    }


def squeezed(words: str) -> str:
    """Leave out what lines and pages break at."""
    return re.sub(r"[\s\u200b]", "", words)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
def test_the_same_report_gives_the_same_bytes(
    made: Mapping[tuple[str, Language], Mapping[str, bytes]], form: str, language: Language
) -> None:
    assert FORMS[form].make(Report.of(a_full_study()), language, ()) == made[form, language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_wording_and_number_is_in_each_form(
    made: Mapping[tuple[str, Language], Mapping[str, bytes]], language: Language
) -> None:
    """What the page says, the PDF, the Word file and the workbook say."""
    (pdf,), (word,), (book,) = (made[f, language].values() for f in ("pdf", "docx", "xlsx"))
    rows = sheets(book)["report"]
    texts = {
        "pdf": squeezed(pdf_text(pdf)),
        "docx": squeezed(docx_text(word)),
        "xlsx": squeezed("\n".join(str(cell) for row in rows for cell in row)),
    }
    told = [
        a_full_study().name,
        *(part.title.to(language) for part in Report.of(a_full_study()).parts),
        Text("quotient of industry 10", "行业 10 的区位商").to(language),
        {"en": "0.5 (0.25 to 1)", "zh": "0.5（0.25 至 1）"}[language],
        {"en": "Few firms.", "zh": "企业较少。"}[language],
    ]
    for form, text in texts.items():
        for words in told:
            assert squeezed(words) in text, (form, words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_is_archival_accessible_and_in_our_fonts(
    made: Mapping[tuple[str, Language], Mapping[str, bytes]], language: Language
) -> None:
    (content,) = made["pdf", language].values()
    reader = PdfReader(io.BytesIO(content))
    root = reader.root_object
    xmp = reader.xmp_metadata
    assert xmp is not None
    metadata = xmp.stream.get_data().decode()
    assert re.search(r"pdfaid:part[^0-9]*2", metadata)
    assert re.search(r"pdfuaid:part[^0-9]*1", metadata)
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]).startswith(language)
    used = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in page["/Resources"].get("/Font", {}).values()  # type: ignore[attr-defined]
    }
    assert used
    assert all(re.fullmatch(r"/[A-Z]{6}\+JiqunSans(SC|LatinMarks)-.*", name) for name in used), used


def test_poppler_finds_the_chinese_and_embedded_fonts(
    made: Mapping[tuple[str, Language], Mapping[str, bytes]], tmp_path: Path
) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("poppler is not installed")
    path = tmp_path / "r.pdf"
    path.write_bytes(made["pdf", "zh"]["report.zh.pdf"])
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout.decode()
    assert "数据质量" in text
    listed = subprocess.run(["pdffonts", path], capture_output=True, check=True).stdout.decode()
    assert all(line.split()[-5:-3] == ["yes", "yes"] for line in listed.splitlines()[2:]), listed


@pytest.mark.parametrize("payload", PAYLOADS)
def test_whatever_a_record_holds_is_text_in_every_form(payload: str) -> None:
    report = Report.of(hostile_study(payload))
    (pdf,) = FORMS["pdf"].make(report, "en", ()).values()
    assert "49" not in squeezed(pdf_text(pdf)).split("7*7")[0] or "7*7" not in payload
    (word,) = FORMS["docx"].make(report, "en", ()).values()
    assert docx.Document(io.BytesIO(word)).tables
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        relations = archive.read("word/_rels/document.xml.rels").decode()
    assert 'TargetMode="External"' not in relations


@pytest.mark.parametrize("payload", FORMULAS)
def test_formulas_stay_text_in_the_workbook(payload: str) -> None:
    content = FORMS["xlsx"].make(Report.of(hostile_study(payload)), "zh", ())["report.zh.xlsx"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = "".join(
            archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/worksheets/")
        )
    assert "<f>" not in xml
    assert "<hyperlink" not in xml
    cells = {str(c) for rows in sheets(content).values() for row in rows for c in row}
    shown = (
        payload
        if payload.isprintable()
        else payload.replace("\t", "\\u0009").replace("\r", "\\u000d")
    )
    assert any(shown in cell for cell in cells)


def test_the_workbook_is_tidy_and_has_a_dictionary() -> None:
    report = Report.of(a_full_study())
    book = sheets(FORMS["xlsx"].make(report, "en", ())["report.en.xlsx"])
    tables = {t.name: t for t in result_tables(report)}
    assert list(book)[:3] == ["about", "report", "estimates"]
    assert set(tables) | {"about", "report", "dictionary"} == set(book)
    head, *rows = book["estimates"]
    assert len(rows) == sum(len(found) for found in report.study.measurement.values())
    first = dict(zip(head, rows[0], strict=True))
    assert first["estimate"] == "location_quotient:industry=10"
    assert (first["value"], first["low"], first["high"]) == (0.5, 0.25, 1.0)
    described = {(row[0], row[1]) for row in book["dictionary"][1:]}
    assert described == {(n, f.name) for n, t in tables.items() for f in t.data.fields}


def test_every_figure_comes_as_four_files(
    made: Mapping[tuple[str, Language], Mapping[str, bytes]],
) -> None:
    files = made["figures", "zh"]
    stems = {name.rpartition(".")[0] for name in files}
    assert len(stems) == len(Report.of(a_full_study()).figures)
    assert {n.rpartition(".")[2] for n in files} == {"png", "svg", "csv", "json"}
    for stem in stems:
        assert files[f"{stem}.png"].startswith(b"\x89PNG")
        told = json.loads(files[f"{stem}.json"])
        rows = list(csv.reader(io.StringIO(files[f"{stem}.csv"].decode("utf-8-sig"))))
        assert len(rows) == told["rows"] + 1
        assert told["description"]["zh"] in files[f"{stem}.svg"].decode()
        assert len(told["columns"]) == len(rows[0])


def test_parquet_has_numbers_as_numbers() -> None:
    files = FORMS["parquet"].make(Report.of(a_full_study()), "en", ())
    read = pl.read_parquet(io.BytesIO(files["tables/estimates.en.parquet"]))
    assert read.schema["value"] == pl.Float64
    assert read["value"][0] == 0.5
    assert read.filter(pl.col("reason").is_not_null()).height == 1


def test_a_synthetic_record_says_so_in_every_form() -> None:
    report = Report.of(a_study(as_synthetic(small_record())))
    mark = "synthetic 模拟数据"
    assert mark in pdf_text(FORMS["pdf"].make(report, "zh", ())["report.zh.pdf"])
    word = FORMS["docx"].make(report, "zh", ())["report.zh.docx"]
    assert docx.Document(io.BytesIO(word)).sections[0].header.paragraphs[0].text == mark
    book = sheets(FORMS["xlsx"].make(report, "zh", ())["report.zh.xlsx"])
    assert mark in [row[0] for row in book["about"]]


def test_the_bundled_font_has_all_of_gb_2312_and_refuses_to_draw_boxes() -> None:
    pairs = (bytes([a, b]) for a in range(0xA1, 0xF8) for b in range(0xA1, 0xFF))
    gb2312 = {c for pair in pairs for c in pair.decode("gb2312", errors="ignore")}
    assert len(gb2312) > 7_000
    assert fonts.missing(gb2312) == ()
    assert fonts.missing(["垚喆堃赟旻翀鸿海精密鴻ABC«»"]) == ()
    odd = tuple(an_estimate(str(i), float(i), label=same("한국 🏭")) for i in range(2))
    report = Report.of(a_study(measurement=Measurement({"m": odd})))
    for form in ("pdf", "figures", "docx"):
        with pytest.raises(InputError) as refused:
            FORMS[form].make(report, "en", ())
        (problem,) = refused.value.problems
        assert all(told in problem.message.zh for told in ("한 (U+D55C)", "국", "🏭 (U+1F3ED)"))
        assert "--font" in problem.remedy.en
    assert "한국" in FORMS["html"].make(report, "en", ())["report.en.html"].decode()


def test_a_font_of_ones_own_fills_the_gap() -> None:
    own = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
    if not own.exists():
        pytest.skip("no other font at hand")
    label = same("한국")
    report = Report.of(
        a_study(measurement=Measurement({"m": (an_estimate("1", 1.0, label=label),)}))
    )
    assert "한국" in pdf_text(FORMS["pdf"].make(report, "en", (own,))["report.en.pdf"])


def test_the_page_brings_the_characters_that_a_machine_may_lack() -> None:
    page = FORMS["html"].make(Report.of(a_full_study()), "zh", ())["report.zh.html"].decode()
    (font,) = re.findall(r"url\(data:font/woff;base64,([^)]*)\)", page)
    from fontTools.ttLib import TTFont

    has = set(map(chr, TTFont(io.BytesIO(base64.b64decode(font))).getBestCmap()))
    assert {c for c in page if "\u4e00" <= c <= "\u9fff"} <= has


def test_a_missing_extra_is_named_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda _: None)
    for form, name in (("pdf", "pdf"), ("docx", "word"), ("figures", "pdf")):
        with pytest.raises(InputError) as refused:
            write_report(a_full_study(), tmp_path / "r", to=["xlsx", form])
        (problem,) = refused.value.problems
        assert f"“{name}”" in problem.message.zh
        assert f'pip install "jiqun[{name}]"' in problem.remedy.en
    assert not (tmp_path / "r").exists()


def test_wrong_calls_are_answered_all_at_once(tmp_path: Path) -> None:
    broken = tmp_path / "no.otf"
    broken.write_text("no font")
    with pytest.raises(InputError) as refused:
        write_report(a_full_study(), tmp_path / "r", to=["pfd", "html", "doc"], own_fonts=[broken])
    assert [p.rule for p in refused.value.problems] == ["report.form", "report.form", "report.font"]
    assert not (tmp_path / "r").exists()


def test_the_contents_of_the_word_file_lead_to_pages_that_are_worked_out_on_opening() -> None:
    report = Report.of(a_full_study())
    with zipfile.ZipFile(io.BytesIO(word.render(report, "en"))) as archive:
        body = archive.read("word/document.xml").decode()
        settings = archive.read("word/settings.xml").decode()
    for part in report.parts:
        assert f'w:name="{part.name}"' in body
        assert f"PAGEREF {part.name} " in body
    assert '<w:updateFields w:val="true"/>' in settings


def test_a_table_keeps_short_cells_whole_and_sentences_wide() -> None:
    rows = [["ab cd ef", "x", "word " * 40], ["a", "yy", "word " * 30]]
    short, tiny, long = plain.widths(["first", "n", "what was found"], rows)
    assert short * plain.LINE >= len("ab cd ef") + plain.PADDING - 0.1
    assert long > 0.5
    assert short + tiny + long == pytest.approx(1.0, abs=1e-3)


def test_a_crowded_table_leaves_every_column_some_room() -> None:
    heads = ["step", "software", "version", "command", "parameters", "seed", "input", "sha256"]
    told = '{"periods": 120, "scenario": "native_core"}'
    row = ["1", "jiqun", "0.1.0", "simulate", told, "3", "native_core.yaml", "7a" * 32]
    assert min(plain.widths(heads, [row])) > 0.03
    many = [f"{'long' * 10}{i}" for i in range(12)]
    assert min(plain.widths(many, [many])) > 0.03
