"""Jobs 任务: work too long for a request, one file a kind, each in a process of its own."""

from jiqun.studio.jobs.changes import CHANGES
from jiqun.studio.jobs.clusters import CLUSTERS
from jiqun.studio.jobs.compare import COMPARE
from jiqun.studio.jobs.job import JobKind
from jiqun.studio.jobs.partners import PARTNERS
from jiqun.studio.jobs.study import SHARED, STUDY

__all__ = ["KINDS", "OF_RECORDS", "JobKind"]

OF_RECORDS: dict[str, JobKind] = {
    kind.name: kind for kind in (STUDY, CLUSTERS, PARTNERS, CHANGES, SHARED)
}
"""Jobs that are done for a record."""
KINDS: dict[str, JobKind] = {**OF_RECORDS, COMPARE.name: COMPARE}
