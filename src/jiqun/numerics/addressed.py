"""Random numbers addressed by what they decide: a pure hash, no generator and no state.

A draw is SplitMix64's output function applied to (seed, step, process) and then to (firm, number).
The same address gives the same number in any order and on any number of threads, and two policies
that ask the same question of the same firm share its luck (common random numbers).

References
----------
Steele, G. L., Lea, D. & Flood, C. H. (2014). Fast splittable pseudorandom number generators.
OOPSLA '14, 453-472. doi:10.1145/2660193.2660195
"""

import numpy as np

from jiqun.numerics.point_pattern.compiled import compiled_for

UNIT = 1.0 / 9007199254740992.0
"""2⁻⁵³: the spacing of the numbers drawn."""


@compiled_for("uint64(uint64)")
def mixed(word: np.uint64) -> np.uint64:
    """Return SplitMix64's finaliser of one word (a bijection of 64 bits)."""
    word = np.uint64(word) + np.uint64(0x9E3779B97F4A7C15)
    word = (word ^ (word >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    word = (word ^ (word >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return word ^ (word >> np.uint64(31))


@compiled_for("uint64(int64, int64, int64)")
def address(seed: int, step: int, process: int) -> np.uint64:
    """Return the part of an address that all firms share in one step of one process."""
    word = mixed(np.uint64(seed))
    word = mixed(word ^ np.uint64(step))
    return mixed(word ^ np.uint64(process))


@compiled_for("uint64(uint64, int64, int64)")
def bits(shared: np.uint64, firm: int, number: int) -> np.uint64:
    """Return 64 random bits for one draw of one firm.

    Parameters
    ----------
    shared
        :func:`address` of seed, step and process.
    firm
        Stable key of the firm, never its place in an array.
    number
        Which of the firm's draws this is.
    """
    return mixed(mixed(np.uint64(shared) ^ np.uint64(firm)) ^ np.uint64(number))


@compiled_for("float64(uint64, int64, int64)")
def uniform(shared: np.uint64, firm: int, number: int) -> float:
    """Return a uniform number in [0, 1), a multiple of 2⁻⁵³."""
    return np.float64(bits(shared, firm, number) >> np.uint64(11)) * UNIT


@compiled_for("int64(uint64, int64, int64, int64)")
def below(shared: np.uint64, firm: int, number: int, count: int) -> int:
    """Return a whole number in [0, count): each with a probability within 2⁻⁵³ of 1/count."""
    return int(uniform(shared, firm, number) * count)


@compiled_for("float64(uint64, int64, int64)")
def normal(shared: np.uint64, firm: int, number: int) -> float:
    """Return a number with mean 0 and variance 1: the sum of 12 uniforms less 6, within ±6.

    A sum needs no logarithm and no cosine, so it has the same bits on every mathematics library.
    Its twelve draws are ``number`` to ``number + 11``.
    """
    total = -6.0
    for k in range(12):
        total += uniform(shared, firm, number + k)
    return total


@compiled_for("int64(int64, int64)")
def pair(one: int, other: int) -> int:
    """Return one key for two firms, whichever is named first; not negative."""
    low, high = min(one, other), max(one, other)
    return int(mixed(mixed(np.uint64(low)) ^ np.uint64(high)) >> np.uint64(1))
