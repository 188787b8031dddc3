"""The policy desk: no policy changes nothing, a policy something, and both worlds share their luck."""

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.studio.opened import entered

SMALL = {"scenario": "traditional", "size": 0.2, "periods": 6, "runs": 2}


def pairs(client: TestClient, **order: object) -> list[dict[str, object]]:
    """Run an order and return what was streamed."""
    answer = client.post("/api/desk/run", json={**SMALL, **order})
    assert answer.status_code == 200, answer.text
    return [json.loads(line[6:]) for line in answer.text.splitlines() if line.startswith("data: ")]


def test_worlds_differ_by_the_policy_only(tmp_path: Path) -> None:
    with entered(tmp_path) as client:
        same = pairs(client)
        assert [pair["run"] for pair in same] == [0, 1]
        assert all(pair["policy"] == pair["baseline"] for pair in same)
        assert same[0]["baseline"] != same[1]["baseline"], "each run has luck of its own"
        budget = [{"lever": "templates", "budget": 8.0}]
        changed = pairs(client, policy=budget)
        assert [pair["baseline"] for pair in changed] == [pair["baseline"] for pair in same]
        assert all(pair["policy"] != pair["baseline"] for pair in changed)
        assert pairs(client, policy=budget) == changed


def test_the_python_for_the_view_gives_the_same_numbers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = [{"lever": "templates", "budget": 8.0}, {"lever": "infrastructure", "budget": 0.5}]
    with entered(tmp_path) as client:
        streamed = pairs(client, policy=policy)
        snippet = client.post("/api/desk/python", json={**SMALL, "policy": policy}).json()["python"]
    exec(snippet, {})  # noqa: S102 - the snippet is what is tested
    printed = [line.split() for line in capsys.readouterr().out.splitlines()]
    for line, pair in zip(printed, streamed, strict=True):
        baseline, changed = pair["baseline"], pair["policy"]
        assert isinstance(baseline, dict)
        assert isinstance(changed, dict)
        assert line == [str(pair["run"]), str(baseline["sales"][-1]), str(changed["sales"][-1])]


def test_more_than_the_limit_is_refused_with_both_numbers(tmp_path: Path) -> None:
    with entered(tmp_path) as client:
        answer = client.post(
            "/api/desk/run", json={**SMALL, "size": 100, "periods": 400, "runs": 64}
        )
        assert answer.status_code == 422
        (problem,) = answer.json()["problems"]
        assert "4,000,000" in problem["message"]["en"]
        assert "减少" in problem["remedy"]["zh"]
        unknown = client.post("/api/desk/run", json={**SMALL, "scenario": "../secret"})
        assert unknown.status_code == 422
