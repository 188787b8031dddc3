"""A diagnosis 诊断: type and stage of one cluster, with the evidence for both and what would change them.

Paper: T1 (the type rests on who innovates digitally and how), Q15 (a type is a probability over time)
"""

import json
from dataclasses import dataclass

from jiqun.diagnosis.document import Document, need_document, stage_document, type_document
from jiqun.diagnosis.findings import Need, StageDiagnosis, TypeDiagnosis
from jiqun.vocabulary.text import Language, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """Type and stage of one cluster.

    Attributes
    ----------
    record, cluster, at
        What was diagnosed: name of the record, name of the cluster (empty: all of it), last day known.
    firms
        Firms in it.
    type, stage
        The two answers.
    needs
        What would tell most, first.
    warnings
        What a reader must know before relying on it.
    seed
        Seed of the run.
    """

    record: str
    cluster: str
    at: str | None
    firms: int
    type: TypeDiagnosis
    stage: StageDiagnosis
    needs: tuple[Need, ...] = ()
    warnings: tuple[Text, ...] = ()
    seed: int = 0

    def to_dict(self, language: Language = "en") -> Document:
        """Return the diagnosis as it stands in ``jiqun diagnose --json``, words in one language."""
        return {
            "record": self.record,
            "cluster": self.cluster,
            "at": self.at,
            "firms": self.firms,
            "seed": self.seed,
            "type": type_document(self.type, language),
            "stage": stage_document(self.stage, language),
            "needs": [need_document(need, language) for need in self.needs],
            "warnings": [warning.to(language) for warning in self.warnings],
        }

    def to_json(self, language: Language = "en") -> str:
        """Return :meth:`to_dict` as text."""
        return json.dumps(self.to_dict(language), ensure_ascii=False, indent=2)
