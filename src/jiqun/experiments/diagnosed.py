"""What a cluster is diagnosed as, for policies that decide by it, with the diagnosis's own errors.

A policy reads the verdict and nothing else, so that only what the verdict rests on is measured: what a
reader is shown beside it (power, needs, and the stage where no case asks for it) takes nine tenths of a
diagnosis. That the verdict is the same is held by the tests.

Paper: P3 (policy by type and stage)
"""

from jiqun.diagnosis.card import reference_card
from jiqun.diagnosis.elements import MEASURES, readings
from jiqun.diagnosis.findings import TypeDiagnosis
from jiqun.diagnosis.gathering import concluded, concluded_type, gather
from jiqun.experiments.model_version import version_of
from jiqun.measures import Measurement, measure
from jiqun.measures.data_substitution import side_alone
from jiqun.record.record import Record

SOURCES = ("diagnosis", "measures", "numerics", "record")
SIDE = "data_substitution"


def case_of(record: Record, *, seed: int, verdict: bool, staged: bool) -> str:
    """Return the type as diagnosed, or ``type.stage``.

    Parameters
    ----------
    record
        What the cluster has left so far.
    seed
        Seed of the measures.
    verdict
        Whether to go by the verdict, which may be that the evidence does not suffice, or by the
        likeliest type, as who has to spend a budget must.
    staged
        Whether the stage is asked for too.
    """
    measured = measured_for_type(record, seed=seed)
    if not staged:
        return _told(type_of(record, measured), verdict=verdict)
    found = concluded(gather(record, measured, seed), reference_card(), seed)
    return f"{_told(found.type, verdict=verdict)}.{found.stage.verdict}"


def measured_for_type(record: Record, *, seed: int) -> Measurement:
    """Measure what the verdict on the type rests on."""
    rest = [name for name in MEASURES if name != SIDE]
    sides = {SIDE: side_alone(record, seed=seed)}
    return Measurement({**measure(record, only=rest, seed=seed), **sides})


def type_of(record: Record, measured: Measurement) -> TypeDiagnosis:
    """Diagnose the type alone."""
    firms = record["firms"]["firm_id"].n_unique()
    return concluded_type(readings(record, measured), reference_card(), firms)[0]


def _told(found: TypeDiagnosis, *, verdict: bool) -> str:
    return found.verdict if verdict else found.likeliest


def diagnosis_version() -> str:
    """Return what changes with any source that a diagnosis depends on."""
    return version_of(SOURCES)
