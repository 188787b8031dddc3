"""A series so far and where it may go: nested bands that differ in lightness and outline."""

from collections.abc import Sequence

from markupsafe import Markup

from jiqun.report.figures.scale import ticks
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

LEFT, RIGHT, TOP, HEIGHT = 84.0, 20.0, 30.0, 220.0
BANDS = ("#EAF1F7", "#C6DCEC", "#94BFDF")
"""Of the middle 95, 80 and 50 per cent."""
Point = tuple[float, float]
Fan = tuple[float, float, tuple[Point, Point, Point]]
"""Year, median, and the ends of the middle 95, 80 and 50 per cent."""
SO_FAR = Text("so far", "观测值")
MEDIAN = Text("median", "中位数")
MIDDLE = Text("middle {p} %", "中间 {p}%")
SHARES = (95, 80, 50)


class _Frame:
    """Turns years and values into px."""

    def __init__(self, history: Sequence[Point], ahead: Sequence[Fan]) -> None:
        values = [v for _, v in history] + [v for _, m, ends in ahead for v in (m, *ends[0])]
        low, high = min(values), max(values)
        room = (high - low or abs(high) or 1.0) * 0.06
        self.low, self.high = low - room, high + room
        self.first, self.last = history[0][0], (ahead[-1][0] if ahead else history[-1][0])

    def x(self, year: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (year - self.first) / ((self.last - self.first) or 1)

    def y(self, value: float) -> float:
        return TOP + HEIGHT * (self.high - value) / (self.high - self.low)

    def path(self, points: Sequence[Point]) -> str:
        return "M" + "L".join(f"{coordinate(self.x(a))} {coordinate(self.y(v))}" for a, v in points)


def _axes(frame: _Frame, unit: str, language: Language) -> list[Markup]:
    foot, end = TOP + HEIGHT, WIDTH - RIGHT
    drawn = [text(unit, LEFT, TOP - 12, fill=GREY, font_size=12)]
    for tick in ticks(frame.low, frame.high, 4):
        y = frame.y(tick)
        drawn += [
            line(LEFT, y, end, y, stroke=RULE, stroke_width=0.6),
            text(mark(tick, language), LEFT - 8, y + 4, anchor="end", fill=GREY, font_size=12),
        ]
    for tick in ticks(frame.first, frame.last, 10, whole=True):
        x = frame.x(tick)
        drawn += [
            line(x, foot, x, foot + 5, stroke=GREY),
            text(f"{tick:.0f}", x, foot + 19, anchor="middle", fill=GREY, font_size=12),
        ]
    return drawn


def _legend(y: float, language: Language) -> list[Markup]:
    dashed = {"stroke": "#222", "stroke_width": 2, "stroke_dasharray": "6 4"}
    drawn: list[Markup] = []
    x = LEFT
    keys = [(SO_FAR, None), (MEDIAN, None), *((MIDDLE.fill(p=p), p) for p in SHARES)]
    for words, part in keys:
        if part is not None:
            fill = BANDS[SHARES.index(part)]
            look = {"fill": fill, "stroke": GREY, "stroke_width": 0.6}
            drawn.append(
                element("rect", x=coordinate(x), y=coordinate(y - 6), width=22, height=12, **look)
            )
        elif words is MEDIAN:
            drawn.append(line(x, y, x + 22, y, **dashed))
        else:
            drawn.append(line(x, y, x + 22, y, stroke=BLUE, stroke_width=3))
        told = words.to(language)
        drawn.append(text(told, x + 27, y + 4, font_size=12))
        x += 27 + width_of(told, 12) + 18
    return drawn


def fan_chart(
    history: Sequence[Point],
    ahead: Sequence[Fan],
    unit: Text,
    alt: str,
    language: Language,
    *,
    synthetic: bool,
) -> Markup:
    """Draw a series with the bands of its forecast, which start from the last known value.

    Parameters
    ----------
    history
        Year and value, at least one.
    ahead
        A row a year to come.
    unit
        What the values are.
    alt, language, synthetic
        As in every figure.
    """
    frame, last = _Frame(history, ahead), history[-1]
    drawn = []
    for k, fill in enumerate(BANDS):
        high = [last, *((year, ends[k][1]) for year, _, ends in ahead)]
        low = [last, *((year, ends[k][0]) for year, _, ends in ahead)]
        d = f"{frame.path(high)}L{frame.path(low[::-1])[1:]}Z"
        drawn.append(element("path", d=d, fill=fill, stroke=GREY, stroke_width=0.6))
    middle = frame.path([last, *((year, median) for year, median, _ in ahead)])
    dots = [
        element("circle", cx=coordinate(frame.x(a)), cy=coordinate(frame.y(v)), r=3, fill=BLUE)
        for a, v in history
    ]
    dashed = {"stroke": "#222", "stroke_width": 2, "stroke_dasharray": "6 4"}
    foot = TOP + HEIGHT + 46
    return picture(
        foot + (38 if synthetic else 16),
        alt,
        [
            *_axes(frame, unit.to(language), language),
            *drawn,
            element("path", d=middle, fill="none", **dashed),
            element("path", d=frame.path(history), fill="none", stroke=BLUE, stroke_width=3),
            *dots,
            *_legend(foot, language),
        ],
        synthetic=synthetic,
    )
