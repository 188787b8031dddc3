"""Communities 集群识别: sets of firms that geography, ties and alliances hold together beyond chance.

Paper: E1, E4, E6 (clusters in geographical and in network space)
"""

from jiqun.numerics.communities.finding import SMALLEST, Communities, Support, search
from jiqun.numerics.communities.gathering import Map
from jiqun.numerics.communities.geography import Clumps, Industries, clumps, related_industries
from jiqun.numerics.communities.groups import alliance_layer, tie_layer
from jiqun.numerics.communities.layers import Layer, network
from jiqun.numerics.communities.sureness import sureness

__all__ = [
    "SMALLEST",
    "Clumps",
    "Communities",
    "Industries",
    "Layer",
    "Map",
    "Support",
    "alliance_layer",
    "clumps",
    "network",
    "related_industries",
    "search",
    "sureness",
    "tie_layer",
]
