"""Names beside codes: what an industry or region code means, where its list is known."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from jiqun.measures import Measurement
from jiqun.measures.estimate import Estimate
from jiqun.record.record import Record
from jiqun.vocabulary import classifications, regions
from jiqun.vocabulary.text import Text

Look = Callable[[str], str | None]


def _prevailing(record: Record, column: str) -> str:
    """Return the value that most firms have; empty where none has one."""
    found = record["firms"].get_column(column).drop_nulls()
    return (
        str(found.value_counts().sort("count", column, descending=[True, False])[column][0])
        if len(found)
        else ""
    )


def look_ups(record: Record) -> Mapping[str, Look]:
    """Return for industries and regions how a code is looked up, in the scheme of most firms."""
    looks: dict[str, Look] = {}
    scheme = _prevailing(record, "industry_scheme")
    if scheme in classifications.schemes():
        looks["industry"] = partial(classifications.label, scheme)
    codes = record["firms"].get_column("region_code").drop_nulls()
    if codes.str.contains(r"^[1-8][0-9]{5}$").any():
        looks["region"] = regions.name
    return looks


def _beside(words: str, code: str, name: str, form: str) -> str:
    whole = rf"(?<![0-9A-Za-z.]){re.escape(code)}(?![0-9A-Za-z.])"
    return re.sub(whole, lambda _: form.format(code=code, name=name), words, count=1)


def named(estimate: Estimate, looks: Mapping[str, Look]) -> Estimate:
    """Put names beside the industry and region codes in a label."""
    label = estimate.label
    for key, code in estimate.of:
        name = looks[key](code) if key in looks else None
        if name is not None:
            label = Text(
                _beside(label.en, code, name, "{code} ({name})"),
                _beside(label.zh, code, name, "{code}({name})"),
                typeset=_beside(label.to("zh"), code, name, "{code}（{name}）").replace(
                    "） ", "）"
                ),
            )
    return estimate if label == estimate.label else replace(estimate, label=label)


def with_names(measurement: Measurement, record: Record) -> Measurement:
    """Put names beside codes in all labels; numbers and ids stay as they are."""
    looks = look_ups(record)
    if not looks:
        return measurement
    return Measurement(
        {m: tuple(named(e, looks) for e in found) for m, found in measurement.items()}
    )


def industry_title(record: Record, code: str) -> str:
    """Return an industry code with its name, for a heading."""
    look = look_ups(record).get("industry")
    name = look(code) if look is not None else None
    return code if name is None else f"{code} {name}"
