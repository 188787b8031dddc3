"""The elements of Table 1 as readings, one file an element, in the order of the ledger.

Paper: B5 (positioning), B6, B9 (mirror), B7, B10 (network), B8 (value of data), K1c (core logic)
"""

from jiqun.diagnosis.elements.core_logic import core_logic
from jiqun.diagnosis.elements.data_value import data_value
from jiqun.diagnosis.elements.mirror import mirror
from jiqun.diagnosis.elements.network import network
from jiqun.diagnosis.elements.positioning import positioning
from jiqun.diagnosis.reading import Reading
from jiqun.measures import Measurement
from jiqun.record.record import Record

MEASURES = (
    "core_firms",
    "core_firm_roles",
    "mirror_order",
    "decomposability",
    "participation_multilaterality",
    "data_substitution",
)
"""What the readings rest on, besides the record."""


def readings(record: Record, measurement: Measurement) -> tuple[Reading, ...]:
    """Read every aspect of every element.

    Parameters
    ----------
    record
        The cluster's own record.
    measurement
        Of that record, at least the measures named in ``MEASURES``; those missing are not weighed.
    """
    return (
        *positioning(record),
        *core_logic(record, measurement),
        *mirror(measurement),
        *network(record, measurement),
        *data_value(measurement),
    )
