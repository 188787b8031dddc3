"""A cluster 集群: a named, delimited set of firms in a record, with the evidence for its boundary.

It is part of what a record can say, whoever drew the boundary, so that it stands beside the record and
not with what finds clusters. ``select(record, firms=cluster.members)`` cuts it out.

Paper: E1 (membership is an estimate, never only a postcode), E3, E4 (agglomeration in two spaces)
"""

from dataclasses import dataclass
from typing import Literal

from jiqun.vocabulary.text import Text

Space = Literal["physical", "virtual", "both", "unplaced"]

SPACE: dict[Space, Text] = {
    "physical": Text("physical", "实体集聚"),
    "virtual": Text("virtual", "虚拟集聚"),
    "both": Text("physical and virtual", "实体与虚拟兼具"),
    "unplaced": Text("held by links, places unknown", "由关系维系,地点不详"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryEvidence:
    """What one layer says about a boundary.

    Attributes
    ----------
    layer
        ``ties``, ``digital_ties``, ``alliances``, ``links`` (all of them) or ``geography``.
    observed, expected
        Links: groups that join two or more of its firms among those that were held out, and as many
        as chance has it, distance taken into account. Geography: share of its located members in one
        clump, and that clump's share of all located firms.
    p_value
        Chance of as many without a cluster; None where the layer is not a test of its own.
    carries
        Whether this layer holds the cluster together.
    """

    layer: str
    observed: float
    expected: float
    p_value: float | None
    carries: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A named set of firms.

    Attributes
    ----------
    name
        Such as ``C01``, by falling size.
    space
        By which layers it is carried.
    members
        Firms, the surest first.
    membership
        Of each member, 0 … 1: how often firms that belong in as many resampled networks were right where
        the answer is known.
    evidence
        What each layer says.
    industries
        The most frequent industries among its firms, with their share and the share in the record.
    """

    name: str
    space: Space
    members: tuple[str, ...]
    membership: tuple[float, ...]
    evidence: tuple[BoundaryEvidence, ...]
    industries: tuple[tuple[str, float, float], ...] = ()

    @property
    def stability(self) -> float:
        """Mean membership of its members."""
        return sum(self.membership) / len(self.membership)
