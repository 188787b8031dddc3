"""The model in one page: what happens in a period, in causal order.

Each stage is a process of :mod:`jiqun.model.processes`. In a stage that runs firm by firm, a firm
writes its own row and reads what the others had before the stage, so that blocks of firms can run in
any order and on any number of threads. The stages in ``ALONE`` run once for the whole cluster.
"""

from concurrent.futures import ThreadPoolExecutor

from jiqun.model.compiled import compiled
from jiqun.model.levers.core_cultivation import grant
from jiqun.model.processes.accumulate_data import accumulate_data, pool
from jiqun.model.processes.adopt import adopt
from jiqun.model.processes.ally import ally, cooperate
from jiqun.model.processes.enter_exit_relocate import enter, leave, relocate, settle
from jiqun.model.processes.govern import govern
from jiqun.model.processes.index import index
from jiqun.model.processes.innovate import innovate
from jiqun.model.processes.market import clear, market, pay_owners
from jiqun.model.processes.mirror import mirror, site
from jiqun.model.processes.perceive import perceive
from jiqun.model.processes.platform import join
from jiqun.model.processes.produce import produce
from jiqun.model.processes.tie import tie
from jiqun.model.state import BLOCK, LIVING
from jiqun.model.world import World

(
    INDEX,
    PERCEIVE,
    GRANT,
    ADOPT,
    ACCUMULATE,
    POOL,
    PRODUCE,
    CLEAR,
    MARKET,
    PAY,
    INNOVATE,
    ALLY,
    COOPERATE,
    TIE,
    MIRROR,
    SITE,
    JOIN,
    RELOCATE,
    LEAVE,
    GOVERN,
    SETTLE,
    ENTER,
) = range(22)
STAGES = 22
ALONE = frozenset({INDEX, GRANT, POOL, CLEAR, PAY, COOPERATE, GOVERN, ENTER})


@compiled
def together(w: World, period: int, stage: int) -> None:
    """Run one of the stages that concern the whole cluster."""
    if stage == INDEX:
        index(w)
    elif stage == GRANT:
        grant(w, period)
    elif stage == POOL:
        pool(w)
    elif stage == CLEAR:
        clear(w, period)
    elif stage == PAY:
        pay_owners(w)
    elif stage == COOPERATE:
        cooperate(w, period)
    elif stage == GOVERN:
        govern(w, period)
    elif stage == ENTER:
        enter(w, period)


@compiled
def decide(w: World, period: int, stage: int, first: int, last: int) -> None:
    """Run one of the first stages for a block of firms: what they know, make and sell."""
    if stage == PERCEIVE:
        perceive(w, period, first, last)
    elif stage == ADOPT:
        adopt(w, period, first, last)
    elif stage == ACCUMULATE:
        accumulate_data(w, period, first, last)
    elif stage == PRODUCE:
        produce(w, first, last)
    elif stage == MARKET:
        market(w, period, first, last)
    elif stage == INNOVATE:
        innovate(w, period, first, last)


@compiled
def relate(w: World, period: int, stage: int, first: int, last: int) -> None:
    """Run one of the later stages for a block of firms: with whom and where they go on."""
    if stage == ALLY:
        ally(w, period, first, last)
    elif stage == TIE:
        tie(w, period, first, last)
    elif stage == MIRROR:
        mirror(w, period, first, last)
    elif stage == SITE:
        site(w, period, first, last)
    elif stage == JOIN:
        join(w, period, first, last)
    elif stage == RELOCATE:
        relocate(w, period, first, last)
    elif stage == LEAVE:
        leave(w, period, first, last)
    elif stage == SETTLE:
        settle(w, period, first, last)


@compiled
def run_blocks(w: World, period: int, stage: int, start: int, stop: int) -> None:
    """Run a stage for some blocks of firms."""
    living = w.tally[LIVING]
    for block in range(start, stop):
        first, last = block * BLOCK, min((block + 1) * BLOCK, living)
        decide(w, period, stage, first, last)
        relate(w, period, stage, first, last)


@compiled
def advance(w: World, start: int, stop: int) -> None:
    """Run the periods from ``start`` up to ``stop`` on one thread."""
    for period in range(start, stop):
        for stage in range(STAGES):
            blocks = (w.tally[LIVING] + BLOCK - 1) // BLOCK
            together(w, period, stage)
            run_blocks(w, period, stage, 0, blocks)


def advance_on_threads(w: World, start: int, stop: int, *, threads: int) -> None:
    """Run the same periods, the blocks of each stage divided among threads; the same bits."""
    with ThreadPoolExecutor(threads) as pool_of_threads:
        for period in range(start, stop):
            for stage in range(STAGES):
                if stage in ALONE:
                    together(w, period, stage)
                    continue
                blocks = -(-int(w.tally[LIVING]) // BLOCK)
                cuts = [blocks * n // threads for n in range(threads + 1)]
                futures = [
                    pool_of_threads.submit(run_blocks, w, period, stage, cuts[n], cuts[n + 1])
                    for n in range(threads)
                ]
                for future in futures:
                    future.result()
