"""Take in a file: a workbook, a CSV, a record. Its problems are the answer where it has any."""

import re
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path, PurePath
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from jiqun.studio import audit
from jiqun.studio.guarded import FORMATS, UploadAnswer, format_of, mark_upload, read_upload
from jiqun.studio.refusals import UPLOAD, VALID, refused
from jiqun.studio.routes.answers import BINARY, refusals
from jiqun.studio.studio import Editor, Here, Studio
from jiqun.vocabulary.text import Language, Text

ROUTER = APIRouter(tags=["records"])
TOO_LARGE = Text("The file has more than {most:.0f} MiB.", "文件超过 {most:.0f} MiB。")
EMPTY = Text("The file is empty.", "文件为空。")
FORMAT = Text("No format is called {name}.", "没有名为 {name} 的格式。")
NOT_MARKED = Text(
    "The problems of this file could not be marked in a copy.", "无法在副本中标注该文件的问题。"
)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNSAFE = re.compile(r"[^\w .()（）·-]+")


@ROUTER.post(
    "/api/records",
    responses=refusals(),
    openapi_extra={"requestBody": BINARY | {"required": True}},
)
async def upload(
    request: Request,
    studio: Here,
    user: Editor,
    name: Annotated[str, Query(min_length=1, max_length=200)],
    format: Annotated[str, Query(max_length=40)] = "",  # noqa: A002 - the word that users know
) -> UploadAnswer:
    """Read the file in the body, in a process with limits, and keep it as a record if it is sound."""
    chosen = format or format_of(name)
    if chosen not in FORMATS:
        raise refused(422, VALID, FORMAT.fill(name=chosen), value=chosen)
    async with _received(request, studio, name) as source:
        return await run_in_threadpool(_take_in, studio, source, chosen, user.name)


@ROUTER.post(
    "/api/marked",
    responses={**refusals(), 200: {"content": {WORKBOOK: {}}}},
    response_class=Response,
    openapi_extra={"requestBody": BINARY | {"required": True}},
)
async def marked(
    request: Request,
    studio: Here,
    user: Editor,
    name: Annotated[str, Query(min_length=1, max_length=200)],
    lang: Language = "zh",
) -> Response:
    """Return a copy of the table in the body with its problems marked; nothing of it is kept."""
    _ = user
    async with _received(request, studio, name) as source:
        out = source.parent / "out.xlsx" if source.name != "out.xlsx" else source.parent / "o.xlsx"
        limits = studio.settings.limits
        done = await run_in_threadpool(mark_upload, source, language=lang, out=out, limits=limits)
        if not done:
            raise refused(422, UPLOAD, NOT_MARKED)
        return Response(out.read_bytes(), media_type=WORKBOOK)


@asynccontextmanager
async def _received(request: Request, studio: Studio, name: str) -> AsyncIterator[Path]:
    """Write the body to a folder of its own for as long as it is needed."""
    folder = studio.settings.workspace / "incoming" / secrets.token_hex(8)
    folder.mkdir()
    source = folder / safe_name(name)
    try:
        await _receive(request, source, studio.settings.limits.upload)
        yield source
    finally:
        for left in folder.iterdir():
            left.unlink()
        folder.rmdir()


def safe_name(name: str) -> str:
    """Return the last part of a file's name, of letters and digits, its ending kept."""
    last = UNSAFE.sub("_", PurePath(name.replace("\\", "/")).name).strip(". ")
    return last[-120:] or "upload"


async def _receive(request: Request, source: Path, most: int) -> None:
    """Write the body to disk, and stop as soon as there is too much of it."""
    size = 0
    with source.open("wb") as file:
        async for piece in request.stream():
            size += len(piece)
            if size > most:
                raise refused(413, UPLOAD, TOO_LARGE.fill(most=most / 2**20))
            file.write(piece)
    if size == 0:
        raise refused(400, UPLOAD, EMPTY)


def _take_in(studio: Studio, source: Path, chosen: str, user: str) -> UploadAnswer:
    """Read, and make the record known where it was stored."""
    out = studio.library.folder / f"{secrets.token_hex(8)}.jiqun.zip"
    answer = read_upload(source, chosen=chosen, out=out, limits=studio.settings.limits)
    if answer.record is None or not out.exists():
        audit.note(studio.accounts.engine, user, "record.refused", answer.name)
        return answer.model_copy(update={"record": None})
    title = re.sub(
        r"\.(jiqun\.zip|jiqun|zip|xlsx|xls|csv|json)$", "", source.name, flags=re.IGNORECASE
    )
    record = studio.library.add(out, name=title, owner=user, uploaded=True)
    return answer.model_copy(update={"record": record})
