"""How refusals are declared, so that each one stands in the description of the interface."""

from typing import Any

from jiqun.studio.wire import Refusal

Answers = dict[int | str, dict[str, Any]]


def refusals(*statuses: int) -> Answers:
    """Declare that a question may be refused with these statuses, besides the usual ones."""
    return {status: {"model": Refusal} for status in (400, 401, 403, 413, 421, 422, *statuses)}


BINARY: dict[str, Any] = {
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
}
EVENTS: dict[str, Any] = {"content": {"text/event-stream": {"schema": {"type": "string"}}}}
