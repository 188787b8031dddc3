"""The words of the page, in both languages."""

from fastapi import APIRouter

from jiqun.studio.routes.answers import refusals
from jiqun.studio.wire import Wording, worded
from jiqun.studio.wording import WORDS

ROUTER = APIRouter(tags=["texts"])
PRINTED = worded(WORDS)


@ROUTER.get("/api/texts", responses=refusals())
def texts() -> dict[str, Wording]:
    """Return every text of the page; it needs no signing in, since that page has texts too."""
    return PRINTED
