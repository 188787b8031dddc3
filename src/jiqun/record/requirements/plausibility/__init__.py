"""Plausibility 可信性: what a valid record may hold and no real firms ever show. Warnings only."""

from jiqun.record.problem import Problem, Rule
from jiqun.record.requirements.plausibility import (
    coordinates,
    heaping,
    industries,
    parts,
    persistence,
    repeats,
    years,
)
from jiqun.record.requirements.plausibility.screen import Screen, panel
from jiqun.record.requirements.query import Tables

SCREENS: tuple[Screen, ...] = (
    persistence.SCREEN,
    years.SCREEN,
    industries.SCREEN,
    parts.PARTS_SCREEN,
    parts.EMPLOYEES_SCREEN,
    repeats.SCREEN,
    heaping.DIGITS_SCREEN,
    heaping.DATES_SCREEN,
    coordinates.SCREEN,
)
RULES: tuple[Rule, ...] = tuple(screen.rule for screen in SCREENS)


def suspect(tables: Tables) -> list[Problem]:
    """Put every screen to the tables it needs."""
    by_firm_and_year = panel(tables)
    return [
        problem
        for screen in SCREENS
        if all(name in tables.rows for name in screen.needs)
        for problem in screen.find(tables, by_firm_and_year)
    ]
