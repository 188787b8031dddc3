"""SVG elements with every attribute and text escaped, and what all figures share.

Colours are those of Okabe & Ito (2008), which readers with any form of colour blindness tell apart.
"""

import unicodedata
from collections.abc import Iterable

from markupsafe import Markup, escape

from jiqun.report.synthetic import SYNTHETIC_MARK
from jiqun.report.wording import printable

WIDTH = 900
TEXT_SIZE = 13
FILLED = 0.85
"""Part of a line that words fill before one that is too long for the rest."""
BLUE, VERMILION, GREEN, GREY = "#0072B2", "#D55E00", "#009E73", "#595959"
SEA, LAND, SHORE, RULE = "#EEF3F7", "#E3DFD5", "#A39C8C", "#C4C4C4"


def element(tag: str, *children: object, **attributes: object) -> Markup:
    """Return one element; ``_`` in an attribute name stands for ``-``, a trailing one is dropped."""
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    inner = "".join(escape(child) for child in children)
    return Markup(f"<{tag}{written}>{inner}</{tag}>" if children else f"<{tag}{written}/>")  # noqa: S704 (escaped above)


def coordinate(value: float) -> str:
    """Write a length in pixels, to a tenth."""
    tenths = round(value * 10) / 10 + 0.0  # adding zero turns -0.0 into 0.0
    return f"{tenths:.1f}".removesuffix(".0")


def text(
    words: object, x: float, y: float, *, anchor: str = "start", **attributes: object
) -> Markup:
    """Write a line of text at a point."""
    return element(
        "text", words, x=coordinate(x), y=coordinate(y), text_anchor=anchor, **attributes
    )


def line(x1: float, y1: float, x2: float, y2: float, **attributes: object) -> Markup:
    """Draw a straight line."""
    ends = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
    return element("line", **{k: coordinate(v) for k, v in ends.items()}, **attributes)


def width_of(words: str, size: float = TEXT_SIZE) -> float:
    """Estimate how wide a line is drawn, px: a Chinese character fills an em, a Latin one 0.56."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in words)
    return size * (wide + 0.56 * (len(words) - wide))


def shorten(words: str, width: float, size: float = TEXT_SIZE) -> str:
    """Cut the middle out of a line that is wider than ``width`` px: labels differ at their ends."""
    words = shown = printable(words)
    kept = len(words)
    while kept > 1 and width_of(shown, size) > width:
        kept -= 1
        shown = f"{words[: kept // 2]}…{words[len(words) - (kept - kept // 2) :]}"
    return shown


def wrapped(words: str, width: float, most: int, size: float = TEXT_SIZE) -> tuple[str, ...]:
    """Break a label into lines that fit; what has no room in ``most`` of them loses its middle."""
    rest = shorten(printable(words), width * most * FILLED, size)
    lines: list[str] = []
    while len(lines) < most - 1 and width_of(rest, size) > width:
        kept = next(i for i in range(len(rest), 0, -1) if width_of(rest[:i], size) <= width)
        at = rest.rfind(" ", kept // 3, kept + 1) + 1 or kept
        lines.append(rest[:at].rstrip())
        rest = rest[at:]
    return (*lines, shorten(rest, width, size))


def picture(
    height: float, alt: str, children: Iterable[object], *, synthetic: bool, width: float = WIDTH
) -> Markup:
    """Close a figure: its words for a reader who can't see it and, if need be, the synthetic mark."""
    mark = (
        text(
            SYNTHETIC_MARK.en,
            8,
            height - 8,
            class_="synthetic",
            fill=VERMILION,
            font_weight="bold",
        )
        if synthetic
        else ""
    )
    return element(
        "svg",
        element("title", alt),
        *children,
        mark,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {coordinate(width)} {coordinate(height)}",
        width=coordinate(width),
        height=coordinate(height),
        role="img",
        font_size=TEXT_SIZE,
    )
