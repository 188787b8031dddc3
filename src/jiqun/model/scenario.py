"""Scenarios 情景: read from YAML, with every problem of the file reported at once.

A scenario says which firms there are at the start, where, with which logic at the core, and what
policy is set. What it does not say is as in every other scenario.
"""

from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from jiqun.model.scenario_schema import LARGEST, Scenario
from jiqun.record.problem import InputError, Problem, Rule
from jiqun.vocabulary.text import Text

YAML = Rule(
    id="scenario.yaml",
    title=Text("A scenario is a YAML file with keys.", "情景文件为含键值的 YAML 文件。"),
    remedy=Text("Compare it with a bundled scenario.", "请对照内置情景修改。"),
)
VALUE = Rule(
    id="scenario.value",
    title=Text("Each value is of its kind and within its bounds.", "各取值类型正确且在界限之内。"),
    remedy=Text("Correct the value.", "请更正该值。"),
)
KEY = Rule(
    id="scenario.key",
    title=Text("Each key of a scenario is known.", "情景中的键均为已知键。"),
    remedy=Text("Check the spelling, or remove the key.", "请检查拼写,或删除该键。"),
)
REFERENCE = Rule(
    id="scenario.reference",
    title=Text(
        "Groups, regions and industries that are named exist.", "所引用的企业组、区域与行业均存在。"
    ),
    remedy=Text("Declare it, or correct the name.", "请声明该项,或更正名称。"),
)
SIZE = Rule(
    id="scenario.size",
    title=Text(
        "There is a firm, and not more than the largest run takes.", "企业数至少为一且不超过上限。"
    ),
    remedy=Text("Change the numbers of firms.", "请修改企业数。"),
)
RULES = (YAML, VALUE, KEY, REFERENCE, SIZE)
UNKNOWN = {"extra_forbidden", "unexpected_keyword_argument"}
BUNDLED = ("traditional", "incumbent_core", "native_core")


def bundled(name: str) -> Scenario:
    """Return a bundled scenario by name.

    Raises
    ------
    InputError
        Where there is none of that name.
    """
    if name not in BUNDLED:
        known = ", ".join(BUNDLED)
        message = Text(f"There is no scenario {name}: {known}.", f"没有情景 {name}:{known}。")
        raise InputError((YAML.problem(table=name, message=message),))
    text = files("jiqun.model").joinpath("scenarios", f"{name}.yaml").read_text(encoding="utf-8")
    return parse(text, source=f"{name}.yaml")


def load(path: str | Path) -> Scenario:
    """Read a scenario from a file, or a bundled one by its name.

    Raises
    ------
    InputError
        With every problem of the file.
    OSError
        Where the file cannot be read.
    """
    if str(path) in BUNDLED:
        return bundled(str(path))
    return parse(Path(path).read_text(encoding="utf-8"), source=Path(path).name)


def parse(text: str, *, source: str) -> Scenario:
    """Check the text of a scenario and return it; raise with all of its problems."""
    try:
        raw = yaml.safe_load(text)
    except yaml.YAMLError as error:
        message = Text(f"It is not YAML: {error}.", f"不是有效的 YAML:{error}。")
        raise InputError((YAML.problem(table=source, message=message),)) from error
    if not isinstance(raw, dict):
        message = Text("It has no keys.", "文件中没有键。")
        raise InputError((YAML.problem(table=source, message=message),))
    problems = [*_references(raw, source), *_size(raw, source)]
    try:
        scenario = Scenario.model_validate(raw)
    except ValidationError as error:
        findings = [dict(e) for e in error.errors() if not _follows_from_others(dict(e))]
        problems = [*(_translated(finding, source) for finding in findings), *problems]
        raise InputError(tuple(problems)) from error
    if problems:
        raise InputError(tuple(problems))
    return scenario


def _follows_from_others(error: dict[str, Any]) -> bool:
    """Say whether a list is called too short only because its items were refused."""
    return bool(error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"])


def _translated(error: dict[str, Any], source: str) -> Problem:
    """Turn one finding of the schema into a problem."""
    place = ".".join(str(part) for part in error["loc"])
    value = error["input"]
    shown = value if isinstance(value, str | int | float | bool) else None
    if error["type"] in UNKNOWN:
        message = Text(f"There is no key {place}.", f"没有键 {place}。")
        return KEY.problem(table=source, column=place, value=shown, message=message)
    bounds = {
        name: f"{bound:g}" if isinstance(bound, int | float) else str(bound)
        for name, bound in error.get("ctx", {}).items()
    }
    message = _IN_BOTH.get(error["type"], Text("{msg}.", "取值无效:{msg}。"))
    message = message.fill(msg=error["msg"], **bounds)
    return VALUE.problem(table=source, column=place, value=shown, message=message)


_IN_BOTH = {
    "missing": Text("It is missing.", "缺少该键。"),
    "missing_argument": Text("It is missing.", "缺少该键。"),
    "greater_than_equal": Text("It has to be at least {ge}.", "不得小于 {ge}。"),
    "greater_than": Text("It has to be greater than {gt}.", "须大于 {gt}。"),
    "less_than_equal": Text("It has to be at most {le}.", "不得大于 {le}。"),
    "float_type": Text("It has to be a number.", "须为数值。"),
    "float_parsing": Text("It has to be a number.", "须为数值。"),
    "finite_number": Text("It has to be a finite number.", "须为有限数值。"),
    "int_type": Text("It has to be a whole number.", "须为整数。"),
    "int_parsing": Text("It has to be a whole number.", "须为整数。"),
    "int_from_float": Text("It has to be a whole number.", "须为整数。"),
    "string_type": Text("It has to be text.", "须为文本。"),
    "literal_error": Text("It has to be one of {expected}.", "须为以下之一:{expected}。"),
    "too_short": Text(
        "It needs {min_length} or more, and has {actual_length}.",
        "至少需要 {min_length} 项,现有 {actual_length} 项。",
    ),
}


def _named(raw: dict[str, Any], table: str, key: str) -> list[Any]:
    """Return the names declared in one list, as far as they can be read."""
    rows = raw.get(table)
    return [row.get(key) for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _references(raw: dict[str, Any], source: str) -> list[Problem]:
    """Report names that are used and not declared."""
    industries, regions = _named(raw, "industries", "code"), _named(raw, "regions", "name")
    groups = _named(raw, "groups", "name")
    used = [
        *((f"industries.{n}.buys", v, industries) for n, v in _used(raw, "industries", "buys")),
        *((f"groups.{n}.industries", v, industries) for n, v in _used(raw, "groups", "industries")),
        *((f"groups.{n}.regions", v, regions) for n, v in _used(raw, "groups", "regions")),
    ]
    core = raw.get("core")
    if isinstance(core, dict):
        used.append(("core.group", core.get("group"), groups))
    return [
        REFERENCE.problem(
            table=source,
            column=place,
            value=value,
            message=Text(f"{value} is not declared.", f"{value} 未声明。"),
        )
        for place, value, known in used
        if isinstance(value, str) and value not in known
    ]


def _used(raw: dict[str, Any], table: str, key: str) -> list[tuple[int, Any]]:
    """Return the names used in the lists of one key, with the row of each."""
    rows = raw.get(table)
    if not isinstance(rows, list):
        return []
    found = [(n, row.get(key)) for n, row in enumerate(rows) if isinstance(row, dict)]
    return [(n, value) for n, values in found if isinstance(values, list) for value in values]


def _size(raw: dict[str, Any], source: str) -> list[Problem]:
    """Report a scenario without firms, with too many, or with a core larger than its group."""
    groups = raw.get("groups")
    counts = {
        row.get("name"): row["firms"]
        for row in (groups if isinstance(groups, list) else [])
        if isinstance(row, dict) and isinstance(row.get("firms"), int)
    }
    firms, problems = sum(counts.values()), []
    if not 0 < firms <= LARGEST:
        message = Text(
            f"It starts with {firms} firms; 1 to {LARGEST} can be run.",
            f"初始企业数为 {firms};可运行 1 至 {LARGEST} 家。",
        )
        problems.append(SIZE.problem(table=source, column="groups", value=firms, message=message))
    core = raw.get("core")
    wanted = core.get("firms") if isinstance(core, dict) else None
    if isinstance(core, dict) and isinstance(wanted, int):
        has = counts.get(core.get("group"), wanted)
        if wanted > has:
            message = Text(
                f"The group of the core has {has} firms.", f"核心所在企业组仅有 {has} 家企业。"
            )
            problems.append(
                SIZE.problem(table=source, column="core.firms", value=wanted, message=message)
            )
    return problems
