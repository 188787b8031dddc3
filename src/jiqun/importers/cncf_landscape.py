"""The CNCF landscape in half-year snapshots: one platform, who takes part in it, what it covers.

Source: landscape.yml of the repository cncf/landscape at the last commit of each half year
(Apache-2.0, or CC BY 4.0), one CSV row an item and snapshot. What becomes what:

- organisation slug → firm. Kind only where the landscape says it: the foundation is an association,
  academic members are universities. Founding days and places are not in the source.
- the foundation's technology → the platform ``CNCF``, operated by the foundation.
- product listed outside the members → participation as complementor. A listing says that the
  product is offered beside the platform, not how much it depends on it.
- membership (Platinum to Academic) → participation without a role, the tiers in ``x_tiers``: dues
  and a vote are no role in the paper's sense. The foundation itself → owner.
- subcategories in which the foundation hosts a project → functions of the platform (scheme
  ``other``): opened on the day of the first acceptance that the source gives, else with the first
  snapshot that has one; closed with the first that has none. Archived projects do not count.

Dates. A stretch of snapshots in a row is one participation: it starts with its first snapshot and
ends with the first that lacks it. What the first snapshot of its kind already has started before
it, so that day is missing, unless the source gives when the member joined; what the last one has
has not ended. A joining day counts for the stretch whose snapshots give it, where it lies between
the end of the stretch before and the first snapshot.

Left out, and why: projects as alliances, because the source names the foundation as their holder
and none of the contributors, and an alliance of one is none; projects as innovations, because
nothing says of which mode; stages of projects (sandbox, incubating, graduated), homepages and
repositories. Items without an organisation are reported, unless they are hosted projects.

Paper: K2a (platform as carrier), N1b, N1c (roles), S13, X1 (functions), Z5 (participation).
"""

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

import polars as pl

from jiqun.importers.imported import Imported, Importer
from jiqun.importers.merges import propose_merges
from jiqun.importers.parsing.open_data import (
    DOUBTFUL,
    DUPLICATE,
    NOTICE,
    UNUSABLE,
    Ledger,
    Row,
    checksum,
    frame_of,
    rows_of,
    runs,
    the_file,
)
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

COLUMNS = (
    "snapshot", "category", "subcategory", "item", "firm_slug", "cncf_project", "accepted", "joined",
)  # fmt: skip
SOURCE_ID = "cncf-landscape"
PLATFORM = "CNCF"
FOUNDATION = "cloud-native-computing-foundation"
MEMBERS = "CNCF Members"
SEPARATOR = "; "


@dataclass(slots=True)
class Presence:
    """In which snapshots something was, and what was said of it."""

    begun: dict[int, dt.date | None] = field(default_factory=dict)
    labels: set[str] = field(default_factory=set)

    def add(self, snapshot: int, label: str, begun: dt.date | None = None) -> None:
        """Note one listing and the day that it gives; the earliest day of a snapshot counts."""
        days = [day for day in (self.begun.get(snapshot), begun) if day]
        self.begun[snapshot] = min(days, default=None)
        self.labels.add(label)


@dataclass(slots=True)
class Landscape:
    """What all rows together say."""

    snapshots: list[dt.date]
    members: dict[str, Presence] = field(default_factory=lambda: defaultdict(Presence))
    complementors: dict[str, Presence] = field(default_factory=lambda: defaultdict(Presence))
    functions: dict[str, Presence] = field(default_factory=lambda: defaultdict(Presence))
    names: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    academic: set[str] = field(default_factory=set)
    classes: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


def read(source: Path, *, options: Mapping[str, str]) -> Imported:  # noqa: ARG001 - has no options
    """Read the snapshots."""
    source = the_file(source)
    rows, ledger = rows_of(source, COLUMNS)
    found = _landscape(rows, ledger)
    record = Record.of(
        firms=_firms(found),
        platforms=pl.DataFrame(
            {"platform_id": [PLATFORM], "operator": [FOUNDATION], "source_id": [SOURCE_ID]}
        ),
        participations=_participations(found),
        functions=_functions(found),
        sources=pl.DataFrame(
            {
                "source_id": [SOURCE_ID],
                "citation": ["CNCF, Cloud Native Landscape (cncf/landscape), landscape.yml"],
                "licence": ["Apache-2.0, alternatively CC BY 4.0"],
            }
        ),
    )
    ledger.note(
        NOTICE,
        Text(
            "The source has no places, founding days or accounts, and names no contributors of "
            "projects, so no alliances.",
            "该来源不含地点、成立日期与账目,也未列项目贡献者,故无联盟。",
        ),
    )
    return Imported(
        record=record,
        problems=tuple(ledger.problems),
        rows=(ledger.count(),),
        merges=propose_merges(record["firms"]),
        inputs={source.name: checksum(source)},
    )


def _landscape(rows: Iterable[Row], ledger: Ledger) -> Landscape:
    usable = [(n, row, day) for n, row in rows if (day := _snapshot(n, row, ledger))]
    found = Landscape(sorted({day for *_, day in usable}))
    position = {day: at for at, day in enumerate(found.snapshots)}
    seen: dict[tuple[str, ...], int] = {}
    for number, row, day in usable:
        identity = tuple(row[c] for c in ("snapshot", "category", "subcategory", "item"))
        hosted = row["cncf_project"] not in {"", "archived"}
        if identity in seen:
            told = Text("The row repeats row {first}.", "该行与第 {first} 行重复。")
            ledger.leave_out(DUPLICATE, number, told.fill(first=seen[identity]))
        elif not row["firm_slug"] and not hosted:
            told = Text("{item} names no organisation.", "{item} 未注明机构。")
            ledger.leave_out(UNUSABLE, number, told.fill(item=row["item"]), column="firm_slug")
        else:
            seen[identity] = number
            _add(found, number, row, position[day], hosted=hosted, ledger=ledger)
    return found


def _snapshot(number: int, row: Mapping[str, str], ledger: Ledger) -> dt.date | None:
    day = _day(row["snapshot"])
    if day is None:
        told = Text("The snapshot has no day.", "快照缺少日期。")
        ledger.leave_out(UNUSABLE, number, told, column="snapshot", value=row["snapshot"])
    return day


def _add(
    found: Landscape, number: int, row: Mapping[str, str], at: int, *, hosted: bool, ledger: Ledger
) -> None:
    slug, code = row["firm_slug"], f"{row['category']} / {row['subcategory']}"
    days = {column: _day(row[column]) for column in ("accepted", "joined")}
    for column, day in days.items():
        if row[column] and (day is None or day > found.snapshots[at]):
            told = Text("{value} is no day up to the snapshot.", "{value} 不是快照之前的日期。")
            value = row[column]
            ledger.note(DOUBTFUL, told.fill(value=value), row=number, column=column, value=value)
            days[column] = None
    if hosted:
        found.functions[code].add(at, row["item"], days["accepted"])
    if not slug:
        return
    is_member = row["category"] == MEMBERS
    _name(found, slug, row["item"], at, is_member=is_member)
    if is_member:
        found.members[slug].add(at, row["subcategory"], days["joined"])
        if row["subcategory"] == "Academic":
            found.academic.add(slug)
    elif slug != FOUNDATION:
        found.complementors[slug].add(at, code)
        found.classes[slug][code] += 1


def _name(found: Landscape, slug: str, item: str, at: int, *, is_member: bool) -> None:
    """Keep the latest name under which an organisation is a member.

    An item that is no membership is a product; its name does not name the organisation.
    """
    name = item.rsplit(" (", 1)[0] if is_member else unquote(slug)
    found.names[slug] = max(found.names.get(slug, (0, -1, slug)), (int(is_member), at, name))


def _firms(found: Landscape) -> pl.DataFrame:
    names = {slug: name for slug, (*_, name) in found.names.items()}
    names.setdefault(FOUNDATION, FOUNDATION)
    rows = []
    for slug in sorted(names):
        classes = sorted(found.classes[slug].items(), key=lambda pair: (-pair[1], pair[0]))
        kind = "association" if slug == FOUNDATION else None
        rows.append(
            {
                "firm_id": slug,
                "name": names[slug],
                "kind": "university" if slug in found.academic else kind,
                "industry_scheme": "other" if classes else None,
                "industry_code": classes[0][0] if classes else None,
                "x_categories": SEPARATOR.join(sorted(code for code, _ in classes)) or None,
                "source_id": SOURCE_ID,
            }
        )
    return frame_of("firms", rows)


def _participations(found: Landscape) -> pl.DataFrame:
    rows: list[dict[str, object]] = [
        {"platform_id": PLATFORM, "firm_id": FOUNDATION, "role": "owner"}
    ]
    for role, column, presences in (
        (None, "x_tiers", found.members),
        ("complementor", "x_categories", found.complementors),
    ):
        begins = _first(presences)
        for slug in sorted(presences):
            labels = SEPARATOR.join(sorted(presences[slug].labels))
            for start, end in _stretches(presences[slug], found.snapshots, begins):
                rows.append(
                    {
                        "platform_id": PLATFORM,
                        "firm_id": slug,
                        "role": role,
                        "joined": start,
                        "left": end,
                        column: labels,
                    }
                )
    return frame_of("participations", rows).with_columns(source_id=pl.lit(SOURCE_ID))


def _functions(found: Landscape) -> pl.DataFrame:
    begins = _first(found.functions)
    rows = [
        {
            "platform_id": PLATFORM,
            "industry_scheme": "other",
            "industry_code": code,
            "opened": start,
            "closed": end,
            "source_id": SOURCE_ID,
            "x_projects": SEPARATOR.join(sorted(found.functions[code].labels)),
        }
        for code in sorted(found.functions)
        for start, end in _stretches(found.functions[code], found.snapshots, begins)
    ]
    return frame_of("functions", rows)


def _stretches(
    presence: Presence, snapshots: list[dt.date], begins: int
) -> Iterator[tuple[dt.date | None, dt.date | None]]:
    """Yield first day and first day after of every stretch; ``begins`` is the first snapshot."""
    before = dt.date.min
    for first, last in runs(presence.begun):
        given = [day for n in range(first, last + 1) if (day := presence.begun[n])]
        earlier = [day for day in given if before <= day <= snapshots[first]]
        start = min(earlier, default=None if first == begins else snapshots[first])
        end = snapshots[last + 1] if last + 1 < len(snapshots) else None
        yield start, end
        before = end or before


def _first(presences: Mapping[str, Presence]) -> int:
    """Return the first snapshot that has any of them."""
    return min((min(presence.begun) for presence in presences.values()), default=0)


def _day(text: str) -> dt.date | None:
    """Read a day; a time after it is left off."""
    parts = re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", text)
    try:
        return dt.date(*map(int, parts.groups())) if parts else None
    except ValueError:
        return None


IMPORTER = Importer(
    name="cncf-landscape",
    title=Text("Snapshots of the CNCF landscape", "CNCF 云原生全景图快照"),
    meaning=Text(
        "CSV of half-year snapshots: organisations, their dated participation in the platform CNCF "
        "(complementors by listed product; members without a role, tier in x_tiers), and the fields "
        "in which it hosts projects as its functions. No places, no alliances.",
        "半年度快照 CSV:生成机构、其参与 CNCF 平台的起止日期(按所列产品为互补企业;会员不设角色,"
        "级别见 x_tiers),并以平台托管项目所在领域为平台功能。无地点与联盟。",
    ),
    read=read,
)
