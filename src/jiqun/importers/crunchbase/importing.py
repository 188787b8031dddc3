"""Read the folder: which files there are, and what they make together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from jiqun.importers.crunchbase.acquisitions import (
    ACQUISITION_COLUMNS,
    LOCATED_COLUMNS,
    sites_of,
    ties_of,
)
from jiqun.importers.crunchbase.organisations import SOURCE_ID, Organisations
from jiqun.importers.crunchbase.rounds import COLUMNS as ROUND_COLUMNS
from jiqun.importers.crunchbase.rounds import investments_of
from jiqun.importers.imported import Imported, Importer
from jiqun.importers.merges import propose_merges
from jiqun.importers.parsing.open_data import COLUMNS, NOTICE, Ledger, Row, checksum, rows_of
from jiqun.record.problem import InputError, Problem
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

LOCATED, ACQUISITIONS, INVESTMENTS = "*located_firms*.csv", "acquisitions*.csv", "investments*.csv"
CITY_CENTRES = Text(
    "Coordinates are those of city centres: distances within a city mean nothing.",
    "坐标为城市中心点:同城之内的距离没有意义。",
)
PERSONS_LEFT_OUT = Text(
    "Of {n} rounds with several investors, {m} have investors that may be natural persons and are "
    "left out; their number is in x_investors_left_out.",
    "{n} 个多方投资轮次中,{m} 个含可能为自然人的投资方,已略去;其人数见 x_investors_left_out。",
)


@dataclass(slots=True)
class Folder:
    """The files read so far and what became of their rows."""

    path: Path
    ledgers: list[Ledger] = field(default_factory=list)
    inputs: dict[str, str] = field(default_factory=dict)

    def rows(self, pattern: str, columns: Iterable[str]) -> tuple[list[Row], Ledger] | None:
        """Read the file of that name, compressed or not; None where there is none."""
        found = sorted([*self.path.glob(pattern), *self.path.glob(f"{pattern}.gz")])
        if not found:
            return None
        rows, ledger = rows_of(found[0], columns)
        for other in found[1:]:
            told = Text(
                "{name} is not read: one file of a kind.", "未读取 {name}:同类文件只取一个。"
            )
            ledger.note(NOTICE, told.fill(name=other.name))
        self.ledgers.append(ledger)
        self.inputs[found[0].name] = checksum(found[0])
        return rows, ledger


def read(source: Path, *, options: Mapping[str, str]) -> Imported:  # noqa: ARG001 - has no options
    """Read the folder."""
    folder = Folder(source)
    organisations = Organisations()
    tables: dict[str, pl.DataFrame] = {}
    if found := folder.rows(LOCATED, LOCATED_COLUMNS):
        tables["sites"] = sites_of(*found, organisations)
        found[1].note(NOTICE, CITY_CENTRES, column="lat")
    ties = []
    if found := folder.rows(ACQUISITIONS, ACQUISITION_COLUMNS):
        ties.append(ties_of(*found, organisations))
    if found := folder.rows(INVESTMENTS, ROUND_COLUMNS):
        made = investments_of(*found, organisations)
        tables |= {"alliances": made.alliances, "memberships": made.memberships}
        ties.append(made.ties)
        _tell_persons(made.alliances, found[1])
    if not folder.ledgers:
        raise InputError((_nothing(source),))
    if ties:
        tables["ties"] = pl.concat(ties)
    record = Record.of(firms=organisations.table(), sources=_sources(), **tables)
    return Imported(
        record=record,
        problems=tuple(problem for ledger in folder.ledgers for problem in ledger.problems),
        rows=tuple(ledger.count() for ledger in folder.ledgers),
        merges=propose_merges(record["firms"]),
        inputs=folder.inputs,
    )


def _tell_persons(alliances: pl.DataFrame, ledger: Ledger) -> None:
    if alliances.height:
        several = alliances.filter(pl.col("x_investors_left_out") != "0").height
        told = PERSONS_LEFT_OUT.fill(n=alliances.height, m=several)
        ledger.note(NOTICE, told, column="investor_name")


def _sources() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "source_id": [SOURCE_ID],
            "citation": ["Crunchbase, extracts of 2013 (investments) and 2015 (acquisitions)"],
            "licence": ["CC BY-NC 4.0 (acquisitions); not stated (investments)"],
        }
    )


def _nothing(source: Path) -> Problem:
    told = Text(
        "{name} holds none of the files {patterns}.", "{name} 中没有以下任何文件:{patterns}。"
    )
    patterns = ", ".join((LOCATED, ACQUISITIONS, INVESTMENTS))
    return COLUMNS.problem(
        table="", message=told.fill(name=source.name, patterns=patterns), source=source.name
    )


IMPORTER = Importer(
    name="crunchbase",
    title=Text("Folder of Crunchbase extracts", "Crunchbase 数据文件夹"),
    meaning=Text(
        "Folder with acquisitions*.csv, investments*.csv, *located_firms*.csv: acquisitions become "
        "ties of ownership, rounds of several investors alliances, cities sites at their centre. "
        "Investors that may be natural persons are left out and counted.",
        "含 acquisitions*.csv、investments*.csv、*located_firms*.csv 的文件夹:收购为股权关系,多方投资"
        "轮次为联盟,城市为位于其中心点的场所。可能为自然人的投资方予以略去并计数。",
    ),
    read=read,
)
