"""What a job may be asked for 任务请求, and the words under which it is known and found again."""

from importlib.metadata import version
from typing import Annotated

from pydantic import Field

from jiqun.studio import audit
from jiqun.studio.accounts import User
from jiqun.studio.jobs import OF_RECORDS
from jiqun.studio.jobs.store import JobRow
from jiqun.studio.refusals import KNOWN, NO_JOB, VALID, WITHIN_LIMITS, refused
from jiqun.studio.results import ClustersView, latest
from jiqun.studio.studio import Studio
from jiqun.studio.wire import Wire
from jiqun.vocabulary.text import Text

FULL = Text("{count} of your jobs are waiting or running.", "您已有 {count} 个任务在等待或运行。")
NO_KIND = Text("There is no job called {kind}.", "没有名为 {kind} 的任务。")
ONE_GROUP = Text("Name an alliance or a cluster, one of the two.", "请指定联盟或集群,二者择一。")
OTHER_RECORD = Text("Name another record as the earlier one.", "请指定另一份记录作为较早的记录。")
NO_CLUSTER = Text("No cluster {name} was found in this record.", "该记录中未识别出集群 {name}。")
MADE_BY = f"jiqun {version('jiqun')}, form 2"
"""Part of every order: what another version made is made again when it is asked for."""


class Order(Wire):
    """A job for a record; ``alliance`` or ``cluster`` for partners, ``earlier`` for changes."""

    kind: Annotated[str, Field(max_length=40)]
    seed: Annotated[int, Field(ge=0, le=2**53)] = 0
    alliance: Annotated[str | None, Field(max_length=300)] = None
    cluster: Annotated[str | None, Field(max_length=300)] = None
    earlier: Annotated[str | None, Field(pattern="^[0-9a-f]{16}$")] = None


def parameters_of(studio: Studio, record: str, order: Order) -> dict[str, object]:
    """Return the parameters of a job for a record.

    Raises
    ------
    Refused
        For a kind, a record or a cluster that there is not, and for a group that is not named.
    """
    if order.kind not in OF_RECORDS:
        raise refused(422, VALID, NO_KIND.fill(kind=order.kind), value=order.kind)
    studio.library.row(record)
    common: dict[str, object] = {"seed": order.seed, "made_by": MADE_BY}
    if order.kind == "partners":
        return common | _group(studio, record, order)
    if order.kind == "changes":
        if order.earlier is None or order.earlier == record:
            raise refused(422, VALID, OTHER_RECORD, value=order.earlier)
        studio.library.row(order.earlier)
        return common | {"earlier": order.earlier}
    return common


def _group(studio: Studio, record: str, order: Order) -> dict[str, object]:
    """Return the alliance, or the firms of the cluster, that partners are looked for."""
    if (order.alliance is None) == (order.cluster is None):
        raise refused(422, VALID, ONE_GROUP)
    if order.alliance is not None:
        return {"alliance": order.alliance}
    found = latest(studio, record, "clusters", ClustersView)
    for cluster in () if found is None else found.clusters:
        if cluster.name == order.cluster:
            return {"firms": [member.firm_id for member in cluster.members]}
    raise refused(422, VALID, NO_CLUSTER.fill(name=order.cluster), value=order.cluster)


def put_in_queue(
    studio: Studio, user: User, *, kind: str, record: str | None, parameters: dict[str, object]
) -> JobRow:
    """Put a job into the queue; one that was asked for in the same words is not done twice.

    Raises
    ------
    Refused
        Where the user has too many waiting.
    """
    known = studio.jobs.same(kind, record, parameters)
    if known is not None:
        return known
    count = studio.jobs.live(user.name)
    if count >= studio.settings.limits.jobs:
        raise refused(429, WITHIN_LIMITS, FULL.fill(count=count))
    job = studio.jobs.add(kind=kind, record=record, parameters=parameters, user=user.name)
    audit.note(studio.accounts.engine, user.name, "job.order", job, kind=kind)
    studio.runner.wake()
    return job_row(studio, job)


def job_row(studio: Studio, job: str) -> JobRow:
    """Return a job.

    Raises
    ------
    Refused
        Where there is none of that id.
    """
    row = studio.jobs.get(job)
    if row is None:
        raise refused(404, KNOWN, NO_JOB)
    return row
