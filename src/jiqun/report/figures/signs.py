"""Signs of classes: each has a shape and a lightness of its own besides its colour."""

from collections.abc import Callable, Iterable

from markupsafe import Markup

from jiqun.report.figures.svg import BLUE, GREY, VERMILION, coordinate, element

Draw = Callable[[float, float, float], Markup]


def circle(x: float, y: float, r: float) -> Markup:
    """Draw a filled circle."""
    return element("circle", cx=coordinate(x), cy=coordinate(y), r=coordinate(r), fill=BLUE)


def triangle(x: float, y: float, r: float) -> Markup:
    """Draw a filled triangle, its tip up."""
    corners = ((x, y - 1.25 * r), (x + 1.15 * r, y + 0.85 * r), (x - 1.15 * r, y + 0.85 * r))
    return element("path", d=_outline(corners), fill=VERMILION)


def square(x: float, y: float, r: float) -> Markup:
    """Draw a hollow square."""
    look = {"fill": "#fff", "stroke": GREY, "stroke_width": 2}
    side = coordinate(1.8 * r)
    at = {"x": coordinate(x - 0.9 * r), "y": coordinate(y - 0.9 * r)}
    return element("rect", **at, width=side, height=side, **look)


def diamond(x: float, y: float, r: float) -> Markup:
    """Draw a hollow diamond."""
    corners = ((x, y - 1.25 * r), (x + 1.25 * r, y), (x, y + 1.25 * r), (x - 1.25 * r, y))
    return element("path", d=_outline(corners), fill="#fff", stroke=VERMILION, stroke_width=2)


def _outline(corners: Iterable[tuple[float, float]]) -> str:
    """Return the path through some corners and back."""
    return "M" + "L".join(f"{coordinate(a)} {coordinate(b)}" for a, b in corners) + "Z"


TYPE_SIGNS: dict[str, Draw] = {
    "traditional": square,
    "industrial_digitalization": circle,
    "digital_industrialization": triangle,
    "hybrid": diamond,
}
