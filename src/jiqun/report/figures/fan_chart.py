"""Fan charts: what was, how it goes on, and how surely; one panel a series or policy.

Nothing is told by hue alone: wider bands are lighter and outlined, what was is thick, what comes is
dashed, what it is held against is dotted.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

from markupsafe import Markup

from jiqun.report.figures.scale import ticks
from jiqun.report.figures.svg import (
    BLUE,
    GREY,
    RULE,
    TEXT_SIZE,
    VERMILION,
    WIDTH,
    coordinate,
    element,
    line,
    picture,
    shorten,
    text,
    width_of,
)
from jiqun.report.formatting import mark
from jiqun.vocabulary.text import Language, Text

ACROSS = 2
LEFT, RIGHT, TOP, HEIGHT, FOOT = 68.0, 14.0, 30.0, 150.0, 40.0
PANEL = WIDTH / ACROSS
FILLS = ("#EBEBEB", "#D3D3D3", "#B4B4B4")
"""From the widest band to the narrowest."""
PAD = 0.05
Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fan:
    """One panel.

    Attributes
    ----------
    title
        What it is of.
    past
        Points that are known.
    middle
        Points in the middle of what is expected.
    bands
        From the widest to the narrowest, each a row of x, low and high.
    beside
        Points that it is held against.
    """

    title: Text
    past: Points = ()
    middle: Points = ()
    bands: tuple[tuple[tuple[float, float, float], ...], ...] = ()
    beside: Points = ()

    @classmethod
    def of_forecast(
        cls, title: Text, past: Points, ahead: Sequence[tuple[float, Sequence[float]]]
    ) -> Self:
        """Return a panel whose bands open at the last point that is known.

        Parameters
        ----------
        title
            What it is of.
        past
            Points that are known, one at least.
        ahead
            For each year to come: the year, and its median and the ends of its bands, the narrowest first.
        """
        year, last = past[-1]
        bands = tuple(
            ((year, last, last), *((y, told[k], told[k + 1]) for y, told in ahead))
            for k in (5, 3, 1)
        )
        middle = (past[-1], *((y, told[0]) for y, told in ahead))
        return cls(title=title, past=past, middle=middle, bands=bands)

    @property
    def values(self) -> list[float]:
        """Everything that is drawn."""
        ends = [y for band in self.bands for _, low, high in band for y in (low, high)]
        return [y for points in (self.past, self.middle, self.beside) for _, y in points] + ends

    @property
    def times(self) -> list[float]:
        """Every place on the axis."""
        ends = [row[0] for band in self.bands for row in band]
        return [x for points in (self.past, self.middle, self.beside) for x, _ in points] + ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the axis and the signs of a chart mean; a sign without words is not drawn."""

    axis: Text
    past: Text | None = None
    middle: Text
    bands: tuple[Text, ...]
    beside: Text | None = None


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where one panel stands, and the values that it spans."""

    left: float
    top: float
    x: tuple[float, float]
    y: tuple[float, float]

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Place a point, px."""
        wide = PANEL - LEFT - RIGHT
        across = (x - self.x[0]) / ((self.x[1] - self.x[0]) or 1.0)
        up = (y - self.y[0]) / ((self.y[1] - self.y[0]) or 1.0)
        return self.left + LEFT + wide * across, self.top + TOP + HEIGHT * (1.0 - up)

    def path(self, points: Sequence[tuple[float, float]]) -> str:
        """Join points to a line."""
        placed = (self.at(x, y) for x, y in points)
        return "M" + "L".join(f"{coordinate(a)} {coordinate(b)}" for a, b in placed)


def _span(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    room = (high - low or abs(high) or 1.0) * PAD
    return low - room, high + room


def _axes(frame: _Frame, title: str, language: Language) -> list[Markup]:
    left, foot = frame.at(frame.x[0], frame.y[0])
    right = frame.at(frame.x[1], 0.0)[0]
    drawn = [
        text(
            shorten(title, PANEL - RIGHT - 8),
            frame.left + 8,
            frame.top + TOP - 12,
            font_weight="bold",
        )
    ]
    for tick in ticks(*frame.y, 4):
        y = frame.at(0.0, tick)[1]
        drawn += [
            line(left, y, right, y, stroke=RULE, stroke_width=0.6),
            text(mark(tick, language), left - 6, y + 4, anchor="end", fill=GREY, font_size=12),
        ]
    for tick in ticks(*frame.x, 5, whole=True):
        x = frame.at(tick, 0.0)[0]
        drawn += [
            line(x, foot, x, foot + 4, stroke=GREY),
            text(f"{tick:.0f}", x, foot + 17, anchor="middle", fill=GREY, font_size=12),
        ]
    return drawn


def _panel(fan: Fan, frame: _Frame, language: Language) -> list[Markup]:
    drawn = []
    for fill, band in zip(FILLS, fan.bands, strict=False):
        there = frame.path([(x, high) for x, _, high in band])
        back = frame.path([(x, low) for x, low, _ in reversed(band)])
        edge = {"stroke": GREY, "stroke_width": 0.6}
        drawn.append(element("path", d=f"{there}L{back[1:]}Z", fill=fill, **edge))
    drawn += _axes(frame, fan.title.to(language), language)
    for points, look in ((fan.beside, BESIDE), (fan.past, PAST), (fan.middle, MIDDLE)):
        if points:
            drawn.append(element("path", d=frame.path(points), fill="none", **look))
    return drawn


PAST = {"stroke": BLUE, "stroke_width": 3}
MIDDLE = {"stroke": VERMILION, "stroke_width": 2.2, "stroke_dasharray": "7 4"}
BESIDE = {"stroke": "#222", "stroke_width": 1.6, "stroke_dasharray": "1.5 3.5"}


def _legend(words: Words, y: float, language: Language) -> list[Markup]:
    def area(fill: str) -> Callable[[float], Markup]:
        look = {"fill": fill, "stroke": GREY, "stroke_width": 0.8}
        return lambda x: element(
            "rect", x=coordinate(x), y=coordinate(y - 6), width=22, height=12, **look
        )

    def stroke(look: dict[str, object]) -> Callable[[float], Markup]:
        return lambda x: line(x, y, x + 22, y, **look)

    keys = [
        (words.past, stroke(PAST)),
        (words.middle, stroke(MIDDLE)),
        *((told, area(fill)) for told, fill in zip(words.bands, FILLS, strict=False)),
        (words.beside, stroke(BESIDE)),
    ]
    drawn: list[Markup] = []
    x = 16.0
    for told, key in keys:
        if told is not None:
            said = told.to(language)
            drawn += [key(x), text(said, x + 27, y + 4, font_size=12)]
            x += 27 + width_of(said, 12) + 16
    end = text(words.axis.to(language), WIDTH - RIGHT, y + 4, anchor="end", fill=GREY, font_size=12)
    return [*drawn, end]


def fan_chart(
    fans: Sequence[Fan],
    words: Words,
    alt: str,
    language: Language,
    *,
    shared: bool,
    synthetic: bool,
) -> Markup:
    """Draw panels side by side.

    Parameters
    ----------
    fans
        At least one, each with at least one point.
    words
        What axis and signs mean.
    alt
        What a reader who can't see it should know.
    language
        Of the words.
    shared
        Whether all panels have one scale of values, so that they can be compared.
    synthetic
        Whether the record was generated.
    """
    every = _span([y for fan in fans for y in fan.values])
    times = [x for fan in fans for x in fan.times]
    drawn: list[Markup] = []
    for number, fan in enumerate(fans):
        row, column = divmod(number, ACROSS)
        frame = _Frame(
            left=PANEL * column,
            top=(TOP + HEIGHT + FOOT) * row,
            x=(min(times), max(times)),
            y=every if shared else _span(fan.values),
        )
        drawn += _panel(fan, frame, language)
    foot = (TOP + HEIGHT + FOOT) * -(-len(fans) // ACROSS) + TEXT_SIZE
    drawn += _legend(words, foot, language)
    return picture(foot + (42 if synthetic else 20), alt, drawn, synthetic=synthetic)
