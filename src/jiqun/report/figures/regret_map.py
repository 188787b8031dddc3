"""Where each option falls short: a row an option, a cell a world, darker the more the best has over it.

One colour from light to dark; cells of the best are white with a dot, and the largest number of each row
is written beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from jiqun.report.figures.svg import (
    GREY,
    WIDTH,
    coordinate,
    element,
    line,
    picture,
    text,
    width_of,
    wrapped,
)
from jiqun.report.formatting import number
from jiqun.vocabulary.text import Language, Text

ROW, LINE, TOP, LEFT, RIGHT, GAP = 30.0, 13.0, 20.0, 210.0, 90.0, 10.0
LIGHT, DARK = (0xE3, 0xEC, 0xF6), (0x08, 0x30, 0x6B)
STEPS = 5
BEST = Text("best", "最优")
MOST = Text("largest", "最大")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Worlds of one kind.

    Attributes
    ----------
    title
        What kind.
    rows
        One an option, each with a regret a world.
    """

    title: Text
    rows: tuple[tuple[float, ...], ...]

    @property
    def worlds(self) -> int:
        """Number of worlds."""
        return len(self.rows[0])


def _shade(value: float, most: float) -> str:
    """Return the colour of a regret; nought is white."""
    if value <= 0.0 or most <= 0.0:
        return "#FFFFFF"
    part = min(value / most, 1.0)
    mixed = (round(a + (b - a) * part) for a, b in zip(LIGHT, DARK, strict=True))
    return "#" + "".join(f"{channel:02X}" for channel in mixed)


def _cells(block: Block, left: float, wide: float, most: float) -> list[Markup]:
    drawn = []
    for n, row in enumerate(block.rows):
        y = TOP + ROW * n
        for world, value in enumerate(row):
            x = left + wide * world
            place = {"x": x, "y": y + 2, "width": wide, "height": ROW - 4}
            box = {k: coordinate(v) for k, v in place.items()}
            drawn.append(element("rect", **box, fill=_shade(value, most)))
            if value <= 0.0:
                middle = {"cx": coordinate(x + wide / 2), "cy": coordinate(y + ROW / 2)}
                drawn.append(element("circle", **middle, r=1.6, fill="#222"))
        frame = {"x": left, "y": y + 2, "width": wide * block.worlds, "height": ROW - 4}
        box = {k: coordinate(v) for k, v in frame.items()}
        drawn.append(element("rect", **box, fill="none", stroke=GREY, stroke_width=0.6))
    return drawn


def _legend(y: float, most: float, unit: str, language: Language) -> list[Markup]:
    drawn: list[Markup] = []
    x = LEFT
    for step in range(STEPS + 1):
        value = most * step / STEPS
        edge = {"stroke": GREY, "stroke_width": 0.6}
        box = {"x": coordinate(x), "y": coordinate(y - 9), "width": 18, "height": 12}
        drawn.append(element("rect", **box, fill=_shade(value, most), **edge))
        words = BEST.to(language) if step == 0 else number(value, language)
        drawn.append(text(words, x + 23, y + 2, font_size=12))
        x += 23 + width_of(words, 12) + 14
    return [*drawn, text(unit, x, y + 2, fill=GREY, font_size=12)]


def _titles(
    blocks: Sequence[Block], starts: Sequence[float], y: float, language: Language
) -> list[Markup]:
    """Put a number under each block, and say below what it stands for; one alone needs none."""
    if len(blocks) == 1:
        return [text(blocks[0].title.to(language), LEFT, y, fill=GREY, font_size=12)]
    drawn: list[Markup] = []
    for n, (block, left) in enumerate(zip(blocks, starts, strict=True), start=1):
        drawn += [
            text(str(n), left, y, fill=GREY, font_size=12),
            text(f"{n}  {block.title.to(language)}", LEFT, y + 20 + 16 * n, font_size=12),
        ]
    return drawn


def _label(words: str, y: float) -> list[Markup]:
    told = wrapped(words, LEFT - 16, 2)
    highest = y - LINE * (len(told) - 1) / 2
    return [text(w, LEFT - 10, highest + LINE * i, anchor="end") for i, w in enumerate(told)]


def regret_map(
    labels: Sequence[Text],
    blocks: Sequence[Block],
    unit: Text,
    alt: str,
    language: Language,
    *,
    synthetic: bool,
) -> Markup:
    """Draw the map.

    Parameters
    ----------
    labels
        One an option.
    blocks
        At least one, each with a row an option.
    unit
        Of the numbers.
    alt
        What a reader who can't see it should know.
    language
        Of the words.
    synthetic
        Whether the record was generated.
    """
    worlds = sum(block.worlds for block in blocks)
    wide = (WIDTH - LEFT - RIGHT - GAP * (len(blocks) - 1)) / worlds
    most = max(value for block in blocks for row in block.rows for value in row)
    starts, left = [], LEFT
    drawn: list[Markup] = []
    for block in blocks:
        starts.append(left)
        drawn += _cells(block, left, wide, most)
        left += wide * block.worlds + GAP
    for n, label in enumerate(labels):
        y = TOP + ROW * (n + 0.5) + 4
        worst = max(value for block in blocks for value in block.rows[n])
        drawn += [
            *_label(label.to(language), y),
            text(number(worst, language), WIDTH - RIGHT + 8, y, font_weight="bold"),
        ]
    drawn.append(text(MOST.to(language), WIDTH - RIGHT + 8, TOP - 6, fill=GREY, font_size=12))
    foot = TOP + ROW * len(labels)
    drawn += [line(LEFT, foot + 3, WIDTH - RIGHT, foot + 3, stroke=GREY, stroke_width=0.6)]
    drawn += _titles(blocks, starts, foot + 17, language)
    told = 20 + 16 * len(blocks) if len(blocks) > 1 else 0
    legend = foot + 17 + told + 24
    drawn += _legend(legend, most, unit.to(language), language)
    return picture(legend + (40 if synthetic else 16), alt, drawn, synthetic=synthetic)
