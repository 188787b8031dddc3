"""Estimates on disk, so that a job that was cut off goes on where it was."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jiqun.measures.curve_points import CurvePoints
from jiqun.measures.estimate import Estimate
from jiqun.record.exchange.whole_files import write_whole
from jiqun.vocabulary.text import Text


def save(path: Path, estimates: tuple[Estimate, ...]) -> None:
    """Write estimates whole; an infinite end of an interval is kept as such."""
    text = json.dumps([asdict(estimate) for estimate in estimates], ensure_ascii=False)
    write_whole({path: text.encode()})


def load(path: Path) -> tuple[Estimate, ...]:
    """Read what :func:`save` wrote."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    return tuple(Estimate(**{key: _restored(key, value) for key, value in r.items()}) for r in rows)


def _restored(key: str, value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Give a field back its own type."""
    if key == "curve" and value is not None:
        return CurvePoints(**{k: _restored(k, v) for k, v in value.items()})
    if isinstance(value, Mapping) and set(value) == {"en", "zh", "typeset"}:
        return Text(value["en"], value["zh"], typeset=value["typeset"])
    return tuple(_restored("", item) for item in value) if isinstance(value, list) else value
