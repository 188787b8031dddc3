"""What holds in the model, and what fails: the page docs/explanation/model_findings in both languages.

Runs the ledger, the scored patterns and many seeds of the three scenarios, each part kept in
``build/model_findings`` so that a run that was stopped goes on, and writes the page.

    python verification/model_findings.py [SEEDS_OF_THE_LEDGER] [SEEDS_OF_THE_PATHS]
"""

import json
import sys
from pathlib import Path
from typing import Literal

import numpy as np

from jiqun.model.ledger import as_table, judged, run_variant
from jiqun.model.ledger_numbers import NAMES, shapley
from jiqun.model.ledger_rows import ROWS
from jiqun.model.ledger_variants import FACTORS, variants
from jiqun.model.pattern_numbers import failed_platforms
from jiqun.model.pattern_scores import PATTERNS, scored
from jiqun.model.pattern_scores import as_table as patterns_table
from jiqun.model.scenario import bundled
from jiqun.model.simulate import simulate
from jiqun.model.simulation import Simulation
from jiqun.model.state import LIVING
from jiqun.vocabulary.text import Text

Language = Literal["en", "zh"]
PAGES: tuple[tuple[Language, str], ...] = (("en", ".md"), ("zh", ".zh.md"))
KEPT = Path("build/model_findings")
PAGE = Path("docs/explanation/model_findings")
NAMES_OF = {
    "traditional": Text("traditional", "传统集群"),
    "incumbent_core": Text("incumbent core", "在位企业主导"),
    "native_core": Text("native core", "数字原生企业主导"),
}
LEDGER_SEEDS, PATH_SEEDS, PATTERN_SEEDS = 20, 200, 4
YEARS = (0, 4, 9, 14, 19, 24, 29)
FALL = 0.9
"""A run whose last year is below this share of its best is counted as falling."""
STILL = 1.1
"""A run that grew by less than this is counted as standing still."""


def kept_runs(seeds: int) -> dict[str, dict[str, np.ndarray]]:
    """Run what the ledger needs, or read it where it was run."""
    needed = {name for row in ROWS for name in row.needs}
    results = {}
    for name, scenario in variants().items():
        if name not in needed:
            continue
        path = KEPT / f"{name}, {seeds} seeds.json"
        if not path.exists():
            print(name, file=sys.stderr)
            found = run_variant(scenario, seeds=seeds)
            path.write_text(json.dumps({k: v.tolist() for k, v in found.items()}))
        results[name] = {k: np.array(v) for k, v in json.loads(path.read_text()).items()}
    return results


def course(name: str, seeds: int) -> np.ndarray:
    """Return sales, digital share, σ of the leading firms and users, shape (seeds, years, 4)."""
    path = KEPT / f"{name}, {seeds} courses.npy"
    if path.exists():
        return np.asarray(np.load(path), dtype=np.float64)
    found = np.zeros((seeds, 30, 4))
    for seed in range(seeds):
        run = Simulation.begin(bundled(name), seed=seed)
        for year in range(30):
            run.run(4 * year + 4, recording=False)
            found[seed, year] = state(run)
    np.save(path, found)
    return found


def state(run: Simulation) -> tuple[float, float, float, float]:
    """Return the state at the end of a year."""
    w = run.world
    living = w.lists.roster[: int(w.tally[LIVING])]
    sales = (w.firms.revenue + w.firms.digital_revenue)[living]
    first = np.argsort(-sales, kind="stable")[:5]
    sigma = 1.0 / (1.0 - w.firms.exponent[living][first])
    total = float(sales.sum())
    digital = float(w.firms.digital_revenue[living].sum()) / total if total else 0.0
    leading = float(np.average(sigma, weights=sales[first])) if total else float("nan")
    return 4.0 * total, digital, leading, float(w.platforms.users.sum())


def paths(seeds: int, language: Language) -> str:
    """Return the courses as tables."""
    zh = language == "zh"
    lines = [
        "| 情景 | " + " | ".join(f"第 {y + 1} 年" for y in YEARS) + " |"
        if zh
        else "| scenario | " + " | ".join(f"year {y + 1}" for y in YEARS) + " |",
        "|---" * (len(YEARS) + 1) + "|",
    ]
    shares = [
        "| 情景 | 增长倍数,10 … 90 % | 停滞 | 回落 | 混合 | σ > 1 | 爆发 | 冻结 |"
        if zh
        else "| scenario | growth, 10 … 90 % | stands still | falls | hybrid | σ > 1 | explodes | frozen |",
        "|---" * 8 + "|",
    ]
    for name, label in NAMES_OF.items():
        found = course(name, seeds)
        sales = found[:, :, 0]
        cells = [
            f"{sales[:, y].mean():.0f} ({sales[:, y].std() / sales[:, y].mean():.2f})"
            for y in YEARS
        ]
        lines.append(f"| {label.to(language)} | " + " | ".join(cells) + " |")
        growth = sales[:, -1] / sales[:, 0]
        low, high = np.percentile(growth, (10, 90))
        counts = (
            growth < STILL,
            sales[:, -1] < FALL * sales.max(axis=1),
            (found[:, -1, 1] > 0.2) & (found[:, -1, 2] < 1.0),
            found[:, -1, 2] > 1.0,
            ~np.isfinite(growth) | (growth > 100.0),
            np.ptp(sales, axis=1) == 0.0,
        )
        told = " | ".join(f"{100 * c.mean():.0f} %" for c in counts)
        shares.append(
            f"| {label.to(language)} | {growth.mean():.2f}, {low:.2f} … {high:.2f} | {told} |"
        )
    return "\n".join(lines) + "\n\n" + "\n".join(shares) + "\n"


def logic_shares(results: dict[str, dict[str, np.ndarray]], language: Language) -> str:
    """Return who makes the variance of three outcomes."""
    words = {"logic": Text("logic", "逻辑"), "firms": Text("firms", "企业")}
    words |= {"places": Text("places", "区位"), "chance": Text("chance", "偶然")}
    order = (*FACTORS, "chance")
    lines = ["| | " + " | ".join(words[f].to(language) for f in order) + " |", "|---" * 5 + "|"]
    for name in ("leading_sigma", "virtual_first", "leading_digital_sales"):
        shares = shapley(results, name)
        cells = " | ".join(f"{100 * shares[f]:.0f} %" for f in order)
        lines.append(f"| {NAMES[name].to(language)} | {cells} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run what is missing and write both pages."""
    KEPT.mkdir(parents=True, exist_ok=True)
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else LEDGER_SEEDS
    many = int(sys.argv[2]) if len(sys.argv) > 2 else PATH_SEEDS
    results = kept_runs(seeds)
    entries = judged(ROWS, results, seeds=seeds)
    records = {
        name: [simulate(bundled(name), seed=1000 + n) for n in range(PATTERN_SEEDS)]
        for name in sorted({pattern.scenario for pattern in PATTERNS})
    }
    scores = scored(records)
    failing = next(score.value for score in scores if score.pattern.of is failed_platforms)
    for language, suffix in PAGES:
        template = Path(f"verification/model_findings{suffix}").read_text(encoding="utf-8")
        page = template.format(
            seeds=seeds,
            many=many,
            runs=PATTERN_SEEDS,
            ledger=as_table(entries, language=language),
            shares=logic_shares(results, language),
            patterns=patterns_table(scores, language=language),
            paths=paths(many, language),
            failing=failing,
        )
        PAGE.with_suffix(suffix).write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
