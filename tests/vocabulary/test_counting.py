"""Counting words: each noun its own, an aside does not hide it, none twice."""

import pytest

from jiqun.vocabulary.counting import counted
from jiqun.vocabulary.text import Text


@pytest.mark.parametrize(
    ("noun", "printed"),
    [
        ("核心企业", "家核心企业"),
        ("有关系的企业对", "对有关系的企业对"),
        ("供应关系", "条供应关系"),
        ("该方式的创新", "项该方式的创新"),
        ("联盟(成员对相同者计一次)", "个联盟（成员对相同者计一次）"),
        ("年度数据点", "个年度数据点"),
        ("次运行", "次运行"),
    ],
)
def test_a_noun_is_counted_by_its_own_word(noun: str, printed: str) -> None:
    assert counted(Text("x", noun)).to("zh") == printed
