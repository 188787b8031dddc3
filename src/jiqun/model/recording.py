"""Recording 记录: a run becomes the same record that an importer writes, so every measure reads it.

A period is a quarter. Money of the model stands for a million yuan at constant prices, factors of 1
for 100 persons, data of 1 for a million yuan of data capital. Where a firm is, is synthetic. The score of
digital nativeness is the logic at founding to one decimal, as one who knew the founders would give it:
what a firm thinks in later is not recorded.
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiqun.model.event_log import Noted, NotedAlliances, Spells, picked
from jiqun.model.naming import MILLION, Names, always
from jiqun.model.recording_alliances import alliances, interfaces, memberships
from jiqun.model.scenario_schema import Scenario
from jiqun.model.start.real_start import Origin
from jiqun.model.state import NOBODY
from jiqun.record.record import Record
from jiqun.record.schema import TABLES

SOURCE = "synthetic-model"
KM_PER_DEGREE = 111.195
MODE_CODES = ("efficiency", "convergence", "digital_value")
OUTPUTS = ("process", "product", "service")
UPGRADES = ("process", "product", "function")
PERSONS = 100.0
YEAR = 4
"""Periods of a year."""

Columns = Mapping[str, object]


def recorded(log: Noted, scenario: Scenario, *, until: int, origin: Origin | None = None) -> Record:
    """Return the record of a run.

    Parameters
    ----------
    log
        What happened, the rows that are used.
    scenario
        Where and when it began.
    until
        Periods that were run.
    origin
        Who the firms at the start are, where they are from a record.
    """
    names = Names.of(scenario, origin, firms=log.firms.size, until=until)
    ended_first = in_order_of_ends(log.alliances)
    tables: dict[str, Columns] = {
        "firms": firms(log, names),
        "sites": sites(log, names),
        "ties": ties(log, names),
        "alliances": alliances(ended_first, names),
        "memberships": memberships(ended_first, names),
        "interfaces": interfaces(ended_first, names, until),
        "platforms": platforms(log, names),
        "participations": participations(log, names),
        "functions": functions(log, names),
        "data_assets": data_assets(log, names),
        "accounts": accounts(log, names),
        "innovations": innovations(log, names),
        "innovators": innovators(log, names),
        "policies": policies(scenario, names),
        "sources": {
            "source_id": [SOURCE],
            "citation": [f"Synthetic: agent-based model of jiqun, scenario {scenario.name}"],
            "licence": ["CC0-1.0"],
        },
    }
    return Record.of(**{name: _frame(name, columns) for name, columns in tables.items()})


def _frame(name: str, columns: Columns) -> pl.DataFrame:
    """Return columns as a table, with the source of every row."""
    frame = pl.DataFrame(columns)
    if "source_id" in TABLES[name].names and name != "sources":
        frame = frame.with_columns(always(SOURCE, frame.height).alias("source_id"))
    return frame


def in_order_of_ends(noted: NotedAlliances) -> NotedAlliances:
    """Return the alliances that ended, one after the other, then those that go on."""
    last = np.where(noted.place == NOBODY, noted.shape[0], noted.place)
    return picked(noted, np.argsort(last, kind="stable"))


def firms(log: Noted, names: Names) -> Columns:
    """Return the firms; those of period 0 have no known day of founding."""
    regions, industries = names.scenario.regions, names.scenario.industries
    there = np.flatnonzero(log.firms.born != NOBODY)
    noted = picked(log.firms, there)
    return {
        "firm_id": names.firms(there),
        "name": names.numbered("Synthetic firm ", there),
        "kind": always("firm", there.size),
        "industry_scheme": always(names.origin.scheme, there.size),
        "industry_code": _one_of([industry.code for industry in industries], noted.industry),
        "founded": names.founded(there, noted.born),
        "closed": names.days(noted.closed),
        "digital_native": [round(logic, 1) for logic in noted.logic.tolist()],
        "region_scheme": always("other", there.size),
        "region_code": _one_of([region.name for region in regions], noted.region),
    }


def sites(log: Noted, names: Names) -> Columns:
    """Return seats and data facilities; a move closes the seat before it."""
    seats, scenario = log.seats, names.scenario
    per_degree = KM_PER_DEGREE * math.cos(math.radians(scenario.latitude))
    closed = log.firms.closed[seats.firm]
    closed = np.where(closed == seats.opened, NOBODY, closed)
    order = np.lexsort((np.arange(seats.size), seats.facility, seats.firm))
    one, following = order[:-1], order[1:]
    moved = (seats.firm[one] == seats.firm[following]) & (
        seats.facility[one] == seats.facility[following]
    )
    closed[one[moved]] = seats.opened[following[moved]]
    return {
        "site_id": names.numbered("s", np.arange(seats.size)),
        "firm_id": names.firms(seats.firm),
        "longitude": scenario.longitude + seats.x / per_degree,
        "latitude": scenario.latitude + seats.y / KM_PER_DEGREE,
        "opened": names.days(np.where(seats.opened == 0, NOBODY, seats.opened)),
        "closed": names.days(closed),
        "kind": _one_of(("headquarters", "data_facility"), seats.facility),
    }


def _one_of(words: Sequence[str], which: NDArray[np.integer]) -> pl.Series:
    """Return a word for each number."""
    return pl.Series(words, dtype=pl.String).gather(which.astype(np.int64))


def in_order(spells: Spells) -> Spells:
    """Return the spells that ended, by their ends, then those that go on, by their starts."""
    going = spells.end == NOBODY
    when = np.where(going, spells.start, spells.end)
    return picked(spells, np.lexsort((spells.other, spells.firm, when, going)))


def ties(log: Noted, names: Names) -> Columns:
    """Return supply ties (physical, from supplier to buyer) and data links (virtual)."""
    supply, data = in_order(log.ties), in_order(log.links)
    firm, other, start, end = (
        np.concatenate([supply[name], data[name]]) for name in ("firm", "other", "start", "end")
    )
    is_link = (np.arange(firm.size) >= supply.size).astype(np.int8)
    return {
        "tie_id": names.numbered("t", np.arange(firm.size)),
        "source": names.firms(other),
        "target": names.firms(firm),
        "kind": _one_of(("supply", "data_flow"), is_link),
        "channel": _one_of(("physical", "virtual"), is_link),
        "start": names.days(start),
        "end": names.days(end),
    }


def platforms(log: Noted, names: Names) -> Columns:
    """Return the platforms as they were opened."""
    serials = np.flatnonzero(log.platforms.opened != NOBODY)
    noted = picked(log.platforms, serials)
    return {
        "platform_id": names.numbered("p", serials),
        "operator": names.firms(noted.owner),
        "opened": names.days(noted.opened),
        "closed": names.days(noted.closed),
        "openness": noted.openness,
        "admission_threshold": noted.admission,
        "fee": noted.fee,
    }


def participations(log: Noted, names: Names) -> Columns:
    """Return who took part in which platform."""
    homes = in_order(log.homes)
    owns = (log.platforms.owner[homes.other] == homes.firm).astype(np.int8)
    return {
        "platform_id": names.numbered("p", homes.other),
        "firm_id": names.firms(homes.firm),
        "role": _one_of(("complementor", "owner"), owns),
        "joined": names.days(homes.start),
        "left": names.days(homes.end),
    }


def functions(log: Noted, names: Names) -> Columns:
    """Return the industries that each platform serves."""
    noted, industries = log.functions, names.scenario.industries
    return {
        "platform_id": names.numbered("p", noted.platform),
        "industry_scheme": [names.origin.scheme] * noted.size,
        "industry_code": [industries[k].code for k in noted.industry.tolist()],
        "opened": names.days(noted.opened),
        "closed": names.days(log.platforms.closed[noted.platform]),
    }


def data_assets(log: Noted, names: Names) -> Columns:
    """Return the pool of each platform at the end of each year."""
    pools = log.pools
    serials, years = pools.platform.tolist(), (pools.period // YEAR).tolist()
    return {
        "asset_id": [f"pool-{p}-{year}" for p, year in zip(serials, years, strict=True)],
        "platform_id": names.numbered("p", pools.platform),
        "kind": ["other"] * pools.size,
        "volume": pools.pooled,
        "unit": ["model units"] * pools.size,
        "start": names.days(pools.period),
        "end": names.days(pools.period + 1),
    }


def accounts(log: Noted, names: Names) -> Columns:
    """Return a row for each firm and year; stocks are means over the quarters it was there."""
    books = log.accounts
    return {
        "firm_id": names.firms(books.firm),
        "start": names.days(YEAR * books.year),
        "end": names.days(YEAR * books.year + YEAR),
        "currency": always("CNY", books.size),
        "price_basis": always("constant", books.size),
        "value_added": books.added * MILLION,
        "revenue": books.revenue * MILLION,
        "employees": PERSONS * books.factors / books.quarters,
        "capital": books.factors / books.quarters * MILLION,
        "data_capital": books.stock / books.quarters * MILLION,
        "data_spending": books.data_spending * MILLION,
        "digital_revenue": books.digital * MILLION,
        "rd_spending": books.research * MILLION,
    }


def innovations(log: Noted, names: Names) -> Columns:
    """Return the innovations and what each builds on."""
    made, noted = log.innovations, log.alliances
    address = np.stack([made.firm, made.period])
    parent = np.stack([made.parent, made.parent_time])
    known = np.isin(_joined(parent), _joined(address)) & (made.parent != NOBODY)
    since = np.where(made.alliance == NOBODY, NOBODY, _at(noted.since, made.alliance))
    return {
        "innovation_id": names.pairs("i", made.firm, made.period),
        "date": names.days(made.period),
        "mode": _one_of(MODE_CODES, made.mode),
        "output": _one_of(OUTPUTS, made.mode),
        "upgrade": _one_of(UPGRADES, made.mode),
        "alliance_id": names.pairs("a", made.firm, since),
        "builds_on": names.pairs("i", made.parent, np.where(known, made.parent_time, NOBODY)),
    }


def _joined(two: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return keys and periods as one number each."""
    return np.asarray(two[0] * (1 << 32) + two[1])


def _at(values: NDArray[np.int32], rows: NDArray[np.int64]) -> NDArray[np.int32]:
    """Return the values of rows; where there is no row, of any."""
    return np.asarray(values[rows]) if values.size else np.full(rows.size, NOBODY, dtype=np.int32)


def innovators(log: Noted, names: Names) -> Columns:
    """Return who made each innovation: the firm, or the members of the alliance that stayed."""
    made, noted = log.innovations, log.alliances
    members = np.full((made.size, noted.dtype["member"].shape[0]), NOBODY, dtype=np.int64)
    members[:, 0] = made.firm
    joint = made.alliance != NOBODY
    rows = picked(noted, made.alliance[joint])
    members[joint] = np.where(rows.gone == NOBODY, rows.member, NOBODY)
    which, place = np.nonzero(members != NOBODY)
    return {
        "innovation_id": names.pairs("i", made.firm, made.period).gather(which),
        "firm_id": names.firms(members[which, place]),
    }


def policies(scenario: Scenario, names: Names) -> Columns:
    """Return the levers that were applied."""
    applied = [(n, policy) for n, policy in enumerate(scenario.policy) if policy.budget > 0.0]
    return {
        "policy_id": [f"policy-{n}" for n, _ in applied],
        "lever": [policy.lever for _, policy in applied],
        "start": names.days(np.array([policy.start for _, policy in applied], dtype=np.int32)),
        "end": names.days(np.array([policy.stop for _, policy in applied], dtype=np.int32)),
        "intensity": [policy.budget for _, policy in applied],
        "cost": [p.budget * (p.stop - p.start) * MILLION for _, p in applied],
        "currency": ["CNY"] * len(applied),
    }
