"""Colours are told apart with any form of colour blindness, and never carry meaning alone."""

from itertools import combinations, pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from jiqun.report.figures.site_map import RAMP
from jiqun.report.figures.stages import SHADES
from jiqun.report.figures.svg import BLUE, GREEN, GREY, VERMILION

# Machado, Oliveira & Fernandes (2009), doi:10.1109/TVCG.2009.113, severity 1, on linear RGB.
DEFICIENCY = {
    "none": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
         [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
         [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
         [0.004733, 0.691367, 0.303900]]
    ),
}  # fmt: skip
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
     [0.0193339, 0.1191920, 0.9503041]]
)  # fmt: skip
WHITE = TO_XYZ.sum(axis=1)
CLASSES = (BLUE, VERMILION, GREEN, GREY)
TOLD_APART = 10.0
"""ΔE*ab: about 2 is the least that is seen side by side."""


def linear(colour: str) -> NDArray[np.float64]:
    value = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def lab(colour: str, deficiency: str) -> NDArray[np.float64]:
    seen = np.clip(DEFICIENCY[deficiency] @ linear(colour), 0.0, 1.0)
    ratio = (TO_XYZ @ seen) / WHITE
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def test_the_arithmetic_gives_known_colours() -> None:
    """White is L* = 100; pure red and green come close for who lacks red cones."""
    np.testing.assert_allclose(lab("#FFFFFF", "none"), [100.0, 0.0, 0.0], atol=1e-6)
    np.testing.assert_allclose(lab("#FF0000", "none"), [53.24, 80.09, 67.20], atol=0.05)
    hue = [np.linalg.norm(lab(c, "deuteranopia")[1:2]) for c in ("#FF0000", "#00C000")]
    assert max(hue) < 25


@pytest.mark.parametrize("deficiency", DEFICIENCY)
def test_classes_are_told_apart(deficiency: str) -> None:
    for one, other in combinations(CLASSES, 2):
        distance = np.linalg.norm(lab(one, deficiency) - lab(other, deficiency))
        assert distance > TOLD_APART, (one, other, distance)


@pytest.mark.parametrize("deficiency", DEFICIENCY)
@pytest.mark.parametrize("ramp", [RAMP, SHADES])
def test_ramps_get_darker_step_by_step(ramp: tuple[str, ...], deficiency: str) -> None:
    lightness = [float(lab(colour, deficiency)[0]) for colour in ramp]
    assert all(a - b > 4.0 for a, b in pairwise(lightness)), lightness


@pytest.mark.parametrize("colour", CLASSES)
def test_lines_stand_out_from_the_page(colour: str) -> None:
    """WCAG 2.1 (1.4.11): graphics have a contrast of 3 to 1."""
    luminance = float((TO_XYZ @ linear(colour))[1])
    assert 1.05 / (luminance + 0.05) >= 3.0
