"""Blocks of work side by side 并行: results in the order of the blocks, so threads cannot change them."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
U = TypeVar("U")


def available_cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_order(work: Callable[[T], U], blocks: Iterable[T], workers: int | None = None) -> list[U]:
    """Do ``work`` on each block, at most ``workers`` at a time (None: all cores), in their order."""
    threads = available_cores() if workers is None else workers
    if threads == 1:
        return [work(block) for block in blocks]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, blocks))
