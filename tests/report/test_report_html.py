"""The page: whole in both languages, nothing foreign in it, each number traceable, the same bytes."""

import itertools
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from jiqun.measures import Measurement
from jiqun.measures.estimate import not_measured
from jiqun.record.record import Record
from jiqun.report.sections import SECTIONS
from jiqun.report.study import study
from jiqun.report.synthetic import SYNTHETIC_MARK
from jiqun.vocabulary.text import LANGUAGES, Language, Text, same
from tests.report.study_samples import (
    Page,
    a_full_study,
    a_study,
    an_estimate,
    as_synthetic,
    firms_only,
    page_of,
    small_record,
    some_measurement,
)

BRACKETED = re.compile(r"⟦[^⟦⟧]*⟧")
OWN_WORDS = {"own", "interval", "equation"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_is_there_with_something_in_it(language: Language) -> None:
    built = a_full_study()
    page = Page(page_of(built, language))
    headings = page.words("h2")
    assert headings == [
        s.title.to(language) for s in SECTIONS if s.name not in {"since", "policies"}
    ]


def test_section_names_are_unique() -> None:
    names = [section.name for section in SECTIONS]
    assert len(set(names)) == len(names)


def test_all_words_are_chosen_by_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a made-up language every wording is bracketed; what is not is the record's own or a number."""
    monkeypatch.setattr(Text, "to", lambda self, _: f"⟦{self.en}⟧" if self.en.strip() else self.en)
    page = Page(page_of(a_full_study(), "zh"))
    assert any("⟦" in text for _, _, text in page.texts)
    for names, attributes, text in page.texts:
        kept = [
            a
            for a in attributes
            if a.get("class") in OWN_WORDS or (a.get("lang") and a.get("lang") != "zh-Hans")
        ]
        if (
            kept
            or "style" in names
            or "time" in names
            or ("span" in names and attributes[-1].get("lang"))
        ):
            continue
        rest = text
        while BRACKETED.search(rest):
            rest = BRACKETED.sub("", rest)
        assert not re.search(r"[^\W\d_]", rest), (names, text)


def test_no_english_wording_is_left_on_the_chinese_page(monkeypatch: pytest.MonkeyPatch) -> None:
    used: set[str] = set()
    choose = Text.to

    def remember(text: Text, language: Language) -> str:
        if text.en != text.zh:
            used.add(text.en)
        return choose(text, language)

    monkeypatch.setattr(Text, "to", remember)
    built = a_full_study()
    page_of(built, "en")
    glossary = 'lang="en"'
    page = "\n".join(line for line in page_of(built, "zh").splitlines() if glossary not in line)
    sentences = {words for words in used if len(words.split()) > 2}
    assert len(sentences) > 50
    assert {words for words in sentences if words in page} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_names_its_estimate_or_what_was_counted(language: Language) -> None:
    built = a_full_study()
    page = Page(page_of(built, language))
    values = {e.id: e for group in built.measurement.values() for e in group}
    assert built.diagnosis is not None
    values |= {e.id: e for line in built.diagnosis.type.evidence for e in line.estimates}
    shown = page.all("data")
    for attributes in shown:
        basis, value = attributes["data-basis"], attributes["value"]
        assert basis
        assert value
        assert basis.startswith("count:") or float(value) in {values[basis].value, values[basis].n}
    assert {a["data-basis"] for a in shown} >= {e.id for e in built.key_figures}


@pytest.mark.parametrize("language", LANGUAGES)
def test_digits_in_cards_and_number_cells_are_marked_up(language: Language) -> None:
    page = Page(page_of(a_full_study(), language))
    for names, attributes, text in page.texts:
        in_number = any(a.get("class") in {"figure-value", "number"} for a in attributes)
        if in_number and re.search(r"\d", text):
            assert names[-1] == "data" or attributes[-1].get("data-basis"), text


def test_a_key_figure_tells_everything_about_itself() -> None:
    html = page_of(a_study(measurement=Measurement({"m": (an_estimate("9", 2.0),)})), "en")
    for told in (
        "2</data>",
        "(1.75 to 2.5)",
        "Interval (95%): where the quotient is likely to lie",
        "Method: share over share",
        "doi:10.0000/1",
        "Caution: Few firms.",
        "17</data> firms",
    ):
        assert told in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_asks_no_other_place(language: Language) -> None:
    html = page_of(a_full_study(), language)
    page = Page(html)
    targets = [
        a.get("href") or a.get("src") or "" for _, a in page.tags if "href" in a or "src" in a
    ]
    assert {t.partition(":")[0] if not t.startswith("#") else "#" for t in targets} == {"#", "data"}
    assert not re.search(r"@import|<script|<link|<iframe|<object", html)
    assert re.findall(r"url\(([^,)]*)", html) == ["data:font/woff;base64"]
    assert html.count("http://www.w3.org/2000/svg") == len(re.findall(r"https?://", html))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_in_order_for_those_who_hear_it(language: Language) -> None:
    page = Page(page_of(a_full_study(), language))
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))
    assert page.all("html")[0]["lang"] == {"en": "en", "zh": "zh-Hans"}[language]
    assert all(a.get("scope") in {"row", "col"} for a in page.all("th"))
    assert len(page.words("svg", "title")) == len(page.all("svg")) == len(page.all("figure")) > 0
    ids = [a["id"] for _, a in page.tags if "id" in a]
    assert len(set(ids)) == len(ids)


def test_the_page_says_that_it_gives_no_verdict() -> None:
    assert "Type and stage were not diagnosed" in page_of(a_study(), "en")
    assert "未诊断集群的类型与阶段" in page_of(a_study(firms_only()), "zh")


def test_synthetic_records_say_so_everywhere() -> None:
    mark = SYNTHETIC_MARK.en
    html = page_of(a_study(as_synthetic(small_record())), "en")
    page = Page(html)
    assert page.words("svg", "text").count(mark) == len(page.all("svg")) > 0
    assert mark in page.words("title")[0]
    assert f'@top-center {{ content: "{mark}"' in html
    assert all("synthetic" in (a.get("download") or "synthetic") for a in page.all("a"))
    assert mark not in page_of(a_study(), "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("firms", [0, 1, 3])
def test_a_record_of_firms_alone_has_a_report(language: Language, firms: int) -> None:
    page = Page(page_of(study(firms_only(firms), name="only"), language))
    assert len(page.words("h2")) >= len(SECTIONS) - 4
    told = {"en": "insufficient evidence", "zh": "证据不足"}[language]
    assert any(told in words for words in page.words("p"))


def test_a_record_with_nothing_to_measure_says_what_it_needs() -> None:
    reason, label = Text("there are no ties", "没有双边关系"), Text("share", "占比")
    nothing = Measurement({"m": (not_measured("m", label, reason, needs=("ties.kind",)),)})
    html = page_of(a_study(firms_only(), measurement=nothing), "zh")
    for told in (
        "没有双边关系",
        "双边关系：关系类别（ties.kind）",
        "没有地图",
        "没有时间线",
    ):
        assert told in html


def test_the_same_study_gives_the_same_page() -> None:
    assert page_of(a_full_study(), "zh") == page_of(a_full_study(), "zh")


def test_the_page_does_not_depend_on_hash_seeds() -> None:
    program = (
        "import hashlib, tests.report.study_samples as s; from tests.report.study_samples import page_of;"
        "print(hashlib.sha256(s.page_of(s.a_full_study(), 'zh').encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2])},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


def test_a_register_of_many_firms_stays_a_page() -> None:
    """Thirteen thousand firms over China, and a measure that says something of each."""
    n = 13_000
    rng = np.random.default_rng(3)
    ids = [f"f{i}" for i in range(n)]
    record = Record.of(
        firms=pl.DataFrame({"firm_id": ids}),
        sites=pl.DataFrame(
            {
                "site_id": ids,
                "firm_id": ids,
                "longitude": rng.uniform(75, 134, n),
                "latitude": rng.uniform(19, 53, n),
            }
        ),
    )
    each = tuple(an_estimate(str(i), float(rng.uniform(1, 5))) for i in range(n))
    html = page_of(a_study(record, measurement=Measurement({"m": each})), "zh")
    assert len(html.encode()) < 5_000_000
    assert sum(html.count(f"<{tag}") for tag in ("circle", "path", "line", "text")) < 4_000


def test_a_wording_that_is_a_template_stays_as_it_is() -> None:
    odd = an_estimate("{0}", 1.0, label=same("{0} {x} {{ 7*7 }} {% raw %}"))
    measurement = Measurement({**some_measurement().estimates, "odd": (odd,)})
    assert "{0} {x} {{ 7*7 }} {% raw %}" in page_of(a_study(measurement=measurement), "en")
