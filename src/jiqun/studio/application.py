"""The application: every question with its guard, and the page."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.metadata import version
from importlib.resources import as_file, files

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.staticfiles import StaticFiles

from jiqun.record.problem import InputError
from jiqun.studio.refusals import KNOWN, NO_PAGE, VALID, Refused, as_refusal
from jiqun.studio.routes import ROUTERS
from jiqun.studio.security import Guard
from jiqun.studio.settings import Settings
from jiqun.studio.studio import Studio
from jiqun.vocabulary.text import Text

PAGE = files("jiqun.studio") / "page"
WRONG = Text("{place}: {reason}.", "{place}:{reason}。")


def create_application(
    settings: Settings,
    *,
    background: bool = True,
    announce: Callable[[Studio], None] = lambda _: None,
) -> FastAPI:
    """Return the application of a studio; without ``background`` no job is run."""
    studio = Studio.open(settings, announce)

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        if background:
            studio.runner.start()
        yield
        if background:
            studio.runner.close()

    app = FastAPI(
        title="jiqun studio",
        version=version("jiqun"),
        lifespan=life,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        separate_input_output_schemas=False,
    )
    app.state.studio = studio
    for router in ROUTERS:
        app.include_router(router)
    _refuse_in_words(app)
    _serve_page(app)
    app.add_middleware(GZipMiddleware, minimum_size=2000, compresslevel=4)
    app.add_middleware(Guard, hosts=settings.hosts, largest=settings.limits.upload)
    return app


def _refuse_in_words(app: FastAPI) -> None:
    """Answer whatever is refused with problems, each with its remedy."""

    @app.exception_handler(Refused)
    async def refused(_: Request, error: Refused) -> Response:
        answer = as_refusal(error.problems)
        return JSONResponse(answer.model_dump(), status_code=error.status_code)

    @app.exception_handler(InputError)
    async def wrong_input(_: Request, error: InputError) -> Response:
        return JSONResponse(as_refusal(error.problems).model_dump(), status_code=422)

    @app.exception_handler(RequestValidationError)
    async def wrong_question(_: Request, error: RequestValidationError) -> Response:
        problems = tuple(
            VALID.problem(
                table="studio",
                column=".".join(str(part) for part in found["loc"]),
                message=WRONG.fill(
                    place=".".join(str(part) for part in found["loc"]), reason=found["msg"]
                ),
            )
            for found in error.errors()
        )
        return JSONResponse(as_refusal(problems).model_dump(), status_code=422)


def _serve_page(app: FastAPI) -> None:
    """Serve the page at every address of a view, and its parts."""
    with as_file(PAGE) as folder:
        app.mount("/assets", StaticFiles(directory=folder / "assets"), name="assets")

        @app.get("/api/{rest:path}", include_in_schema=False)
        async def nothing(rest: str) -> Response:
            problem = KNOWN.problem(table="studio", value=rest, message=NO_PAGE)
            return JSONResponse(as_refusal((problem,)).model_dump(), status_code=404)

        @app.get("/{rest:path}", include_in_schema=False)
        async def page(rest: str) -> Response:
            name = "icon.svg" if rest == "icon.svg" else "index.html"
            return FileResponse(folder / name)
