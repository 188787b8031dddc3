"""Point patterns 点模式: how concentrated the sites of an industry are, against all sites."""

from jiqun.numerics.point_pattern.curve import Curve
from jiqun.numerics.point_pattern.duranton_overman import kd
from jiqun.numerics.point_pattern.marcon_puech import m_function
from jiqun.numerics.point_pattern.placement import project
from jiqun.numerics.point_pattern.register import Localisation, scan_register
from jiqun.numerics.point_pattern.ripley import ripley_k

__all__ = ["Curve", "Localisation", "kd", "m_function", "project", "ripley_k", "scan_register"]
