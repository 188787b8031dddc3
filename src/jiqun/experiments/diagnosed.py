"""What a cluster is diagnosed as, for policies that decide by it, with the diagnosis's own errors.

Paper: P3 (policy by type and stage)
"""

from jiqun.diagnosis.diagnose import diagnose
from jiqun.experiments.model_version import version_of
from jiqun.record.record import Record

SOURCES = ("diagnosis", "measures", "numerics", "record")


def case_of(record: Record, *, seed: int, verdict: bool) -> str:
    """Return ``type.stage`` as diagnosed.

    Parameters
    ----------
    record
        What the cluster has left so far.
    seed
        Seed of the measures.
    verdict
        Whether to go by the verdict, which may be that the evidence does not suffice, or by the
        likeliest type, as who has to spend a budget must.
    """
    found = diagnose(record, seed=seed)
    kind = found.type.verdict if verdict else found.type.likeliest
    return f"{kind}.{found.stage.verdict}"


def diagnosis_version() -> str:
    """Return what changes with any source that a diagnosis depends on."""
    return version_of(SOURCES)
