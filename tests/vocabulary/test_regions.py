"""Administrative divisions: the table, known reforms, and names in addresses.

Paper: E1 (a cluster is delimited by region).
"""

import datetime as dt
import hashlib
import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiqun.vocabulary.regions import contains, divisions, find, level, name, parent

NOW = dt.date(2024, 1, 1)
FOLDER = files("jiqun.vocabulary.regions")


def test_the_table_is_the_one_described() -> None:
    checksum = hashlib.sha256((FOLDER / "divisions.csv").read_bytes()).hexdigest()
    assert checksum in (FOLDER / "README.md").read_text("utf-8")


def test_counts_of_june_2023() -> None:
    held = [one for names in divisions().values() for one in names if one.held(NOW)]
    levels = [one.level for one in held]
    assert levels.count("province") == 34
    assert levels.count("prefecture") == 333
    assert levels.count("county") == 2844
    assert len({one.code for one in held}) == len(held)


def test_codes_have_their_form_and_a_parent() -> None:
    for code in divisions():
        assert re.fullmatch(r"\d{6}", code)
        above = parent(code)
        assert (above is None) == (level(code) == "province")
        assert above is None or above in divisions()


def test_intervals_of_one_code_do_not_run_backwards() -> None:
    for names in divisions().values():
        for one in names:
            assert one.valid_from is None or one.valid_to is None or one.valid_from < one.valid_to


def test_hangzhou_2021() -> None:
    """下城 and 江干 were merged into 上城 and 拱墅; 临平 and 钱塘 are new (April 2021)."""
    before, after = dt.date(2020, 12, 31), dt.date(2023, 7, 1)
    assert [name(code, before) for code in ("330103", "330104")] == ["下城区", "江干区"]
    assert not contains("330103", after)
    assert not contains("330104", after)
    assert [name(code, after) for code in ("330113", "330114")] == ["临平区", "钱塘区"]
    assert not contains("330113", before)
    assert contains("330102", after)
    assert contains("330105", after)


def test_laiwu_went_into_jinan() -> None:
    assert name("371200", dt.date(2018, 6, 1)) == "莱芜市"
    assert name("371200", dt.date(2021, 1, 1)) is None
    assert name("370116", dt.date(2021, 1, 1)) == "莱芜区"


def test_xiaoshan_became_a_district() -> None:
    """萧山 and 余杭 were cities of county level until 2001."""
    assert name("330181", dt.date(2000, 1, 1)) == "萧山市"
    assert name("330109", dt.date(2002, 1, 1)) == "萧山区"


def test_chongqing_left_sichuan_in_1997() -> None:
    assert not contains("500000", dt.date(1996, 12, 31))
    assert name("500000", dt.date(1998, 1, 1)) == "重庆市"


def test_renaming_keeps_the_code() -> None:
    assert name("420600", dt.date(2009, 1, 1)) == "襄樊市"
    assert name("420600") == "襄阳市"


@pytest.mark.parametrize(
    ("code", "above"),
    [("330106", "330100"), ("310115", "310000"), ("429004", "420000"), ("441900", "440000")],
)
def test_parents(code: str, above: str) -> None:
    assert parent(code) == above


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Guangdong", "440000"),
        ("\nJiangsu", "320000"),
        ("Shanghai", "310000"),
        ("Inner Mongolia Autonomous Region (IMAR)", "150000"),
        ("Shaanxi", "610000"),
        ("Shanxi", "140000"),
        ("20 Xinxi Avenue Xi’an Shanxi China", "610100"),
        ("Taiyuan Shanxi", "140100"),
        ("江苏", "320000"),
        ("吉林", "220000"),
        ("吉林市", "220200"),
        ("Jilin", "220000"),
        ("Jilin City Jilin", "220200"),
        ("188 & 189 Tangzhuang Road Suzhou Industrial Park Suzhou Jiangsu China", "320500"),
        ("Songgang Town Bao’an District Shenzhen Guangdong China", "440306"),
        ("No 5 Weiliu Road Dong Tai Jiangsu China", "320981"),
        ("No 1 Hong Kong Road Qingdao Shandong", "370200"),
        ("浙江省杭州市临平区临平大道1号", "330113"),
        ("上海市浦东新区南京路1号", "310115"),
        ("苏州工业园区", "320500"),
        ("江干区", "330104"),
        ("莱芜市", "371200"),
    ],
)
def test_found(text: str, code: str) -> None:
    assert find(text) == code


@pytest.mark.parametrize(
    "text", ["", "China", "Suzhou", "Fuzhou", "Road", "NA", "San Jose", "中国"]
)
def test_not_guessed(text: str) -> None:
    """Suzhou is 苏州 in Jiangsu and 宿州 in Anhui, Fuzhou 福州 in Fujian and 抚州 in Jiangxi."""
    assert find(text) is None


@given(st.text(max_size=40))
def test_any_text_is_answered(text: str) -> None:
    code = find(text)
    assert code is None or code in divisions()


def test_every_present_name_finds_itself() -> None:
    """Province, prefecture and county in full are found, for all that hold in 2023."""
    for code, names in divisions().items():
        if not names[-1].held(NOW):
            continue
        chain, above = [names[-1].name], parent(code)
        while above:
            chain.insert(0, name(above) or "")
            above = parent(above)
        assert find("".join(chain)) == code
