"""Which firm does a row mean? Identifiers from numbers or names, and references by name.

A firm without an identifier of its own takes its registration number, else its name. A row of
another table may name a firm by identifier, registration number or name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property

import polars as pl

from jiqun.importers.parsing.wording import key, plain
from jiqun.importers.table.cells import Columns
from jiqun.importers.table.fragment import KEPT_REGISTRATION, REGISTRATION, Fragment
from jiqun.importers.table.rules import DERIVED, NAME_AMBIGUOUS
from jiqun.importers.table.rules import REGISTRATION as REGISTRATION_RULE
from jiqun.record.problem import Problem
from jiqun.record.schema import TABLES
from jiqun.vocabulary.identifiers import credit_code_ok, lei_ok
from jiqun.vocabulary.text import Text

CREDIT_WORDS = ("信用代码", "统一代码", "uscc", "usci", "credit")
CREDIT_LENGTH = 18
LEI_LENGTH = 20
DERIVABLE = ("ties", "sites", "data_assets", "policies")
"""Tables whose rows are numbered where the sheet has no column for the identifier."""


def identify_firms(fragment: Fragment, columns: Columns) -> tuple[Fragment, list[Problem]]:
    """Give every row of a list of firms its identifier, and check registration numbers."""
    frame = fragment.frame
    problems: list[Problem] = []
    if REGISTRATION in frame.columns:
        codes = pl.Series(
            REGISTRATION,
            [None if c is None else plain(c).replace(" ", "").upper() for c in frame[REGISTRATION]],
            dtype=pl.String,
        )
        frame = frame.with_columns(codes)
        problems += _check_digits(fragment, codes, columns)
    given = frame["firm_id"] if "firm_id" in frame.columns else None
    if given is None:
        frame, notes = _derive(fragment, frame)
        problems += notes
    elif REGISTRATION in frame.columns:
        frame = frame.with_columns(pl.col(REGISTRATION).alias(KEPT_REGISTRATION))
    return replace(fragment, frame=frame), problems


def _derive(fragment: Fragment, frame: pl.DataFrame) -> tuple[pl.DataFrame, list[Problem]]:
    choices = [c for c in (REGISTRATION, "name") if c in frame.columns]
    if not choices:
        return frame.with_columns(pl.lit(None, pl.String).alias("firm_id")), []
    derived = frame.with_columns(pl.coalesce(choices).alias("firm_id"))
    message = Text(
        "{source} has no column of identifiers; firm_id is the {what}.",
        "{source} 没有企业编号列,以{what}作为 firm_id。",
    ).fill(
        source=fragment.source,
        what=Text("registration number, else the name", "登记号(缺失时用名称)")
        if REGISTRATION in choices
        else Text("name", "企业名称"),
    )
    note = DERIVED.problem(table="firms", source=fragment.source, column="firm_id", message=message)
    return derived, [note]


def _check_digits(fragment: Fragment, codes: pl.Series, columns: Columns) -> list[Problem]:
    place = columns.layout.place("firms", "registration")
    heading = columns.layout.columns[place].text if place is not None else ""
    strict = any(word in key(heading) for word in CREDIT_WORDS)
    return [
        REGISTRATION_RULE.problem(
            table="firms",
            source=fragment.source,
            row=fragment.rows[i],
            column="registration",
            value=code,
            message=message,
        )
        for i, code in enumerate(codes)
        if code is not None and (message := _wrong(code, strict=strict))
    ]


def _wrong(code: str, *, strict: bool) -> Text | None:
    if len(code) == CREDIT_LENGTH:
        if credit_code_ok(code):
            return None
        message = Text(
            "{code} is no unified social credit code: its check character is wrong.",
            "{code} 不是有效的统一社会信用代码:校验码不符。",
        )
    elif len(code) == LEI_LENGTH:
        if lei_ok(code):
            return None
        message = Text(
            "{code} is no LEI: its check digits are wrong.", "{code} 不是有效的 LEI:校验位不符。"
        )
    elif strict:
        message = Text(
            "{code} has {n} characters; a unified social credit code has 18.",
            "{code} 有 {n} 位,统一社会信用代码应为 18 位。",
        )
    else:
        return None
    return message.fill(code=code, n=len(code))


class Firms:
    """Every way to name the firms of the import.

    Attributes
    ----------
    ids
        The identifiers.
    """

    def __init__(self, fragments: Iterable[Fragment]) -> None:
        self._frames = [fragment.frame for fragment in fragments]
        self.ids = frozenset(
            i for f in self._frames for i in f["firm_id"].to_list() if i is not None
        )

    @cached_property
    def aliases(self) -> Mapping[str, frozenset[str]]:
        """Registration number, name or normalised name → identifiers."""
        found: dict[str, set[str]] = {}
        for frame in self._frames:
            identifiers = frame["firm_id"].to_list()
            for column in (REGISTRATION, "name"):
                words = frame[column].to_list() if column in frame.columns else []
                for word, firm in zip(words, identifiers, strict=False):
                    if word is not None and firm is not None:
                        found.setdefault(word, set()).add(firm)
                        found.setdefault(key(word), set()).add(firm)
        return {word: frozenset(firms) for word, firms in found.items()}

    def called(self, word: str) -> frozenset[str]:
        """Return the firms of that name or number."""
        return self.aliases.get(word) or self.aliases.get(key(word)) or frozenset()


def resolve(fragment: Fragment, firms: Firms) -> tuple[Fragment, list[Problem]]:
    """Replace names of firms by their identifiers in the columns that refer to firms."""
    frame = fragment.frame
    problems: list[Problem] = []
    named = 0
    for column in TABLES[fragment.table].columns:
        if column.references != "firms.firm_id" or column.name not in frame.columns:
            continue
        words = frame[column.name]
        unknown = set(words.unique().drop_nulls().to_list()) - firms.ids
        found = {w: firms.called(w) for w in unknown}
        single = {w: next(iter(f)) for w, f in found.items() if len(f) == 1}
        named += int(words.is_in(list(single)).sum()) if single else 0
        frame = frame.with_columns(pl.col(column.name).replace(single))
        several = {w for w, f in found.items() if len(f) > 1}
        problems += [
            _ambiguous(fragment, i, column.name, word, found[word])
            for i, word in enumerate(words.to_list() if several else ())
            if word in several
        ]
    if named:
        message = Text(
            "{n} firms in {source} were found by name.", "{source} 中有 {n} 处企业按名称对应。"
        ).fill(n=named, source=fragment.source)
        problems.append(
            DERIVED.problem(table=fragment.table, source=fragment.source, message=message)
        )
    return replace(fragment, frame=frame), problems


def _ambiguous(
    fragment: Fragment, i: int, column: str, word: str, firms: frozenset[str]
) -> Problem:
    message = Text(
        "{name} may be any of the firms {ids}.", "{name} 可能是以下任一企业:{ids}。"
    ).fill(name=word, ids=", ".join(sorted(firms)))
    return NAME_AMBIGUOUS.problem(
        table=fragment.table,
        source=fragment.source,
        row=fragment.rows[i],
        column=column,
        value=word,
        message=message,
    )


def number_rows(fragment: Fragment, start: int) -> tuple[Fragment, list[Problem]]:
    """Give identifiers, numbered from ``start``, to rows of a table that has no column for them."""
    column = TABLES[fragment.table].key[0]
    if fragment.table not in DERIVABLE or column in fragment.frame.columns:
        return fragment, []
    numbers = [f"{fragment.table}-{n}" for n in range(start, start + fragment.frame.height)]
    message = Text(
        "{source} has no {column}; its rows were numbered.", "{source} 没有 {column},已按行编号。"
    ).fill(source=fragment.source, column=column)
    note = DERIVED.problem(
        table=fragment.table, source=fragment.source, column=column, message=message
    )
    return replace(
        fragment, frame=fragment.frame.with_columns(pl.Series(column, numbers, dtype=pl.String))
    ), [note]
