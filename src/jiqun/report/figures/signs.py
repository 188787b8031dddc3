"""Signs of classes: each has a shape and a lightness of its own besides its colour."""

from collections.abc import Callable

from markupsafe import Markup

from jiqun.report.figures.svg import BLUE, GREY, VERMILION, coordinate, element

Draw = Callable[[float, float, float], Markup]


def circle(x: float, y: float, r: float) -> Markup:
    """Draw a filled circle."""
    return element("circle", cx=coordinate(x), cy=coordinate(y), r=coordinate(r), fill=BLUE)


def triangle(x: float, y: float, r: float) -> Markup:
    """Draw a filled triangle, its tip up."""
    corners = ((x, y - 1.25 * r), (x + 1.15 * r, y + 0.85 * r), (x - 1.15 * r, y + 0.85 * r))
    path = "M" + "L".join(f"{coordinate(a)} {coordinate(b)}" for a, b in corners) + "Z"
    return element("path", d=path, fill=VERMILION)


def square(x: float, y: float, r: float) -> Markup:
    """Draw a hollow square."""
    look = {"fill": "#fff", "stroke": GREY, "stroke_width": 2}
    side = coordinate(1.8 * r)
    at = {"x": coordinate(x - 0.9 * r), "y": coordinate(y - 0.9 * r)}
    return element("rect", **at, width=side, height=side, **look)


def diamond(x: float, y: float, r: float) -> Markup:
    """Draw a hollow diamond."""
    corners = ((x, y - 1.25 * r), (x + 1.25 * r, y), (x, y + 1.25 * r), (x - 1.25 * r, y))
    path = "M" + "L".join(f"{coordinate(a)} {coordinate(b)}" for a, b in corners) + "Z"
    return element("path", d=path, fill="#fff", stroke=VERMILION, stroke_width=2)


TYPE_SIGNS: dict[str, Draw] = {
    "traditional": square,
    "industrial_digitalization": circle,
    "digital_industrialization": triangle,
    "hybrid": diamond,
}
