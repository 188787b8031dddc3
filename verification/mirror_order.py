"""Try the test of the mirror's order on worlds whose truth is known.

Usage: python verification/mirror_order.py [size|power|truth] [worlds per generator]

``size``: how often each direction is called at p ≤ 0.05 where nothing follows anything (0.05 ± 0.015
is asked of all of them together, at least 500 worlds). ``truth``: verdicts by world. ``power``:
verdicts by number of firms and ties.
"""

import sys
from collections import Counter

from mirror_worlds import NULL, TRUE, UNTOLD, World, judge

LEVEL, SLACK = 0.05, 0.015


def size(worlds: int) -> bool:
    """Print false rejections by generator; say whether all together keep their level."""
    called = {name: [0, 0] for name in NULL}
    wrong = 0
    for name, world in NULL.items():
        for seed in range(worlds):
            found = judge(world, seed)
            called[name][0] += found.place_to_tie.p_value <= LEVEL
            called[name][1] += found.tie_to_place.p_value <= LEVEL
            wrong += found.verdict in {"physical first", "virtual first", "mutual"}
        place, tie = (count / worlds for count in called[name])
        print(f"{name:16s} ties on place {place:.3f}   places on tie {tie:.3f}", flush=True)
    total = worlds * len(NULL)
    rates = [sum(c[k] for c in called.values()) / total for k in (0, 1)]
    print(f"all {total} worlds: {rates[0]:.4f} and {rates[1]:.4f}; a direction as the verdict in")
    print(f"{wrong / total:.4f}, without any stated recording lag")
    return all(abs(rate - LEVEL) <= SLACK for rate in rates)


def told(world: World, worlds: int, lag: int) -> str:
    """Return how often each verdict was given, and the reasons against one."""
    found = [judge(world, seed, lag=lag) for seed in range(worlds)]
    verdicts = Counter(f.verdict for f in found).most_common()
    reasons = Counter(reason for f in found for reason in f.reasons).most_common(3)
    words = ", ".join(f"{name} {count}" for name, count in verdicts)
    return words + (
        f"   ({', '.join(f'{name} {count}' for name, count in reasons)})" if reasons else ""
    )


def truth(worlds: int) -> bool:
    """Print verdicts by world; dates are stated to be good to a step, or to the delay there is."""
    held = True
    for name, world in {**NULL, **TRUE, **UNTOLD}.items():
        line = told(world, worlds, max(world.late, 1))
        held &= not world.late or line.startswith(f"undetermined {worlds} ")
        print(f"{name:34s} {line}", flush=True)
    return held


def power(worlds: int) -> bool:
    """Print how often the right verdict is given, by firms and by ties per firm."""
    print("firms  ties/firm   place to tie 0.6 0.2   tie to place 0.6 0.2")
    for firms in (30, 60, 120, 240):
        for rate in (0.02, 0.05, 0.1):
            shares = []
            for share in ("follow_place", "follow_tie"):
                right = "physical first" if share == "follow_place" else "virtual first"
                for strength in (0.6, 0.2):
                    world = World(
                        firms=firms, places=max(firms // 3, 2), tie=rate, **{share: strength}
                    )
                    verdicts = [judge(world, seed, lag=1).verdict for seed in range(worlds)]
                    shares.append(verdicts.count(right) / worlds)
            figures = "   ".join(f"{x:.2f}" for x in shares)
            print(f"{firms:5d} {rate * 60:9.1f}   {figures}", flush=True)
    return True


if __name__ == "__main__":
    part = sys.argv[1] if len(sys.argv) > 1 else "size"
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    held = {"size": size, "truth": truth, "power": power}[part](count)
    print("held" if held else "NOT HELD")
    sys.exit(not held)
