"""Addressed random numbers once more, in Python's own whole numbers."""

WORD = (1 << 64) - 1


def mixed(word: int) -> int:
    """Return SplitMix64's finaliser of one word of 64 bits."""
    word = (word + 0x9E3779B97F4A7C15) & WORD
    word = ((word ^ (word >> 30)) * 0xBF58476D1CE4E5B9) & WORD
    word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) & WORD
    return word ^ (word >> 31)


class Draws:
    """The random numbers of one process in one period."""

    def __init__(self, seed: int, period: int, process: int) -> None:
        self.shared = mixed(mixed(mixed(seed) ^ period) ^ process)

    def uniform(self, who: int, number: int) -> float:
        """Return a multiple of 2^-53 in [0, 1)."""
        return (mixed(mixed(self.shared ^ who) ^ number) >> 11) * 2.0**-53

    def below(self, who: int, number: int, count: int) -> int:
        """Return a whole number in [0, count)."""
        return int(self.uniform(who, number) * count)

    def normal(self, who: int, number: int) -> float:
        """Return twelve uniform numbers less six."""
        total = -6.0
        for k in range(12):
            total += self.uniform(who, number + k)
        return total


def pair(one: int, other: int) -> int:
    """Return one number for two firms, whichever comes first."""
    return mixed(mixed(min(one, other)) ^ max(one, other)) >> 1
