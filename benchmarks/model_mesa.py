"""The same model on Mesa 3, and how much faster the kernels are: paired, in one run.

    python -m benchmarks.model_mesa [FIRMS ...]

Firms are Mesa agents whose laws are those of ``reference``; luck comes from the model's own random
numbers, so that the two agree in distribution and not in bits. Before the table, the means of both
over some seeds are printed side by side, each with its standard error.
"""

import random
import sys
import time
from collections.abc import Callable
from statistics import mean, median, stdev

import mesa

from benchmarks.model import scaled
from jiqun.model.founding import found
from jiqun.model.period import advance
from jiqun.model.scenario_schema import Scenario
from jiqun.model.state import LIVING
from jiqun.model.world import World
from reference.entities import Firm, State
from reference.model import advance as advance_reference

ROUNDS = 3
SEEDS = 12
YEARS = 5


class Luck:
    """Random numbers of Mesa's model, asked for as the reference asks."""

    def __init__(self, source: random.Random) -> None:
        self.source = source

    def uniform(self, _who: int, _number: int) -> float:
        """Return a number in [0, 1)."""
        return self.source.random()

    def below(self, _who: int, _number: int, count: int) -> int:
        """Return a whole number in [0, count)."""
        return int(self.source.random() * count)

    def normal(self, _who: int, _number: int) -> float:
        """Return a normal number."""
        return self.source.gauss(0.0, 1.0)


class MesaState(State):
    """The reference's state, with Mesa's luck."""

    luck: Luck

    def draws(self, _period: int, _process: int) -> Luck:  # type: ignore[override]
        """Return the model's random numbers, whatever they are for."""
        return self.luck


class FirmAgent(mesa.Agent):  # type: ignore[misc]
    """A firm that Mesa keeps in its set of agents."""

    def __init__(self, model: "ClusterModel", firm: Firm) -> None:
        super().__init__(model)
        self.firm = firm


class ClusterModel(mesa.Model):  # type: ignore[misc]
    """The cluster as a Mesa model."""

    def __init__(self, scenario: Scenario, seed: int) -> None:
        super().__init__(rng=seed)
        self.state = MesaState.of(found(scenario, seed=seed), scenario)
        self.state.luck = Luck(self.random)
        for firm in self.state.firms:
            FirmAgent(self, firm)
        self.period = 0

    def step(self) -> None:
        """Run a period; who closed leaves the set of agents, who entered joins it."""
        self.state.firms = [agent.firm for agent in self.agents]
        advance_reference(self.state, self.period)
        here = {id(agent.firm) for agent in self.agents}
        for agent in list(self.agents):
            if not agent.firm.alive:
                agent.remove()
        for firm in self.state.firms:
            if id(firm) not in here:
                FirmAgent(self, firm)
        self.period += 1


def of_mesa(model: ClusterModel) -> dict[str, float]:
    """Return numbers of a state."""
    firms = model.state.firms
    return {
        "firms": len(firms),
        "sales": sum(f.revenue + f.digital_revenue for f in firms),
        "digital capability": mean(f.digital for f in firms),
        "data": mean(f.stock for f in firms),
        "supply ties": sum(j is not None for f in firms for j in f.suppliers) / len(firms),
        "data links": sum(j is not None for f in firms for j in f.links) / len(firms),
        "on a platform": sum(bool(f.on()) for f in firms) / len(firms),
    }


def of_kernels(w: World) -> dict[str, float]:
    """Return the same numbers of the kernels' state."""
    here = w.lists.roster[: int(w.tally[LIVING])]
    f, r = w.firms, w.relations
    return {
        "firms": here.size,
        "sales": float((f.revenue + f.digital_revenue)[here].sum()),
        "digital capability": float(f.digital[here].mean()),
        "data": float(f.stock[here].mean()),
        "supply ties": float((r.supplier[here] >= 0).sum() / here.size),
        "data links": float((r.link[here] >= 0).sum() / here.size),
        "on a platform": float((r.home[here] >= 0).any(axis=1).mean()),
    }


def agreement(scenario: Scenario) -> None:
    """Print the means of both over some seeds, and their difference in standard errors."""
    ours, theirs = [], []
    for seed in range(SEEDS):
        world, model = found(scenario, seed=seed), ClusterModel(scenario, seed)
        advance(world, 0, 4 * YEARS)
        for _ in range(4 * YEARS):
            model.step()
        ours.append(of_kernels(world))
        theirs.append(of_mesa(model))
    print(f"{'after ' + str(YEARS) + ' years':20} {'kernels':>10} {'Mesa':>10} {'z':>6}")
    for name in ours[0]:
        a, b = [row[name] for row in ours], [row[name] for row in theirs]
        error = ((stdev(a) ** 2 + stdev(b) ** 2) / SEEDS) ** 0.5
        z = (mean(a) - mean(b)) / error if error > 0 else 0.0
        print(f"{name:20} {mean(a):10.3f} {mean(b):10.3f} {z:6.2f}")


def rate(step: Callable[[], int], periods: int) -> float:
    """Return firm-steps per second."""
    start, done = time.perf_counter(), 0
    for _ in range(periods):
        done += step()
    return done / (time.perf_counter() - start)


def paired(scenario: Scenario, firms: int) -> tuple[float, float]:
    """Time both once, one after the other, and return firm-steps per second of each."""
    world, model = found(scenario, seed=1), ClusterModel(scenario, 1)
    advance(world, 0, 2)
    model.step()
    period = [2]

    def kernels() -> int:
        living = int(world.tally[LIVING])
        advance(world, period[0], period[0] + 1)
        period[0] += 1
        return living

    def agents() -> int:
        living = len(model.agents)
        model.step()
        return living

    return rate(kernels, max(4, min(60, 200_000 // firms))), rate(agents, max(1, 4_000 // firms))


def main() -> None:
    """Print the table."""
    agreement(scaled(150))
    sizes = [int(size) for size in sys.argv[1:]] or [1_000, 10_000, 100_000]
    print(f"\n{'firms':>9} {'kernels':>12} {'Mesa':>10} {'ratio':>7}  firm-steps/s, one thread")
    for size in sizes:
        scenario = scaled(size)
        rounds = [paired(scenario, size) for _ in range(ROUNDS if size < 50_000 else 1)]
        ours, theirs = median(a for a, _ in rounds), median(b for _, b in rounds)
        ratio = median(a / b for a, b in rounds)
        print(f"{size:9d} {ours:12,.0f} {theirs:10,.0f} {ratio:7.0f}")


if __name__ == "__main__":
    main()
