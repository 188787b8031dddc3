"""A year held out: how often the ranking names the firm that came, and the weights for today.

Paper: K3h (roles), K3k (prediction on data not learned from)
"""

import datetime as dt
from dataclasses import dataclass

import numpy as np

from jiqun.measures.partners.wording import NAME, TOO_FEW
from jiqun.measures.readings.partner_history import ALLIANCE, UNDATED, History
from jiqun.numerics.random import stream
from jiqun.numerics.seat_filling import Skill, Weights, learn, places, skill
from jiqun.vocabulary.text import Text

LEAST = 30
"""Alliances of the held-out year, and of the years learned from."""
YEARS = 3
EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldOut:
    """Skill on the held-out year.

    Attributes
    ----------
    year
        The year held out.
    learned
        Years that the weights are from.
    skill
        Hits and gain.
    """

    year: int
    learned: tuple[int, ...]
    skill: Skill


def first_day(year: int) -> int:
    """Return the days from 1970 to the first of January."""
    return (dt.date(year, 1, 1) - EPOCH).days


def held_out(found: History, seed: int) -> HeldOut | Text:
    """Score the ranking on the last year with enough alliances; a text says why it cannot be."""
    counts = _by_year(found)
    for year in sorted(counts, reverse=True):
        years = tuple(y for y in range(year - YEARS, year) if y in counts)
        if counts[year] >= LEAST and sum(counts[y] for y in years) >= LEAST:
            return _scored(found, year, years, seed)
    return TOO_FEW.fill(least=LEAST, n=max(counts.values(), default=0))


def _scored(found: History, year: int, years: tuple[int, ...], seed: int) -> HeldOut:
    weights = _learned(found, years, seed)
    generator = stream(seed, NAME, "held out")
    before = found.before(first_day(year))
    seats = found.seats(first_day(year), first_day(year + 1), generator)
    scored = skill(places(before, seats, weights), seats, before, generator)
    return HeldOut(year=year, learned=years, skill=scored)


def weights_of_today(found: History, seed: int) -> Weights | None:
    """Learn from the last years with alliances; None where there are too few."""
    counts = _by_year(found)
    years = tuple(sorted(counts)[-YEARS:])
    if sum(counts[y] for y in years) < LEAST:
        return None
    return _learned(found, years, seed)


def _learned(found: History, years: tuple[int, ...], seed: int) -> Weights:
    generator = stream(seed, NAME, "learn")
    blocks = [
        (
            found.before(first_day(y)),
            found.seats(first_day(y), first_day(y + 1), generator),
        )
        for y in years
    ]
    return learn(blocks, generator)


def _by_year(found: History) -> dict[int, int]:
    """Count the dated alliances of two and more by the year in which they began."""
    graph = found.graph
    kept = (graph.kind == ALLIANCE) & (graph.sizes > 1) & (graph.start < UNDATED)
    years = (np.datetime64("1970-01-01") + graph.start[kept]).astype("datetime64[Y]").astype(int)
    found_years, counts = np.unique(years + EPOCH.year, return_counts=True)
    return dict(zip(found_years.tolist(), counts.tolist(), strict=True))
