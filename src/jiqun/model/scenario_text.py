"""The text of a scenario: YAML read into plain values, with the line on which each value stands."""

from dataclasses import dataclass
from typing import Any

import yaml

from jiqun.record.problem import InputError, Problem, Rule
from jiqun.vocabulary.text import Text

YAML = Rule(
    id="scenario.yaml",
    title=Text("A scenario is a YAML file with keys.", "情景文件为含键值的 YAML 文件。"),
    remedy=Text("Compare it with a bundled scenario.", "请对照内置情景修改。"),
)
TWICE = Rule(
    id="scenario.repeated_key",
    title=Text("Each key stands once.", "每个键只出现一次。"),
    remedy=Text("Keep one of them.", "请只保留其中一个。"),
)
LONGEST = 1_000_000
"""Characters that a scenario file may have."""

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What a file says, and where.

    Attributes
    ----------
    source
        Name of the file, as its problems call it.
    values
        Keys and values.
    lines
        Line of each value, by its place; counted from 1.
    problems
        What is wrong with the text itself.
    """

    source: str
    values: dict[str, Any]
    lines: dict[Place, int]
    problems: tuple[Problem, ...] = ()

    def line(self, place: Place) -> int | None:
        """Return the line of a place, or of the nearest part above it that was written."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place)


def written(text: str, *, source: str) -> Written:
    """Read YAML.

    Raises
    ------
    InputError
        Where it is not YAML, has no keys, or is far too long.
    """
    if len(text) > LONGEST:
        message = Text(f"It has {len(text)} characters.", f"文件有 {len(text)} 个字符。")
        raise InputError((YAML.problem(table=source, message=message),))
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        values = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or str(error)
        message = Text(f"It is not YAML: {said}.", f"不是有效的 YAML:{said}。")
        line = None if mark is None else mark.line + 1
        raise InputError((YAML.problem(table=source, row=line, message=message),)) from error
    if not isinstance(values, dict):
        message = Text("It has no keys.", "文件中没有键。")
        raise InputError((YAML.problem(table=source, message=message),))
    lines: dict[Place, int] = {}
    problems: list[Problem] = []
    _walk(node, (), lines, problems, source)
    return Written(source, values, lines, tuple(problems))


def _walk(
    node: yaml.Node, place: Place, lines: dict[Place, int], problems: list[Problem], source: str
) -> None:
    """Note the lines of everything below a node, and the keys that stand twice."""
    if isinstance(node, yaml.SequenceNode):
        for n, item in enumerate(node.value):
            lines[*place, n] = item.start_mark.line + 1
            _walk(item, (*place, n), lines, problems, source)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            at: Place = (*place, str(key.value))
            line = key.start_mark.line + 1
            if at in lines:
                shown = ".".join(map(str, at))
                message = Text(
                    f"{shown} stands on lines {lines[at]} and {line}.",
                    f"{shown} 在第 {lines[at]} 行与第 {line} 行重复出现。",
                )
                problem = TWICE.problem(table=source, row=line, column=shown, message=message)
                problems.append(problem)
            lines[at] = line
            _walk(value, at, lines, problems, source)
