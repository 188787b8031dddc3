"""One way to compile a kernel of the model: it takes no memory, so it counts no references.

The kernels work on the arrays of the world, which whoever calls them keeps alive. Without counting
references they run three times as fast. A division by zero gives an infinite number, as in NumPy;
``Simulation.run(check=True)`` looks for those.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Generic, ParamSpec, TypeVar, cast

import numba

OPTIONS: dict[str, Any] = {
    "cache": True,
    "nogil": True,
    "error_model": "numpy",
    "_nrt": False,
    "no_cfunc_wrapper": True,
}
"""No wrapper for C is made: it would take a tenth of the time to compile."""
INSIDE = OPTIONS | {"no_cpython_wrapper": True}
"""And none for Python for what kernels alone call: it would take another fifth."""

FOLDER = Path(__file__).parent


def _stamp() -> str:
    """Return what the kept machine code is of: all kernels and how they are compiled.

    Numba would look at the file of a function alone and keep code with old kernels inside.
    """
    digest = hashlib.sha256(repr(INSIDE).encode())
    names = ("laws", "state", "world", "period", "years", "switches", "event_log")
    folders = ("processes/*.py", "levers/*.py", "noting*.py")
    files = [path for pattern in folders for path in FOLDER.glob(pattern)]
    files += [FOLDER.parent / "numerics" / "addressed.py", *(FOLDER / f"{n}.py" for n in names)]
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()


STAMP = _stamp()

P = ParamSpec("P")
R = TypeVar("R")


class Inside(Generic[P, R]):
    """A compiled function that kernels call and Python cannot: it has no way in from there."""

    def __init__(self, kernel: Callable[P, R]) -> None:
        self._kernel = kernel
        # by its type a kernel knows what it calls; Numba has no types itself
        self._numba_type_ = numba.typeof(kernel)  # type: ignore[no-untyped-call]

    def __call__(self, *_: P.args, **__: P.kwargs) -> R:
        """Refuse, as the machine code cannot be entered from here.

        Raises
        ------
        TypeError
            Always.
        """
        msg = f"{self._kernel.__name__} is for kernels: mark it ``compiled`` to call it from Python"
        raise TypeError(msg)


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function of arrays and numbers on its first call and keep the machine code."""
    return _kernel(function, OPTIONS)


def inside(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function that kernels alone call."""
    return Inside(_kernel(function, INSIDE))


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function into the kernels that call it.

    For what is called for every firm: a call of its own hands over every table anew, ninety words.
    """
    return Inside(_kernel(function, INSIDE | {"forceinline": True}))


def _kernel(function: Callable[P, R], options: dict[str, Any]) -> Callable[P, R]:
    """Return a function that is compiled when it is called, and kept by what it is of."""
    kernel = numba.njit(function, **options)
    kept = getattr(getattr(kernel, "_cache", None), "_cache_file", None)
    if kept is not None:
        own = Path(function.__code__.co_filename).read_bytes()  # a kernel of another layer
        kept._source_stamp = STAMP, hashlib.sha256(own).hexdigest()
    return cast("Callable[P, R]", kernel)
