"""Wordings in two languages: both there, values untouched, Chinese set as it is printed."""

import pytest

from jiqun.vocabulary.text import Text, joined, same


def test_a_wording_in_one_language_only_is_refused() -> None:
    with pytest.raises(ValueError, match="both languages"):
        Text("a", " ")


@pytest.mark.parametrize(
    ("zh", "printed"),
    [
        ("0 个错误,0 个警告", "0 个错误，0 个警告"),
        ("命令:jiqun check", "命令：jiqun check"),
        ("a.csv:读取 1 行", "a.csv：读取 1 行"),
        ("企业名称, 成立日期", "企业名称，成立日期"),
        ("10:30 与 1,234", "10:30 与 1,234"),
        ("观测数(n)", "观测数（n）"),
        ("按 M(r) 计算(半径 r)", "按 M(r) 计算（半径 r）"),
        ("D = a / (a + |b|)", "D = a / (a + |b|)"),
        ("区间(95%):范围", "区间（95%）：范围"),
        ("共 {n}", "共 {n}"),
        ("{label}({field})", "{label}（{field}）"),
        ("{a};{b}:", "{a}；{b}："),
    ],
)
def test_chinese_is_printed_with_punctuation_of_its_own_width(zh: str, printed: str) -> None:
    text = Text("x", zh)
    assert text.to("zh") == printed
    assert text.zh == zh
    assert text.to("en") == "x"


def test_values_that_are_put_in_stay_as_they_are() -> None:
    text = Text("{a}: {b}", "名称 {a}:{b},第 {n} 行").fill(a="甲,乙", b=same("丙:丁"), n=3)
    assert text.to("zh") == "名称 甲,乙：丙:丁，第 3 行"
    again = Text("<{t}>", "见:{t}").fill(t=text)
    assert again.to("zh") == "见：名称 甲,乙：丙:丁，第 3 行"
    assert same("甲,乙").to("zh") == "甲,乙"


def test_texts_are_put_behind_one_another_as_each_language_does() -> None:
    parts = (Text("a", "甲:{x}").fill(x="1,2"), Text("b", "乙"))
    told = joined(parts, "; ", ";")
    assert (told.en, told.to("zh")) == ("a; b", "甲：1,2；乙")
    assert joined(parts).to("zh") == "甲：1,2乙"
    assert Text("{t}", "见{t}").fill(t=told).to("zh") == "见甲：1,2；乙"
