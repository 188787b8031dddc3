"""``jiqun measure``: every measure that the record can carry, as estimates."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jiqun.cli.language import LANGUAGE
from jiqun.cli.options import AsJson, RecordPath, Seed, say
from jiqun.vocabulary.counting import counted

if TYPE_CHECKING:
    from jiqun.measures import Measurement
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
    from jiqun.measures import measure as run
    from jiqun.record.selection import select
    from jiqun.record.storage import read

    _refuse_bad_choice(only or [], window)
    whole = read(record)
    until = whole if at is None else select(whole, until=at.date())
    try:
        measurement = run(until, only=only, seed=seed, window=window)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    if as_json:
        _show_json(measurement, record, seed)
    elif window is not None:
        typer.echo(measurement.to_tidy(LANGUAGE).write_csv(), nl=False)
    else:
        _show_lines(measurement)


def _refuse_bad_choice(only: list[str], window: int | None) -> None:
    """Stop at a measure that there is not, or that is not cut into windows."""
    from jiqun.measures import MEASURES

    if unknown := ", ".join(sorted(set(only) - set(MEASURES))):
        known = ", ".join(MEASURES)
        raise typer.BadParameter(
            say(f"no measure {unknown}; there are: {known}", f"没有测度 {unknown};可选:{known}")
        )
    fixed = ", ".join(name for name in only if not MEASURES[name].windowed)
    if window is not None and fixed:
        raise typer.BadParameter(
            say(f"not measured over windows: {fixed}", f"不按时段测度:{fixed}")
        )


def _show_json(measurement: "Measurement", record: Path, seed: int) -> None:
    """Print every estimate in one document."""
    from jiqun.cli.output import show_json

    estimates = [_as_dict(estimate) for found in measurement.values() for estimate in found]
    show_json({"record": str(record), "seed": seed, "estimates": estimates})


def _show_lines(measurement: "Measurement") -> None:
    """Print the first estimates of each measure, one a line."""
    from jiqun.measures import MEASURES

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
    return f"{label}: {number}{interval}, n = {estimate.n} {counted(estimate.n_of).to(LANGUAGE)}"


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
