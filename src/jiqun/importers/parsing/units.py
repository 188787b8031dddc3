"""What a heading says about its column besides its name: unit, currency, datum, year."""

import re
from dataclasses import dataclass

from jiqun.importers.parsing.wording import key, plain

MAGNITUDES: dict[str, float] = {
    "百": 1e2, "千": 1e3, "万": 1e4, "萬": 1e4, "十万": 1e5, "百万": 1e6, "百萬": 1e6, "千万": 1e7,
    "亿": 1e8, "億": 1e8, "十亿": 1e9, "k": 1e3, "thousand": 1e3, "thousands": 1e3, "000": 1e3,
    "m": 1e6, "mn": 1e6, "mm": 1e6, "mio": 1e6, "million": 1e6, "millions": 1e6, "bn": 1e9,
    "billion": 1e9, "billions": 1e9,
}  # fmt: skip
CURRENCY_WORDS: dict[str, str] = {
    "人民币元": "CNY", "人民币": "CNY", "元": "CNY", "圆": "CNY", "rmb": "CNY", "cny": "CNY",
    "yuan": "CNY", "¥": "CNY", "￥": "CNY", "美元": "USD", "美金": "USD", "usd": "USD", "us$": "USD",
    "$": "USD", "dollars": "USD", "欧元": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR",
    "€": "EUR", "英镑": "GBP", "gbp": "GBP", "£": "GBP", "日元": "JPY", "日圆": "JPY", "jpy": "JPY",
    "港元": "HKD", "港币": "HKD", "hkd": "HKD", "hk$": "HKD", "新台币": "TWD", "twd": "TWD",
    "韩元": "KRW", "krw": "KRW", "瑞士法郎": "CHF", "chf": "CHF", "inr": "INR", "sgd": "SGD",
}  # fmt: skip
DATUM_WORDS: dict[str, str] = {
    "wgs84": "WGS84", "wgs1984": "WGS84", "epsg4326": "WGS84", "cgcs2000": "WGS84",
    "国家2000": "WGS84", "2000国家大地坐标系": "WGS84", "gps": "WGS84", "gcj02": "GCJ02",
    "gcj": "GCJ02", "火星坐标": "GCJ02", "高德": "GCJ02", "腾讯": "GCJ02", "amap": "GCJ02",
    "bd09": "BD09", "bd09ll": "BD09", "百度": "BD09", "百度坐标": "BD09", "baidu": "BD09",
}  # fmt: skip
PLAIN_WORDS = frozenset(
    {
        "必填", "选填", "required", "optional", "人", "名", "persons", "people", "headcount", "个",
        "度", "degrees", "deg", "decimaldegrees", "yyyymmdd", "yyyy", "年", "月", "日", "date", "公历",
        "年末", "期末", "平均", "全年", "当年", "本年", "本期", "含税", "不含税", "合并", "数值", "文本",
    }
)  # fmt: skip
BRACKETS = re.compile(r"[(\[【〔{]([^()\[\]【】〔〕{}]*)[)\]】〕}]")
UNIT = re.compile(
    r"(?:(?P<word>in)\s*)?(?P<c1>{c})?\s*(?P<m>{m})?\s*(?P<c2>{c})?\s*(?P<m2>{m})?".format(
        c="|".join(sorted(map(re.escape, CURRENCY_WORDS), key=len, reverse=True)),
        m="|".join(sorted(map(re.escape, MAGNITUDES), key=len, reverse=True)),
    ),
    re.IGNORECASE,
)
YEAR = re.compile(r"(?:^|(?<=\D))((?:19|20)\d{2})(?:\s*年度?|\s*FY)?(?=\D|$)")
TAIL_UNIT = re.compile(r"[,,:/_\s]+(?P<unit>[^,:/_]{1,20})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """What a heading says besides its name.

    Attributes
    ----------
    name
        The heading without it.
    factor
        What a number under it is multiplied by.
    currency, datum
        ISO 4217 code; ``WGS84``, ``GCJ02`` or ``BD09``. Empty where not said.
    year
        Year of the figures, where the heading names one.
    """

    name: str
    factor: float = 1.0
    currency: str = ""
    datum: str = ""
    year: int | None = None


def read_units(heading: str) -> Units:
    """Split a heading such as 2023年营业收入(万元) into its name and what it says besides."""
    text = plain(heading)
    factor, currency, datum = 1.0, "", ""
    for content in BRACKETS.findall(text):
        found = unit_of(content)
        if found is None:
            continue
        factor, currency, datum = factor * found[0], currency or found[1], datum or found[2]
        text = re.sub(r"\s*[(\[【〔{]" + re.escape(content) + r"[)\]】〕}]", "", text)
    if factor == 1.0 and not currency and (match := TAIL_UNIT.search(text)):
        found = unit_of(match["unit"])
        if found and (found[0] != 1.0 or found[1]):
            factor, currency = found[0], found[1]
            text = text[: match.start()]
    year = YEAR.search(text)
    if year and (rest := (text[: year.start()] + text[year.end() :]).strip(" _-")):
        text = rest
    return Units(
        name=text,
        factor=factor,
        currency=currency,
        datum=datum,
        year=int(year[1]) if year else None,
    )


def unit_of(content: str) -> tuple[float, str, str] | None:
    """Read the inside of a bracket: factor, currency and datum; None where it is something else."""
    text = plain(content).removeprefix("单位").lstrip(":： ")
    word = key(text)
    datums = {
        DATUM_WORDS[part] for part in map(key, re.split(r"[,、;]", text)) if part in DATUM_WORDS
    }
    if len(datums) == 1:
        return 1.0, "", datums.pop()
    if text in {"%", "‰"}:
        return (0.01 if text == "%" else 0.001), "", ""
    if word in PLAIN_WORDS or not word:
        return 1.0, "", ""
    match = UNIT.fullmatch(text.replace("'", "").removesuffix("人"))
    return _factor_and_currency(match) if match else None


def _factor_and_currency(match: re.Match[str]) -> tuple[float, str, str]:
    magnitude, currency = match["m"] or match["m2"], match["c1"] or match["c2"]
    return (
        MAGNITUDES[magnitude.casefold()] if magnitude else 1.0,
        CURRENCY_WORDS[currency.casefold()] if currency else "",
        "",
    )
