"""Every table and column of the record, declared once."""

from jiqun.record.schema.column import Column, Table
from jiqun.record.schema.organisations import FIRMS, SITES
from jiqun.record.schema.origin import PROVENANCE, SOURCES
from jiqun.record.schema.performance import ACCOUNTS, INNOVATIONS, INNOVATORS, POLICIES
from jiqun.record.schema.platforms import DATA_ASSETS, FUNCTIONS, PARTICIPATIONS, PLATFORMS
from jiqun.record.schema.relations import ALLIANCES, INTERFACES, MEMBERSHIPS, TIES

__all__ = ["EXTENSION_PREFIX", "TABLES", "Column", "Table"]

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        FIRMS,
        SITES,
        TIES,
        ALLIANCES,
        MEMBERSHIPS,
        INTERFACES,
        PLATFORMS,
        PARTICIPATIONS,
        FUNCTIONS,
        DATA_ASSETS,
        ACCOUNTS,
        INNOVATIONS,
        INNOVATORS,
        POLICIES,
        SOURCES,
        PROVENANCE,
    )
}

EXTENSION_PREFIX = "x_"
"""A column of the user's own, kept as text under this prefix and described as additional."""
