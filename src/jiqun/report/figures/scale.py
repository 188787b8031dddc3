"""Round numbers for an axis."""

import math

ROUND_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
WHOLE_STEPS = (1.0, 2.0, 5.0, 10.0)


def ticks(low: float, high: float, most: int, *, whole: bool = False) -> tuple[float, ...]:
    """Return at most ``most`` + 1 equally spaced round numbers inside [low, high], at least one.

    A span of nothing gives its one number; ``whole`` keeps to whole numbers.
    """
    if not high > low:
        return (low,)
    raw = max((high - low) / most, 1.0) if whole else (high - low) / most
    steps = WHOLE_STEPS if whole else ROUND_STEPS
    exponent = math.floor(math.log10(raw))
    power = 10.0**exponent
    step = next(power * s for s in steps if power * s >= raw * (1 - 1e-9))
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return tuple(round(i * step, 2 - exponent) + 0.0 for i in range(first, last + 1)) or (low,)
