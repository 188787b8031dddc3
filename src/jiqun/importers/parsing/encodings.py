"""In which encoding is a text file? Told strictly: no byte is ever replaced or skipped.

UTF-8 (with or without mark), UTF-16 and GB18030 (which holds GBK and GB2312) are tried. Western
8-bit files often decode as GB18030 by accident; they show by second bytes in the ASCII range,
which Chinese text seldom has.
"""

import codecs
import re
from dataclasses import dataclass

MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
PAIR = re.compile(rb"[\x81-\xfe]([\x30-\x39\x40-\x7e\x80-\xfe])")
CHINESE_SHARE = 0.5
SAMPLE = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The outcome of decoding.

    Attributes
    ----------
    text
        The text; empty where a line could not be decoded.
    encoding
        Name of the encoding, or of the likeliest where none decodes every line.
    bad_lines
        Line number (from 1) and the bytes from the first that does not decode.
    """

    text: str
    encoding: str
    bad_lines: tuple[tuple[int, bytes], ...] = ()


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Decode a whole file.

    Parameters
    ----------
    data
        The bytes of the file.
    encoding
        Its encoding where a person has said so.
    """
    if encoding:
        return _strictly(data, encoding)
    for mark, name in MARKS:
        if data.startswith(mark):
            return _strictly(data, name)
    if _looks_like_utf16(data):
        return _strictly(data, "utf-16-le" if data[1:2] == b"\0" else "utf-16-be")
    utf8 = _strictly(data, "utf-8")
    if not utf8.bad_lines:
        return utf8
    if not _is_chinese(data):
        return utf8
    chinese = _strictly(data, "gb18030")
    return min(utf8, chinese, key=lambda found: len(found.bad_lines))


def _looks_like_utf16(data: bytes) -> bool:
    head = data[:SAMPLE]
    zeros = (head[::2].count(0), head[1::2].count(0))
    return len(head) >= 4 and max(zeros) > len(head) // 8 and min(zeros) * 20 < max(zeros)  # noqa: PLR2004 - half of a header in Latin letters, against stray NULs


def _is_chinese(data: bytes) -> bool:
    """Say whether most two-byte characters lie where GB2312 has its characters."""
    seconds: list[bytes] = PAIR.findall(data)
    high = sum(1 for second in seconds if second >= b"\xa1")
    return high >= CHINESE_SHARE * len(seconds)


def _strictly(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(text=data.decode(encoding), encoding=encoding)
    except UnicodeDecodeError as error:
        if encoding.startswith("utf-16"):
            line = 1 + data[: error.start].replace(b"\0", b"").count(b"\n")
            return Decoded(
                text="", encoding=encoding, bad_lines=((line, data[error.start : error.start + 8]),)
            )
    return Decoded(text="", encoding=encoding, bad_lines=_bad_lines(data, encoding))


def _bad_lines(data: bytes, encoding: str) -> tuple[tuple[int, bytes], ...]:
    found = []
    for number, line in enumerate(data.split(b"\n"), start=1):
        try:
            line.decode(encoding)
        except UnicodeDecodeError as error:
            found.append((number, line[error.start : error.start + 8]))
    return tuple(found)
