"""The fonts of the report 字体: a missing character is an error that names it, never a box."""

import base64
import io
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import as_file, files
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from jiqun.record.problem import InputError, Rule
from jiqun.vocabulary.text import Text

FAMILY = "Jiqun Sans SC"
REGULAR = "JiqunSansSC-Regular.otf"
SHOWN = 20
INVISIBLE = frozenset("\n\r\t\u200b\u200d\ufeff")
"""Characters that nothing is drawn for."""
GLYPHS = Rule(
    id="report.glyphs",
    title=Text("The font has every character of the report.", "字体包含报告中的全部字符。"),
    remedy=Text(
        "Name a font that has them, with --font FILE.otf; the page (html) and the workbook (xlsx) need "
        "none.",
        "请以 --font FILE.otf 指定含有这些字符的字体;网页(html)与工作簿(xlsx)不需要。",
    ),
)
MISSING = Text("The bundled font has no {characters}.", "自带字体缺少以下字符:{characters}。")


def folder() -> Path:
    """Return the folder of the bundled fonts."""
    with as_file(files("jiqun.report.fonts")) as found:
        return found


@cache
def _characters(path: Path) -> frozenset[str]:
    with path.open("rb") as file, TTFont(file, lazy=True, fontNumber=0) as font:
        return frozenset(map(chr, font.getBestCmap()))


def missing(texts: Iterable[str], fonts: tuple[Path, ...] = ()) -> tuple[str, ...]:
    """Return the characters that neither the bundled font nor any other given one has."""
    has = _characters(folder() / REGULAR).union(INVISIBLE, *map(_characters, fonts))
    return tuple(sorted(set().union(*texts) - has))


def demand(texts: Iterable[str], fonts: tuple[Path, ...] = ()) -> None:
    """Refuse texts that would be drawn with boxes.

    Raises
    ------
    InputError
        Names the characters that no font has.
    """
    lacking = missing(texts, fonts)
    if lacking:
        told = " ".join(f"{c} (U+{ord(c):04X})" for c in lacking[:SHOWN])
        more = f" … (+{len(lacking) - SHOWN})" if len(lacking) > SHOWN else ""
        raise InputError((GLYPHS.problem(table="", message=MISSING.fill(characters=told + more)),))


@lru_cache(maxsize=4)
def embedded(characters: frozenset[str]) -> str:
    """Return the bundled font, cut down to the characters, as a ``data:`` address (WOFF)."""
    options = subset.Options(
        hinting=False, layout_features=[], glyph_names=False, notdef_outline=True
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(sorted(characters)))
    written = io.BytesIO()
    with (
        (folder() / REGULAR).open("rb") as file,
        TTFont(file, lazy=True, recalcTimestamp=False) as font,
    ):
        subsetter.subset(font)
        font.flavor = "woff"
        font.save(written)
    return f"data:font/woff;base64,{base64.b64encode(written.getvalue()).decode('ascii')}"
