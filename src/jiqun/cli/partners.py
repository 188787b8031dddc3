"""``jiqun partners``: who is missing from an alliance or a cluster."""

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jiqun.cli.language import LANGUAGE
from jiqun.cli.options import AsJson, Quiet, RecordPath, Seed, say
from jiqun.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jiqun.measures.partners import Candidate, Member, Partners


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "partners",
        help=say(
            "Say who is missing from an alliance or a cluster, and how far that can be relied on.",
            "指出联盟或集群缺少谁,以及该判断的可靠程度。",
        ),
    )(partners)


def partners(
    record: RecordPath,
    alliance: Annotated[
        str | None,
        typer.Option("--alliance", help=say("Its alliance_id.", "联盟的 alliance_id。")),
    ] = None,
    firms: Annotated[
        Path | None,
        typer.Option(
            "--firms",
            help=say(
                "CSV with a column firm_id, such as jiqun clusters writes.",
                "含 firm_id 列的 CSV,如 jiqun clusters 的输出。",
            ),
        ),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster",
            help=say("Only the rows of this cluster of --firms.", "仅取 --firms 中该集群的行。"),
        ),
    ] = None,
    *,
    most: Annotated[
        int,
        typer.Option("--most", min=1, max=1000, help=say("Candidates shown.", "显示的候选数。")),
    ] = 10,
    as_json: AsJson = False,
    seed: Seed = 0,
    quiet: Quiet = False,
) -> None:
    """Find partners for one group."""
    from jiqun.cli.output import note, show_json
    from jiqun.measures.partners import find_partners
    from jiqun.record.storage import read

    if (alliance is None) == (firms is None):
        raise typer.BadParameter(
            say("give --alliance or --firms, one of the two", "请给出 --alliance 或 --firms 之一")
        )
    wanted = None if firms is None else _firm_ids(firms, cluster)
    whole = read(record)
    note(Text(f"{record.name}: looking for partners …", f"{record.name}:寻找伙伴……"), quiet=quiet)
    found = find_partners(whole, alliance=alliance, firms=wanted, most=most, seed=seed)
    for warning in found.warnings:
        note(warning, quiet=quiet)
    if as_json:
        show_json({"record": str(record), "seed": seed, **_as_dict(found)})
        return
    _show(found)


def _firm_ids(path: Path, cluster: str | None) -> list[str]:
    """Read the identifiers, all or those of one cluster."""
    try:
        rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    except UnicodeDecodeError as error:
        raise typer.BadParameter(
            say(f"{path} is not UTF-8 text", f"{path} 不是 UTF-8 文本")
        ) from error
    columns = ["firm_id"] if cluster is None else ["firm_id", "cluster"]
    if missing := [name for name in columns if not rows or name not in rows[0]]:
        listed = ", ".join(missing)
        raise typer.BadParameter(
            say(
                f"{path} has no column {listed}, or no row", f"{path} 没有 {listed} 列,或没有数据行"
            )
        )
    wanted = [row["firm_id"] for row in rows if cluster is None or row["cluster"] == cluster]
    if not wanted:
        raise typer.BadParameter(
            say(f"{path} has no cluster {cluster}", f"{path} 中没有集群 {cluster}")
        )
    return wanted


def _skill(found: "Partners") -> Text | None:
    """Say in one sentence how often such a ranking was right."""
    if found.skill is None:
        return None
    told = Text(
        "In {y}, {m:.0%} of missing members were among the first ten; by activity alone {a:.0%}, by "
        "industry alone {i:.0%}: {verdict}.",
        "{y} 年的缺失成员有 {m:.0%} 位于前十名;仅按活跃度为 {a:.0%},仅按行业为 {i:.0%}:{verdict}。",
    )
    from jiqun.measures.partners.wording import BETTER, NO_BETTER

    skill = found.skill.skill
    verdict = BETTER if skill.gain_low > 0 else NO_BETTER
    model, activity, industry = skill.hits
    return told.fill(y=found.skill.year, m=model, a=activity, i=industry, verdict=verdict)


def _as_dict(found: "Partners") -> dict[str, object]:
    """Return what was found as it stands in ``--json``."""
    skill = found.skill
    return {
        "roles": {"filled": list(found.filled), "vacant": list(found.vacant)},
        "members": [
            {
                "firm_id": m.firm_id,
                "roles": list(m.roles),
                "essential": m.essential,
                "alone_fills": list(m.alone_fills),
                "alone_holds": list(m.alone_holds),
                "relations_lost": m.relations_lost,
                "parts": m.parts,
                "substitutes": m.substitutes,
            }
            for m in found.members
        ],
        "candidates": [
            {
                "firm_id": c.firm_id,
                "score": c.score,
                "reasons": [reason.to(LANGUAGE) for reason in c.reasons],
            }
            for c in found.candidates
        ],
        "skill": None
        if skill is None
        else {
            "year": skill.year,
            "hits_at_10": dict(
                zip(("model", "activity", "same_industry"), skill.skill.hits, strict=True)
            ),
            "gain": [skill.skill.gain, skill.skill.gain_low, skill.skill.gain_high],
            "alliances": skill.skill.groups,
            "seats": skill.skill.seats,
        },
        "warnings": [warning.to(LANGUAGE) for warning in found.warnings],
    }


def _show(found: "Partners") -> None:
    """Print roles, members and candidates."""
    if found.filled or found.vacant:
        typer.echo(f"{say('Roles filled', '已有角色')}: {_roles(found.filled)}")
        typer.echo(f"{say('Roles vacant', '空缺角色')}: {_roles(found.vacant)}")
    typer.echo(say("Members, and what the others would lose", "成员,以及失去该成员的后果"))
    for member in found.members:
        typer.echo(f"    {_member(member)}")
    typer.echo(say("Candidates", "候选企业"))
    for place, candidate in enumerate(found.candidates, 1):
        typer.echo(f"{place:4d}  {_candidate(candidate)}")
    if not found.candidates:
        typer.echo(say("    none: nothing is known of any other firm", "    无:对其他企业一无所知"))
    if (told := _skill(found)) is not None:
        typer.echo(told.to(LANGUAGE))


def _roles(codes: "Iterable[str]") -> str:
    """Name roles, or say that there are none."""
    from jiqun.vocabulary.codes import MEMBER_ROLE

    named = [MEMBER_ROLE.terms[code].to(LANGUAGE) for code in codes]
    return say(", ", "、").join(named) or say("none", "无")


def _member(member: "Member") -> str:
    """Return one member on one line."""
    from jiqun.vocabulary.codes import DATA_KIND

    parts = [say("essential", "不可缺少")] if member.essential else []
    if member.alone_fills:
        parts.append(say("alone is ", "独任") + _roles(member.alone_fills))
    if member.alone_holds:
        held = say(", ", "、").join(DATA_KIND.terms[k].to(LANGUAGE) for k in member.alone_holds)
        parts.append(say("alone holds ", "独有") + held)
    if member.parts > 0:
        split = member.parts + 1
        parts.append(say(f"the others fall into {split} parts", f"其余成员分裂为 {split} 部分"))
    lost = f"{member.relations_lost:.0%}"
    parts.append(say(f"{lost} of the relations among members", f"涉及成员间关系的 {lost}"))
    if member.substitutes is not None:
        n = member.substitutes
        parts.append(say(f"{n} firms outside could stand in", f"群外有 {n} 家可替代"))
    return f"{member.title.to(LANGUAGE)}: {say('; ', ';').join(parts)}"


def _candidate(candidate: "Candidate") -> str:
    """Return one candidate on one line."""
    told = say("; ", ";").join(reason.to(LANGUAGE) for reason in candidate.reasons)
    return f"{candidate.title.to(LANGUAGE)}: {told}"
