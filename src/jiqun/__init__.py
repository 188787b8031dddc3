"""jiqun 集群: which kind of digital industrial cluster this is, how far along, on what evidence.

``import jiqun as jq``; the names below load what they need when first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jiqun.diagnosis.diagnose import diagnose
    from jiqun.diagnosis.diagnosis import Diagnosis
    from jiqun.experiments.compare import compare_policies as compare
    from jiqun.importers.reading import import_record
    from jiqun.measures import measure
    from jiqun.measures.clusters import find_clusters as clusters
    from jiqun.measures.data_substitution.arrays import ces, pool_ces
    from jiqun.measures.estimate import Estimate
    from jiqun.measures.partners import find_partners as partners
    from jiqun.model.simulate import simulate
    from jiqun.numerics.ces.nested import nested as nested_ces
    from jiqun.numerics.mirror import mirror_order
    from jiqun.numerics.point_pattern import kd, m_function, ripley_k, scan_register
    from jiqun.record.exchange.template import write_template as template
    from jiqun.record.problem import InputError, Problem
    from jiqun.record.record import Record
    from jiqun.record.requirements import check
    from jiqun.record.selection import select
    from jiqun.record.storage import read, scan, write
    from jiqun.report.bibliography import citation
    from jiqun.report.study import study
    from jiqun.report.writing import write_report

__all__ = [
    "Diagnosis",
    "Estimate",
    "InputError",
    "Problem",
    "Record",
    "ces",
    "check",
    "citation",
    "clusters",
    "compare",
    "diagnose",
    "import_record",
    "kd",
    "m_function",
    "measure",
    "mirror_order",
    "nested_ces",
    "partners",
    "pool_ces",
    "read",
    "ripley_k",
    "scan",
    "scan_register",
    "select",
    "simulate",
    "study",
    "template",
    "write",
    "write_report",
]

_HOME = {
    "Diagnosis": ("jiqun.diagnosis.diagnosis", "Diagnosis"),
    "Estimate": ("jiqun.measures.estimate", "Estimate"),
    "InputError": ("jiqun.record.problem", "InputError"),
    "Problem": ("jiqun.record.problem", "Problem"),
    "Record": ("jiqun.record.record", "Record"),
    "ces": ("jiqun.measures.data_substitution.arrays", "ces"),
    "clusters": ("jiqun.measures.clusters", "find_clusters"),
    "citation": ("jiqun.report.bibliography", "citation"),
    "compare": ("jiqun.experiments.compare", "compare_policies"),
    "check": ("jiqun.record.requirements", "check"),
    "diagnose": ("jiqun.diagnosis.diagnose", "diagnose"),
    "import_record": ("jiqun.importers.reading", "import_record"),
    "kd": ("jiqun.numerics.point_pattern", "kd"),
    "m_function": ("jiqun.numerics.point_pattern", "m_function"),
    "measure": ("jiqun.measures", "measure"),
    "mirror_order": ("jiqun.numerics.mirror", "mirror_order"),
    "nested_ces": ("jiqun.numerics.ces.nested", "nested"),
    "pool_ces": ("jiqun.measures.data_substitution.arrays", "pool_ces"),
    "partners": ("jiqun.measures.partners", "find_partners"),
    "read": ("jiqun.record.storage", "read"),
    "ripley_k": ("jiqun.numerics.point_pattern", "ripley_k"),
    "scan": ("jiqun.record.storage", "scan"),
    "scan_register": ("jiqun.numerics.point_pattern", "scan_register"),
    "select": ("jiqun.record.selection", "select"),
    "simulate": ("jiqun.model.simulate", "simulate"),
    "study": ("jiqun.report.study", "study"),
    "template": ("jiqun.record.exchange.template", "write_template"),
    "write": ("jiqun.record.storage", "write"),
    "write_report": ("jiqun.report.writing", "write_report"),
}


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for, so that start-up stays quick."""
    if name not in _HOME:
        msg = f"module 'jiqun' has no attribute {name!r}; it has {', '.join(__all__)}"
        raise AttributeError(msg)
    module, attribute = _HOME[name]
    value = getattr(import_module(module), attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
