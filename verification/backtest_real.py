"""Back-tests on the real records that allow one: the score tables of the manual.

A back-test needs years of accounts, or of firms that come and go. Of the open data that the project knows,
three have them, and none is of a cluster as the paper means it:

- listed firms of China, by area, with dates of listing and delisting: an index of listings;
- members of a foundation of cloud software, by half-year: a community around platforms;
- high-technology industry of China's provinces, 2010-2016, yearly totals of firms and sales: an industry.

Beside them stand records of which the model is right: runs of its own, which are not among the runs that it
is fitted to. What widens a forecast must leave those nearly as they are.

    python verification/backtest_real.py DATA_FOLDER [runs] [folder]

Prints a row a record and series in each language: CRPS of each method (less is better), how much of the
values the middle 50, 80 and 95 per cent of the model held, widened and by itself, and which naive methods it
loses to.

Paper: Q22
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import polars as pl

from jiqun.experiments.executors import open_executor
from jiqun.experiments.fitting import Table, run_table
from jiqun.experiments.forecasting import LABELS, METHODS, NAIVE, Backtest, ScoreRow, backtest
from jiqun.experiments.observed import PATTERNS, Observed, observe
from jiqun.experiments.store import RunStore
from jiqun.experiments.uncertainty import load_uncertainty
from jiqun.model.scenario import bundled
from jiqun.record.record import Record
from jiqun.vocabulary.text import LANGUAGES, Language, Text

LISTED = "cn_listed_digital/panel.csv.gz"
MEMBERS = "cncf_landscape/items_by_half_year.csv.gz"
PROVINCES = "china_st_panels/IndustryOperation.csv.gz"
FIRST, LAST = 2004, 2022
LARGEST = 6
"""Areas that are scored one by one, those with most firms."""
INDUSTRY = (2010, 2016)
"""The year after is missing in the source."""
OWN, OWN_YEARS = 24, 12
"""Runs of the model that serve as records, and their years."""
Case = tuple[Text, tuple[Observed, ...], int, int]
"""What it is, its records, years forecast and origins."""


def firms_table(firms: pl.DataFrame) -> Record:
    """Return the record of firms with a name, a first day and a day after the last."""
    table = firms.select(
        pl.col("name").alias("firm_id"),
        "name",
        pl.col("from").alias("founded"),
        pl.col("to").alias("closed"),
    )
    return Record({"firms": table})


def listed(panel: Path) -> Iterator[Case]:
    """Yield the listed firms of the areas with most of them."""
    rows = pl.read_csv(panel, schema_overrides={"code": pl.String}, infer_schema_length=None)
    firms = rows.group_by("code").agg(
        pl.col("area", "list_date", "delist_date").drop_nulls().first()
    )

    def day(name: str, to: str) -> pl.Expr:
        text = pl.col(name).cast(pl.Float64).cast(pl.Int64).cast(pl.String)
        return text.str.to_date("%Y%m%d", strict=False).alias(to)

    dated = firms.select(
        pl.col("code").alias("name"), "area", day("list_date", "from"), day("delist_date", "to")
    ).drop_nulls("from")
    areas = dated.drop_nulls("area")["area"].value_counts(sort=True).head(LARGEST)
    for area in areas["area"]:
        own = firms_table(dated.filter(pl.col("area") == area).sort("name"))
        title = Text(f"listed firms, {area}", f"上市公司,{area}")
        yield title, (observe(own, first_year=FIRST, last_year=LAST),), 3, 5


def members(items: Path) -> Iterator[Case]:
    """Yield the members of the foundation; one that is gone from a list has left."""
    rows = pl.read_csv(items, infer_schema_length=None).filter(pl.col("category") == "CNCF Members")
    seen = rows.group_by("item").agg(
        pl.col("snapshot").str.to_date().min().alias("from"),
        pl.col("snapshot").str.to_date().max().alias("last"),
    )
    to = pl.when(pl.col("last") < rows["snapshot"].str.to_date().max()).then(
        pl.col("last") + pl.duration(days=1)
    )
    firms = seen.select(pl.col("item").alias("name"), "from", to.alias("to")).sort("name")
    found = observe(firms_table(firms), first_year=2019, last_year=2026)
    yield Text("members of a software foundation", "软件基金会成员"), (found,), 2, 2


def provinces(totals: Path) -> Iterator[Case]:
    """Yield the high-technology industry of all provinces, scored together."""
    first, last = INDUSTRY
    rows = pl.read_csv(totals).filter(
        pl.col("year").is_between(first, last), pl.col("province") != "全国"
    )
    found = []
    for _, own in rows.group_by("province", maintain_order=True):
        series = {
            name: own.filter(pl.col("chn_block4") == heading).sort("year")["value"].to_numpy()
            for name, heading in (("firms", "企业数"), ("sales", "主营业务收入"))
        }
        logs = {name: np.log(values / values[0]) for name, values in series.items()}
        if all(len(v) == last - first + 1 and np.isfinite(v).all() for v in logs.values()):
            found.append(Observed(first, logs, np.empty((0, last - first + 1))))
    title = Text(
        f"high-technology industry, {len(found)} provinces", f"高技术产业,{len(found)} 个省份"
    )
    yield title, tuple(found), 1, 3


def own_runs(table: Table) -> tuple[Case, Table]:
    """Return the first runs as records, and the table without them."""
    names = [p.name for p in PATTERNS if not p.held_out]
    nobody = np.empty((0, OWN_YEARS))
    records = tuple(
        Observed(FIRST, {name: table.series[name][run, :OWN_YEARS] for name in names}, nobody)
        for run in range(OWN)
    )
    rest = {name: values[OWN:] for name, values in table.series.items()}
    title = Text(f"runs of the model itself, {OWN}", f"模型自身的 {OWN} 次运行")
    return (title, records, 3, 3), replace(table, unit=table.unit[OWN:], series=rest)


def rows_of(title: Text, found: list[Backtest], language: Language) -> Iterator[str]:
    """Yield a row a series: the mean over records of each score."""
    for name in found[0].lost_to:
        own = [row for each in found for row in each.scores if row.pattern == name]
        crps = {
            method: float(np.mean([row.crps for row in own if row.method == method] or [np.nan]))
            for method in METHODS
        }
        lost = (METHODS[m].to(language) for m in NAIVE if crps[m] < crps["model"])
        scores = ("–" if np.isnan(score) else f"{score:.3f}" for score in crps.values())
        count = sum(row.values for row in own if row.method == "model")
        held = (held_in(own, method) for method in ("model", "model_alone"))
        cells = [title.to(language), LABELS[name].to(language), str(count), *scores, *held]
        yield f"| {' | '.join([*cells, ', '.join(lost) or '–'])} |"


def held_in(rows: list[ScoreRow], method: str) -> str:
    """Return how much of the values the middle parts of a method held."""
    own = [row for row in rows if row.method == method]
    shares = (np.mean([getattr(row, f"covered{part}") for row in own]) for part in (50, 80, 95))
    return " / ".join(f"{share:.0%}" for share in shares)


def main() -> None:
    """Back-test what there is and print the rows."""
    data = Path(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 600
    folder = sys.argv[3] if len(sys.argv) > 3 else mkdtemp() + "/store"
    scenario = bundled("native_core")
    uncertain = load_uncertainty("broad", scenario)
    with open_executor(workers=2) as processes:
        years = LAST - FIRST + 1
        parts = {"runs": count, "years": years, "seed": 1, "workers": 2}
        table = run_table(scenario, uncertain, RunStore(folder), processes, **parts)
    lines: dict[Language, list[str]] = {language: [] for language in LANGUAGES}
    own, rest = own_runs(table)
    real = (*listed(data / LISTED), *members(data / MEMBERS), *provinces(data / PROVINCES))
    for (title, records, ahead, origins), runs in (*((case, table) for case in real), (own, rest)):
        found = [backtest(runs, o, years=ahead, origins=origins, seed=1) for o in records]
        for language in LANGUAGES:
            lines[language] += rows_of(title, found, language)
    for language in LANGUAGES:
        print("\n".join(lines[language]), end="\n\n")


if __name__ == "__main__":
    main()
