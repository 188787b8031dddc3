"""Scenarios 情景: read from YAML, with every problem of the file reported at once.

A scenario says which firms there are at the start, where, with which logic at the core, and what
policy is set. What it does not say is as in every other scenario.
"""

from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from jiqun.model.scenario_names import undeclared
from jiqun.model.scenario_schema import LARGEST, Scenario
from jiqun.model.scenario_text import TWICE, YAML, Place, Written, written
from jiqun.record.problem import InputError, Problem, Rule
from jiqun.vocabulary.text import Text

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
SIZE = Rule(
    id="scenario.size",
    title=Text(
        "There is a firm, and not more than the largest run takes.", "企业数至少为一且不超过上限。"
    ),
    remedy=Text("Change the numbers of firms.", "请修改企业数。"),
)
WHEN = Rule(
    id="scenario.dates",
    title=Text(
        "Policies and events begin within the run and before they stop.",
        "政策与事件在仿真期内开始,且早于其结束。",
    ),
    remedy=Text("Change start, stop or periods.", "请修改 start、stop 或 periods。"),
)
LIKE = Rule(
    id="scenario.like",
    title=Text("What a scenario is like is bundled.", "like 所指为内置情景。"),
    remedy=Text("Name a bundled scenario.", "请填写内置情景名称。"),
)
RULES = (YAML, TWICE, VALUE, KEY, SIZE, WHEN, LIKE)
UNKNOWN = {"extra_forbidden", "unexpected_keyword_argument"}
TWINS = ("traditional", "incumbent_core", "native_core")
"""Scenarios that differ in initial firms, places and core logic alone."""
BUNDLED = (
    *TWINS,
    "decline",
    "hybrid",
    "two_platforms",
    "owner_leaves",
    "no_core",
    "ties_cut",
)


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
    return parse(_bundled_text(name), source=f"{name}.yaml")


def _bundled_text(name: str) -> str:
    """Return the file of a bundled scenario."""
    return files("jiqun.model").joinpath("scenarios", f"{name}.yaml").read_text(encoding="utf-8")


def load(path: str | Path) -> Scenario:
    """Read a scenario from a file, or a bundled one by its name.

    Raises
    ------
    InputError
        With every problem of the file, or where there is no such file.
    """
    if str(path) in BUNDLED:
        return bundled(str(path))
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        known = ", ".join(BUNDLED)
        message = Text(
            f"There is no readable file {path}; the bundled scenarios are {known}.",
            f"没有可读取的文件 {path};内置情景为 {known}。",
        )
        raise InputError((YAML.problem(table=str(path), message=message),)) from error
    return parse(text, source=Path(path).name)


def parse(text: str, *, source: str) -> Scenario:
    """Check the text of a scenario and return it; raise with all of its problems."""
    file = written(text, source=source)
    raw, problems = _completed(file)
    problems += [*file.problems, *undeclared(raw, file), *_size(raw, file), *_dates(raw, file)]
    try:
        scenario = Scenario.model_validate(raw)
    except ValidationError as error:
        findings = [dict(e) for e in error.errors() if not _follows_from_others(dict(e))]
        problems = [*(_translated(finding, file) for finding in findings), *problems]
        problems.sort(key=lambda p: p.row or 0)
        raise InputError(tuple(problems)) from error
    if problems:
        raise InputError(tuple(problems))
    return scenario


def _completed(file: Written) -> tuple[dict[str, Any], list[Problem]]:
    """Take what the file does not say from the bundled scenario that it is like."""
    raw = dict(file.values)
    name = raw.pop("like", None)
    if name is None:
        return raw, []
    if name not in TWINS:
        known = ", ".join(TWINS)
        message = Text(f"It can be like {known}.", f"可选:{known}。")
        row = file.line(("like",))
        problem = LIKE.problem(
            table=file.source, row=row, column="like", value=str(name), message=message
        )
        return raw, [problem]
    return written(_bundled_text(name), source=name).values | raw, []


def _follows_from_others(error: dict[str, Any]) -> bool:
    """Say whether a list is called too short only because its items were refused."""
    return bool(error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"])


def _place(error: dict[str, Any]) -> Place:
    """Return the place of a finding in the file; the schema adds the kind of an event to it."""
    loc: Place = tuple(error["loc"])
    return loc[:2] + loc[3:] if loc[:1] == ("events",) and len(loc) > 2 else loc  # noqa: PLR2004


def _translated(error: dict[str, Any], file: Written) -> Problem:
    """Turn one finding of the schema into a problem."""
    place = _place(error)
    shown_place = ".".join(str(part) for part in place)
    value = error["input"]
    shown = str(value) if isinstance(value, str | int | float | bool) else None
    if error["type"] in UNKNOWN:
        message = Text(f"There is no key {shown_place}.", f"没有键 {shown_place}。")
        return _problem(KEY, file, place, shown, message)
    bounds = {
        name: f"{bound:g}" if isinstance(bound, float) else str(bound).replace(" or ", ", ")
        for name, bound in error.get("ctx", {}).items()
    }
    message = _IN_BOTH.get(error["type"], Text("{msg}.", "取值无效:{msg}。"))
    return _problem(VALUE, file, place, shown, message.fill(msg=error["msg"], **bounds))


_MISSING = Text("It is missing.", "缺少该键。")
_NUMBER = Text("It has to be a number.", "须为数值。")
_WHOLE = Text("It has to be a whole number.", "须为整数。")
_LIST = Text("It has to be a list.", "须为列表。")
_KEYS = Text("It has to have keys of its own.", "须为含键值的部分。")
_IN_BOTH = {
    "missing": _MISSING,
    "missing_argument": _MISSING,
    "union_tag_not_found": Text("It has no kind.", "缺少 kind。"),
    "union_tag_invalid": Text(
        "There is no event {tag}; there are {expected_tags}.",
        "没有事件 {tag};可用:{expected_tags}。",
    ),
    "greater_than_equal": Text("It has to be at least {ge}.", "不得小于 {ge}。"),
    "greater_than": Text("It has to be greater than {gt}.", "须大于 {gt}。"),
    "less_than_equal": Text("It has to be at most {le}.", "不得大于 {le}。"),
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": Text("It has to be a finite number.", "须为有限数值。"),
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "bool_type": Text("It has to be true or false.", "须为 true 或 false。"),
    "bool_parsing": Text("It has to be true or false.", "须为 true 或 false。"),
    "string_type": Text("It has to be text; write it in quotes.", "须为文本;请加引号。"),
    "string_pattern_mismatch": Text(
        "It has to be one word of letters, digits, dots and hyphens.",
        "须为由字母、数字、点或连字符组成的一个词。",
    ),
    "string_too_long": Text(
        "It has more than {max_length} characters.", "超过 {max_length} 个字符。"
    ),
    "tuple_type": _LIST,
    "model_type": _KEYS,
    "model_attributes_type": _KEYS,
    "dataclass_type": _KEYS,
    "arguments_type": _KEYS,
    "literal_error": Text("It has to be one of {expected}.", "须为以下之一:{expected}。"),
    "too_short": Text(
        "It needs {min_length} or more, and has {actual_length}.",
        "至少需要 {min_length} 项,现有 {actual_length} 项。",
    ),
    "too_long": Text(
        "It takes {max_length} at most, and has {actual_length}.",
        "至多 {max_length} 项,现有 {actual_length} 项。",
    ),
}


def _size(raw: dict[str, Any], file: Written) -> list[Problem]:
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
        problems.append(_problem(SIZE, file, ("groups",), firms, message))
    core = raw.get("core")
    wanted = core.get("firms") if isinstance(core, dict) else None
    if isinstance(core, dict) and isinstance(wanted, int):
        has = counts.get(core.get("group"), wanted)
        if wanted > has:
            message = Text(
                f"The group of the core has {has} firms.", f"核心所在企业组仅有 {has} 家企业。"
            )
            problems.append(_problem(SIZE, file, ("core", "firms"), wanted, message))
    return problems


def _dates(raw: dict[str, Any], file: Written) -> list[Problem]:
    """Report policies and events that stop before they start, or start after the run."""
    periods = raw.get("periods", Scenario.model_fields["periods"].default)
    problems = []
    for part in ("policy", "events"):
        rows = raw.get(part)
        for n, row in enumerate(rows if isinstance(rows, list) else []):
            start, stop = (row.get(k) if isinstance(row, dict) else None for k in ("start", "stop"))
            if isinstance(start, int) and isinstance(stop, int) and stop <= start:
                message = Text(f"It stops before {start}.", f"结束不晚于开始({start})。")
                problems.append(_problem(WHEN, file, (part, n, "stop"), stop, message))
            if isinstance(start, int) and isinstance(periods, int) and start >= periods:
                message = Text(f"The run has {periods} periods.", f"仿真共 {periods} 期。")
                problems.append(_problem(WHEN, file, (part, n, "start"), start, message))
    return problems


def _problem(rule: Rule, file: Written, place: Place, value: object, message: Text) -> Problem:
    """Return a problem at a place of the file."""
    return rule.problem(
        table=file.source,
        row=file.line(place),
        column=".".join(map(str, place)),
        value=None if value is None else str(value),
        message=message,
    )
