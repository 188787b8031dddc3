"""The reference of the model: state, stages and laws, from the declarations of the code."""

import importlib
import inspect
import re

from jiqun.cli.language import LANGUAGE
from jiqun.model.levers.schedule import Levers
from jiqun.model.state import (
    Alliances,
    Firms,
    Industries,
    Platforms,
    Regions,
    Relations,
    Table,
    fields,
)
from jiqun.vocabulary.text import Text

TABLES: dict[type[Table], Text] = {
    Firms: Text("Firms", "企业"),
    Relations: Text("Relations", "关系"),
    Alliances: Text("Alliances", "联盟"),
    Platforms: Text("Platforms", "平台"),
    Regions: Text("Regions", "区域"),
    Industries: Text("Industries", "行业"),
    Levers: Text("What levers do in a period", "政策工具的逐期作用"),
}
PROCESSES = {
    "perceive": Text("Perceive", "感知"),
    "adopt": Text("Adopt", "采用"),
    "accumulate_data": Text("Accumulate data", "数据积累"),
    "produce": Text("Produce", "生产"),
    "market": Text("Market", "市场"),
    "innovate": Text("Innovate", "创新"),
    "ally": Text("Ally", "结盟"),
    "tie": Text("Ties", "双边关系"),
    "mirror": Text("Mirror", "镜像"),
    "platform": Text("Platforms", "平台"),
    "govern": Text("Govern platforms", "平台治理"),
    "enter_exit_relocate": Text("Enter, exit, relocate", "进入、退出、迁移"),
}
LEVERS = {
    "infrastructure": Text("Infrastructure", "数字基础设施"),
    "core_cultivation": Text("Core-firm cultivation", "核心企业培育"),
    "templates": Text("Templates", "数字化模板"),
    "scenario_opening": Text("Scenario opening", "场景开放"),
    "data_circulation": Text("Data circulation", "数据流通"),
    "offline_virtual_coordination": Text("Offline-virtual coordination", "虚实协同"),
}


def say(en: str, zh: str) -> str:
    """Return the wording in the language of this run."""
    return Text(en, zh).to(LANGUAGE)


def model_page() -> list[str]:
    """Describe every state variable, and every process with its equations and sources."""
    lines = ["(the-model-reference)=", say("# The model, in full", "# 模型详述"), ""]
    lines += [
        say(
            "State variables and submodels of the ODD description, taken from the code that runs. "
            "Parameters and their defaults stand on the page of scenario files; the rest of the "
            "description is the page The model.",
            "ODD 描述中的状态变量与子模型,取自实际运行的代码(英文)。参数及默认值见“情景文件”页,"
            "其余部分见“模型”页。",
        ),
        "",
        say("## State variables", "## 状态变量"),
    ]
    heading = [say("variable", "变量"), say("per row", "每行个数"), say("unit", "单位")]
    for table, title in TABLES.items():
        lines += ["", f"### {title.to(LANGUAGE)}", ""]
        lines += [f"| {' | '.join([*heading, say('meaning', '含义')])} |", "|---|---|---|---|"]
        lines += [
            f"| `{name}` | {field.width} | {_unit(field.unit)} | {field.meaning} |"
            for name, (_, field) in fields(table).items()
        ]
    lines += ["", say("## Submodels", "## 子模型")]
    for name, title in PROCESSES.items():
        lines += ["", f"### {title.to(LANGUAGE)}", "", *_described(f"processes.{name}")]
    lines += ["", say("## Levers", "## 政策工具")]
    for name, title in LEVERS.items():
        lines += ["", f"### {title.to(LANGUAGE)}", "", *_described(f"levers.{name}")]
    return lines


def _unit(unit: str) -> str:
    """Return a unit as a reader expects it."""
    return "" if unit == "1" else unit


def _described(module: str) -> list[str]:
    """Return what a module says of itself: equations as they stand, sources as a list."""
    text = inspect.getdoc(importlib.import_module(f"jiqun.model.{module}")) or ""
    body, _, rest = text.partition("\nReferences\n----------\n")
    sources, _, rows = rest.partition("\nPaper:") if rest else (rest, "", "")
    if not rest:
        body, _, rows = body.partition("\nPaper:")
    lines = ["```{eval-rst}", *body.strip().splitlines(), "```", ""]
    starts = re.split(r"\n(?=[A-Z][^\n]{0,120}?\(\d{4}\))", sources.strip())
    lines += [f"- {' '.join(source.split())}" for source in starts if source.strip()]
    return [*lines, "", f"{say('Rows of the paper', '论文条目')}: {' '.join(rows.split())}"]
