"""Which division does an address or a name mean? Chinese, pinyin and the usual English spellings.

A province is looked for first, then a prefecture in it, then a county in that; the most particular
one found is returned. Chinese addresses go from large to small, so the first province counts; Latin
ones go from small to large, so the last. A name that several divisions share and that no larger one
decides (Suzhou: 苏州 and 宿州) finds nothing, rather than the likelier one.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from jiqun.vocabulary.regions.divisions import Division, divisions

ENGLISH = {
    "Inner Mongolia": "150000", "Nei Mongol": "150000", "Tibet": "540000", "Macau": "820000",
    "Macao": "820000", "Hong Kong": "810000", "Taiwan": "710000", "Canton": "440100",
    "Peking": "110000", "Harbin": "230100", "Qiqihar": "230200",
    "Hohhot": "150100", "Huhhot": "150100", "Ordos": "150600", "Hulunbuir": "150700",
    "Bayannur": "150800", "Ulanqab": "150900", "Alxa": "152900", "Urumqi": "650100",
    "Karamay": "650200", "Turpan": "650400", "Kashgar": "653100", "Hotan": "653200",
    "Aksu": "652900", "Ili": "654000", "Lhasa": "540100", "Xigaze": "540200", "Shigatse": "540200",
    "Qamdo": "540300", "Nyingchi": "540400", "Nagqu": "540600", "Ngari": "542500",
    "Pudong": "310115", "Amoy": "350200", "Tsingtao": "370200",
}  # fmt: skip
WAYS = {
    "road",
    "rd",
    "street",
    "st",
    "avenue",
    "ave",
    "lu",
    "jie",
    "dadao",
    "highway",
    "expressway",
}
KIND = re.compile(
    r"(特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|自治县|自治旗|地区|林区|特区"
    r"|新区|省|市|区|县|盟|旗)$"
)
SHANXI, SHAANXI = "140000", "610000"
LONGEST = 4
"""Words that the Latin spelling of one name may be split into: ``Qi Qi Ha Er``."""
SHORTEST = 4
"""Letters of a county or prefecture in Latin writing; shorter words are too often something else."""


def find(text: str) -> str | None:
    """Return the code of the division that an address or a name means, or None.

    Parameters
    ----------
    text
        A name (江苏, Jiangsu, Inner Mongolia) or an address that holds one, in Chinese characters
        or in Latin letters; of the divisions of June 2023, and of earlier ones where none of these
        is named.
    """
    chinese = re.search(r"[\u3400-\u9fff]", text) is not None
    for present in (True, False):
        mentions = (_in_chinese if chinese else _in_latin)(text, present)
        if mentions:
            return _narrow(mentions if chinese else mentions[::-1])
    return None


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A division that the text may name, at one place of it."""

    place: int
    length: int
    level: str
    code: str


def _narrow(mentions: list[Mention]) -> str | None:
    """Choose the most particular division that is named in the largest one named.

    A word that names the province does not name its prefecture too (Jilin), unless a longer
    word does (吉林市).
    """
    found = next((m for m in mentions if m.level == "province"), None)
    for level in ("prefecture", "county"):
        named = [m for m in mentions if m.level == level and not _spent(m, found)]
        inside = {m.code: m for m in named if found is None or _within(m.code, found.code)}
        if len(inside) == 1:
            found = next(iter(inside.values()))
        elif found is None and named:
            return None
    return found.code if found else None


def _spent(mention: Mention, found: Mention | None) -> bool:
    return found is not None and mention.place == found.place and mention.length <= found.length


def _within(code: str, region: str) -> bool:
    return code != region and code.startswith(region[:2] if region.endswith("0000") else region[:4])


def _inside(mention: Mention, other: Mention) -> bool:
    """Tell whether one name is part of a longer one: 绛县 in 新绛县."""
    ends = mention.place + mention.length <= other.place + other.length
    return mention.length < other.length and other.place <= mention.place and ends


def _in_chinese(text: str, present: bool) -> list[Mention]:
    mentions: list[Mention] = []
    for level in ("province", "prefecture", "county"):
        places = [
            Mention(text.find(called), len(called), level, code)
            for called, code in _chinese(level, present)
            if called in text
        ]
        mentions += [one for one in places if not any(_inside(one, other) for other in places)]
    return sorted(mentions)


@cache
def _chinese(level: str, present: bool) -> tuple[tuple[str, str], ...]:
    """Full names, and for provinces and prefectures also the proper part of at least two signs."""
    pairs = set()
    for division in _listed(level, present):
        pairs.add((division.name, division.code))
        proper = KIND.sub("", division.name)
        if level != "county" and len(proper) > 1:
            pairs.add((proper, division.code))
    return tuple(sorted(pairs))


def _in_latin(text: str, present: bool) -> list[Mention]:
    mentions: list[Mention] = []
    words = _words(text)
    at = 0
    while at < len(words):
        step = 1
        for length in range(min(LONGEST, len(words) - at), 0, -1):
            codes = _latin(present).get("".join(words[at : at + length]), ())
            if codes and WAYS.isdisjoint(words[at + length : at + length + 1]):
                mentions += [Mention(at, length, level, code) for level, code in codes]
                step = length
                break
        at += step
    return sorted(_spelt_alike(mentions))


def _spelt_alike(mentions: list[Mention]) -> list[Mention]:
    """Read Shanxi as Shaanxi where a prefecture of Shaanxi is named and none of Shanxi.

    Without tones the two provinces are spelt alike, and Shaanxi is often written so.
    """
    named = {m.code[:2] for m in mentions if m.level == "prefecture"}
    if SHAANXI[:2] not in named or SHANXI[:2] in named:
        return mentions
    return [replace(m, code=SHAANXI) if m.code == SHANXI else m for m in mentions]


def _words(text: str) -> list[str]:
    """Split into words, without accents and apostrophes (Bao'an is one word)."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("ü", "v"))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.findall(r"[a-z]+", re.sub(r"['’‘`]", "", plain))


@cache
def _latin(present: bool) -> dict[str, tuple[tuple[str, str], ...]]:
    """Spelling without blanks → levels and codes that it may mean."""
    found: dict[str, set[tuple[str, str]]] = {}
    for level in ("province", "prefecture", "county"):
        for division in _listed(level, present):
            for spelling in _spellings(division):
                found.setdefault(spelling, set()).add((level, division.code))
    if present:
        for called, code in ENGLISH.items():
            found.setdefault("".join(_words(called)), set()).add((_level_of(code), code))
    return {spelling: tuple(sorted(codes)) for spelling, codes in found.items()}


def _spellings(division: Division) -> Iterator[str]:
    if division.level != "province" and len(division.latin) < SHORTEST:
        return
    yield division.latin
    if "v" in division.latin:
        yield division.latin.replace("v", "u")


def _level_of(code: str) -> str:
    return divisions()[code][-1].level


def _listed(level: str, present: bool) -> Iterable[Division]:
    for names in divisions().values():
        for division in names:
            if division.level == level and (division.valid_to is None) is present:
                yield division
