"""Round numbers for an axis."""

import math

ROUND_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def ticks(low: float, high: float, most: int) -> tuple[float, ...]:
    """Return at most ``most`` + 1 equally spaced round numbers inside [low, high], at least one.

    A span of nothing gives its one number.
    """
    if not high > low:
        return (low,)
    raw = (high - low) / most
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * s for s in ROUND_STEPS if power * s >= raw * (1 - 1e-9))
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return tuple(round(i * step, 12) + 0.0 for i in range(first, last + 1)) or (low,)
