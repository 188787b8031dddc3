"""Options that several commands share, declared once."""

from pathlib import Path
from typing import Annotated

import typer

from jiqun.cli.language import LANGUAGE
from jiqun.vocabulary.text import Text


def say(en: str, zh: str) -> str:
    """Return the wording in the language of this run."""
    return Text(en, zh).to(LANGUAGE)


RecordPath = Annotated[
    Path,
    typer.Argument(
        metavar="RECORD",
        help=say("A record: NAME.jiqun or NAME.jiqun.zip.", "记录:NAME.jiqun 或 NAME.jiqun.zip。"),
    ),
]
AsJson = Annotated[
    bool,
    typer.Option(
        "--json", help=say("One JSON document on stdout.", "在标准输出给出一个 JSON 文档。")
    ),
]
Seed = Annotated[
    int, typer.Option("--seed", min=0, help=say("Seed of the random numbers.", "随机数种子。"))
]
ScenarioName = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO",
        help=say("A YAML file, or the name of a bundled scenario.", "YAML 文件,或内置情景名称。"),
    ),
]
ScenarioOption = Annotated[
    str,
    typer.Option(
        "--scenario",
        help=say(
            "The scenario that is fitted: a YAML file, or the name of a bundled one.",
            "用于拟合的情景:YAML 文件,或内置情景名称。",
        ),
    ),
]
Criterion = Annotated[
    str,
    typer.Option(
        "--criterion",
        help=say(
            "Outcome that is looked at, such as sales or firms.", "所考察的结果,如 sales 或 firms。"
        ),
    ),
]
Store = Annotated[
    Path,
    typer.Option(
        "--store",
        help=say(
            "Folder in which finished runs are kept; the same command goes on from there.",
            "存放已完成运行的文件夹;再次执行同一命令即可继续。",
        ),
    ),
]
Parameters = Annotated[
    str,
    typer.Option(
        "--parameters",
        help=say(
            "What is uncertain: a YAML file of dotted paths and ranges, or broad.",
            "不确定参数:点分路径与区间的 YAML 文件,或 broad。",
        ),
    ),
]
OutFolder = Annotated[
    Path | None,
    typer.Option(
        "--out",
        "-o",
        help=say(
            "Folder for the result as a document, as text in both languages, and as pictures.",
            "存放结果的文件夹:结果文件、中英文文本与图。",
        ),
    ),
]
ExecutorName = Annotated[
    str,
    typer.Option(
        "--executor",
        help=say(
            "local, dask, dask:tcp://HOST:PORT, ray or ray:HOST:PORT.",
            "local、dask、dask:tcp://主机:端口、ray 或 ray:主机:端口。",
        ),
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        min=1,
        max=4096,
        help=say("Worker processes; else one a core.", "工作进程数;缺省为每核一个。"),
    ),
]
Quiet = Annotated[
    bool,
    typer.Option(
        "--quiet", "-q", help=say("No progress or notes on stderr.", "不显示进度与提示。")
    ),
]
