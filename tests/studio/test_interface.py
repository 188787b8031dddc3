"""The interface keeps to its own description, whatever it is asked (Schemathesis)."""

from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance

from jiqun.studio.settings import Limits
from tests.studio.opened import BASE, OWN, demo_record, entered, with_record

HOST = {"Host": BASE.removeprefix("http://"), **OWN}
FEW = Limits(live=4_000, upload=100_000)
"""A simulation that is asked for at random is refused for its size, or quick."""
# A well-formed question may still name a scenario that there is not, or ask for too much: such refusals
# are part of the description, and not held against it.
BRIEF = settings(
    max_examples=8,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_every_question_is_answered_as_described(tmp_path: Path) -> None:
    """No server error, no status, type or form of answer that is not in the description."""
    with entered(tmp_path, limits=FEW) as client, demo_record("textile") as path:
        record, cookies = with_record(client, path), dict(client.cookies)
        schema = schemathesis.openapi.from_asgi("/api/openapi.json", client.app, headers=HOST)
        operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
        asked = set()
        # Signing out comes last: after it, everything is refused.
        for operation in sorted(operations, key=lambda o: o.label == "DELETE /api/session"):

            @BRIEF
            @given(case=operation.as_strategy())
            def ask(case: Case[Any]) -> None:
                if case.method != "DELETE" and "record" in (case.path_parameters or {}):
                    case.path_parameters["record"] = record
                answer = case.call(base_url=BASE, headers=HOST, cookies=cookies)
                case.validate_response(answer, excluded_checks=[positive_data_acceptance])
                asked.add((operation.label, answer.status_code))  # noqa: B023 - used at once

            ask()
    assert {label for label, _ in asked} == {operation.label for operation in operations}
    assert {status for _, status in asked} >= {200, 404, 422}
