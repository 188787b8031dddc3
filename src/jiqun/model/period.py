"""The model in one page: what happens in a period, in causal order.

Each stage is a process of :mod:`jiqun.model.processes`. In a stage that runs firm by firm, a firm
writes its own row and reads what the others had before the stage, so that blocks of firms can run in
any order and on any number of threads. The stages in ``ALONE`` run once for the whole cluster.
"""

from concurrent.futures import ThreadPoolExecutor

from jiqun.model.compiled import compiled, inside
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
    ADOPT,
    GRANT,
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
PART = 256
"""Firms that go through several stages together, so few that what they looked up stays at hand."""
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


@inside
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


@inside
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
def last_with(stage: int) -> int:
    """Return the last of the stages through which a firm goes at once, beginning with this one.

    None of them writes what another reads of other firms, so that it does not matter who is first.
    """
    if stage == PERCEIVE:
        return ADOPT
    return LEAVE if stage == TIE else stage


@compiled
def run_blocks(w: World, period: int, stage: int, last: int, start: int, stop: int) -> None:
    """Run a stage, or those up to the last that go with it, for some blocks of firms."""
    living = w.tally[LIVING]
    stop = min(stop * BLOCK, living)
    size = BLOCK if stage == last else PART
    for first in range(start * BLOCK, stop, size):
        until = min(first + size, stop)
        for part in range(stage, last + 1):
            decide(w, period, part, first, until)
            relate(w, period, part, first, until)


@compiled
def advance(w: World, start: int, stop: int) -> None:
    """Run the periods from ``start`` up to ``stop`` on one thread."""
    for period in range(start, stop):
        stage = INDEX
        while stage < STAGES:
            blocks = (w.tally[LIVING] + BLOCK - 1) // BLOCK
            last = last_with(stage)
            together(w, period, stage)
            run_blocks(w, period, stage, last, 0, blocks)
            stage = last + 1


def advance_on_threads(w: World, start: int, stop: int, *, threads: int) -> None:
    """Run the same periods, the blocks of each stage divided among threads; the same bits."""
    with ThreadPoolExecutor(threads) as pool_of_threads:
        for period in range(start, stop):
            stage = INDEX
            while stage < STAGES:
                last = last_with(stage)
                if stage in ALONE:
                    together(w, period, stage)
                else:
                    _divide(pool_of_threads, w, period, stage, last, threads=threads)
                stage = last + 1


def _divide(
    pool_of_threads: ThreadPoolExecutor,
    w: World,
    period: int,
    stage: int,
    last: int,
    *,
    threads: int,
) -> None:
    """Run a stage, or those that go with it, an equal number of blocks on each thread."""
    blocks = -(-int(w.tally[LIVING]) // BLOCK)
    cuts = [blocks * n // threads for n in range(threads + 1)]
    futures = [
        pool_of_threads.submit(run_blocks, w, period, stage, last, cuts[n], cuts[n + 1])
        for n in range(threads)
    ]
    for future in futures:
        future.result()
