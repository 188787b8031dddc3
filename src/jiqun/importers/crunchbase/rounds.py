"""Rounds of investment: of two and more investors an alliance, of one a tie."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from jiqun.importers.crunchbase.acquisitions import REPEATED, amount_of
from jiqun.importers.crunchbase.days import day_of
from jiqun.importers.crunchbase.organisations import SOURCE_ID, Organisations, is_organisation
from jiqun.importers.parsing.open_data import DUPLICATE, UNUSABLE, Ledger, Row, frame_of
from jiqun.vocabulary.text import Text

COLUMNS = ("company_name", "investor_name", "funded_when", "amount_usd")
PERSON_OR_FIRM = Text(
    "The investor may be a natural person; the name is left out.",
    "投资方可能是自然人,名称已略去。",
)


@dataclass(slots=True)
class Round:
    """Rows of one company, day and amount."""

    company: str
    day: dt.date
    amount: float | None
    investors: list[str] = field(default_factory=list)
    left_out: int = 0

    @property
    def size(self) -> int:
        """Number of investors that the source names."""
        return len(self.investors) + self.left_out

    @property
    def identifier(self) -> str:
        """Stable name of the round."""
        amount = "" if self.amount is None else f"{self.amount:.0f}"
        return f"{self.company}@{self.day}:{amount}"


@dataclass(frozen=True, slots=True)
class Investments:
    """Tables that rounds become."""

    alliances: pl.DataFrame
    memberships: pl.DataFrame
    ties: pl.DataFrame


def investments_of(
    rows: Iterable[Row], ledger: Ledger, organisations: Organisations
) -> Investments:
    """Turn the rows into alliances with their members, and ties."""
    listed = list(rows)
    for _, row in listed:
        if row["company_name"]:
            organisations.named(row["company_name"])
    rounds: dict[str, Round] = {}
    seen: dict[tuple[str, str], int] = {}
    for number, row in listed:
        one = _round(number, row, ledger, organisations)
        if one is None:
            continue
        one = rounds.setdefault(one.identifier, one)
        identity = (one.identifier, row["investor_name"])
        if identity in seen:
            ledger.leave_out(DUPLICATE, number, REPEATED.fill(first=seen[identity]))
        else:
            seen[identity] = number
            _join(one, number, row["investor_name"], ledger, organisations)
    kept = [rounds[identifier] for identifier in sorted(rounds) if rounds[identifier].investors]
    return _tables([one for one in kept if one.size > 1], [one for one in kept if one.size == 1])


def _round(
    number: int, row: Mapping[str, str], ledger: Ledger, organisations: Organisations
) -> Round | None:
    day = day_of(number, row["funded_when"], "funded_when", ledger)
    if day is None or not row["company_name"] or not row["investor_name"]:
        told = Text("Which round the row belongs to is not said.", "无法判断该行所属的融资轮次。")
        ledger.leave_out(UNUSABLE, number, told, column="funded_when", value=row["funded_when"])
        return None
    amount = amount_of(number, row["amount_usd"], "amount_usd", ledger)
    return Round(organisations.named(row["company_name"]), day, amount)


def _join(
    one: Round, number: int, investor: str, ledger: Ledger, organisations: Organisations
) -> None:
    """Add the investor to the round where it is an organisation and not yet in it."""
    if not is_organisation(investor, organisations):
        one.left_out += 1
        ledger.leave_out(UNUSABLE, number, PERSON_OR_FIRM, column="investor_name")
        return
    firm_id = organisations.named(investor)
    if firm_id == one.company or firm_id in one.investors:
        told = Text("{firm} is in the round already.", "{firm} 已在该轮次中。")
        ledger.leave_out(DUPLICATE, number, told.fill(firm=firm_id), column="investor_name")
    else:
        one.investors.append(firm_id)


def _tables(joint: list[Round], single: list[Round]) -> Investments:
    alliances = [
        {
            "alliance_id": one.identifier,
            "kind": "investment_round",
            "x_investors_left_out": str(one.left_out),
            **_terms(one),
        }
        for one in joint
    ]
    memberships = [
        {
            "alliance_id": one.identifier,
            "firm_id": firm_id,
            "role": role,
            "joined": one.day,
            "source_id": SOURCE_ID,
        }
        for one in joint
        for firm_id, role in _members(one)
    ]
    ties = [
        {
            "tie_id": f"round:{one.identifier}",
            "source": one.investors[0],
            "target": one.company,
            "kind": "investment",
            **_terms(one),
        }
        for one in single
    ]
    return Investments(
        frame_of("alliances", alliances),
        frame_of("memberships", memberships),
        frame_of("ties", ties),
    )


def _terms(one: Round) -> dict[str, object]:
    return {
        "start": one.day,
        "value": one.amount,
        "currency": None if one.amount is None else "USD",
        "source_id": SOURCE_ID,
    }


def _members(one: Round) -> Iterator[tuple[str, str]]:
    yield one.company, "recipient"
    for firm_id in sorted(one.investors):
        yield firm_id, "investor"
