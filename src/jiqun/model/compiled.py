"""One way to compile a kernel of the model: it takes no memory, so it counts no references.

The kernels work on the arrays of the world, which whoever calls them keeps alive. Without counting
references they run three times as fast. A division by zero gives an infinite number, as in NumPy;
``Simulation.run(check=True)`` looks for those.
"""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

import numba

OPTIONS: dict[str, Any] = {
    "cache": True,
    "nogil": True,
    "error_model": "numpy",
    "_nrt": False,
    "no_cfunc_wrapper": True,
}
"""No wrapper for C is made: it would take a tenth of the time to compile."""

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function of arrays and numbers on its first call and keep the machine code."""
    return cast("Callable[P, R]", numba.njit(function, **OPTIONS))
