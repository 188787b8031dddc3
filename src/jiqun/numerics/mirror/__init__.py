"""The order of the mirror 镜像次序: do ties follow places, or places ties?"""

from jiqun.numerics.mirror.blocks import mobility_blocks
from jiqun.numerics.mirror.evidence import Direction
from jiqun.numerics.mirror.landing import Landings
from jiqun.numerics.mirror.order import MirrorOrder, mirror_order

__all__ = ["Direction", "Landings", "MirrorOrder", "mirror_order", "mobility_blocks"]
