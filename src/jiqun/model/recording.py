"""Recording 记录: a run becomes the same record that an importer writes, so every measure reads it.

A period is a quarter. Money of the model stands for a million yuan at constant prices, factors of 1
for 100 persons, data of 1 for a million yuan of data capital. Where a firm is, is synthetic. The score of
digital nativeness is the logic at founding to one decimal, as one who knew the founders would give it:
what a firm thinks in later is not recorded.
"""

import datetime as dt
import math
from collections.abc import Iterable
from typing import Any

import polars as pl

from jiqun.model.event_log import EventLog, OpenAlliance
from jiqun.model.scenario_schema import Scenario
from jiqun.model.start.real_start import Origin
from jiqun.model.state import NOBODY
from jiqun.record.record import Record, empty_table

SOURCE = "synthetic-model"
KM_PER_DEGREE = 111.195
MODE_CODES = ("efficiency", "convergence", "digital_value")
OUTPUTS = ("process", "product", "service")
UPGRADES = ("process", "product", "function")
MILLION = 1_000_000.0
PERSONS = 100.0

Rows = list[dict[str, Any]]


def recorded(
    log: EventLog, scenario: Scenario, *, until: int, origin: Origin | None = None
) -> Record:
    """Return the record of a run.

    Parameters
    ----------
    log
        What happened, noted after each period.
    scenario
        Where and when it began.
    until
        Periods that were run.
    origin
        Who the firms at the start are, where they are from a record.
    """
    writer = _Writer(scenario, log, until, origin)
    tables = {
        "firms": writer.firms(),
        "sites": writer.sites(),
        "ties": writer.ties(),
        "alliances": writer.alliances(),
        "memberships": writer.memberships(),
        "interfaces": writer.interfaces(),
        "platforms": writer.platforms(),
        "participations": writer.participations(),
        "functions": writer.functions(),
        "data_assets": writer.data_assets(),
        "accounts": writer.accounts(),
        "innovations": writer.innovations(),
        "innovators": writer.innovators(),
        "policies": writer.policies(),
        "sources": [
            {
                "source_id": SOURCE,
                "citation": f"Synthetic: agent-based model of jiqun, scenario {scenario.name}",
                "licence": "CC0-1.0",
            }
        ],
    }
    return Record.of(**{name: _frame(name, rows) for name, rows in tables.items()})


def _frame(name: str, rows: Rows) -> pl.DataFrame:
    """Return rows as a table, with the source of every row."""
    columns = empty_table(name).schema
    if "source_id" in columns and name != "sources":
        for row in rows:
            row["source_id"] = SOURCE
    return pl.DataFrame(rows, schema=columns) if rows else empty_table(name)


class _Writer:
    """Turns the log's keys and periods into identifiers and days."""

    def __init__(
        self, scenario: Scenario, log: EventLog, until: int, origin: Origin | None
    ) -> None:
        self.scenario, self.log, self.until = scenario, log, until
        self.origin = origin or Origin((), (), "ISIC4")
        self.all_alliances = [
            *log.alliances,
            *((a, None, "ongoing", None) for a in log.open_alliances.values()),
        ]

    def firm(self, key: int) -> str:
        """Return the identifier of a firm: its own, or a new one."""
        names = self.origin.names
        return names[key] if key < len(names) else f"new-{key}" if names else f"f{key}"

    def founded(self, key: int, born: int) -> dt.date | None:
        """Return the day of founding; that of firms at the start is known from a record alone."""
        days = self.origin.founded
        return days[key] if key < len(days) else None if born == 0 else self.day(born)

    def day(self, period: int | None) -> dt.date | None:
        """Return the first day of a period, or nothing where what began then goes on."""
        if period is None:
            return None
        year, quarter = divmod(period, 4)
        return dt.date(self.scenario.start_year + year, 1 + 3 * quarter, 1)

    def firms(self) -> Rows:
        """Return the firms; those of period 0 have no known day of founding."""
        regions, industries = self.scenario.regions, self.scenario.industries
        return [
            {
                "firm_id": self.firm(key),
                "name": f"Synthetic firm {key}",
                "kind": "firm",
                "industry_scheme": self.origin.scheme,
                "industry_code": industries[industry].code,
                "founded": self.founded(key, born),
                "closed": self.day(self.log.closed.get(key)),
                "digital_native": round(logic, 1),
                "region_scheme": "other",
                "region_code": regions[region].name,
            }
            for key, (born, industry, region, logic) in self.log.born.items()
        ]

    def sites(self) -> Rows:
        """Return seats and data facilities; a move closes the seat before it."""
        rows: Rows = []
        last: dict[tuple[int, bool], dict[str, Any]] = {}
        per_degree = KM_PER_DEGREE * math.cos(math.radians(self.scenario.latitude))
        for key, period, x, y, is_facility in self.log.seats:
            first = period == 0
            row = {
                "site_id": f"s{len(rows)}",
                "firm_id": self.firm(key),
                "longitude": self.scenario.longitude + x / per_degree,
                "latitude": self.scenario.latitude + y / KM_PER_DEGREE,
                "opened": None if first else self.day(period),
                "kind": "data_facility" if is_facility else "headquarters",
            }
            if (key, is_facility) in last:
                last[key, is_facility]["closed"] = row["opened"]
            last[key, is_facility] = row
            rows.append(row)
        for (key, _), row in last.items():
            closed = self.day(self.log.closed.get(key))
            row["closed"] = None if closed == row["opened"] else closed
        return rows

    def ties(self) -> Rows:
        """Return supply ties (physical, from supplier to buyer) and data links (virtual)."""
        spells = [
            *(("supply", s) for s in _spells(self.log.ties, self.log.open_ties)),
            *(("data_flow", s) for s in _spells(self.log.links, self.log.open_links)),
        ]
        return [
            {
                "tie_id": f"t{n}",
                "source": self.firm(other),
                "target": self.firm(firm),
                "kind": kind,
                "channel": "physical" if kind == "supply" else "virtual",
                "start": self.day(start),
                "end": self.day(end),
            }
            for n, (kind, (firm, other, start, end)) in enumerate(spells)
        ]

    def alliances(self) -> Rows:
        """Return the alliances."""
        return [
            {
                "alliance_id": _alliance(a),
                "kind": "joint_innovation",
                "platform_id": None if a.platform == NOBODY else _platform(a.platform),
                "start": self.day(a.since),
                "end": None if end is None else self.day(end + 1),
                "outcome": outcome,
                "value": None if value is None else value * MILLION,
                "currency": "CNY",
            }
            for a, end, outcome, value in self.all_alliances
        ]

    def memberships(self) -> Rows:
        """Return who was in which alliance; the initiator is its first member."""
        rows: Rows = []
        for a, end, outcome, _ in self.all_alliances:
            cause = {"succeeded": "completed", "failed": "dissolved"}.get(outcome)
            for n, member in enumerate(a.members):
                left, why = a.gone.get(member, (end, cause))
                rows.append(
                    {
                        "alliance_id": _alliance(a),
                        "firm_id": self.firm(member),
                        "role": "initiator" if n == 0 else "member",
                        "joined": self.day(a.since),
                        "left": None if left is None else self.day(left + 1),
                        "withdrawal_cause": why,
                    }
                )
        return rows

    def interfaces(self) -> Rows:
        """Return the state of every pair at its end: failed, or coordinated as long as it lasted."""
        rows: Rows = []
        for a, end, _, _ in self.all_alliances:
            failed = {frozenset(pair[:2]): pair[2] for pair in a.failed}
            for n, one in enumerate(a.members):
                for other in a.members[:n]:
                    pair = frozenset((one, other))
                    until = end if end is not None else self.until - 1
                    until = min(until, *(a.gone.get(m, (until, ""))[0] for m in (one, other)))
                    rows.append(
                        {
                            "alliance_id": _alliance(a),
                            "firm_a": self.firm(other),
                            "firm_b": self.firm(one),
                            "date": self.day(failed.get(pair, until)),
                            "state": "failed" if pair in failed else "coordinated",
                        }
                    )
        return rows

    def platforms(self) -> Rows:
        """Return the platforms as they were opened."""
        return [
            {
                "platform_id": _platform(serial),
                "operator": self.firm(owner),
                "opened": self.day(opened),
                "closed": self.day(self.log.platforms_closed.get(serial)),
                "openness": openness,
                "admission_threshold": admission,
                "fee": fee,
            }
            for serial, (opened, owner, openness, admission, fee) in self.log.platforms.items()
        ]

    def participations(self) -> Rows:
        """Return who took part in which platform."""
        owners = {serial: row[1] for serial, row in self.log.platforms.items()}
        return [
            {
                "platform_id": _platform(serial),
                "firm_id": self.firm(firm),
                "role": "owner" if owners[serial] == firm else "complementor",
                "joined": self.day(start),
                "left": self.day(end),
            }
            for firm, serial, start, end in _spells(self.log.homes, self.log.open_homes)
        ]

    def functions(self) -> Rows:
        """Return the industries that each platform serves."""
        return [
            {
                "platform_id": _platform(serial),
                "industry_scheme": self.origin.scheme,
                "industry_code": self.scenario.industries[k].code,
                "opened": self.day(opened),
                "closed": self.day(self.log.platforms_closed.get(serial)),
            }
            for (serial, k), opened in self.log.functions.items()
        ]

    def data_assets(self) -> Rows:
        """Return the pool of each platform at the end of each year."""
        return [
            {
                "asset_id": f"pool-{serial}-{period // 4}",
                "platform_id": _platform(serial),
                "kind": "other",
                "volume": pooled,
                "unit": "model units",
                "start": self.day(period),
                "end": self.day(period + 1),
            }
            for (serial, period), pooled in self.log.pools.items()
            if period % 4 == 3  # noqa: PLR2004 (the last quarter)
        ]

    def accounts(self) -> Rows:
        """Return a row for each firm and year; stocks are means over the quarters it was there."""
        rows: Rows = []
        for (key, year), total in self.log.all_accounts((self.until - 1) // 4).items():
            revenue, digital, added, data_spending, research, factors, data, quarters = total
            rows.append(
                {
                    "firm_id": self.firm(key),
                    "start": self.day(4 * year),
                    "end": self.day(4 * year + 4),
                    "currency": "CNY",
                    "price_basis": "constant",
                    "value_added": added * MILLION,
                    "revenue": revenue * MILLION,
                    "employees": PERSONS * factors / quarters,
                    "capital": factors / quarters * MILLION,
                    "data_capital": data / quarters * MILLION,
                    "data_spending": data_spending * MILLION,
                    "digital_revenue": digital * MILLION,
                    "rd_spending": research * MILLION,
                }
            )
        return rows

    def innovations(self) -> Rows:
        """Return the innovations and what each builds on."""
        known = {(key, period) for key, period, *_ in self.log.innovations}
        return [
            {
                "innovation_id": _innovation(key, period),
                "date": self.day(period),
                "mode": MODE_CODES[mode],
                "output": OUTPUTS[mode],
                "upgrade": UPGRADES[mode],
                "alliance_id": None if since == NOBODY else f"a{key}-{since}",
                "builds_on": _innovation(*parent) if parent in known else None,
            }
            for key, period, mode, *parent_parts, _, since in self.log.innovations
            for parent in [(parent_parts[0], parent_parts[1])]
        ]

    def innovators(self) -> Rows:
        """Return who made each innovation."""
        return [
            {"innovation_id": _innovation(key, period), "firm_id": self.firm(maker)}
            for key, period, _, _, _, makers, _ in self.log.innovations
            for maker in makers
        ]

    def policies(self) -> Rows:
        """Return the levers that were applied."""
        return [
            {
                "policy_id": f"policy-{n}",
                "lever": policy.lever,
                "start": self.day(policy.start),
                "end": self.day(policy.stop),
                "intensity": policy.budget,
                "cost": policy.budget * (policy.stop - policy.start) * MILLION,
                "currency": "CNY",
            }
            for n, policy in enumerate(self.scenario.policy)
            if policy.budget > 0.0
        ]


def _spells(
    ended: list[tuple[int, int, int, int]], going: dict[tuple[int, int], int]
) -> Iterable[tuple[int, int, int, int | None]]:
    """Return the spells that ended, then those that go on."""
    yield from ended
    for (firm, other), start in going.items():
        yield firm, other, start, None


def _platform(serial: int) -> str:
    return f"p{serial}"


def _alliance(alliance: OpenAlliance) -> str:
    return f"a{alliance.initiator}-{alliance.since}"


def _innovation(key: int, period: int) -> str:
    return f"i{key}-{period}"
