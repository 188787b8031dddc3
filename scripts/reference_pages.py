"""Write the reference pages that follow from declarations in the code, in English and Chinese.

``python scripts/reference_pages.py`` writes docs/reference/{record,rules,formats,commands,scenarios,model}.md and
their .zh.md; with ``--check`` it only says which of them are out of date.
"""

import importlib
import pkgutil
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import typer.main
from model_page import model_page
from scenario_page import scenario_page

import jiqun.importers
import jiqun.model
import jiqun.record
from jiqun.cli.language import LANGUAGE, WANTED
from jiqun.cli.main import app
from jiqun.importers import IMPORTERS
from jiqun.record.problem import Rule
from jiqun.record.schema import TABLES, Column, Table
from jiqun.vocabulary.codes import CodeList
from jiqun.vocabulary.text import LANGUAGES, Text

REFERENCE = Path(__file__).parents[1] / "docs" / "reference"
SUFFIX = {"en": ".md", "zh": ".zh.md"}

TYPE = {
    "string": Text("text", "文本"),
    "number": Text("number", "数值"),
    "integer": Text("whole number", "整数"),
    "date": Text("date", "日期"),
}
SEVERITY = {"error": Text("error", "错误"), "warning": Text("warning", "警告")}


def say(en: str, zh: str) -> str:
    """Return the wording in the language of this run."""
    return Text(en, zh).to(LANGUAGE)


def cell(text: str) -> str:
    """Return a text that may stand in a table, its fields left open."""
    return re.sub(r"\{\w+\}", "…", text).replace("|", "\\|").replace("\n", " ")


def rows(heading: tuple[str, ...], body: Sequence[tuple[str, ...]]) -> list[str]:
    """Return a Markdown table."""
    lines = [heading, tuple("---" for _ in heading), *body]
    return [f"| {' | '.join(cell(text) for text in line)} |" for line in lines]


def allowed(column: Column) -> str:
    """Say which values a column takes."""
    parts = []
    if column.codes:
        parts.append(f"[{column.codes.label.to(LANGUAGE)}](#codes-{column.codes.name})")
    if column.references:
        parts.append(say(f"one of `{column.references}`", f"取自 `{column.references}`"))
    if column.minimum is not None:
        parts.append(f"≥ {column.minimum:g}")
    if column.maximum is not None:
        parts.append(f"≤ {column.maximum:g}")
    return ", ".join(parts)


def table_section(table: Table) -> list[str]:
    """Describe one table."""
    key = ", ".join(f"`{name}`" for name in table.key)
    lines = [f"\n## {table.label.to(LANGUAGE)} `{table.name}`\n", table.meaning.to(LANGUAGE), ""]
    lines.append(say(f"A row is named by {key}.", f"主键:{key}。"))
    if table.interval:
        start, end = table.interval
        lines.append(
            say(
                f"It holds from `{start}` up to, not including, `{end}`; an empty end is open.",
                f"有效期自 `{start}` 起至 `{end}` 之前(不含该日);结束为空表示仍在持续。",
            )
        )
    if table.paper:
        asked = ", ".join(table.paper)
        lines.append(say(f"Asked for by rows {asked} of the paper.", f"对应论文条目:{asked}。"))
    heading = (
        say("column", "字段"),
        say("heading", "表头"),
        say("type", "类型"),
        say("unit", "单位"),
        say("required", "必填"),
        say("meaning", "含义"),
        say("values", "取值"),
    )
    body = [
        (
            f"`{column.name}`",
            column.label.to(LANGUAGE),
            TYPE[column.type].to(LANGUAGE),
            column.unit,
            say("yes", "是") if column.required else "",
            column.meaning.to(LANGUAGE),
            allowed(column),
        )
        for column in table.columns
    ]
    return [*lines, "", *rows(heading, body)]


def code_section(codes: CodeList) -> list[str]:
    """Describe one closed list."""
    body = [(f"`{code}`", term.to(LANGUAGE)) for code, term in codes.terms.items()]
    heading = (say("code", "代码"), say("meaning", "含义"))
    title = codes.label.to(LANGUAGE)
    return [f"\n(codes-{codes.name})=\n### {title}\n", *rows(heading, body)]


def record_page() -> list[str]:
    """Describe every table, column and code."""
    lists = {c.codes.name: c.codes for t in TABLES.values() for c in t.columns if c.codes}
    return [
        "(the-record)=",
        say("# The record", "# 记录"),
        "",
        say(
            "A record is a set of dated tables. Only `firms` is required; what can be measured "
            "follows from what is there. A table that is absent was *not observed*, which is not "
            "the same as observed and empty. Columns of your own are kept when their name starts "
            "with `x_`.",
            "记录由若干带日期的表组成。仅 `firms` 为必需;有什么表,就能测度什么。缺失的表表示"
            "“未观测”,与“观测到但为空”不同。自有字段以 `x_` 开头即可保留。",
        ),
        *(line for table in TABLES.values() for line in table_section(table)),
        "",
        say("## Codes", "## 代码表"),
        *(line for codes in lists.values() for line in code_section(codes)),
    ]


def declared_rules() -> dict[str, Rule]:
    """Return every rule that the record and the importers declare, by id."""
    found: dict[str, Rule] = {}
    for package in (jiqun.record, jiqun.importers, jiqun.model):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for value in vars(importlib.import_module(info.name)).values():
                for rule in value if isinstance(value, tuple) else (value,):
                    if isinstance(rule, Rule) and found.setdefault(rule.id, rule) != rule:
                        msg = f"{info.name}: another rule is called {rule.id} too"
                        raise ValueError(msg)
    return dict(sorted(found.items()))


def rules_page() -> list[str]:
    """Describe every rule that a record or an input is held to."""
    body = [
        (
            f"`{rule.id}`",
            SEVERITY[rule.severity].to(LANGUAGE),
            rule.title.to(LANGUAGE),
            rule.remedy.to(LANGUAGE),
        )
        for rule in declared_rules().values()
    ]
    heading = (
        say("rule", "规则"),
        say("severity", "级别"),
        say("what must hold, or is suspicious", "要求或疑点"),
        say("what to do", "处理办法"),
    )
    return [
        "(the-rules)=",
        say("# The rules", "# 检查规则"),
        "",
        say(
            "What `jiqun check` and `jiqun import` look at. An *error* makes a record invalid: "
            "nothing is stored and nothing is measured. A *warning* is for you to judge.",
            "`jiqun check` 与 `jiqun import` 的检查内容。“错误”使记录无效:既不存储也不测度;"
            "“警告”由您判断。",
        ),
        "",
        *rows(heading, body),
    ]


def formats_page() -> list[str]:
    """Describe every format that can be imported, with its options."""
    lines = ["(the-formats)=", say("# Formats", "# 导入格式")]
    for importer in IMPORTERS.values():
        lines += [f"\n## `{importer.name}`: {importer.title.to(LANGUAGE)}\n"]
        lines += [importer.meaning.to(LANGUAGE)]
        if importer.options:
            heading = (say("option", "选项"), say("what it does", "作用"))
            body = [(f"`--set {o}=…`", m.to(LANGUAGE)) for o, m in importer.options.items()]
            lines += ["", *rows(heading, body)]
    return lines


def commands_page() -> list[str]:
    """Describe every command with its arguments and options."""
    lines = ["(the-commands)=", say("# Command line", "# 命令行"), ""]
    lines += [
        say(
            "Results go to stdout, progress and messages to stderr. `--lang en|zh` works with every "
            "command. Exit status: 0 done; 2 the input or the call is wrong, and nothing was "
            "written; 1 a defect of the program.",
            "结果写入标准输出,进度与提示写入标准错误。任一命令均可用 `--lang en|zh`。"
            "退出状态:0 完成;2 输入或用法有误,未写入任何文件;1 软件自身缺陷。",
        )
    ]
    heading = (say("argument or option", "参数或选项"), say("meaning", "含义"))
    for name, command in typer.main.get_group(app).commands.items():
        body = [
            (
                ", ".join(f"`{option}`" for option in parameter.opts)
                if parameter.param_type_name == "option"
                else f"`{parameter.metavar}`",
                getattr(parameter, "help", None) or "",
            )
            for parameter in command.params
        ]
        lines += [f"\n## `jiqun {name}`\n", command.help or "", "", *rows(heading, body)]
    return lines


PAGES: dict[str, Callable[[], list[str]]] = {
    "record": record_page,
    "rules": rules_page,
    "formats": formats_page,
    "commands": commands_page,
    "scenarios": scenario_page,
    "model": model_page,
}


def stale_pages() -> Iterator[tuple[Path, str]]:
    """Yield each page of this run's language that is not what it should be, with its text."""
    for name, build in PAGES.items():
        path = REFERENCE / f"{name}{SUFFIX[LANGUAGE]}"
        text = "\n".join(build()) + "\n"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            yield path, text


def main(arguments: list[str]) -> int:
    """Write or check the pages of one language, or of each in a process of its own."""
    if WANTED is None:
        again = [sys.executable, __file__, *arguments]
        runs = [subprocess.run([*again, "--lang", each], check=False) for each in LANGUAGES]  # noqa: S603 - this file itself
        return max(run.returncode for run in runs)
    stale = list(stale_pages())
    if "--check" in arguments:
        for path, _ in stale:
            print(f"docs/reference/{path.name} is out of date: make pages", file=sys.stderr)
        return 1 if stale else 0
    for path, text in stale:
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
