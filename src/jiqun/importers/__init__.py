"""Importers 导入: one file a source; each turns it into a record or a list of problems."""

from jiqun.importers.cncf_landscape import IMPORTER as CNCF_LANDSCAPE
from jiqun.importers.crunchbase import IMPORTER as CRUNCHBASE
from jiqun.importers.hif import IMPORTER as HIF
from jiqun.importers.hyperedges import IMPORTER as HYPEREDGES
from jiqun.importers.imported import Importer
from jiqun.importers.supplier_list import IMPORTER as SUPPLIER_LIST
from jiqun.importers.table import IMPORTER as TABLE

__all__ = ["IMPORTERS"]

IMPORTERS: dict[str, Importer] = {
    importer.name: importer
    for importer in (
        TABLE,
        SUPPLIER_LIST,
        CNCF_LANDSCAPE,
        CRUNCHBASE,
        HIF,
        HYPEREDGES,
    )
}
