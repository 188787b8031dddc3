"""Chinese administrative divisions 行政区划: their codes, dated, and how to find one by its name.

Paper: E1 (a cluster is delimited by region).
"""

from jiqun.vocabulary.regions.divisions import (
    LAST_REVISION,
    Division,
    contains,
    divisions,
    level,
    name,
    parent,
)
from jiqun.vocabulary.regions.gazetteer import find

__all__ = [
    "LAST_REVISION",
    "Division",
    "contains",
    "divisions",
    "find",
    "level",
    "name",
    "parent",
]
