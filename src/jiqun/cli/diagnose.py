"""``jiqun diagnose``: type and stage with evidence."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jiqun.cli.language import LANGUAGE
from jiqun.cli.options import AsJson, Quiet, RecordPath, Seed, say
from jiqun.vocabulary.text import Text

if TYPE_CHECKING:
    from jiqun.diagnosis.diagnosis import Diagnosis
    from jiqun.diagnosis.findings import Evidence, StageChange


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "diagnose",
        help=say(
            "Say which type of cluster it is and how far along, with the evidence.",
            "判断集群的类型与阶段,并给出证据。",
        ),
    )(diagnose)


def diagnose(
    record: RecordPath,
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster",
            help=say("Cluster, as jiqun clusters names it.", "集群名,见 jiqun clusters。"),
        ),
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
    all_clusters: Annotated[
        Path | None,
        typer.Option(
            "--all-clusters",
            metavar="FILE",
            help=say(
                "Every cluster of the record, a line of JSON each; goes on where it was stopped.",
                "诊断记录中的全部集群,每个集群一行 JSON;中断后可续。",
            ),
        ),
    ] = None,
    as_json: AsJson = False,
    seed: Seed = 0,
    quiet: Quiet = False,
) -> None:
    """Diagnose and show the ledger, what contradicts the verdict first."""
    from jiqun.cli.output import note, show_json
    from jiqun.diagnosis.diagnose import diagnose as run
    from jiqun.record.storage import read

    note(Text(f"{record.name}: measuring …", f"{record.name}:测度中……"), quiet=quiet)
    day = None if at is None else at.date()
    if all_clusters is not None:
        _all(record, all_clusters, cluster=cluster, day=day, seed=seed, quiet=quiet)
        return
    found = run(read(record), cluster=cluster, at=day, seed=seed, name=str(record))
    if as_json:
        show_json(found.to_dict(LANGUAGE))
    else:
        _show(found)


def _all(
    record: Path, out: Path, *, cluster: str | None, day: dt.date | None, seed: int, quiet: bool
) -> None:
    """Diagnose a whole register and print one line a cluster."""
    from jiqun.cli.output import note
    from jiqun.diagnosis.registers import diagnose_all
    from jiqun.record.selection import select
    from jiqun.record.storage import read
    from jiqun.vocabulary.typology import TYPE_VERDICT

    if cluster is not None:
        raise typer.BadParameter(
            say("choose --cluster or --all-clusters", "--cluster 与 --all-clusters 只能选一")
        )

    def progress(done: int, of: int) -> None:
        note(Text(f"{done} of {of} clusters", f"集群 {done}/{of}"), quiet=quiet)

    whole = read(record)
    known = whole if day is None else select(whole, until=day)
    found = diagnose_all(
        known, out, seed=seed, name=str(record), language=LANGUAGE, progress=progress
    )
    for each in found:
        verdict = TYPE_VERDICT.terms[each["type"]["verdict"]].to(LANGUAGE)  # type: ignore[index]
        firms = say(f"{each['firms']} firms", f"{each['firms']} 家企业")
        typer.echo(f"{each['cluster']}  {firms}  {verdict}")


def _show(found: "Diagnosis") -> None:
    """Print verdicts, then the ledger."""
    from jiqun.diagnosis.findings import percent
    from jiqun.vocabulary.typology import CLUSTER_TYPE, STAGE, STAGE_VERDICT, TYPE_VERDICT

    typer.echo(f"{say('Type', '类型')}: {TYPE_VERDICT.terms[found.type.verdict].to(LANGUAGE)}")
    typer.echo(f"  {found.type.reason.to(LANGUAGE)}")
    for code, p in found.type.probabilities.items():
        typer.echo(f"  {percent(p):>5}  {CLUSTER_TYPE.terms[code].to(LANGUAGE)}")
    for line in found.type.evidence:
        _show_line(line)
    typer.echo(f"{say('Stage', '阶段')}: {STAGE_VERDICT.terms[found.stage.verdict].to(LANGUAGE)}")
    typer.echo(f"  {found.stage.reason.to(LANGUAGE)}")
    for code, p in found.stage.probabilities.items():
        typer.echo(f"  {percent(p):>5}  {STAGE.terms[code].to(LANGUAGE)}")
    for change in found.stage.changes:
        typer.echo(f"  {_change(change)}")
    if found.needs:
        typer.echo(say("What would tell more:", "可提供更多信息的数据:"))
    for need in found.needs:
        typer.echo(f"  {need.advice.to(LANGUAGE)}")


def _change(change: "StageChange") -> str:
    """Return a change of stage on one line."""
    from jiqun.diagnosis.findings import percent
    from jiqun.vocabulary.typology import STAGE

    before, after = (STAGE.terms[code].to(LANGUAGE) for code in (change.before, change.after))
    return say(
        f"{change.year} [{change.low}, {change.high}] {before} → {after} ({percent(change.probability)})",
        f"{change.year} 年 [{change.low}, {change.high}] {before} → {after}({percent(change.probability)})",
    )


def _show_line(line: "Evidence") -> None:
    """Print one line of the ledger: what was asked, what was found, which way it points."""
    from jiqun.vocabulary.typology import CLUSTER_TYPE

    mark = "!" if line.contradicts else "+" if line.status == "measured" else "?"
    typer.echo(f"{mark} {line.title.to(LANGUAGE)}: {line.question.to(LANGUAGE)}")
    if line.status != "measured":
        what = (
            say("not yet observable", "尚不可观测")
            if line.status == "not_yet_observable"
            else say("not measured", "未测度")
        )
        typer.echo(f"    {what}: {line.reason.to(LANGUAGE)}")
        return
    typer.echo(f"    {line.finding.to(LANGUAGE)}")
    if not line.points_to:
        typer.echo(f"    {say('tells no type apart', '不能区分类型')}")
        return
    names = [CLUSTER_TYPE.terms[code].to(LANGUAGE) for code in line.points_to]
    either = say(" or ", "或").join(names)
    typer.echo(f"    → {either} ({line.strength.to(LANGUAGE)})")
