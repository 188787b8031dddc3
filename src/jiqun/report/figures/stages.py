"""The history of stages: how probable each stage is in each window of time, written out and shaded."""

from collections.abc import Sequence

from markupsafe import Markup

from jiqun.diagnosis.findings import StageWindow, credible_set, percent
from jiqun.report.figures.svg import GREY, WIDTH, coordinate, element, picture, text
from jiqun.vocabulary.text import Language, Text
from jiqun.vocabulary.typology import STAGE

LEFT, TOP, ROW, RIGHT = 190.0, 12.0, 30.0, 12.0
SHADES = ("#FFFFFF", "#E3EEF7", "#BBD6EB", "#7FB2DA", "#3A84BE", "#0B5394")
BOUNDS = (0.01, 0.05, 0.2, 0.4, 0.6)
DARK = 4
"""Shade from which words on it are white."""
LEVEL = 0.8
WRITTEN = 0.005
OUTLINED = Text(
    "Outlined: the fewest stages that hold the truth with a probability of 80%.",
    "粗框:以 80% 概率包含真实阶段的最少阶段集合。",
)


def _cell(x: float, y: float, width: float, p: float, *, outlined: bool) -> Markup:
    shade = sum(p >= bound for bound in BOUNDS)
    at = {"x": coordinate(x), "y": coordinate(y)}
    size = {"width": coordinate(width - 3), "height": coordinate(ROW - 3)}
    edge = {
        "stroke": "#1b1b1b" if outlined else "#C9D3DC",
        "stroke_width": 2.4 if outlined else 0.8,
    }
    drawn = element("rect", **at, **size, fill=SHADES[shade], **edge)
    if p < WRITTEN:
        return drawn
    ink = "#fff" if shade >= DARK else "#1b1b1b"
    look = {"fill": ink, "font_size": 12}
    return drawn + text(percent(p), x + (width - 3) / 2, y + 18, anchor="middle", **look)


def stage_history(
    history: Sequence[StageWindow], alt: str, language: Language, *, synthetic: bool
) -> Markup:
    """Draw a column a window and a row a stage; each cell tells its probability."""
    stages = STAGE.codes
    width = (WIDTH - LEFT - RIGHT) / len(history)
    foot = TOP + ROW * len(stages)
    drawn: list[Markup] = [
        text(STAGE.terms[code].to(language), LEFT - 10, TOP + ROW * k + 18, anchor="end")
        for k, code in enumerate(stages)
    ]
    for t, window in enumerate(history):
        x = LEFT + t * width
        within = set(credible_set(window.probabilities, LEVEL))
        for k, code in enumerate(stages):
            p = window.probabilities.get(code, 0.0)
            drawn.append(_cell(x, TOP + ROW * k, width, p, outlined=code in within))
        first, last = window.first_year, window.last_year
        words = str(first) if first == last else f"{first}–{last % 100:02d}"
        drawn.append(text(words, x + (width - 3) / 2, foot + 16, anchor="middle", font_size=11))
    note = text(
        OUTLINED.to(language), WIDTH - RIGHT, foot + 36, anchor="end", fill=GREY, font_size=12
    )
    return picture(foot + (62 if synthetic else 44), alt, [*drawn, note], synthetic=synthetic)
