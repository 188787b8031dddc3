"""Sources 来源 and provenance 溯源: where each row is from and what made this record."""

from jiqun.record.schema.column import Column, Table, day
from jiqun.vocabulary.text import Text

SOURCES = Table(
    name="sources",
    label=Text("Sources", "来源"),
    meaning=Text("Citation and licence of every source.", "各数据来源的引文与许可。"),
    key=("source_id",),
    columns=(
        Column(
            name="source_id",
            label=Text("source id", "来源编号"),
            meaning=Text("Identifier of the source.", "来源的编号。"),
            required=True,
        ),
        Column(
            name="citation",
            label=Text("citation", "引文"),
            meaning=Text("How to cite it.", "引用方式。"),
        ),
        Column(
            name="licence",
            label=Text("licence", "许可"),
            meaning=Text("Under which terms it may be used.", "使用许可。"),
        ),
        day("retrieved", Text("retrieved", "获取日期"), Text("Day of retrieval.", "获取之日。")),
    ),
)

PROVENANCE = Table(
    name="provenance",
    label=Text("Provenance", "溯源"),
    meaning=Text(
        "One row for each step and input that made this record.",
        "形成本记录的每个步骤与输入,各占一行。",
    ),
    key=("step", "input"),
    columns=(
        Column(
            name="step",
            label=Text("step", "步骤"),
            meaning=Text("1 for the first tool that wrote the record.", "首个写入工具为 1。"),
            type="integer",
            required=True,
            minimum=1,
        ),
        Column(name="software", label=Text("software", "软件"), meaning=Text("Program.", "程序。")),
        Column(
            name="version", label=Text("version", "版本"), meaning=Text("Its version.", "版本号。")
        ),
        Column(
            name="command",
            label=Text("command", "命令"),
            meaning=Text("What was run, without paths.", "所运行的命令,不含路径。"),
        ),
        Column(
            name="parameters",
            label=Text("parameters", "参数"),
            meaning=Text("As a JSON object.", "JSON 对象。"),
        ),
        Column(
            name="seed",
            label=Text("seed", "随机种子"),
            meaning=Text("Seed of the random numbers.", "随机数种子。"),
            type="integer",
        ),
        Column(
            name="input",
            label=Text("input", "输入"),
            meaning=Text("File name of an input.", "输入文件名。"),
        ),
        Column(
            name="sha256",
            label=Text("sha256", "校验和"),
            meaning=Text("Checksum of that input.", "该输入的校验和。"),
        ),
    ),
)
