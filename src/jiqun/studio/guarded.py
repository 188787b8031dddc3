"""Reading what a stranger may have made 隔离读取: in a process of its own, with little to spend.

``python -m jiqun.studio.guarded`` is started by :func:`read_upload` with limits on memory and time; it
reads one upload, checks it, and stores the record where there is no error. A file that would fill the
memory or never end takes down this process and nothing else.
"""

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

from jiqun.importers import IMPORTERS
from jiqun.importers.reading import import_record
from jiqun.importers.table.annotate import annotate
from jiqun.importers.table.excerpt import Excerpt, excerpts
from jiqun.record.problem import InputError, Problem
from jiqun.record.record import Record
from jiqun.record.requirements import check
from jiqun.record.storage import read, write
from jiqun.studio.refusals import UPLOAD, as_refusal
from jiqun.studio.settings import Limits
from jiqun.studio.wire import ProblemView, Wire, Wording, shortened
from jiqun.vocabulary.text import Language, Text

RECORD = "record"
FORMATS = (RECORD, *IMPORTERS)
MOST_PROBLEMS = 2000
TOO_LONG = Text(
    "Reading the file took longer than {seconds:.0f} s.", "读取文件超过 {seconds:.0f} 秒。"
)
TOO_MUCH = Text(
    "Reading the file needed more memory than allowed, or broke the reader.",
    "读取文件所需内存超出限额,或导致读取程序中断。",
)


class MergeView(Wire):
    """Two firms that may be one; never merged unasked."""

    keep: str
    drop: str
    score: float
    reason: Wording


class RowsView(Wire):
    """Where the rows of one sheet went."""

    source: str
    read: int
    kept: int
    reported: int


class ExcerptRowView(Wire):
    """A row of a sheet that has problems; ``marks`` are pairs of column and place of the problem."""

    number: int
    cells: list[str]
    marks: list[tuple[int, int]]


class ExcerptView(Wire):
    """The rows of one sheet that have problems, as they stand there."""

    source: str
    letters: list[str]
    headings: list[str]
    rows: list[ExcerptRowView]


class UploadAnswer(Wire):
    """What became of an upload: a record where there is no error, and everything found."""

    record: str | None
    name: str
    firms: int
    problems: list[ProblemView]
    problems_in_all: int
    rows: list[RowsView]
    merges: list[MergeView]
    excerpts: list[ExcerptView]


def format_of(name: str) -> str:
    """Say from the name of a file what it holds."""
    lower = name.lower()
    if lower.endswith(".zip"):
        return RECORD
    return "hif" if lower.endswith(".json") else "table"


def read_upload(source: Path, *, chosen: str, out: Path, limits: Limits) -> UploadAnswer:
    """Read an upload in a process of its own.

    Returns
    -------
    UploadAnswer
        Its ``record`` is ``"stored"`` where ``out`` was written.
    """
    printed = _aside(limits, "take_in", str(source), chosen, str(out))
    if printed is None:
        return nothing(source.name, TOO_LONG.fill(seconds=limits.seconds))
    with contextlib.suppress(ValueError):
        return UploadAnswer.model_validate_json(printed)
    return nothing(source.name, TOO_MUCH)


def mark_upload(source: Path, *, language: Language, out: Path, limits: Limits) -> bool:
    """Write a copy of a person's table with its problems marked, in a process; say whether it could."""
    _aside(limits, "mark", str(source), language, str(out))
    return out.exists()


def _aside(limits: Limits, *arguments: str) -> bytes | None:
    """Run this module in a process with limits; return what it printed, None where it took too long."""
    command = [sys.executable, "-m", "jiqun.studio.guarded", *arguments]
    allowance = {"JIQUN_GUARD_MEMORY": str(limits.memory), "POLARS_MAX_THREADS": "2"}
    allowance |= {"OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - our own module, arguments as a list
            command,
            capture_output=True,
            timeout=limits.seconds,
            env={**os.environ, **allowance},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout


def nothing(name: str, why: Text) -> UploadAnswer:
    """Answer for an upload of which nothing could be read."""
    refusal = as_refusal((UPLOAD.problem(table=name, message=why),))
    return _answer(name, refusal.problems, 1)


def _answer(name: str, problems: list[ProblemView], in_all: int) -> UploadAnswer:
    return UploadAnswer(
        record=None,
        name=name,
        firms=0,
        problems=problems,
        problems_in_all=in_all,
        rows=[],
        merges=[],
        excerpts=[],
    )


def _limit_memory() -> None:
    """Take the allowance, where the system has one; elsewhere the limit in time is left."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not there on Windows

        most = int(os.environ["JIQUN_GUARD_MEMORY"])
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def take_in(source: Path, chosen: str, out: Path) -> UploadAnswer:
    """Read an upload here and now, check it, and store it as a record where nothing is wrong."""
    rows, merges = [], []
    try:
        if chosen == RECORD:
            record = read(source)
            problems = check(record)
        else:
            imported = import_record(chosen, source)
            record, problems = imported.record, imported.problems
            rows = [
                RowsView(source=r.source, read=r.read, kept=r.kept, reported=r.reported)
                for r in imported.rows
            ]
            merges = [
                MergeView(keep=m.keep, drop=m.drop, score=m.score, reason=Wording.of(m.reason))
                for m in imported.merges[:200]
            ]
    except InputError as error:
        record, problems = Record(), error.problems
    stored = _store(record, problems, out)
    ordered = sorted(problems, key=lambda p: p.severity != "error")[:MOST_PROBLEMS]
    views = [ProblemView.of(problem) for problem in ordered]
    shown = excerpts(source, ordered) if chosen == "table" and ordered else ()
    answer = _answer(source.name, views, len(problems))
    return answer.model_copy(
        update={
            "record": "stored" if stored else None,
            "firms": record["firms"].height,
            "rows": rows,
            "merges": merges,
            "excerpts": [_excerpt(each) for each in shown],
        }
    )


def _excerpt(found: Excerpt) -> ExcerptView:
    """Write an excerpt; of an endless cell only the beginning."""
    return ExcerptView(
        source=shortened(found.source),
        letters=list(found.letters),
        headings=[shortened(heading) for heading in found.headings],
        rows=[
            ExcerptRowView(
                number=row.number,
                cells=[shortened(cell) for cell in row.cells],
                marks=list(row.marks),
            )
            for row in found.rows
        ],
    )


def mark(source: Path, language: Language, out: Path) -> None:
    """Import a table here and now, and write the copy with what was found."""
    try:
        problems = import_record("table", source).problems
    except InputError as error:
        problems = error.problems
    annotate(source, problems[:MOST_PROBLEMS], out, language=language)


def _store(record: Record, problems: tuple[Problem, ...], out: Path) -> bool:
    """Write the record unless something is wrong with it."""
    sound = record["firms"].height > 0 and all(p.severity != "error" for p in problems)
    if sound:
        write(record, out)
    return sound


def main(arguments: list[str]) -> None:
    """Read one upload and print what became of it, or mark its problems in a copy."""
    _limit_memory()
    task, source, chosen, out = arguments
    if task == "mark":
        mark(Path(source), "zh" if chosen == "zh" else "en", Path(out))
        return
    answer = take_in(Path(source), chosen, Path(out))
    sys.stdout.write(json.dumps(answer.model_dump(), ensure_ascii=True))


if __name__ == "__main__":
    main(sys.argv[1:])
