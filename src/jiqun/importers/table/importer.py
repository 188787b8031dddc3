"""Import a person's own spreadsheet: a workbook, a CSV file or a folder of CSV files.

Headings and sheet names are recognised in English and Chinese. Every problem is reported at once,
with sheet, row and column as the file has them; no row is dropped without being named.

Paper: E1 (firms and related institutions), K3f, K3g (ties and alliances as tables of their own).
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

import polars as pl

from jiqun.importers.imported import Imported, RowCount
from jiqun.importers.merges import apply_merges, propose_merges, read_merges
from jiqun.importers.parsing.wording import key
from jiqun.importers.table.build import Build, build
from jiqun.importers.table.files import read_files
from jiqun.importers.table.fragment import Fragment, conforming
from jiqun.importers.table.layout import Layout, lay_out
from jiqun.importers.table.options import Options, read_options
from jiqun.importers.table.rules import HEADING_OPTION, HIDDEN, NOTHING_FOUND, SHEET_MISSING
from jiqun.importers.table.sheet import Sheet
from jiqun.importers.table.translate import Places, check_record
from jiqun.record.exchange.forms import OWN_SHEETS, observed_tables
from jiqun.record.problem import InputError, Problem
from jiqun.record.record import Record, conform, empty_table
from jiqun.vocabulary.text import Text


def read_table(source: Path, *, options: Mapping[str, str]) -> Imported:
    """Read a workbook, a CSV file or a folder of them.

    Parameters
    ----------
    source
        File or folder.
    options
        As listed in ``OPTIONS``.

    Raises
    ------
    InputError
        Where a file can't be read at all, or no sheet can be matched to a table.
    """
    chosen = read_options(options)
    sheets, inputs = read_files(source, chosen)
    layouts, problems = lay_out_all(sheets, chosen)
    if not layouts:
        raise InputError((*problems, *_nothing(source, problems)))
    outcome = build(layouts, chosen)
    problems += tuple(outcome.problems)
    tables = {name: combine(parts) for name, parts in outcome.fragments.items()}
    declared_empty = outcome.empty & observed_tables((sheet.name, sheet.rows) for sheet in sheets)
    record = Record.of(
        **{name: frame for name, (frame, _) in tables.items()},
        **{name: empty_table(name) for name in declared_empty - set(tables)},
    )
    places = {name: found for name, (_, found) in tables.items()}
    problems = check_record(record, places, problems)
    record, counts = _without_bad_rows(record, places, outcome, problems)
    proposals = propose_merges(record["firms"])
    if chosen.merge is not None:
        reviewed, wrong = read_merges(chosen.merge, record["firms"])
        problems = (*problems, *wrong)
        record = record if wrong else apply_merges(record, reviewed)
    return Imported(record=record, problems=problems, rows=counts, merges=proposals, inputs=inputs)


def lay_out_all(
    sheets: Iterable[Sheet], options: Options
) -> tuple[list[Layout], tuple[Problem, ...]]:
    """Lay out every sheet that is not one of our own pages of explanation."""
    layouts: list[Layout] = []
    problems: list[Problem] = []
    names = set()
    for sheet in sheets:
        names.add(key(sheet.name))
        if sheet.name in OWN_SHEETS:
            continue
        layout, found = lay_out(sheet, options)
        problems += found
        if layout:
            layouts.append(layout)
            if sheet.hidden:
                problems.append(_hidden(sheet))
    problems += [_missing(name) for name in sorted(set(options.sheets) - names)]
    seen = {key(str(c)) for lo in layouts for c in lo.sheet.rows[lo.heading_row]}
    problems += [_no_such_heading(name) for name in sorted(set(options.columns) - seen)]
    return layouts, tuple(problems)


def combine(parts: list[Fragment]) -> tuple[pl.DataFrame, Places]:
    """Put the rows of several sheets for one table together, each with its place."""
    frames = [conform(part.table, conforming(part)) for part in parts]
    frame = pl.concat(frames, how="diagonal")
    sources = [(part.source, row) for part in parts for row in part.rows]
    return frame, sources


def _without_bad_rows(
    record: Record, places: Mapping[str, Places], outcome: Build, problems: tuple[Problem, ...]
) -> tuple[Record, tuple[RowCount, ...]]:
    """Take the rows with an error out of the record and account for every row."""
    bad = {(p.source, p.row) for p in problems if p.severity == "error" and p.row is not None}
    tables = {}
    for name in record:
        keep = [place not in bad for place in places.get(name, [])] if bad else []
        tables[name] = (
            record[name].filter(pl.Series(keep, dtype=pl.Boolean)) if keep else record[name]
        )
    counts = []
    for source, rows in outcome.rows.items():
        reported = sum((source, number) in bad for number in rows.numbers) if bad else 0
        counts.append(
            RowCount(
                source=source,
                read=len(rows.numbers) + len(rows.left_out),
                kept=len(rows.numbers) - reported,
                reported=reported + len(rows.left_out),
            )
        )
    return Record.of(**tables), tuple(counts)


def _hidden(sheet: Sheet) -> Problem:
    message = Text("Sheet {name} is hidden.", "工作表“{name}”处于隐藏状态。").fill(name=sheet.name)
    return HIDDEN.problem(table=sheet.name, source=sheet.source, message=message)


def _missing(name: str) -> Problem:
    message = Text("There is no sheet or file {name}.", "没有名为“{name}”的工作表或文件。")
    return SHEET_MISSING.problem(table=name, message=message.fill(name=name))


def _no_such_heading(name: str) -> Problem:
    message = Text("No sheet has a heading {name}.", "没有名为“{name}”的表头。").fill(name=name)
    return HEADING_OPTION.problem(table="", column=name, message=message)


def _nothing(source: Path, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    if any(problem.severity == "error" for problem in problems):
        return ()
    message = Text("{source} holds no table that is known.", "{source} 中没有可识别的表。")
    return (
        NOTHING_FOUND.problem(
            table="", source=source.name, message=message.fill(source=source.name)
        ),
    )
