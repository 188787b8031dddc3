"""A curve within the bands of chance, and a small map of the sites that it is about.

Nothing is told by hue alone: the bands differ in lightness and outline, the curve is thick, what
chance leads to is dashed, and points above the global band are filled, those below hollow.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from jiqun.measures.curve_points import CurvePoints
from jiqun.report.figures.scale import ticks
from jiqun.report.figures.site_map import (
    Points,
    Projection,
    ground,
    scale_bar,
    window_around,
)
from jiqun.report.figures.svg import (
    BLUE,
    GREY,
    RULE,
    WIDTH,
    coordinate,
    element,
    line,
    picture,
    text,
    width_of,
)
from jiqun.report.formatting import mark
from jiqun.vocabulary.text import Language, Text

LEFT, TOP, HEIGHT, PLOT = 84.0, 30.0, 230.0, 480.0
MAP_LEFT, MAP = 604.0, 280.0
DOT = 2.4
GLOBAL_BAND, LOCAL_BAND = "#E4E4E4", "#B9B9B9"
OBSERVED = Text("observed", "观测值")
EXPECTED = Text("mean of chance", "偶然均值")
LOCAL = Text("local band", "局部置信带")
GLOBAL = Text("global band", "全局置信带")
ABOVE = Text("above it", "高于全局带")
BELOW = Text("below it", "低于全局带")


@dataclass(frozen=True, slots=True)
class Frame:
    """Turns points of the axis and values into px."""

    first: float
    last: float
    most: float

    @classmethod
    def of(cls, curve: CurvePoints) -> "Frame":
        """Show the whole axis, and values from 0."""
        most = max(*curve.value, *curve.global_high)
        return cls(curve.at[0], curve.at[-1], most or 1.0)

    def x(self, at: float) -> float:
        """Place a point of the axis."""
        return LEFT + PLOT * (at - self.first) / ((self.last - self.first) or 1.0)

    def y(self, value: float) -> float:
        """Place a value; one below 0 is drawn at 0."""
        return TOP + HEIGHT * (1.0 - max(value, 0.0) / self.most)

    def path(self, at: Sequence[float], values: Sequence[float]) -> str:
        """Join points to a line."""
        pairs = zip(at, values, strict=True)
        return "M" + "L".join(f"{coordinate(self.x(a))} {coordinate(self.y(v))}" for a, v in pairs)


def _band(frame: Frame, curve: CurvePoints, low: str, high: str, fill: str) -> Markup:
    there = frame.path(curve.at, getattr(curve, high))
    back = frame.path(curve.at[::-1], getattr(curve, low)[::-1])
    edge = {"stroke": GREY, "stroke_width": 0.8}
    return element("path", d=f"{there}L{back[1:]}Z", fill=fill, **edge)


def _axes(frame: Frame, curve: CurvePoints, language: Language) -> list[Markup]:
    foot, end = TOP + HEIGHT, LEFT + PLOT
    drawn = [text(curve.quantity.to(language), LEFT, TOP - 12, fill=GREY, font_size=12)]
    for tick in ticks(0.0, frame.most, 4):
        y = frame.y(tick)
        drawn += [
            line(LEFT, y, end, y, stroke=RULE, stroke_width=0.6),
            text(mark(tick, language), LEFT - 8, y + 4, anchor="end", fill=GREY, font_size=12),
        ]
    for tick in ticks(frame.first, frame.last, 6):
        x = frame.x(tick)
        drawn += [
            line(x, foot, x, foot + 5, stroke=GREY),
            text(mark(tick, language), x, foot + 19, anchor="middle", fill=GREY, font_size=12),
        ]
    words = curve.axis.to(language)
    return [*drawn, text(words, end, foot + 38, anchor="end", fill=GREY, font_size=12)]


def _outside(frame: Frame, curve: CurvePoints) -> list[Markup]:
    """Mark the points that leave the global band: filled above it, hollow below."""
    drawn = []
    for at, value, low, high in zip(
        curve.at, curve.value, curve.global_low, curve.global_high, strict=True
    ):
        if low <= value <= high:
            continue
        place = {"cx": coordinate(frame.x(at)), "cy": coordinate(frame.y(value)), "r": 4}
        drawn.append(_sign(above=value > high, **place))
    return drawn


def _sign(*, above: bool, **place: object) -> Markup:
    return element("circle", **place, fill=BLUE if above else "#fff", stroke=BLUE, stroke_width=1.6)


def _legend(y: float, language: Language) -> list[Markup]:
    def area(x: float, fill: str) -> Markup:
        look = {"fill": fill, "stroke": GREY, "stroke_width": 0.8}
        return element("rect", x=coordinate(x), y=coordinate(y - 6), width=22, height=12, **look)

    def sign(x: float, *, above: bool) -> Markup:
        return _sign(above=above, cx=coordinate(x + 14), cy=coordinate(y), r=4)

    dashed = {"stroke": "#222", "stroke_width": 1.4, "stroke_dasharray": "5 4"}
    keys: tuple[tuple[Text, Callable[[float], Markup]], ...] = (
        (OBSERVED, lambda x: line(x, y, x + 22, y, stroke=BLUE, stroke_width=3)),
        (EXPECTED, lambda x: line(x, y, x + 22, y, **dashed)),
        (LOCAL, lambda x: area(x, LOCAL_BAND)),
        (GLOBAL, lambda x: area(x, GLOBAL_BAND)),
        (ABOVE, lambda x: sign(x, above=True)),
        (BELOW, lambda x: sign(x, above=False)),
    )
    drawn: list[Markup] = []
    x = LEFT
    for words, key in keys:
        told = words.to(language)
        drawn += [key(x), text(told, x + 27, y + 4, font_size=12)]
        x += 27 + width_of(told, 12) + 18
    return drawn


def _plot(curve: CurvePoints, language: Language) -> list[Markup]:
    frame = Frame.of(curve)
    mean = frame.path(curve.at, curve.expected)
    observed = frame.path(curve.at, curve.value)
    return [
        _band(frame, curve, "global_low", "global_high", GLOBAL_BAND),
        _band(frame, curve, "low", "high", LOCAL_BAND),
        *_axes(frame, curve, language),
        element(
            "path", d=mean, fill="none", stroke="#222", stroke_width=1.4, stroke_dasharray="5 4"
        ),
        element("path", d=observed, fill="none", stroke=BLUE, stroke_width=3),
        *_outside(frame, curve),
    ]


def _map(points: Points, language: Language) -> Markup:
    """Draw the sites on a small map; sites less than a pixel apart share a dot."""
    projection = Projection.of(window_around(points), MAP)
    at = np.unique(projection.place(points).round(), axis=0)
    dots = [element("circle", cx=coordinate(x), cy=coordinate(y), r=DOT) for x, y in at]
    height = projection.height + 24
    return element(
        "svg",
        ground(projection),
        element("g", *dots, fill=BLUE, stroke="#fff", stroke_width=0.5),
        *scale_bar(projection, projection.height + 14, language),
        x=coordinate(MAP_LEFT),
        y=coordinate(TOP),
        width=coordinate(MAP),
        height=coordinate(height),
        viewBox=f"0 0 {coordinate(MAP)} {coordinate(height)}",
    )


def band_curve(
    curve: CurvePoints, points: Points, alt: str, language: Language, *, synthetic: bool
) -> Markup:
    """Draw a curve with its bands beside a map of its sites, shape (sites, 2), degrees.

    Without sites there is no map.
    """
    foot = TOP + HEIGHT + 64
    beside = [_map(points, language)] if len(points) else []
    return picture(
        foot + (38 if synthetic else 16),
        alt,
        [*_plot(curve, language), *beside, *_legend(foot, language)],
        synthetic=synthetic,
        width=WIDTH,
    )
