"""The reference of scenario files, built from the schema and the parameters of the processes."""

import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel
from scenario_words import PARAMETERS, SWITCHES

from jiqun.cli.language import LANGUAGE
from jiqun.model.rules import Rules
from jiqun.model.scenario import BUNDLED, bundled
from jiqun.model.scenario_schema import (
    Core,
    DemandChange,
    Group,
    Industry,
    OutsideRise,
    OwnerLeaves,
    Policy,
    Region,
    Scenario,
    TiesCut,
)
from jiqun.model.switches import Switches
from jiqun.vocabulary.text import Text

PARTS: dict[str, tuple[type[BaseModel], Text]] = {
    "": (Scenario, Text("The file", "文件")),
    "regions": (Region, Text("A place", "区域")),
    "industries": (Industry, Text("An industry", "行业")),
    "groups": (Group, Text("Firms founded alike", "同类初始企业")),
    "core": (Core, Text("The core", "核心企业")),
    "policy": (Policy, Text("A policy", "政策")),
    "events: demand": (DemandChange, Text("Demand changes", "需求变化")),
    "events: outside": (OutsideRise, Text("The outside rises", "外部竞争增强")),
    "events: owner_leaves": (OwnerLeaves, Text("A platform's owner leaves", "平台所有者退出")),
    "events: ties_cut": (TiesCut, Text("Ties between regions are cut", "跨区域联系中断")),
}
MEANING = {
    "name": Text("name, one word", "名称,一个词"),
    "title": Text("title in both languages: en, zh", "中英文标题:en、zh"),
    "periods": Text("quarters to run", "仿真季度数"),
    "start_year": Text("year of the first quarter", "首个季度的年份"),
    "longitude": Text("longitude of x = 0, degrees", "x = 0 处的经度,度"),
    "latitude": Text("latitude of y = 0, degrees", "y = 0 处的纬度,度"),
    "room": Text("largest number of firms over the first", "企业数上限与初始数之比"),
    "regions": Text("places", "区域"),
    "industries": Text("industries, by code", "行业代码"),
    "groups": Text("groups of firms at the start", "初始企业组"),
    "core": Text(
        "whose logic a twin experiment exchanges; may be null", "孪生实验互换其逻辑的企业;可为 null"
    ),
    "rules": Text("parameters of the processes", "各过程的参数"),
    "switches": Text("mechanisms, 1 on and 0 off", "机制开关,1 开 0 关"),
    "policy": Text("levers, each with its time and budget", "政策工具及其期限与预算"),
    "events": Text("what happens from outside at a date", "外部事件及其时间"),
    "x": Text("centre, km east", "中心,向东公里数"),
    "y": Text("centre, km north", "中心,向北公里数"),
    "spread": Text("standard deviation of seats around it, km", "企业所在地离散程度(标准差),公里"),
    "capacity": Text("employment without crowding, 100 persons", "不拥挤的就业容量,百人"),
    "infrastructure": Text("public digital infrastructure", "公共数字基础设施"),
    "code": Text("ISIC Rev. 4 code, in quotes", "ISIC Rev. 4 代码,加引号"),
    "physicality": Text("physicality of its goods", "产品的实体程度"),
    "demand": Text("spending on it in the first quarter, million yuan", "首季需求,百万元"),
    "buys": Text("industries that it buys from", "其投入品所属行业"),
    "firms": Text("number of firms", "企业数"),
    "factors": Text("traditional factors of a firm, 100 persons", "传统要素,百人"),
    "digital": Text("digital capability", "数字能力"),
    "data": Text("data stock, million yuan", "数据存量,百万元"),
    "service": Text("stock of digital services", "数字产品与服务存量"),
    "efficiency": Text("efficiency", "效率"),
    "quality": Text("quality", "质量"),
    "cash": Text("cash per unit of factors", "单位要素的现金"),
    "logic": Text(
        "dominant logic: 0 cost and throughput, 1 data and connection",
        "主导逻辑:0 为成本与产能,1 为数据与连接",
    ),
    "logic_spread": Text("its standard deviation among the firms", "主导逻辑在企业间的标准差"),
    "supplied": Text(
        "share of places for suppliers that are filled at the start", "初始时已有供应商的位置比例"
    ),
    "group": Text("group whose first firms are the core", "核心企业所在的组(取其首批企业)"),
    "lever": Text("the lever", "政策工具"),
    "start": Text("first period", "首期"),
    "stop": Text("first period without it", "停止的时期"),
    "budget": Text("budget per period, million yuan", "每期预算,百万元"),
    "rule": Text("how core_cultivation chooses", "core_cultivation 的选择规则"),
    "levied": Text("whether firms pay for it by a levy", "是否由企业缴费承担"),
    "kind": Text("which event", "事件种类"),
    "factor": Text("what it is multiplied by", "倍数"),
    "rank": Text("place of the platform by participants", "按参与企业数的平台名次"),
    "relations": Text("which relations end", "哪些联系中断"),
}


def say(en: str, zh: str) -> str:
    """Return the wording in the language of this run."""
    return Text(en, zh).to(LANGUAGE)


def scenario_page() -> list[str]:
    """Describe every key of a scenario file, every parameter and switch."""
    lines = ["(the-scenarios)=", say("# Scenario files", "# 情景文件"), ""]
    lines += [
        say(
            "A scenario is a YAML file for `jiqun simulate`: who is there at the start, where, and "
            "what happens. Everything wrong in it is reported at once, with the line, before "
            "anything runs. `like: traditional` (or `incumbent_core`, `native_core`) takes every "
            "key that the file does not have from that bundled scenario.",
            "情景文件为供 `jiqun simulate` 使用的 YAML 文件:初始有哪些企业、位于何处、发生什么。"
            "运行之前,文件中的所有问题连同行号一次报告。`like: traditional`(或 `incumbent_core`、"
            "`native_core`)表示文件未写的键取自该内置情景。",
        ),
        "",
        say("## Bundled scenarios", "## 内置情景"),
        "",
        *_table((say("name", "名称"), say("title", "标题")), _bundled_rows()),
    ]
    for part, (model, title) in PARTS.items():
        shown = f" `{part}`" if part else ""
        lines += ["", f"## {title.to(LANGUAGE)}{shown}", "", *_table(_heading(), _keys(model))]
    lines += ["", say("## Parameters `rules`", "## 参数 `rules`"), ""]
    lines.append(
        say(
            "Symbols, equations and references stand at the head of each process in the code.",
            "符号、方程与文献见代码中各过程文件的开头。",
        )
    )
    key, _, default, bounds, meaning = _heading()
    lines += ["", *_table((key, default, bounds, meaning), list(_parameters()))]
    lines += ["", say("## Mechanisms `switches`", "## 机制开关 `switches`"), ""]
    words = _attributes(Switches.__doc__ or "")
    body = [(f"`{n}`", str(v), say(words[n], SWITCHES[n])) for n, v in Switches()._asdict().items()]
    return [*lines, *_table((key, default, meaning), body)]


def _heading() -> tuple[str, str, str, str, str]:
    """Return the heading of a table of keys."""
    return (
        say("key", "键"),
        say("type", "类型"),
        say("default", "默认值"),
        say("bounds", "界限"),
        say("meaning", "含义"),
    )


def _table(heading: tuple[str, ...], body: Sequence[tuple[str, ...]]) -> list[str]:
    """Return a Markdown table."""
    lines = [heading, tuple("---" for _ in heading), *body]
    return [
        f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines
    ]


def _bundled_rows() -> list[tuple[str, ...]]:
    """Return name and title of each bundled scenario."""
    titles = {name: bundled(name).title for name in BUNDLED}
    return [(f"`{name}`", Text(t.en, t.zh).to(LANGUAGE)) for name, t in titles.items()]


def _keys(model: type[BaseModel]) -> list[tuple[str, ...]]:
    """Return a row for each key of one part of the file."""
    return [
        (
            f"`{name}`",
            _type(field.annotation),
            say("required", "必填") if field.is_required() else _default(field.default),
            _bounds([*field.metadata, *_within(field.annotation)]),
            MEANING[name].to(LANGUAGE),
        )
        for name, field in model.model_fields.items()
    ]


def _default(value: object) -> str:
    """Return a default as it would be written."""
    if isinstance(value, Rules | Switches):
        return say("below", "见下")
    return "" if value is None or value == () else str(value).lower()


def _type(annotation: object) -> str:
    """Name a type as a reader of YAML would."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _type(arguments[0])
    if origin is Literal:
        return ", ".join(f"`{argument}`" for argument in arguments)
    if origin is tuple:
        inner = _type(arguments[0]) if get_origin(arguments[0]) is Literal else ""
        return say("list", "列表") + (f": {inner}" if inner else "")
    if type(None) in arguments:
        return _type(arguments[0])
    simple: dict[object, tuple[str, str]] = {
        int: ("whole number", "整数"),
        float: ("number", "数值"),
        str: ("text", "文本"),
    }
    simple[bool] = ("true or false", "true 或 false")
    return say(*simple[annotation]) if annotation in simple else say("keys", "键值")


def _within(annotation: object) -> list[Any]:
    """Return the bounds written into a type that may also be absent."""
    return [m for a in get_args(annotation) if get_origin(a) is Annotated for m in a.__metadata__]


def _bounds(metadata: list[Any]) -> str:
    """Return bounds in mathematical notation."""
    signs = {"ge": "≥", "gt": ">", "le": "≤", "min_length": "n ≥", "max_length": "n ≤"}
    return ", ".join(
        f"{sign} {getattr(m, name):g}"
        for m in metadata
        for name, sign in signs.items()
        if getattr(m, name, None) is not None
    )


def _attributes(docstring: str) -> dict[str, str]:
    """Return what the Attributes section of a docstring says of each name."""
    found: dict[str, str] = {}
    names: list[str] = []
    for line in docstring.partition("Attributes")[2].splitlines()[2:]:
        text = line.strip()
        if re.fullmatch(r" {4}[\w, ]+", line):
            names = text.split(", ")
        elif text and names:
            found |= {n: f"{found[n]} {text}" if n in found else text for n in names}
    return found


def _parameters() -> Iterator[tuple[str, ...]]:
    """Yield a row for each parameter of each process."""
    for process, values in Rules()._asdict().items():
        if not hasattr(values, "_asdict"):
            words = _attributes(Rules.__doc__ or "")
            yield f"`{process}`", str(values), "≥ 0", say(words[process], PARAMETERS[process])
            continue
        meanings = _attributes(type(values).__doc__ or "")
        for name, default in values._asdict().items():
            bound = _bounds(list(getattr(type(values).__annotations__[name], "__metadata__", ())))
            place = f"{process}.{name}"
            yield f"`{place}`", str(default), bound, say(meanings[name], PARAMETERS[place])
