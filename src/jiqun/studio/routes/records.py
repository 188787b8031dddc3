"""The records and what is in each."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from sqlalchemy import Row

from jiqun.record.schema import TABLES
from jiqun.report.synthetic import SIMULATING_COMMANDS, SYNTHETIC_SOURCE
from jiqun.studio.library import OpenRecord, record_name
from jiqun.studio.refusals import KNOWN, NO_RECORD, NO_TABLE, refused
from jiqun.studio.routes.answers import refusals
from jiqun.studio.studio import Editor, Here, Reader
from jiqun.studio.views.rows import COLUMNS_OF, page_of
from jiqun.studio.views.span import span_of
from jiqun.studio.wire import Wire, Wording

ROUTER = APIRouter(tags=["records"])
RecordId = Annotated[str, Path(pattern="^[0-9a-f]{16}$")]


class RecordLine(Wire):
    """One record in the list."""

    id: str
    name: str
    owner: str
    uploaded: bool
    added: str


class SampleLine(Wire):
    """A record that is offered for a first look."""

    name: str


class TableView(Wire):
    """One table: what it is and how many rows it has; None where it was not observed."""

    name: str
    label: Wording
    meaning: Wording
    rows: int | None


class RecordView(Wire):
    """What is in a record."""

    id: str
    name: str
    synthetic: bool
    first: date | None
    last: date | None
    tables: list[TableView]


class ColumnView(Wire):
    """One column."""

    name: str
    label: Wording
    meaning: Wording


class RowsPage(Wire):
    """Some rows of a table."""

    table: str
    label: Wording
    columns: list[ColumnView]
    rows: list[list[str | None]]
    matching: int
    filtered: bool


@ROUTER.get("/api/records", responses=refusals())
def records(studio: Here, user: Reader) -> list[RecordLine]:
    """List the records."""
    _ = user
    return [_record_line(row) for row in studio.library.all()]


def _record_line(row: Row[tuple[object, ...]]) -> RecordLine:
    return RecordLine(
        id=str(row.id),
        name=str(row.name),
        owner=str(row.owner),
        uploaded=bool(row.uploaded),
        added=str(row.added),
    )


@ROUTER.get("/api/samples", responses=refusals())
def samples(studio: Here, user: Reader) -> list[SampleLine]:
    """List the records that are offered for a first look."""
    _ = user
    return [SampleLine(name=record_name(path)) for path in studio.settings.samples]


@ROUTER.post("/api/samples/{name}", responses=refusals(404))
def open_sample(
    name: Annotated[str, Path(max_length=200)], studio: Here, user: Editor
) -> RecordLine:
    """Open one of them."""
    for path in studio.settings.samples:
        if record_name(path) == name:
            record = studio.library.add(path, name=name, owner=user.name, uploaded=False)
            return _record_line(studio.library.row(record))
    raise refused(404, KNOWN, NO_RECORD, value=name)


@ROUTER.get("/api/records/{record}", responses=refusals(404))
def record(record: RecordId, studio: Here, user: Reader) -> RecordView:
    """Say what is in a record."""
    _ = user
    opened = studio.library.open(record)
    first, last = opened.once("span", lambda: span_of(opened))
    return RecordView(
        id=record,
        name=opened.name,
        synthetic=_synthetic(opened),
        first=first,
        last=last,
        tables=[
            TableView(
                name=name,
                label=Wording.of(table.label),
                meaning=Wording.of(table.meaning),
                rows=opened.rows(name) if name in opened.tables else None,
            )
            for name, table in TABLES.items()
        ],
    )


def _synthetic(record: OpenRecord) -> bool:
    """Say whether the record tells that it was generated."""
    sources = record.columns("sources", "source_id") if "sources" in record.tables else None
    steps = record.columns("provenance", "command") if "provenance" in record.tables else None
    named = sources is not None and sources["source_id"].str.starts_with(SYNTHETIC_SOURCE).any()
    return bool(named) or (
        steps is not None
        and any(str(c).startswith(SIMULATING_COMMANDS) for c in steps["command"].to_list())
    )


@ROUTER.delete("/api/records/{record}", status_code=204, responses=refusals(404))
def forget(record: RecordId, studio: Here, user: Editor) -> Response:
    """Take a record off the list with what was found in it; an uploaded one is deleted."""
    studio.library.row(record)
    studio.runner.forget(record, by=user.name)
    studio.library.remove(record, by=user.name)
    return Response(status_code=204)


@ROUTER.get("/api/records/{record}/rows/{table}", responses=refusals(404))
def rows(
    record: RecordId,
    table: Annotated[str, Path(max_length=60)],
    studio: Here,
    user: Reader,
    *,
    offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
    count: Annotated[int, Query(ge=1, le=200)] = 50,
    of: Annotated[list[str] | None, Query(max_length=10)] = None,
) -> RowsPage:
    """Return rows of a table; ``of`` holds pairs such as ``industry=26``."""
    _ = user
    opened = studio.library.open(record)
    if table not in opened.tables or table not in TABLES:
        raise refused(404, KNOWN, NO_TABLE, value=table)
    pairs = dict(pair.split("=", 1) for pair in of or () if "=" in pair)
    chosen = {key: value for key, value in pairs.items() if key in COLUMNS_OF}
    page = page_of(opened, table, of=chosen, offset=offset, count=count)
    declared = TABLES[table]
    return RowsPage(
        table=table,
        label=Wording.of(declared.label),
        columns=[
            ColumnView(
                name=name,
                label=Wording.of(declared.column(name).label),
                meaning=Wording.of(declared.column(name).meaning),
            )
            for name in page.columns
        ],
        rows=page.rows,
        matching=page.matching,
        filtered=page.filtered,
    )
