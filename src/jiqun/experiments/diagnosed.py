"""What a cluster is diagnosed as, for policies that decide by it, with the diagnosis's own errors.

Paper: P3 (policy by type and stage)
"""

from importlib import import_module

from jiqun.experiments.model_version import version_of
from jiqun.record.record import Record

SOURCES = ("diagnosis", "measures", "numerics", "record")


def case_of(record: Record, *, seed: int) -> str:
    """Return ``type.stage`` as diagnosed; a verdict that is no type leads to ``otherwise``."""
    found = import_module("jiqun.diagnosis.diagnose").diagnose(record, seed=seed)
    return f"{found.type.verdict}.{found.stage.verdict}"


def diagnosis_version() -> str:
    """Return what changes with any source that a diagnosis depends on."""
    return version_of(SOURCES)
