"""Whole registers: every cluster of a record, one after the other, to be stopped and gone on with.

Paper: E1 (membership is an estimate), T1
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

from jiqun.diagnosis.diagnose import diagnose
from jiqun.diagnosis.document import Document
from jiqun.diagnosis.lines_file import append_line, read_lines
from jiqun.measures.clusters import find_clusters
from jiqun.record.cluster import Cluster
from jiqun.record.record import Record
from jiqun.vocabulary.text import Language


def diagnose_all(
    record: Record,
    path: Path,
    *,
    seed: int = 0,
    name: str = "",
    language: Language = "en",
    progress: Callable[[int, int], None] | None = None,
) -> list[Document]:
    """Diagnose every cluster of a record.

    Parameters
    ----------
    record
        A register.
    path
        File with a line of JSON a cluster. A run that was stopped goes on from it: clusters with the
        same members and seed are not diagnosed again.
    seed
        Of the clusters found and of their diagnoses.
    name
        What the record is called.
    language
        Of the words.
    progress
        Called with the number of clusters done and of all.

    Returns
    -------
    list
        A document a cluster, largest cluster first.
    """
    clusters = find_clusters(record, seed=seed).clusters
    done = {str(line["key"]): line for line in read_lines(path)}
    found = []
    for at, cluster in enumerate(clusters, 1):
        key = _key(cluster, seed, language)
        if key not in done:
            diagnosis = diagnose(record, cluster=cluster, seed=seed, name=name)
            done[key] = {"key": key, **diagnosis.to_dict(language)}
            append_line(path, done[key])
        found.append({k: v for k, v in done[key].items() if k != "key"})
        if progress is not None:
            progress(at, len(clusters))
    return found


def _key(cluster: Cluster, seed: int, language: Language) -> str:
    """Name a diagnosis by what it depends on."""
    text = "\x1f".join((cluster.name, str(seed), language, *sorted(cluster.members)))
    return hashlib.sha256(text.encode()).hexdigest()
