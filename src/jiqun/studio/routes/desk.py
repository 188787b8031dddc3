"""The policy desk: which scenarios and levers there are, and a live simulation of one."""

import json
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response, StreamingResponse

from jiqun.model.scenario import BUNDLED, bundled
from jiqun.model.scenario_schema import Policy, Scenario
from jiqun.studio.desk import SERIES, sized, stream
from jiqun.studio.levers import LEVERS, python_for
from jiqun.studio.refusals import VALID, WITHIN_LIMITS, refused
from jiqun.studio.routes.answers import EVENTS, refusals
from jiqun.studio.studio import Here, Reader
from jiqun.studio.wire import Wire, Wording
from jiqun.vocabulary.text import Text

ROUTER = APIRouter(tags=["desk"])
TOO_BIG = Text(
    "{work:,} firm-periods were asked for; a live simulation takes {most:,}.",
    "所请求的企业·期数为 {work:,},实时模拟上限为 {most:,}。",
)
NO_SCENARIO = Text("There is no scenario {name}.", "没有情景 {name}。")


class ScenarioLine(Wire):
    """A scenario that can be run."""

    name: str
    title: Wording
    firms: int
    periods: int


class LeverLine(Wire):
    """A lever: what it does and how far its slider goes."""

    name: str
    title: Wording
    meaning: Wording
    most: float


class DeskView(Wire):
    """What the desk offers; ``ready`` where the model is compiled."""

    ready: bool
    scenarios: list[ScenarioLine]
    levers: list[LeverLine]
    series: dict[str, Wording]


class LeverSetting(Wire):
    """One lever with its budget per period."""

    lever: Annotated[str, Field(max_length=40)]
    budget: Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]


class DeskOrder(Wire):
    """A policy to be tried in a scenario."""

    scenario: Annotated[str, Field(max_length=60)]
    size: Annotated[float, Field(ge=0.1, le=100, allow_inf_nan=False)] = 1.0
    periods: Annotated[int, Field(ge=4, le=400)] = 40
    start: Annotated[int, Field(ge=0, le=399)] = 0
    runs: Annotated[int, Field(ge=1, le=64)] = 8
    seed: Annotated[int, Field(ge=0, le=2**31)] = 0
    policy: Annotated[tuple[LeverSetting, ...], Field(max_length=6)] = ()


class Snippet(Wire):
    """The same in Python."""

    python: str


@ROUTER.get("/api/desk", responses=refusals())
def desk(studio: Here, user: Reader) -> DeskView:
    """Say what the desk offers, and make ready what it needs."""
    _ = user
    if studio.runner.is_working:
        studio.desk.warm_up()
    return DeskView(
        ready=studio.desk.ready.is_set(),
        scenarios=[_scenario_line(bundled(name)) for name in BUNDLED],
        levers=[
            LeverLine(
                name=lever.name,
                title=Wording.of(lever.title),
                meaning=Wording.of(lever.meaning),
                most=lever.most,
            )
            for lever in LEVERS
        ],
        series={name: Wording.of(text) for name, text in SERIES.items()},
    )


def _scenario_line(scenario: Scenario) -> ScenarioLine:
    return ScenarioLine(
        name=scenario.name,
        title=Wording(en=scenario.title.en, zh=scenario.title.zh),
        firms=sum(group.firms for group in scenario.groups),
        periods=scenario.periods,
    )


def _worlds(order: DeskOrder) -> tuple[Scenario, Scenario]:
    """Return the scenario without and with the policy.

    Raises
    ------
    Refused
        For a scenario or a lever that there is not.
    """
    if order.scenario not in BUNDLED:
        raise refused(422, VALID, NO_SCENARIO.fill(name=order.scenario), value=order.scenario)
    chosen = bundled(order.scenario)
    known = {lever.name for lever in LEVERS}
    policy = tuple(
        Policy.model_validate(
            {
                "lever": setting.lever,
                "start": order.start,
                "stop": max(order.periods, order.start + 1),
                "budget": setting.budget,
            }
        )
        for setting in order.policy
        if setting.lever in known and setting.budget > 0
    )
    return (
        sized(chosen, order.size, order.periods, ()),
        sized(chosen, order.size, order.periods, policy),
    )


@ROUTER.post("/api/desk/run", responses={**refusals(), 200: EVENTS}, response_class=Response)
async def try_policy(order: DeskOrder, studio: Here, user: Reader) -> Response:
    """Run baseline and policy from the same seeds; each pair is sent as soon as it is done."""
    _ = user
    baseline, policy = _worlds(order)
    firms = sum(group.firms for group in baseline.groups)
    work = firms * order.periods * order.runs * 2
    if work > studio.settings.limits.live:
        most = studio.settings.limits.live
        raise refused(422, WITHIN_LIMITS, TOO_BIG.fill(work=work, most=most), value=work)

    async def events() -> AsyncIterator[str]:
        pairs = stream(baseline, policy, seed=order.seed, runs=order.runs)
        async for pair in pairs:
            yield f"data: {json.dumps(pair)}\n\n"

    return StreamingResponse(events(), media_type="text/event-stream")


@ROUTER.post("/api/desk/python", responses=refusals())
def in_python(order: DeskOrder, user: Reader) -> Snippet:
    """Return a script that gives the same numbers."""
    _ = user
    _worlds(order)
    return Snippet(python=python_for(order.model_dump()))
