"""How often D of structure says that groups meet again, where they do and where only pairs do.

Usage, from the repository: python -m verification.decomposability_structure [records]
"""

import sys

import numpy as np

from jiqun.numerics.decomposability.structure import structure
from jiqun.numerics.hypergraph.pair_null import pair_null
from tests.numerics.decomposability.latent_teams import teams

CELLS = ((12, 500), (80, 500), (80, 1500))
DRAWS = 399


def line(each: int, alliances: int, records: int, *, pairs_only: bool) -> str:
    """Return mean D, and how often each answer is given."""
    values, called, told = [], 0, 0
    for seed in range(records):
        graph = teams(alliances, each, np.random.default_rng([seed, each, alliances]))
        if pairs_only:
            graph = pair_null(graph, seed=1000 + seed)
        found = structure(graph, np.random.default_rng(seed), draws=DRAWS)
        if found is None or np.isnan(found.value):
            continue
        told += 1
        values.append(found.value)
        called += found.high < found.null.min()
    kind = "pairs only" if pairs_only else "teams"
    return (
        f"{kind:10} {each:3} teams a community, {alliances:5} alliances: D {np.mean(values or [np.nan]):.3f}, "
        f"a number in {told / records:.2f}, 'beyond pairs' in {called / records:.3f}"
    )


def main(records: int) -> None:
    """Print the table."""
    for each, alliances in CELLS:
        for pairs_only in (False, True):
            print(line(each, alliances, records, pairs_only=pairs_only), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 25)
