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
Quiet = Annotated[
    bool,
    typer.Option(
        "--quiet", "-q", help=say("No progress or notes on stderr.", "不显示进度与提示。")
    ),
]
