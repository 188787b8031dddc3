"""One way to compile a kernel of the model: it takes no memory, so it counts no references.

The kernels work on the arrays of the world, which whoever calls them keeps alive. Without counting
references they run three times as fast. A division by zero gives an infinite number, as in NumPy;
``Simulation.run(check=True)`` looks for those.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
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

FOLDER = Path(__file__).parent


def _stamp() -> str:
    """Return what the kept machine code is of: all kernels and how they are compiled.

    Numba would look at the file of a function alone and keep code with old kernels inside.
    """
    digest = hashlib.sha256(repr(OPTIONS).encode())
    names = ("laws", "state", "world", "period", "years", "switches", "event_log")
    folders = ("processes/*.py", "levers/*.py", "noting*.py")
    files = [path for pattern in folders for path in FOLDER.glob(pattern)]
    for path in sorted([*files, *(FOLDER / f"{name}.py" for name in names)]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


STAMP = _stamp()

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function of arrays and numbers on its first call and keep the machine code."""
    kernel = numba.njit(function, **OPTIONS)
    kept = getattr(getattr(kernel, "_cache", None), "_cache_file", None)
    if kept is not None:
        own = Path(function.__code__.co_filename).read_bytes()  # a kernel of another layer
        kept._source_stamp = STAMP, hashlib.sha256(own).hexdigest()
    return cast("Callable[P, R]", kernel)
