"""Names within a scenario: what is used is declared, and declared once."""

from collections.abc import Iterator
from typing import Any

from jiqun.model.scenario_text import Place, Written
from jiqun.record.problem import Problem, Rule
from jiqun.vocabulary.text import Text

REFERENCE = Rule(
    id="scenario.reference",
    title=Text(
        "Groups, regions and industries that are named exist.", "所引用的企业组、区域与行业均存在。"
    ),
    remedy=Text("Declare it, or correct the name.", "请声明该项,或更正名称。"),
)
NAMED_TWICE = Rule(
    id="scenario.repeated_name",
    title=Text(
        "No two groups, regions or industries have one name.", "企业组、区域、行业各不重名。"
    ),
    remedy=Text("Rename one of them.", "请更改其中一个名称。"),
)
RULES = (REFERENCE, NAMED_TWICE)


def undeclared(raw: dict[str, Any], file: Written) -> list[Problem]:
    """Report names that are used and not declared, and names declared twice."""
    industries, regions = _named(raw, "industries", "code"), _named(raw, "regions", "name")
    groups = _named(raw, "groups", "name")
    used = [
        *((place, v, industries) for place, v in _used(raw, "industries", "buys")),
        *((place, v, industries) for place, v in _used(raw, "groups", "industries")),
        *((place, v, regions) for place, v in _used(raw, "groups", "regions")),
        *((place, v, industries) for place, v in _used(raw, "events", "industries")),
    ]
    core = raw.get("core")
    if isinstance(core, dict):
        used.append((("core", "group"), core.get("group"), groups))
    problems = [
        REFERENCE.problem(
            table=file.source,
            row=file.line(place),
            column=".".join(map(str, place)),
            value=value,
            message=Text(f"{value} is not declared.", f"{value} 未声明。"),
        )
        for place, value, known in used
        if isinstance(value, str) and value not in known
    ]
    tables = (("industries", "code", industries), ("regions", "name", regions))
    for table, key, names in (*tables, ("groups", "name", groups)):
        for n, name in enumerate(names):
            if isinstance(name, str) and name in names[:n]:
                problems.append(
                    NAMED_TWICE.problem(
                        table=file.source,
                        row=file.line((table, n, key)),
                        column=f"{table}.{n}.{key}",
                        value=name,
                        message=Text(f"{name} stands twice.", f"{name} 重复出现。"),
                    )
                )
    return problems


def _named(raw: dict[str, Any], table: str, key: str) -> list[Any]:
    """Return the names declared in one list, as far as they can be read."""
    rows = raw.get(table)
    return [row.get(key) for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _used(raw: dict[str, Any], table: str, key: str) -> Iterator[tuple[Place, Any]]:
    """Yield the names used in the lists of one key, each with its place."""
    rows = raw.get(table)
    for n, row in enumerate(rows if isinstance(rows, list) else []):
        values = row.get(key) if isinstance(row, dict) else None
        for m, value in enumerate(values if isinstance(values, list) else []):
            yield (table, n, key, m), value
