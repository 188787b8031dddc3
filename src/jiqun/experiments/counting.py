"""Counting 计数: the census of each year, taken inside the compiled loop as its last period passes.

Sums are taken pairwise, in the order of NumPy's, so that they keep its precision for any number of
firms. A census reads the state and changes nothing.
"""

import math
from typing import NamedTuple

import numpy as np

from jiqun.experiments.census import LEADING, NAMES, YEAR, Floats, Groups
from jiqun.model.compiled import compiled
from jiqun.model.period import advance
from jiqun.model.state import (
    ENTERED,
    LEFT,
    LIVING,
    NOBODY,
    PLATFORMS,
    SUPPLIERS,
    Bytes,
    Longs,
)
from jiqun.model.world import World

FEW, BLOCK, LANES = 8, 128, 8
"""Numbers that are added one by one, those that are added in so many lanes; more are halved first."""
MOST_HALVED = 64
LARGEST = 4
"""Firms whose share in sales is told."""
AT_ONCE = 1 << 16
"""Numbers of sold goods that are kept until their logarithms are taken, at least those of one year."""
NAMED = {name: place for place, name in enumerate(NAMES)}
SALES, DIGITAL_SHARE, CORE_SALES = NAMED["sales"], NAMED["digital_share"], NAMED["core_sales"]
SMALL_SALES, OUTSIDE_SALES = NAMED["small_sales"], NAMED["outside_sales"]
PROFIT, FIRMS, FACTORS, DATA = (NAMED[name] for name in ("profit", "firms", "factors", "data"))
ENTRIES, EXITS, DIGITAL = (NAMED[name] for name in ("entered", "left", "digital"))
SMALL_DIGITAL, USERS, SIGMA = (NAMED[name] for name in ("small_digital", "users", "sigma"))
SIZE_SPREAD, TOP_SHARE, TIES = (NAMED[name] for name in ("size_spread", "top_share", "ties"))
ALLIANCE_MEMBERS = NAMED["alliance_members"]


class Halves(NamedTuple):
    """Halves of a sum: how many numbers the second of each has, 0 once asked for, and the first's sum."""

    wanted: Longs
    summed: Floats


class Book(NamedTuple):
    """What a run is counted into, and what is needed to count.

    Attributes
    ----------
    rows
        A census a year, shape (years, outcomes).
    spent
        Spending on goods in the last period of each year.
    core
        1 at the key of each founding core firm.
    small
        Traditional factors below which a firm is small.
    last
        The last period of the run, which ends a year too.
    selling, sold
        Sales of the firms that sell, and how many firms those are, of the years whose spread is not
        yet taken.
    income, part, top, halves
        Room for what is added up, and for the places of the largest firms.
    """

    rows: Floats
    spent: Floats
    core: Bytes
    small: float
    last: int
    selling: Floats
    sold: Longs
    income: Floats
    part: Floats
    top: Longs
    halves: Halves


def opened(groups: Groups, w: World, periods: int) -> Book:
    """Return the book of a run that has not begun."""
    years, slots = -(-periods // YEAR), w.firms.size
    ends = [min((year + 1) * YEAR, periods) - 1 for year in range(years)]
    core = np.zeros(slots, dtype=np.int8)
    core[groups.core] = 1
    level, growth = groups.spent
    at_once = max(1, min(years, AT_ONCE // slots))
    return Book(
        rows=np.full((years, len(NAMES)), math.nan),
        spent=np.array([level * (1.0 + growth) ** end for end in ends]),
        core=core,
        small=groups.small,
        last=periods - 1,
        selling=np.ones((at_once, slots)),
        sold=np.zeros(at_once, dtype=np.int64),
        income=np.zeros(slots),
        part=np.zeros(max(slots, PLATFORMS + 1)),
        top=np.zeros(LARGEST, dtype=np.int64),
        halves=no_halves(),
    )


def no_halves() -> Halves:
    """Return room for the halves of any sum."""
    return Halves(np.zeros(MOST_HALVED, dtype=np.int64), np.zeros(MOST_HALVED))


@compiled
def in_lanes(values: Floats, first: int, count: int) -> float:
    """Return the sum of a block of numbers."""
    total = 0.0
    if count < FEW:
        for k in range(first, first + count):
            total += values[k]
        return total
    a, b, c, d = values[first], values[first + 1], values[first + 2], values[first + 3]
    e, f, g, h = values[first + 4], values[first + 5], values[first + 6], values[first + 7]
    whole = count - count % LANES
    for k in range(first + LANES, first + whole, LANES):
        a, b, c, d = a + values[k], b + values[k + 1], c + values[k + 2], d + values[k + 3]
        e, f, g, h = e + values[k + 4], f + values[k + 5], g + values[k + 6], h + values[k + 7]
    total = ((a + b) + (c + d)) + ((e + f) + (g + h))
    for k in range(first + whole, first + count):
        total += values[k]
    return float(total)


@compiled
def pairwise(values: Floats, count: int, halves: Halves) -> float:
    """Return the sum of the first numbers: that of one half and that of the other, and so on down.

    The halves are kept by hand, as Numba cannot load a function that calls itself from its cache.
    """
    depth, first = 0, 0
    while True:
        while count > BLOCK:
            half = count // 2
            half -= half % LANES
            halves.wanted[depth] = count - half
            depth, count = depth + 1, half
        total = in_lanes(values, first, count)
        first += count
        while depth > 0 and halves.wanted[depth - 1] == 0:
            depth -= 1
            total = halves.summed[depth] + total
        if depth == 0:
            return total
        count = halves.wanted[depth - 1]
        halves.summed[depth - 1], halves.wanted[depth - 1] = total, 0


@compiled
def summed(w: World, column: Floats, book: Book) -> float:
    """Return the sum of a column over the living firms."""
    living = w.tally[LIVING]
    for r in range(living):
        book.part[r] = column[w.lists.roster[r]]
    return pairwise(book.part, living, book.halves)


@compiled
def summed_platforms(column: Floats, book: Book) -> float:
    """Return the sum of a column over all platforms."""
    for p in range(column.size):
        book.part[p] = column[p]
    return pairwise(book.part, column.size, book.halves)


@compiled
def ratio(part: float, whole: float) -> float:
    """Return part over whole, or that it cannot be said."""
    return part / whole if whole > 0.0 else math.nan


@compiled
def count_sales(w: World, book: Book, year: int) -> None:
    """Count sales: all, of the core, of the small, of the outside; and put aside who sells."""
    firms, row, living = w.firms, book.rows[year], w.tally[LIVING]
    place = year % book.sold.size
    core, sold = 0, 0
    for r in range(living):
        i = w.lists.roster[r]
        income, key = firms.revenue[i] + firms.digital_revenue[i], firms.key[i]
        book.income[r] = income
        if key < book.core.size and book.core[key]:
            book.part[core] = income
            core += 1
        if income > 0.0:
            book.selling[place, sold] = income
            sold += 1
    book.sold[place] = sold
    row[CORE_SALES] = pairwise(book.part, core, book.halves)
    row[SALES] = pairwise(book.income, living, book.halves)
    row[DIGITAL_SHARE] = ratio(summed(w, firms.digital_revenue, book), row[SALES])
    row[OUTSIDE_SALES] = max(book.spent[year] - summed(w, firms.revenue, book), 0.0)


@compiled
def count_small(w: World, book: Book, year: int) -> None:
    """Count the small firms: their sales and their mean digital capability."""
    firms, row, small = w.firms, book.rows[year], 0
    for r in range(w.tally[LIVING]):
        if firms.factors[w.lists.roster[r]] < book.small:
            book.part[small] = book.income[r]
            small += 1
    row[SMALL_SALES], small = pairwise(book.part, small, book.halves), 0
    for r in range(w.tally[LIVING]):
        i = w.lists.roster[r]
        if firms.factors[i] < book.small:
            book.part[small] = firms.digital[i]
            small += 1
    row[SMALL_DIGITAL] = ratio(pairwise(book.part, small, book.halves), float(small))


@compiled
def count_largest(w: World, book: Book, year: int) -> None:
    """Count the firms with most sales; of equals, the older comes first."""
    row, income, top, found = book.rows[year], book.income, book.top, 0
    for r in range(w.tally[LIVING]):
        at = found
        while at > 0 and income[r] > income[top[at - 1]]:
            at -= 1
        for k in range(min(found, LARGEST - 1), at, -1):
            top[k] = top[k - 1]
        if at < LARGEST:
            top[at] = r
            found = min(found + 1, LARGEST)
    share, elasticity, leading = 0.0, 0.0, min(found, LEADING)
    for k in range(found - 1, -1, -1):
        share += income[top[k]]
    for k in range(leading):
        elasticity += 1.0 / (1.0 - w.firms.exponent[w.lists.roster[top[k]]])
    row[TOP_SHARE] = ratio(share, row[SALES])
    row[SIGMA] = ratio(elasticity, float(leading))


@compiled
def count(w: World, book: Book, period: int) -> None:
    """Write the census of the period just run into its row, all but the spread."""
    firms, row, living = w.firms, book.rows[period // YEAR], w.tally[LIVING]
    count_sales(w, book, period // YEAR)
    count_small(w, book, period // YEAR)
    count_largest(w, book, period // YEAR)
    row[PROFIT], row[FACTORS] = summed(w, firms.profit, book), summed(w, firms.factors, book)
    row[DIGITAL] = ratio(summed(w, firms.digital, book), float(living))
    pooled = summed_platforms(w.platforms.pooled, book)
    row[DATA] = summed(w, firms.stock, book) + pooled
    row[USERS] = summed_platforms(w.platforms.users, book)
    row[FIRMS], row[ENTRIES], row[EXITS] = living, w.tally[ENTERED], w.tally[LEFT]
    ties, members = 0, 0
    for r in range(living):
        i = w.lists.roster[r]
        members += w.alliances.headcount[i]
        for s in range(SUPPLIERS):
            ties += w.relations.supplier[i, s] != NOBODY
    row[TIES], row[ALLIANCE_MEMBERS] = ratio(float(ties), float(living)), members


@compiled
def advance_counted(w: World, book: Book, start: int, stop: int) -> int:
    """Run periods and count each year; return where it stopped, at the latest with the room used."""
    for period in range(start, stop):
        advance(w, period, period + 1)
        if period % YEAR == YEAR - 1 or period == book.last:
            count(w, book, period)
            if (period // YEAR + 1) % book.sold.size == 0:
                return period + 1
    return stop


@compiled
def take_spreads(book: Book, logs: Floats, first: int) -> None:
    """Write the standard deviations of log sales of the years put aside, the first one named."""
    for place in range(logs.shape[0]):
        count, log = book.sold[place], logs[place]
        if count < 2:  # noqa: PLR2004 - one firm has no spread
            continue
        mean = pairwise(log, count, book.halves) / count
        for k in range(count):
            book.part[k] = (log[k] - mean) * (log[k] - mean)
        book.rows[first + place, SIZE_SPREAD] = math.sqrt(
            pairwise(book.part, count, book.halves) / count
        )


def spread(book: Book, upto: int) -> None:
    """Take the spreads of the years put aside that end before a period.

    The logarithms are NumPy's, which takes them of many numbers at once.
    """
    years = len(book.rows) if upto > book.last else upto // YEAR
    if years == 0:
        return
    pending = (years - 1) % book.sold.size + 1
    take_spreads(book, np.log(book.selling[:pending]), years - pending)
