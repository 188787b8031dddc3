"""Industry classifications 行业分类: which codes there are, what they mean, what they are part of.

Paper: X4, Q13 (the type of a cluster follows its logic, not its sector).
"""

from jiqun.vocabulary.classifications.digital import DigitalPrior, digital_prior
from jiqun.vocabulary.classifications.lists import contains, label, level, parent, schemes

__all__ = [
    "DigitalPrior",
    "contains",
    "digital_prior",
    "label",
    "level",
    "parent",
    "schemes",
]
