"""Diagnose 诊断: which type of cluster this is and how far along, with the evidence for both.

Paper: T1, K1c (type), I1a-I3h, N1a-N3c (stages)
"""

import datetime as dt

from jiqun.diagnosis.card import reference_card
from jiqun.diagnosis.diagnosis import Diagnosis
from jiqun.diagnosis.gathering import concluded, gather
from jiqun.measures import Measurement
from jiqun.measures.clusters import find_clusters
from jiqun.record.cluster import Cluster
from jiqun.record.problem import InputError, Rule
from jiqun.record.record import Record
from jiqun.record.selection import select
from jiqun.vocabulary.text import Text

NAMED = Rule(
    id="diagnosis.cluster",
    title=Text("A cluster that is named is found in the record.", "所指定的集群存在于记录中。"),
    remedy=Text(
        "List the clusters with jiqun clusters, or leave --cluster out for the whole record.",
        "请用 jiqun clusters 查看集群;省略 --cluster 则诊断整个记录。",
    ),
)
RULES = (NAMED,)


def diagnose(
    record: Record,
    *,
    cluster: Cluster | str | None = None,
    at: dt.date | None = None,
    seed: int = 0,
    measurement: Measurement | None = None,
    name: str = "",
) -> Diagnosis:
    """Diagnose a cluster.

    Parameters
    ----------
    record
        What is known; any table but ``firms`` may be missing.
    cluster
        A cluster of the record, or its name as ``jiqun clusters`` gives it; None for all firms.
    at
        Only what was known up to this day.
    seed
        Seed of the measures.
    measurement
        Measures of the same firms up to the same day, if they were made before; what is missing in
        it is measured.
    name
        What the record is called.

    Returns
    -------
    Diagnosis
        Type and stage, each with probabilities, evidence and reason, and what would change them.

    Raises
    ------
    InputError
        Where no cluster has that name.
    ValueError
        For a negative seed.
    """
    known = record if at is None else select(record, until=at)
    found = _named(known, cluster, seed) if isinstance(cluster, str) else cluster
    own = known if found is None else select(known, firms=found.members)
    gathered = gather(own, measurement, seed)
    found_out = concluded(gathered, reference_card(), seed)
    return Diagnosis(
        record=name,
        cluster="" if found is None else found.name,
        at=None if at is None else at.isoformat(),
        firms=gathered.firms,
        type=found_out.type,
        stage=found_out.stage,
        needs=found_out.needs,
        seed=seed,
    )


def _named(record: Record, name: str, seed: int) -> Cluster:
    """Return the cluster of a name."""
    clusters = find_clusters(record, seed=seed).clusters
    chosen = next((each for each in clusters if each.name == name), None)
    if chosen is None:
        known = ", ".join(each.name for each in clusters) or "–"
        message = Text(
            f"There is no cluster {name}; clusters: {known}.",
            f"没有集群 {name};现有集群:{known}。",
        )
        raise InputError((NAMED.problem(table="firms", message=message),))
    return chosen
