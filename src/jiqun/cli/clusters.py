"""``jiqun clusters``: finds the clusters in a large record."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jiqun.cli.language import LANGUAGE
from jiqun.cli.options import AsJson, Quiet, RecordPath, Seed, say
from jiqun.vocabulary.text import Text

if TYPE_CHECKING:
    from jiqun.measures.clusters import Clusters
    from jiqun.record.cluster import Cluster

SHOWN = 30


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "clusters",
        help=say(
            "Find the clusters in a record, each with the evidence for its boundary.",
            "识别记录中的集群,并给出各集群边界的证据。",
        ),
    )(clusters)


def clusters(
    record: RecordPath,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            help=say(
                "CSV with a row for each firm and cluster; beside it NAME-evidence.csv.",
                "输出 CSV,每家企业与集群一行;另存 NAME-evidence.csv。",
            ),
        ),
    ] = None,
    as_json: AsJson = False,
    seed: Seed = 0,
    quiet: Quiet = False,
) -> None:
    """Find clusters; those found can be cut out with ``jq.select(record, firms=...)``."""
    from jiqun.cli.output import note, show_json
    from jiqun.measures.clusters import find_clusters
    from jiqun.record.exchange.whole_files import write_whole
    from jiqun.record.storage import read

    note(Text(f"{record.name}: looking for clusters …", f"{record.name}:识别集群……"), quiet=quiet)
    found = find_clusters(read(record), seed=seed)
    for warning in found.warnings:
        note(warning, quiet=quiet)
    if out is not None:
        beside = out.with_name(f"{out.stem}-evidence.csv")
        write_whole({out: memberships_csv(found).encode(), beside: evidence_csv(found).encode()})
    if as_json:
        show_json({"record": str(record), "seed": seed, **_as_dict(found)})
        return
    _show(found)


def memberships_csv(found: "Clusters") -> str:
    """Return one row for each firm and cluster: cluster, firm_id, membership."""
    return _csv(
        ("cluster", "firm_id", "membership"),
        (
            (cluster.name, firm, share)
            for cluster in found.clusters
            for firm, share in zip(cluster.members, cluster.membership, strict=True)
        ),
    )


def evidence_csv(found: "Clusters") -> str:
    """Return one row for each cluster and layer."""
    return _csv(
        (
            *("cluster", "space", "firms", "stability"),
            *("layer", "observed", "expected", "p_value", "carries"),
        ),
        (
            (
                *(cluster.name, cluster.space, len(cluster.members), cluster.stability),
                *(each.layer, each.observed, each.expected, each.p_value, each.carries),
            )
            for cluster in found.clusters
            for each in cluster.evidence
        ),
    )


def _csv(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV; a text that a spreadsheet would run as a formula gets an apostrophe."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heading)
    for row in rows:
        writer.writerow([f"'{cell}" if str(cell)[:1] in set("=+-@\t\r") else cell for cell in row])
    return out.getvalue()


def _as_dict(found: "Clusters") -> dict[str, object]:
    """Return the clusters as they stand in ``--json``."""
    return {
        "firms": found.firms,
        "method": found.method.to(LANGUAGE),
        "reason": None if found.reason is None else found.reason.to(LANGUAGE),
        "warnings": [warning.to(LANGUAGE) for warning in found.warnings],
        "clusters": [
            {
                "name": cluster.name,
                "space": cluster.space,
                "stability": cluster.stability,
                "members": [
                    {"firm_id": firm, "membership": share}
                    for firm, share in zip(cluster.members, cluster.membership, strict=True)
                ],
                "evidence": [
                    {
                        "layer": each.layer,
                        "observed": each.observed,
                        "expected": each.expected,
                        "p_value": each.p_value,
                        "carries": each.carries,
                    }
                    for each in cluster.evidence
                ],
                "industries": [
                    {"code": code, "share": share, "share_in_record": overall}
                    for code, share, overall in cluster.industries
                ],
            }
            for cluster in found.clusters
        ],
    }


def _show(found: "Clusters") -> None:
    """Print the clusters, one a line."""
    if found.reason is not None:
        typer.echo(f"{say('not measured', '未测度')}: {found.reason.to(LANGUAGE)}")
        return
    members = {firm for cluster in found.clusters for firm in cluster.members}
    typer.echo(
        say(
            f"{len(found.clusters)} clusters, {len(members)} of {found.firms} firms in them",
            f"{len(found.clusters)} 个集群,{found.firms} 家企业中 {len(members)} 家属于集群",
        )
    )
    for cluster in found.clusters[:SHOWN]:
        typer.echo(_line(cluster))
    if len(found.clusters) > SHOWN:
        more = len(found.clusters) - SHOWN
        typer.echo(say(f"… and {more} more (--out, --json)", f"…… 另有 {more} 个(--out、--json)"))


def _line(cluster: "Cluster") -> str:
    """Return one cluster on one line."""
    from jiqun.record.cluster import SPACE

    parts = [
        say(f"{len(cluster.members)} firms", f"{len(cluster.members)} 家企业"),
        SPACE[cluster.space].to(LANGUAGE),
        say(f"stability {cluster.stability:.2f}", f"稳定性 {cluster.stability:.2f}"),
    ]
    parts += [
        f"{each.layer} {each.observed:.3g} / {each.expected:.3g}"
        for each in cluster.evidence
        if each.carries and each.layer != "links"
    ]
    parts += [f"{code} {share:.0%} ({overall:.0%})" for code, share, overall in cluster.industries]
    return f"{cluster.name}  {', '.join(parts)}"
