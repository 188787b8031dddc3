"""A data frame as a Stata file of format 118 (Stata 14 and later), in UTF-8; the same bytes each time.

Written here and not by a package: the packages that write it stamp the time of day into the file, and the
format is one page long. Texts that are longer than a fixed column allows go into its long strings.

References
----------
StataCorp. Description of the .dta file format 118. https://www.stata.com/help.cgi?dta (in Stata: help dta).
"""

import re
import struct
from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

LONGEST_FIXED = 2045
"""Bytes of a text in a column of fixed width."""
NAME_BYTES, FORMAT_BYTES, LABEL_BYTES = 129, 57, 321
LONGEST_NAME, LONGEST_LABEL = 32, 80
DOUBLE, LONG, LONG_TEXT = 65526, 65528, 32768
MISSING = struct.pack("<Q", 0x7FE0000000000000)
"""Stata's ``.`` as a double; what is not finite has no other place in its range."""
NO_DAY = 2147483621
LARGEST = 8.988e307
FIRST_DAY = date(1960, 1, 1)
RESERVED = frozenset(
    [
        "_all",
        "_b",
        "byte",
        "_coef",
        "_cons",
        "double",
        "float",
        "if",
        "in",
        "int",
        "long",
        "_n",
        "_N",
        "_pi",
        "_pred",
        "_rc",
        "_skip",
        "strL",
        "using",
        "with",
    ]
)
NOT_IN_NAME = re.compile(r"[^A-Za-z0-9_]+")


def stata(frame: pl.DataFrame, labels: Sequence[str], title: str) -> bytes:
    """Write a data frame.

    Parameters
    ----------
    frame
        Columns of floats, days or texts.
    labels
        What each column is called, as readers see it; cut to 80 characters.
    title
        Of the file; cut to 80 characters.
    """
    columns = [_column(frame[name], place) for place, name in enumerate(frame.columns, start=1)]
    names, count = variable_names(frame.columns), len(columns)
    header = (
        b"<header><release>118</release><byteorder>LSF</byteorder><K>"
        + struct.pack("<H", count)
        + b"</K><N>"
        + struct.pack("<Q", frame.height)
        + b"</N><label>"
        + _counted(title)
        + b"</label><timestamp>\0</timestamp></header>"
    )
    rows = b"".join(b"".join(row) for row in zip(*(c.cells for c in columns), strict=True))
    texts = b"".join(text for c in columns for text in c.long_texts)
    parts: Mapping[str, bytes] = {
        "variable_types": b"".join(struct.pack("<H", c.type) for c in columns),
        "varnames": b"".join(_padded(name, NAME_BYTES) for name in names),
        "sortlist": bytes(2 * (count + 1)),
        "formats": b"".join(_padded(c.format, FORMAT_BYTES) for c in columns),
        "value_label_names": bytes(NAME_BYTES * count),
        "variable_labels": b"".join(_padded(x[:LONGEST_LABEL], LABEL_BYTES) for x in labels),
        "characteristics": b"",
        "data": rows,
        "strls": texts,
        "value_labels": b"",
    }
    return _joined(header, parts)


def _joined(header: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Put the parts one after another, with the map that says where each begins."""
    opening = b"<stata_dta>" + header
    at = len(opening) + len("<map></map>") + 14 * 8
    places, body = [0, len(opening)], b""
    for name, content in parts.items():
        places.append(at + len(body))
        body += b"<" + name.encode() + b">" + content + b"</" + name.encode() + b">"
    places += [at + len(body), at + len(body) + len("</stata_dta>")]
    return opening + b"<map>" + struct.pack("<14Q", *places) + b"</map>" + body + b"</stata_dta>"


class _Column:
    """One column as it is stored: type, format, the bytes of each cell, and long texts."""

    def __init__(self, kind: int, shown: str, cells: Sequence[bytes]) -> None:
        self.type, self.format, self.cells = kind, shown, cells
        self.long_texts: list[bytes] = []


def _column(values: pl.Series, place: int) -> _Column:
    if values.dtype == pl.Date:
        days = (NO_DAY if day is None else (day - FIRST_DAY).days for day in values)
        return _Column(LONG, "%tdCCYY-NN-DD", [struct.pack("<i", day) for day in days])
    if values.dtype == pl.Float64:
        return _Column(DOUBLE, "%10.0g", [_number(value) for value in values])
    texts = [("" if text is None else text).replace("\0", "").encode() for text in values]
    width = max((len(text) for text in texts), default=1) or 1
    if width <= LONGEST_FIXED:
        return _Column(width, f"%-{min(width, 40)}s", [text.ljust(width, b"\0") for text in texts])
    return _long(texts, place)


def _long(texts: Sequence[bytes], place: int) -> _Column:
    """Keep texts beside the rows, which hold where each is."""
    made = _Column(LONG_TEXT, "%-40s", [])
    cells = []
    for row, text in enumerate(texts, start=1):
        cells.append(struct.pack("<H", place) + row.to_bytes(6, "little") if text else bytes(8))
        if text:
            size = struct.pack("<IQBI", place, row, 130, len(text) + 1)
            made.long_texts.append(b"GSO" + size + text + b"\0")
    made.cells = cells
    return made


def _number(value: float | None) -> bytes:
    if value is None or not -LARGEST < value < LARGEST:
        return MISSING
    return struct.pack("<d", value)


def _counted(words: str) -> bytes:
    content = words[:LONGEST_LABEL].encode()
    return struct.pack("<H", len(content)) + content


def _padded(words: str, size: int) -> bytes:
    return words.encode().ljust(size, b"\0")


def variable_names(names: Sequence[str]) -> tuple[str, ...]:
    """Give each column a name that Stata allows, unique whatever is cut off.

    Examples
    --------
    >>> variable_names(["estimate", "in", "2020 share", "estimate"])
    ('estimate', 'in_', '_2020_share', 'estimate_2')
    """
    found: list[str] = []
    for wanted in names:
        name = NOT_IN_NAME.sub("_", wanted)[:LONGEST_NAME] or "_"
        name = f"_{name}"[:LONGEST_NAME] if name[0].isdigit() else name
        if name in RESERVED or re.fullmatch(r"str\d+", name):
            name += "_"
        unique, n = name, 1
        while unique in found:
            n += 1
            unique = f"{name[: LONGEST_NAME - len(str(n)) - 1]}_{n}"
        found.append(unique)
    return tuple(found)
