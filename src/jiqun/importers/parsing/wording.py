"""How two spellings of one word are told to be the same: width, case, blanks, punctuation aside."""

import re
import unicodedata
from functools import lru_cache

STRIPPED = (
    "".join(
        chr(c) for c in (*range(0x09, 0x0E), 0x20, 0xA0, *range(0x2000, 0x200E), 0x2028, 0x2029)
    )
    + "\u202f\u205f\u2060\u3000\ufeff"
)
NOT_WORD = re.compile(r"[\W_]+")
MISSING = frozenset(
    {
        "-", "--", "---", "—", "——", "–", "/", "\\", "n/a", "na", "#n/a", "nan", "null", "none",
        "nil", ".", "..", "...", "…", "……", "?", "？", "无", "暂无", "不详", "未知", "缺失", "空",
        "未填", "不适用", "missing", "unknown", "not available", "not applicable",
    }
)  # fmt: skip
"""What people type where they have no value."""
EXCEL_ERRORS = frozenset(
    {"#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!"}
)


def clean(text: str) -> str:
    """Take blanks of every width off both ends."""
    return text.strip(STRIPPED)


def plain(text: str) -> str:
    """Return the half-width form without blanks at the ends."""
    return clean(unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=65_536)
def key(text: str) -> str:
    """Return the letters, digits and characters of a text alone, in one width and case."""
    return NOT_WORD.sub("", unicodedata.normalize("NFKC", text).casefold())


def is_missing(text: str) -> bool:
    """Say whether a cell stands for "no value"."""
    word = plain(text).casefold()
    return not word or word in MISSING
