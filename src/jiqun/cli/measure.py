"""``jiqun measure``: every measure that the record can carry, as estimates."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from jiqun.cli.language import LANGUAGE
from jiqun.cli.options import AsJson, RecordPath, Seed, say

if TYPE_CHECKING:
    from jiqun.measures.estimate import Estimate

SHOWN_PER_MEASURE = 12


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "measure", help=say("Measure what the record can carry.", "测度记录所能支持的全部指标。")
    )(measure)


def measure(
    record: RecordPath,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", help=say("Measure, repeatable.", "测度名称,可重复。")),
    ] = None,
    at: Annotated[
        dt.datetime | None,
        typer.Option(
            "--at",
            formats=["%Y-%m-%d"],
            help=say("As known up to this day.", "仅用该日之前的信息。"),
        ),
    ] = None,
    *,
    window: Annotated[
        int | None,
        typer.Option(
            "--window",
            min=1,
            metavar="YEARS",
            help=say(
                "In windows of so many calendar years, as a CSV table.",
                "按若干日历年为一个时段测度,输出 CSV 表格。",
            ),
        ),
    ] = None,
    as_json: AsJson = False,
    seed: Seed = 0,
) -> None:
    """Measure, and say what could not be measured and why."""
    from jiqun.cli.output import show_json
    from jiqun.measures import MEASURES
    from jiqun.measures import measure as run
    from jiqun.record.selection import select
    from jiqun.record.storage import read

    unknown = sorted(set(only or ()) - set(MEASURES))
    if unknown:
        known = ", ".join(MEASURES)
        raise typer.BadParameter(
            say(
                f"no measure {', '.join(unknown)}; there are: {known}",
                f"没有测度 {', '.join(unknown)};可选:{known}",
            )
        )
    if window is not None and (fixed := [n for n in only or () if not MEASURES[n].windowed]):
        names = ", ".join(fixed)
        raise typer.BadParameter(
            say(f"not measured over windows: {names}", f"不按时段测度:{names}")
        )
    whole = read(record)
    known = whole if at is None else select(whole, until=at.date())
    try:
        measurement = run(known, only=only, seed=seed, window=window)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    if as_json:
        show_json(
            {
                "record": str(record),
                "seed": seed,
                "estimates": [_as_dict(e) for found in measurement.values() for e in found],
            }
        )
        return
    if window is not None:
        typer.echo(measurement.to_tidy(LANGUAGE).write_csv(), nl=False)
        return
    for name, found in measurement.items():
        typer.echo(f"{MEASURES[name].title.to(LANGUAGE)} ({name})")
        for estimate in found[:SHOWN_PER_MEASURE]:
            typer.echo(f"    {_line(estimate)}")
        if len(found) > SHOWN_PER_MEASURE:
            more = len(found) - SHOWN_PER_MEASURE
            typer.echo(say(f"    … and {more} more (--json)", f"    …… 另有 {more} 项(--json)"))


def _line(estimate: "Estimate") -> str:
    """Return one estimate on one line."""
    label = estimate.label.to(LANGUAGE)
    if estimate.reason is not None:
        return f"{label}: {say('not measured', '未测度')}: {estimate.reason.to(LANGUAGE)}"
    unit = estimate.unit.to(LANGUAGE)
    number = f"{estimate.value:.4g}" + ("" if unit == "1" else f" {unit}")
    interval = (
        ""
        if estimate.low is None
        else f" [{estimate.low:.4g}, {estimate.high:.4g}] {estimate.level:.0%}"
    )
    return f"{label}: {number}{interval}, n = {estimate.n} {estimate.n_of.to(LANGUAGE)}"


def _as_dict(estimate: "Estimate") -> dict[str, object]:
    """Return an estimate as it stands in ``--json``."""
    return {
        "id": estimate.id,
        "measure": estimate.measure,
        "of": dict(estimate.of),
        "label": estimate.label.to(LANGUAGE),
        "status": "measured" if estimate.measured else "not_measured",
        "value": estimate.value,
        "low": estimate.low,
        "high": estimate.high,
        "level": estimate.level,
        "unit": estimate.unit.to(LANGUAGE),
        "n": estimate.n,
        "n_of": estimate.n_of.to(LANGUAGE),
        "interval": estimate.interval.to(LANGUAGE),
        "method": estimate.method.to(LANGUAGE),
        "references": list(estimate.references),
        "warnings": [warning.to(LANGUAGE) for warning in estimate.warnings],
        "reason": None if estimate.reason is None else estimate.reason.to(LANGUAGE),
        "needs": list(estimate.needs),
        "curve": _curve(estimate),
    }


def _curve(estimate: "Estimate") -> list[dict[str, float]] | None:
    """Return the curve that an estimate sums up, a point a row; None where there is none."""
    from jiqun.measures.curve_points import COLUMNS

    if estimate.curve is None:
        return None
    return [dict(zip(COLUMNS, row, strict=True)) for row in estimate.curve.rows()]
