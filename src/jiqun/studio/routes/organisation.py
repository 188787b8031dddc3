"""The way through the sign-in of one's organisation and back."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from starlette.responses import RedirectResponse

from jiqun.studio.oidc import PATIENCE, Provider
from jiqun.studio.refusals import KNOWN, NO_PAGE, refused
from jiqun.studio.routes.session import let_in
from jiqun.studio.studio import Here, Studio

ROUTER = APIRouter(include_in_schema=False)
KEPT = "jiqun_oidc"


def provider_of(studio: Studio) -> Provider:
    """Return the provider, where there is one."""
    if studio.settings.mode != "oidc" or studio.provider is None:
        raise refused(404, KNOWN, NO_PAGE)
    return studio.provider


@ROUTER.get("/oidc/begin")
def begin(request: Request, studio: Here) -> Response:
    """Go to the provider."""
    scheme = "https" if studio.settings.secure else "http"
    back = f"{scheme}://{request.headers['host']}/oidc/back"
    state, address = provider_of(studio).begin(back)
    response = RedirectResponse(address, status_code=303)
    response.set_cookie(
        KEPT,
        state,
        max_age=int(PATIENCE),
        path="/oidc",
        httponly=True,
        samesite="lax",  # it has to come along when the provider sends the browser back
        secure=studio.settings.secure,
    )
    return response


@ROUTER.get("/oidc/back")
def back(
    request: Request,
    studio: Here,
    state: Annotated[str, Query(max_length=200)] = "",
    code: Annotated[str, Query(max_length=4000)] = "",
) -> Response:
    """Come back from the provider."""
    kept = request.cookies.get(KEPT, "")
    user = provider_of(studio).finish(state=state, kept=kept, code=code)
    response = RedirectResponse("/", status_code=303)
    response.delete_cookie(KEPT, path="/oidc")
    let_in(studio, user, response)
    return response
