"""Comparisons, forecasts and back-tests read back from the JSON that their commands write.

A document keeps its words in both languages, so that a report in either can be made of it later. What
is read is checked as strictly as any other file of a user's: it may have been edited.

Paper: E15 (what was done can be traced)
"""

import json
import math
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from jiqun.experiments.census import BY_NAME
from jiqun.experiments.comparison import Comparison
from jiqun.experiments.forecasting import LABELS, METHODS, Backtest, Forecast
from jiqun.experiments.problems import DOCUMENT
from jiqun.experiments.structures import STRUCTURES
from jiqun.record.problem import InputError
from jiqun.vocabulary.text import Text

LARGEST = 64 * 2**20
Document = dict[str, Any]
Found = TypeVar("Found", Comparison, Forecast, Backtest)
ABSENT = Text("There is no file {file}.", "没有文件 {file}。")
KINDS = {
    "standings": Text("a comparison of policies (jiqun compare)", "政策比较结果(jiqun compare)"),
    "forecast": Text("a forecast (jiqun forecast)", "预测(jiqun forecast)"),
    "scores": Text("a back-test (jiqun backtest)", "回测结果(jiqun backtest)"),
}
"""What a document is, by the field that only its kind has."""
OTHER_KIND = Text("“{file}” is {found}, not {wanted}.", "“{file}”是{found},而不是{wanted}。")
NO_KIND = Text("“{file}” is not {wanted}.", "“{file}”不是{wanted}。")
UNREADABLE = Text("“{file}” cannot be read as JSON.", "“{file}”不是可读取的 JSON 文件。")
WRONG = Text("“{file}”, {place}: {reason}", "“{file}”的 {place}:{reason}")
EMPTY = Text("“{file}” ranks no policy.", "“{file}”未对任何政策排序。")
UNKNOWN = Text("“{file}” names what there is not: {name}.", "“{file}”含有不存在的名称:{name}。")


def load_comparison(path: Path) -> Comparison:
    """Read what ``jiqun compare`` wrote (``--out`` or ``--json``).

    Raises
    ------
    InputError
        Where it is no such file, or does not fit together.
    """
    document = _document(path, "standings")
    words = _words(document)
    document |= {"titles": words.get("titles"), "warnings": words.get("warnings")}
    told = words.get("structures")
    titles: Mapping[str, Any] = told if isinstance(told, dict) else {}
    rows = document.get("structures")
    document["structures"] = [
        row | {"title": titles.get(str(row.get("structure")))} if isinstance(row, dict) else row
        for row in (rows if isinstance(rows, list) else [])
    ]
    found = _read(Comparison, document, path)
    _demand({found.criterion, *(e.outcome for e in found.effects)}, BY_NAME, path)
    named = {s.policy for s in found.standings} | {e.policy for e in found.effects}
    _demand(named | {found.baseline}, found.titles, path)
    told_of = {e.policy for e in found.of(found.criterion)} | {found.baseline}
    ranked = {s.policy for s in found.standings}
    _demand(ranked, told_of, path)
    _demand(found.regrets, {"", *(s.name for s in STRUCTURES)}, path)
    for told_for in found.regrets.values():
        _demand(ranked, told_for, path)
    if not found.standings:
        raise _refusal(EMPTY.fill(file=path.name), path)
    return found


def load_forecast(path: Path) -> Forecast:
    """Read what ``jiqun forecast --json`` wrote.

    Raises
    ------
    InputError
        Where it is no such file, or does not fit together.
    """
    document = _document(path, "forecast")
    document |= {"rows": document.get("forecast"), "warnings": _words(document).get("warnings")}
    found = _read(Forecast, document, path)
    named = {row.pattern for row in (*found.rows, *found.alone)}
    _demand({*found.history, *named}, LABELS, path)
    _demand(named, [n for n, h in found.history.items() if h], path)
    return found


def load_backtest(path: Path) -> Backtest:
    """Read what ``jiqun backtest --json`` wrote.

    Raises
    ------
    InputError
        Where it is no such file, or does not fit together.
    """
    found = _read(Backtest, _document(path, "scores"), path)
    _demand({*found.lost_to, *(row.pattern for row in found.scores)}, LABELS, path)
    methods = {*found.energy, *(row.method for row in found.scores)}
    _demand(methods.union(*found.lost_to.values()), METHODS, path)
    return found


def _document(path: Path, kind: str) -> Document:
    """Read a JSON object that has the field of its kind."""
    if not path.exists():
        raise _refusal(ABSENT.fill(file=path.name), path)
    try:
        small = path.stat().st_size <= LARGEST
        text = path.read_text(encoding="utf-8-sig") if small else ""
        found = json.loads(text, parse_constant=_finite, parse_float=_finite)
    except (OSError, ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise _refusal(UNREADABLE.fill(file=path.name), path)
    if kind not in found:
        other = next((words for field, words in KINDS.items() if field in found), None)
        told = NO_KIND if other is None else OTHER_KIND
        raise _refusal(told.fill(file=path.name, wanted=KINDS[kind], found=other), path)
    return found


def _finite(written: str) -> float:
    """Read a number; no result of ours is endless or none."""
    value = float(written)
    if not math.isfinite(value):
        raise ValueError(written)
    return value


def _words(document: Document) -> Document:
    """Return the words in both languages."""
    words = document.get("words")
    return words if isinstance(words, dict) else {}


def _read(kind: type[Found], document: Document, path: Path) -> Found:
    """Build what a document describes."""
    try:
        return TypeAdapter(kind).validate_python(document)
    except ValidationError as error:
        wrong = error.errors()[0]
        place = ".".join(map(str, wrong["loc"])) or "document"
        raise _refusal(
            WRONG.fill(file=path.name, place=place, reason=wrong["msg"]), path
        ) from error


def _demand(names: Collection[str], known: Collection[str], path: Path) -> None:
    """Refuse names that lead nowhere."""
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise _refusal(UNKNOWN.fill(file=path.name, name=", ".join(unknown)), path)


def _refusal(message: Text, path: Path) -> InputError:
    return InputError((DOCUMENT.problem(table=path.name, message=message),))
