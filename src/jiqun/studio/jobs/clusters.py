"""Find the clusters of a record, in the background."""

from jiqun.measures.clusters import find_clusters
from jiqun.record.cluster import SPACE, Cluster
from jiqun.record.storage import read
from jiqun.studio.jobs.job import JobKind, Task
from jiqun.studio.wire import Wording, finite
from jiqun.vocabulary.text import Text

READING = Text("reading the record", "读取记录")
LOOKING = Text("looking for clusters", "识别集群")


def run(task: Task) -> None:
    """Find clusters and write them down with the evidence for each boundary."""
    task.say(0.05, READING)
    record = read(task.record)
    task.say(0.2, LOOKING)
    found = find_clusters(record, seed=task.seed)
    names = dict(record["firms"].select("firm_id", "name").iter_rows())
    task.finish(
        {
            "firms": found.firms,
            "method": Wording.of(found.method).model_dump(),
            "reason": None if found.reason is None else Wording.of(found.reason).model_dump(),
            "warnings": [Wording.of(warning).model_dump() for warning in found.warnings],
            "clusters": [_as_dict(cluster, names) for cluster in found.clusters],
        }
    )


def _as_dict(cluster: Cluster, names: dict[str, str | None]) -> dict[str, object]:
    """Write one cluster."""
    return {
        "name": cluster.name,
        "space": Wording.of(SPACE[cluster.space]).model_dump(),
        "stability": cluster.stability,
        "members": [
            {"firm_id": firm, "name": names.get(firm) or firm, "membership": share}
            for firm, share in zip(cluster.members, cluster.membership, strict=True)
        ],
        "evidence": [
            {
                "layer": each.layer,
                "observed": finite(each.observed),
                "expected": finite(each.expected),
                "p_value": each.p_value,
                "carries": each.carries,
            }
            for each in cluster.evidence
        ],
        "industries": [list(industry) for industry in cluster.industries],
    }


CLUSTERS = JobKind(name="clusters", title=Text("Find clusters", "识别集群"), run=run)
