"""Does a sector belong to the core of the digital economy? A prior, never a verdict.

Order 33 of the National Bureau of Statistics (2021) sorts the digital economy into 数字产业化
(classes 01 to 04, the core industries) and 产业数字化 (class 05). The paper asks for the logic of a
cluster and not for its sector, so what is here may start a question and may not answer it.

Paper: X4, Q13 (the type follows the logic, not the sector).
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from jiqun.vocabulary.classifications.lists import contains
from jiqun.vocabulary.text import Text

Part = Literal["digital_industrialization", "industrial_digitalization"]
Extent = Literal["whole", "main"]
EFFICIENCY = "05"
"""数字化效率提升业, the one major class of 产业数字化."""
BASIS = {
    "same_name": Text(
        "A class of the digital economy has the same name as this class of GB/T 4754-2017.",
        "数字经济分类中有与该国民经济行业同名的类别。",
    ),
    "order_33": Text(
        "Order 33 (2021) says that the core industries mainly consist of this division.",
        "国家统计局令第33号(2021)指出核心产业主要包括该大类。",
    ),
    "own_code": Text(
        "The code is of the classification of the digital economy itself.",
        "该代码即数字经济分类代码。",
    ),
}


@dataclass(frozen=True, slots=True)
class DigitalPrior:
    """What a sector's code alone lets one expect.

    Attributes
    ----------
    part
        Which part of the digital economy the code speaks for.
    classes
        Codes of the classification of the digital economy (2021).
    extent
        ``whole`` or, where only most of the sector counts, ``main``.
    basis
        Why.
    """

    part: Part
    classes: tuple[str, ...]
    extent: Extent
    basis: Text


def digital_prior(scheme: str, code: str) -> DigitalPrior | None:
    """Return what a code lets one expect, or None where that is not known.

    Known are codes of ``DE2021`` itself, and codes of ``GBT4754-2017`` at or below a class that
    Order 33 names or that shares its name. The small classes of Order 33, some of which count in
    part only, could not be checked against a source and are left out: None does not mean that a
    sector is not digital.
    """
    if scheme == "DE2021" and contains(scheme, code):
        part: Part = (
            "industrial_digitalization"
            if code.startswith(EFFICIENCY)
            else "digital_industrialization"
        )
        return DigitalPrior(part, (code,), "whole", BASIS["own_code"])
    if scheme != "GBT4754-2017" or not contains(scheme, code):
        return None
    known = [_priors()[code[:n]] for n in range(len(code), 1, -1) if code[:n] in _priors()]
    return known[0] if known else None


@cache
def _priors() -> Mapping[str, DigitalPrior]:
    """Return the nearest statement on each class: one of the same name before the order's."""
    text = (
        files("jiqun.vocabulary.classifications").joinpath("digital_priors.csv").read_text("utf-8")
    )
    found: dict[str, DigitalPrior] = {}
    for row in csv.DictReader(text.splitlines()):
        code, basis = row["gbt4754_2017"], BASIS[row["basis"]]
        extent: Extent = "whole" if row["extent"] == "whole" else "main"
        earlier = found.get(code)
        classes = earlier.classes if earlier and earlier.basis == basis else ()
        if earlier is None or earlier.basis == basis or extent == "whole":
            every = (*classes, row["digital_economy"])
            found[code] = DigitalPrior("digital_industrialization", every, extent, basis)
    return found
