"""One way to compile a loop: no fast-math, no threads inside, so that a result is one result.

Loops release the interpreter lock; callers run whole blocks of work side by side and put the
results together in the order of the blocks, which makes them the same for any number of threads.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function of arrays and numbers on its first call and keep the machine code."""
    return cast("Callable[P, R]", numba.njit(function, cache=True, nogil=True))


def compiled_for(signature: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Compile a function for these types alone.

    Without them Numba compiles it anew for each number that is written where a loop calls it.
    """

    def compile_it(function: Callable[P, R]) -> Callable[P, R]:
        return cast("Callable[P, R]", numba.njit(signature, cache=True, nogil=True)(function))

    return compile_it
