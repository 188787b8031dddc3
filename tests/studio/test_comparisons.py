"""Comparisons in the background: what is asked, the first answer, all of it, and what is refused."""

import json
from pathlib import Path

import pytest

from jiqun.experiments.compare import compare_policies
from jiqun.experiments.ensemble import Progress
from jiqun.model.scenario import bundled
from jiqun.studio.comparison_order import (
    OWN,
    ComparisonOrder,
    policies_of,
    python_for,
    question_of,
    runs_of,
)
from jiqun.studio.comparison_view import ComparisonView
from jiqun.studio.jobs.compare import FIRST, Tally, run
from jiqun.studio.jobs.job import RESULT, Task
from jiqun.studio.settings import Limits
from jiqun.vocabulary.text import Text
from tests.studio.opened import entered

SMALL = ComparisonOrder(
    scenario="incumbent_core", draws=3, seeds=1, structures=False, mix={"templates": 2.0}
)


def task(folder: Path, said: list[float]) -> Task:
    """Return the task of a comparison."""
    return Task(
        record=Path(),
        name="",
        seed=0,
        parameters={"order": SMALL.model_dump()},
        folder=folder,
        say=lambda share, _: said.append(share),
    )


def test_a_comparison_says_what_the_command_says_and_keeps_its_runs(tmp_path: Path) -> None:
    """The same numbers as ``jq.compare``; a second attempt finds every run done."""
    said: list[float] = []
    run(task(tmp_path / "job", said))
    found = ComparisonView.model_validate_json((tmp_path / "job" / RESULT).read_bytes())
    first = ComparisonView.model_validate_json((tmp_path / "job" / FIRST).read_bytes())
    assert (first.draws, found.draws) == (2, 3)
    assert said == sorted(said), "progress never goes back"
    assert said[-1] > 0.9
    alone = compare_policies(
        bundled("incumbent_core"),
        policies_of(SMALL),
        store=tmp_path / "alone",
        draws=3,
        seeds=1,
        structures=False,
        workers=1,
    )
    assert [s.policy for s in alone.standings] == [s.policy for s in found.standings]
    assert {e.policy: e.mean for e in alone.of("sales")} == {
        e.policy: e.mean for e in found.effects if e.outcome == "sales"
    }
    assert OWN in found.titles
    assert found.runs == runs_of(question_of(SMALL)) == 6 * 3
    again: list[float] = []
    run(task(tmp_path / "job", again))
    assert len(again) == 1, "no run is done again"


def test_every_policy_has_one_budget_and_the_mix_is_shared_out() -> None:
    order = ComparisonOrder(budget=7.5, mix={"templates": 3.0, "infrastructure": 1.0})
    said = policies_of(order)
    own = next(each for each in said["policies"] if each["name"] == OWN)
    assert own["settings"] == {"templates.share": 0.75, "infrastructure.share": 0.25}
    assert "matched" not in {each["name"] for each in said["policies"]}
    costs = {plan.name: plan.cost(120)[1] for plan in question_of(order).policies}
    assert costs.pop("none") == 0
    assert list(costs.values()) == [pytest.approx(7.5 * (120 - 8))] * 5


def test_a_policy_by_diagnosis_brings_its_two_controls() -> None:
    few = {"draws": 2, "seeds": 1, "structures": False}
    without = runs_of(question_of(ComparisonOrder.model_validate(few)))
    with_it = runs_of(question_of(ComparisonOrder.model_validate({**few, "diagnosed": True})))
    assert with_it - without == 3 * 2


def test_the_script_asks_the_same() -> None:
    """What the page offers to copy is Python, and its policies are those of the order."""
    code = python_for(SMALL)
    compile(code, "snippet", "exec")
    named: dict[str, object] = {}
    start, stop = code.index("policies = "), code.index("found = ")
    exec(code[start:stop], named)  # noqa: S102 - our own text, which is what is tested
    assert named["policies"] == policies_of(SMALL)


def test_progress_adds_up_over_the_parts(tmp_path: Path) -> None:
    said: list[tuple[float, Text]] = []
    tally = Tally(
        Task(
            record=tmp_path,
            name="",
            seed=0,
            parameters={},
            folder=tmp_path,
            say=lambda share, words: said.append((share, words)),
        ),
        kept=10,
        whole=40,
    )
    for done, wanted in ((5, 10), (10, 10), (8, 20), (20, 20)):
        tally.tell(Progress(done, wanted, 1.0))
    assert [words.to("en").split(" of")[0] for _, words in said] == ["15", "20", "28", "40"]


def test_asked_for_twice_it_is_done_once_and_too_much_is_refused(tmp_path: Path) -> None:
    with entered(tmp_path, limits=Limits(experiment=1_000_000)) as client:
        ordered = client.post("/api/comparisons", json=SMALL.model_dump()).json()
        again = client.post("/api/comparisons", json=SMALL.model_dump()).json()
        assert ordered == again
        job = ordered["job"]["id"]
        (line,) = client.get("/api/comparisons").json()
        assert (line["job"]["id"], line["runs"]) == (job, 18)
        told = client.get(f"/api/comparisons/{job}").json()
        assert (told["found"], told["is_first"]) == (None, True)
        assert "jq.compare" in told["python"]
        for wrong in ({"draws": 500}, {"scenario": "utopia"}, {"mix": {"magic": 1.0}}):
            answer = client.post("/api/comparisons", json={**SMALL.model_dump(), **wrong})
            assert answer.status_code == 422, wrong
            assert answer.json()["problems"][0]["remedy"]["zh"]
        assert client.get(f"/api/comparisons/{'0' * 16}").status_code == 404


def test_the_first_answer_is_shown_while_the_rest_is_run(tmp_path: Path) -> None:
    view = ComparisonView(
        scenario={"en": "s", "zh": "s"},  # type: ignore[arg-type]
        criterion="sales",
        criterion_unit={"en": "u", "zh": "u"},  # type: ignore[arg-type]
        baseline="none",
        robust="none",
        titles={},
        outcomes={},
        effects=[],
        standings=[],
        duels=[],
        structures=[],
        series={},
        draws=2,
        seeds=1,
        runs=12,
        warnings=[],
    )
    with entered(tmp_path) as client:
        job = client.post("/api/comparisons", json=SMALL.model_dump()).json()["job"]["id"]
        home = tmp_path / "jobs" / job
        home.mkdir()
        (home / FIRST).write_text(json.dumps(view.model_dump()), encoding="utf-8")
        told = client.get(f"/api/comparisons/{job}").json()
        assert (told["is_first"], told["found"]["draws"]) == (True, 2)
