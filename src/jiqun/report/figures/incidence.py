"""Alliances as an incidence plot: a row a firm, a column an alliance, a dot where the firm is in it.

Never as a clique: a line between two firms would claim that their pair is a thing of its own.

References
----------
Valdivia, P., Buono, P., Plaisant, C., Dufournaud, N. & Fekete, J.-D. (2021). Analyzing dynamic
hypergraphs with parallel aggregated ordered hypergraph visualization. IEEE Transactions on
Visualization and Computer Graphics 27(1), 1-13. doi:10.1109/TVCG.2019.2933196
"""

from dataclasses import dataclass

from markupsafe import Markup

from jiqun.report.figures.svg import (
    BLUE,
    GREY,
    RULE,
    WIDTH,
    coordinate,
    element,
    line,
    picture,
    shorten,
    text,
)
from jiqun.vocabulary.text import Language, Text

LEFT, RIGHT, TOP, ROW = 250.0, 16.0, 16.0, 22.0
DOT, YEAR_WIDTH = 4.5, 34.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Alliance:
    """One column.

    Attributes
    ----------
    name
        Identifier of the alliance.
    year
        Year in which it began; None where not known.
    rows
        Rows of the members shown, ascending.
    others
        Members that have no row.
    """

    name: str
    year: int | None
    rows: tuple[int, ...]
    others: int


def _column(alliance: Alliance, x: float, foot: float) -> list[Markup]:
    """Draw one alliance: a line from its first to its last row, a dot a member."""
    at = [TOP + ROW * (row + 0.5) for row in alliance.rows]
    drawn = [line(x, at[0], x, at[-1], stroke=BLUE, stroke_width=2, stroke_opacity=0.45)]
    drawn += [element("circle", cx=coordinate(x), cy=coordinate(y), r=DOT, fill=BLUE) for y in at]
    if alliance.others:
        words = f"+{alliance.others}"
        drawn.append(text(words, x, foot + 12, anchor="middle", fill=GREY, font_size=10))
    return drawn


def _years(alliances: tuple[Alliance, ...], step: float, foot: float) -> list[Markup]:
    """Write each year below the first alliance that began in it, where there is room."""
    drawn: list[Markup] = []
    last_x, last_year = -1e9, None
    for place, alliance in enumerate(alliances):
        x = LEFT + (place + 0.5) * step
        if alliance.year is not None and alliance.year != last_year and x - last_x > YEAR_WIDTH:
            drawn.append(line(x - step / 2, TOP, x - step / 2, foot + 16, stroke=RULE))
            drawn.append(text(alliance.year, x - step / 2 + 3, foot + 28, fill=GREY, font_size=12))
            last_x, last_year = x, alliance.year
    return drawn


def incidence(
    firms: tuple[Text, ...],
    alliances: tuple[Alliance, ...],
    alt: str,
    language: Language,
    *,
    synthetic: bool,
) -> Markup:
    """Draw firms as rows and alliances as columns in order of time."""
    foot = TOP + ROW * len(firms)
    step = (WIDTH - LEFT - RIGHT) / len(alliances)
    drawn: list[Markup] = []
    for row, name in enumerate(firms):
        y = TOP + ROW * (row + 0.5)
        drawn.append(line(LEFT, y, WIDTH - RIGHT, y, stroke=RULE, stroke_width=0.7))
        label = shorten(name.to(language), LEFT - 16)
        drawn.append(text(label, LEFT - 10, y + 4, anchor="end"))
    drawn += _years(alliances, step, foot)
    for place, alliance in enumerate(alliances):
        drawn += _column(alliance, LEFT + (place + 0.5) * step, foot)
    return picture(foot + (64 if synthetic else 40), alt, drawn, synthetic=synthetic)
