"""The ledger of evidence: how far each finding speaks for each type, one finding a line."""

from collections.abc import Sequence

from markupsafe import Markup

from jiqun.diagnosis.findings import Evidence
from jiqun.report.figures.scale import ticks
from jiqun.report.figures.signs import TYPE_SIGNS
from jiqun.report.figures.svg import GREY, RULE, WIDTH, line, picture, shorten, text, width_of
from jiqun.report.formatting import mark
from jiqun.vocabulary.text import Language, Text
from jiqun.vocabulary.typology import CLUSTER_TYPE

ROW, TOP, LEFT, RIGHT = 27.0, 46.0, 330.0, 30.0
LEAST_SPAN = 1.0
AXIS = Text(
    "log Bayes factor: right of 0 speaks for a type, left against it",
    "对数贝叶斯因子:0 右侧支持该类型,左侧不支持",
)


def _legend(language: Language) -> list[Markup]:
    drawn: list[Markup] = []
    x = 16.0
    for code, sign in TYPE_SIGNS.items():
        words = CLUSTER_TYPE.terms[code].to(language)
        drawn += [sign(x, 16, 5), text(words, x + 12, 20)]
        x += 34 + width_of(words)
    return drawn


def ledger(lines: Sequence[Evidence], alt: str, language: Language, *, synthetic: bool) -> Markup:
    """Draw the lines that have something to weigh."""
    values = [v for each in lines for v in each.log_bayes_factor.values()]
    low, high = min(*values, -LEAST_SPAN), max(*values, LEAST_SPAN)
    room = (high - low) * 0.05
    low, high = low - room, high + room
    foot = TOP + ROW * len(lines)

    def at(value: float) -> float:
        return LEFT + (value - low) / (high - low) * (WIDTH - LEFT - RIGHT)

    axis: list[Markup] = []
    for tick in ticks(low, high, 6):
        look = {
            "stroke": GREY if tick == 0.0 else RULE,
            "stroke_width": 1.6 if tick == 0.0 else 0.8,
        }
        axis += [
            line(at(tick), TOP - 6, at(tick), foot, **look),
            text(
                mark(tick, language), at(tick), foot + 16, anchor="middle", fill=GREY, font_size=12
            ),
        ]
    words = text(AXIS.to(language), WIDTH - RIGHT, foot + 36, anchor="end", fill=GREY, font_size=12)
    rows: list[Markup] = []
    for i, each in enumerate(lines):
        y = TOP + ROW * (i + 0.5)
        factors = each.log_bayes_factor
        ends = (at(min(factors.values())), at(max(factors.values())))
        rows += [
            text(shorten(each.title.to(language), LEFT - 26), LEFT - 14, y + 4, anchor="end"),
            line(ends[0], y, ends[1], y, stroke=RULE, stroke_width=2),
            *(TYPE_SIGNS[code](at(value), y, 5) for code, value in factors.items()),
        ]
    return picture(
        foot + (62 if synthetic else 44),
        alt,
        [*_legend(language), *axis, words, *rows],
        synthetic=synthetic,
    )
