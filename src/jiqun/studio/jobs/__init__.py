"""Jobs 任务: work too long for a request, one file a kind, each in a process of its own."""

from jiqun.studio.jobs.clusters import CLUSTERS
from jiqun.studio.jobs.job import JobKind
from jiqun.studio.jobs.study import STUDY

__all__ = ["KINDS", "JobKind"]

KINDS: dict[str, JobKind] = {kind.name: kind for kind in (STUDY, CLUSTERS)}
