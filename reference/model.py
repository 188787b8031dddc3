"""A period of the model: the stages in causal order."""

from jiqun.model.scenario_schema import Scenario
from jiqun.model.world import World
from reference.entities import State
from reference.knowing import accumulate_data, adopt, grant, index, perceive
from reference.novelty import ally, cooperate, innovate
from reference.relating import join, mirror, relocate, site, tie
from reference.trade import clear, market, produce
from reference.turnover import enter, govern, leave, settle


def advance(s: State, period: int) -> None:
    """Run one period."""
    index(s)
    perceive(s, period)
    adopt(s, period)
    grant(s, period)
    accumulate_data(s, period)
    produce(s)
    clear(s, period)
    market(s, period)
    innovate(s, period)
    ally(s, period)
    cooperate(s, period)
    tie(s, period)
    mirror(s, period)
    site(s, period)
    join(s, period)
    relocate(s, period)
    leave(s, period)
    govern(s, period)
    settle(s)
    enter(s, period)


def run(w: World, scenario: Scenario, periods: int) -> State:
    """Run a world that was just founded, which is left as it is."""
    state = State.of(w, scenario)
    for period in range(periods):
        advance(state, period)
    return state
