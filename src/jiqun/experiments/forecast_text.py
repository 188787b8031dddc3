"""Forecasts and back-tests in words and tables, for the terminal and for pages of text."""

from jiqun.experiments.forecasting import LABELS, METHODS, Backtest, Forecast
from jiqun.vocabulary.text import Language, Text

LOST = Text("{label}: the model loses to {methods}.", "{label}:模型不如{methods}。")
WON = Text("{label}: no naive method does better.", "{label}:没有朴素方法优于模型。")


def forecast_text(found: Forecast, language: Language) -> str:
    """Return a forecast as one Markdown table a series."""
    head = Text(
        "| year | median | middle 50% | middle 80% | middle 95% | 95% of the model by itself |",
        "| 年份 | 中位数 | 50% 区间 | 80% 区间 | 95% 区间 | 模型本身的 95% 区间 |",
    )
    alone = {(r.pattern, r.year): f"{r.low95:.3f} … {r.high95:.3f}" for r in found.alone}
    last = Text("last known: {value} ({year})", "最近观测值:{value}({year})")
    lines = []
    for name, history in found.history.items():
        year, value = history[-1]
        lines += [f"## {LABELS[name].to(language)}", ""]
        lines += [last.fill(value=f"{value:.3f}", year=year).to(language), ""]
        lines += [head.to(language), "|---|---|---|---|---|---|"]
        lines += [
            f"| {r.year} | {r.median:.3f} | {r.low50:.3f} … {r.high50:.3f} "
            f"| {r.low80:.3f} … {r.high80:.3f} | {r.low95:.3f} … {r.high95:.3f} "
            f"| {alone.get((r.pattern, r.year), '–')} |"
            for r in found.rows
            if r.pattern == name
        ]
        lines.append("")
    lines += [f"! {warning.to(language)}" for warning in found.warnings]
    return "\n".join(lines) + "\n"


def backtest_text(found: Backtest, language: Language) -> str:
    """Return the score table, and in words where the model loses."""
    title = Text(
        "Forecasts of {years} years from {first} to {last}; CRPS, less is better",
        "自 {first} 至 {last} 年起作 {years} 年预测;CRPS 越小越好",
    ).fill(years=found.years, first=found.origins[0], last=found.origins[-1])
    head = Text(
        "| series | method | CRPS | in 50% | in 80% | in 95% | values |",
        "| 序列 | 方法 | CRPS | 50% 覆盖 | 80% 覆盖 | 95% 覆盖 | 预测值数 |",
    )
    lines = [f"## {title.to(language)}", "", head.to(language), "|---|---|---|---|---|---|---|"]
    lines += [
        f"| {LABELS[r.pattern].to(language)} | {METHODS[r.method].to(language)} | {r.crps:.4f} "
        f"| {r.covered50:.0%} | {r.covered80:.0%} | {r.covered95:.0%} | {r.values} |"
        for r in sorted(found.scores, key=lambda r: (list(LABELS).index(r.pattern), r.crps))
    ]
    lines.append("")
    if found.energy:
        energy = Text("Energy score of all series together: ", "全部序列的能量得分:").to(language)
        each = (f"{METHODS[m].to(language)} {v:.4f}" for m, v in found.energy.items())
        lines += [energy + ", ".join(each), ""]
    comma = Text(", ", "、").to(language)
    for name, methods in found.lost_to.items():
        told = comma.join(METHODS[m].to(language) for m in methods)
        wording = LOST if methods else WON
        fields = {"label": LABELS[name], "methods": told} if methods else {"label": LABELS[name]}
        lines.append(wording.fill(**fields).to(language))
    return "\n".join(lines) + "\n"
