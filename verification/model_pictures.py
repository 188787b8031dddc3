"""Pictures of the three paths: sales of many runs, mix of modes, map and network of the last year.

python verification/model_pictures.py [FOLDER]
"""

import sys
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from jiqun.model.mechanisms import yearly
from jiqun.model.scenario import bundled
from jiqun.model.simulation import Simulation
from jiqun.model.state import LIVING, NOBODY

NAMES = ("traditional", "incumbent_core", "native_core")
SEEDS = 12
COLOURS = ("#4a4a4a", "#2a6f97", "#c1121f")


def growth(axes: Axes, name: str) -> None:
    """Draw the sales of many runs."""
    for seed in range(SEEDS):
        run = Simulation.begin(bundled(name), seed=seed)
        sales = []
        for year in range(30):
            run.run(4 * year + 4, recording=False)
            living = run.world.lists.roster[: int(run.world.tally[LIVING])]
            firms = run.world.firms
            sales.append(4.0 * float((firms.revenue + firms.digital_revenue)[living].sum()))
        axes.plot(sales, color=COLOURS[NAMES.index(name)], linewidth=0.8, alpha=0.8)
    axes.set(title=f"{name}: sales, {SEEDS} runs", ylim=(0, 1400), xlabel="year")


def modes(axes: Axes, run: Simulation) -> None:
    """Draw the mix of innovation modes."""
    table = yearly(run)
    shares = [table[m].to_numpy() for m in ("efficiency", "convergence", "digital_value")]
    labels = ("efficiency", "convergence", "digital value")
    axes.stackplot(table["year"].to_numpy(), *np.nan_to_num(shares), labels=labels)
    axes.legend(fontsize=6, loc="upper right")
    axes.set(title="mix of modes", xlabel="year", ylim=(0, 1))


def place(axes: Axes, run: Simulation) -> None:
    """Draw seats, data facilities, supply ties (grey) and data links (red) of the last year."""
    w = run.world
    f, living = w.firms, w.lists.roster[: int(w.tally[LIVING])]
    for others, colour, x, y in (
        (w.relations.supplier, "#bbbbbb", f.x, f.y),
        (w.relations.link, "#c1121f", f.facility_x, f.facility_y),
    ):
        rows, columns = np.nonzero(others[living] != NOBODY)
        for i, j in zip(living[rows], others[living[rows], columns], strict=True):
            axes.plot([x[i], x[j]], [y[i], y[j]], color=colour, linewidth=0.3)
    size = 4.0 * np.sqrt(f.revenue + f.digital_revenue)[living]
    axes.scatter(
        f.x[living], f.y[living], s=size, c=f.logic[living], cmap="coolwarm", vmin=0, vmax=1
    )
    built = living[f.facility[living] == 1]
    axes.scatter(f.facility_x[built], f.facility_y[built], marker="^", s=8, color="black")
    axes.set(title="places, ties, links; colour: logic", aspect="equal")


def ring(axes: Axes, run: Simulation) -> None:
    """Draw alliances that run: firms on a ring by platform, a polygon for each alliance."""
    w = run.world
    living = w.lists.roster[: int(w.tally[LIVING])]
    order = living[np.argsort(w.relations.home[living, 0], kind="stable")]
    angle = dict(zip(order.tolist(), np.linspace(0, 2 * np.pi, order.size, False), strict=True))
    for i in living[w.alliances.headcount[living] > 0]:
        members = w.alliances.member[i, : w.alliances.headcount[i]].tolist()
        at = np.array(sorted(angle[m] for m in members))
        axes.fill(np.cos(at), np.sin(at), alpha=0.25, edgecolor="black", linewidth=0.5)
    turns = np.array([angle[int(i)] for i in living])
    colours = w.relations.home[living, 0] + 1
    axes.scatter(np.cos(turns), np.sin(turns), c=colours, cmap="tab20", s=10)
    axes.set(title="alliances; colour: platform", aspect="equal")
    axes.axis("off")


def main() -> None:
    """Draw one picture with a row a scenario."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/model_findings")
    folder.mkdir(parents=True, exist_ok=True)
    figure, axes = plt.subplots(len(NAMES), 4, figsize=(16, 12))
    for row, name in zip(axes, NAMES, strict=True):
        growth(row[0], name)
        run = Simulation.begin(bundled(name), seed=0)
        modes(row[1], run)
        place(row[2], run)
        ring(row[3], run)
    figure.tight_layout()
    figure.savefig(folder / "paths.png", dpi=80)


if __name__ == "__main__":
    main()
