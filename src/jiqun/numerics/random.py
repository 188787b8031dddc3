"""Streams of random numbers, each addressed by what it is drawn for.

A stream depends on the seed and on its own name alone, so adding a measure or an item, or running
them in another order or on more threads, changes no other result.
"""

import hashlib

import numpy as np


def stream(seed: int, *address: str) -> np.random.Generator:
    """Open the stream of one purpose.

    Parameters
    ----------
    seed
        Non-negative seed of the whole run.
    address
        Stable names of the purpose, such as a measure and an item.

    Returns
    -------
    numpy.random.Generator
        The same numbers for the same seed and address, whatever else is drawn.

    Raises
    ------
    ValueError
        For a negative seed.
    """
    key = hashlib.sha256("\x1f".join(address).encode()).digest()
    words = np.frombuffer(key, dtype="<u4").tolist()
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=words))
