"""Point patterns 点模式: how concentrated the sites of an industry are, against all sites.

The names below load what they need when first used: other parts of this layer need the compiler alone.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jiqun.numerics.point_pattern.curve import Curve
    from jiqun.numerics.point_pattern.duranton_overman import kd
    from jiqun.numerics.point_pattern.marcon_puech import m_function
    from jiqun.numerics.point_pattern.placement import project
    from jiqun.numerics.point_pattern.register import Localisation, scan_register
    from jiqun.numerics.point_pattern.ripley import ripley_k

__all__ = ["Curve", "Localisation", "kd", "m_function", "project", "ripley_k", "scan_register"]

_HOME = {
    "Curve": "curve",
    "Localisation": "register",
    "kd": "duranton_overman",
    "m_function": "marcon_puech",
    "project": "placement",
    "ripley_k": "ripley",
    "scan_register": "register",
}


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for: half a second of SciPy hangs on some."""
    if name not in _HOME:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value
