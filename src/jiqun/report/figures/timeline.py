"""How many of each kind of thing were active in each year, as one panel a series."""

from dataclasses import dataclass

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
)
from jiqun.report.formatting import number
from jiqun.vocabulary.text import Language, Text

PANEL, GAP, LEFT, RIGHT = 64.0, 34.0, 16.0, 84.0
FAINT = 0.18


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Active numbers of one table.

    Attributes
    ----------
    table
        Name of the table.
    label
        Heading of the panel.
    first
        Year of the first number.
    active
        Rows active at some time in each year.
    left_out
        Rows whose days do not allow a place in time.
    """

    table: str
    label: Text
    first: int
    active: tuple[int, ...]
    left_out: int

    @property
    def last(self) -> int:
        """Year of the last number."""
        return self.first + len(self.active) - 1


def _steps(series: Series, top: float) -> Markup:
    """Draw one flat step for each year: the numbers hold for a year, not for a moment."""
    width = (WIDTH - LEFT - RIGHT) / len(series.active)
    scale = PANEL / max(series.active) if any(series.active) else 0.0
    points = []
    for i, n in enumerate(series.active):
        y = top + PANEL - n * scale
        points += [(LEFT + i * width, y), (LEFT + (i + 1) * width, y)]
    path = "M" + "L".join(f"{coordinate(x)} {coordinate(y)}" for x, y in points)
    foot, end = coordinate(top + PANEL), coordinate(points[-1][0])
    area = f"{path}L{end} {foot}L{coordinate(LEFT)} {foot}Z"
    return element("path", d=area, fill=BLUE, fill_opacity=FAINT) + element(
        "path", d=path, fill="none", stroke=BLUE, stroke_width=2
    )


def _panel(series: Series, top: float, language: Language) -> list[Markup]:
    last, most = series.active[-1], max(series.active)
    heading = Text("{label}: highest {n}", "{label}:最高 {n}")
    words = heading.fill(label=series.label, n=number(most, language)).to(language)
    y = top + PANEL * (1 - last / most if most else 1)
    return [
        text(words, LEFT, top - 8, font_weight="bold"),
        line(LEFT, top + PANEL, WIDTH - RIGHT, top + PANEL, stroke=GREY),
        _steps(series, top),
        text(number(last, language), WIDTH - RIGHT + 6, y + 5, fill=BLUE, font_weight="bold"),
    ]


def _years(first: int, count: int, height: float) -> list[Markup]:
    width = (WIDTH - LEFT - RIGHT) / count
    drawn = []
    for year in map(int, ticks(first, first + count - 1, 9, whole=True)):
        x = LEFT + (year - first + 0.5) * width
        drawn += [
            line(x, GAP - 6, x, height, stroke=RULE, stroke_dasharray="2 3"),
            text(year, x, height + 16, anchor="middle", fill=GREY, font_size=12),
        ]
    return drawn


def timeline(
    series: tuple[Series, ...], alt: str, language: Language, *, synthetic: bool
) -> Markup:
    """Draw the panels under one another; all series span the same years, each has its own scale."""
    foot = len(series) * (PANEL + GAP)
    panels = [
        piece
        for i, s in enumerate(series)
        for piece in _panel(s, GAP + i * (PANEL + GAP), language)
    ]
    years = _years(series[0].first, len(series[0].active), foot)
    return picture(foot + (44 if synthetic else 24), alt, [*years, *panels], synthetic=synthetic)
